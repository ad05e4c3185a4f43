"""What the functions of the module take, beside settings and variables. `wit/types.wit` says what each member means."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

#: A dict, or a JSON text, whose numbers keep their digits.
Document = dict[str, Any] | str


@dataclass(frozen=True, slots=True)
class Session:
    """Access to one org: its My Domain host, and a token or what gives one, once for each call.

    `AsyncSalesforceModule` also takes a provider that is a coroutine function.
    """

    domain: str
    access_token: str | None = field(default=None, repr=False)
    token_provider: Callable[[], str | Awaitable[str]] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if (self.access_token is None) == (self.token_provider is None):
            raise ValueError("Session: give either access_token or token_provider")


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file that the host has read itself. `content` is None for one that is larger than a run sends."""

    variable: str
    name: str
    content: bytes | None = field(repr=False)
    media_type: str | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation that `run_many` runs."""

    variables: Document = field(repr=False)
    in_doubt_for: int | None = None
    correlation: str | None = None


@dataclass(frozen=True, slots=True)
class EarlierConversation:
    """A conversation of an earlier call that is not settled."""

    variables: Document = field(repr=False)
    in_doubt_for: int | None = None
    records: list[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectQuery:
    search: str = ""
    limit: int = 50
    all: bool = False
    api_version: str | None = None
    #: The session's, unless it is another.
    deployment_domain: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldQuery:
    object: str
    search: str = ""
    limit: int = 50
    all: bool = False
    values: int = 0
    api_version: str | None = None
    deployment_domain: str | None = None
