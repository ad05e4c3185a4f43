"""What a chat with a person takes and gives. `wit/handover.wit` says what each member means."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from .results import Answer, Finding, Language, RecordError, Status

Phase = Literal["waiting", "connected", "transferring", "ended", "refused"]
Role = Literal["agent", "bot", "system"]
EndedBy = Literal["agent", "visitor", "system", "unknown"]


@dataclass(frozen=True, slots=True)
class Choice:
    """What the visitor answers to a question with options: the id of the option, and of the message that offered it."""

    option_id: str
    in_reply_to: str


@dataclass(frozen=True, slots=True)
class File:
    """A file of the visitor's, of 5 MiB at most."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """What the visitor sends. `key` is the engine's own name of it, another one for each message of the chat; with `again` the module looks
    whether an earlier call with this key has sent it."""

    key: str
    content: str | Choice | File = field(repr=False)
    again: bool = False


@dataclass(frozen=True, slots=True)
class Participant:
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file that the visitor gets. The visitor's browser can load it from `address` for some time."""

    name: str
    media_type: str | None
    address: str | None


@dataclass(frozen=True, slots=True)
class OfferedOption:
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """A message that is not the visitor's: a text, files, a question with options, or the name of a kind that cannot be shown."""

    id: str
    author: Participant
    text: str | None = None
    files: list[SharedFile] = field(default_factory=list)
    options: list[OfferedOption] = field(default_factory=list)
    unsupported: str | None = None


@dataclass(frozen=True, slots=True)
class ChatEvent:
    """What happened: `kind` names the one member that says it. `at` is RFC 3339, where Salesforce says when."""

    kind: Literal["joined", "left", "message", "queue", "typing", "refused", "ended"]
    at: str | None = None
    joined: Participant | None = None
    left: Participant | None = None
    message: IncomingMessage | None = None
    queue: int | None = None
    typing: bool | None = None
    refused: str | None = None
    ended: EndedBy | None = None


@dataclass(frozen=True, slots=True)
class ChatProgress(Answer):
    """What holds for every answer about a chat. `chat` is to be stored with the conversation before anything else, and passed to the next
    call. It holds the visitor's token: it goes to no log and no browser."""

    chat: str | None = field(repr=False)
    phase: Phase
    #: What the visitor can be told about the phase.
    texts: dict[Language, str]
    variables: dict[str, Any]
    requests: int
    retry_after_seconds: int | None
    findings: list[Finding]
    #: One line of JSON without any value, for the host's log.
    log: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Handed(ChatProgress):
    """The answer of `start`, `send` and `end`. `unknown`: it may have arrived; call again with `again`, or with the chat of this answer."""

    outcome: Literal["sent", "unknown", "failed"] = field(kw_only=True)
    error: RecordError | None = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Received(ChatProgress):
    """What has happened since the last call, in order and each once. With an `error` there may be more, which the next call tells."""

    events: list[ChatEvent] = field(kw_only=True, repr=False)
    error: RecordError | None = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class FormField:
    name: str
    kind: str
    required: bool
    hidden: bool
    max_length: int | None
    choices: list[str]


@dataclass(frozen=True, slots=True)
class PreparedHandover(Answer):
    """What the deployment's form has, and what the settings get wrong about it."""

    status: Status
    fields: list[FormField]
    #: Visitors can send files.
    files: bool
    requests: int
    retry_after_seconds: int | None
    findings: list[Finding]
