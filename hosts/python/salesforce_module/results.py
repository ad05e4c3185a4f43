"""What the functions of the module answer. `wit/types.wit` says what each member means.

Each answer has `json`: exactly what `chat-host --json` prints. Numbers with a fraction are floats that know their own digits
(`.text`); `salesforce_module.dumps` writes them as they were.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["error", "warning", "info"]
Status = Literal["done", "ambiguous", "failed", "deferred", "session-expired"]
RecordResult = Literal["created", "updated", "unchanged", "found", "skipped", "ambiguous", "failed", "unknown"]
RetryAdvice = Literal["never", "renew-session", "later", "verify"]
FileResult = Literal["created", "failed", "unknown", "skipped"]
Approach = Literal["create", "look-up", "upsert-by-key", "update-by-id", "skip", "fail"]
Overwrite = Literal["always", "if-empty", "on-create", "append"]
Decision = Literal["create", "update", "upsert", "unchanged", "found", "skip", "ambiguous", "fail"]
KeyUse = Literal["none", "by-lookup", "native-with-view-all-data", "native"]
#: By language, `en` and `de`.
Language = str


@dataclass(frozen=True, slots=True)
class FindingText:
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark about a document or a run, for the author or an administrator."""

    severity: Severity
    code: str
    path: str
    message: str
    remedy: str
    texts: dict[Language, FindingText]


@dataclass(frozen=True, slots=True)
class ErrorText:
    """`visitor` can be shown in the chat; `administrator` never."""

    visitor: str
    administrator: str


@dataclass(frozen=True, slots=True)
class RecordError:
    """Why a record was not written or read, or may not have been written."""

    code: str
    message: str
    fields: list[str]
    retry: RetryAdvice
    texts: dict[Language, ErrorText]


@dataclass(frozen=True, slots=True)
class Problem:
    """A value that the visitor can correct."""

    variable: str
    field: str
    code: str
    texts: dict[Language, str]


@dataclass(frozen=True, slots=True)
class Ambiguity:
    keys: list[str]
    differ_in: list[str]


@dataclass(frozen=True, slots=True)
class ApiUsage:
    used: int
    limit: int


@dataclass(frozen=True, slots=True)
class RecordOutcome:
    name: str
    sobject: str
    result: RecordResult
    id: str | None
    url: str | None
    candidates: list[str]
    error: RecordError | None
    problems: list[Problem]
    ambiguity: Ambiguity | None


@dataclass(frozen=True, slots=True)
class FileOutcome:
    record: str
    variable: str
    index: int
    result: FileResult
    id: str | None
    error: RecordError | None


@dataclass(frozen=True, slots=True)
class ApiResponse:
    """What the one request of the mode `api-request` led to."""

    http_status: int | None
    error: RecordError | None


@dataclass(frozen=True, slots=True)
class Answer:
    json: Any = field(kw_only=True, repr=False)


@dataclass(frozen=True, slots=True)
class Outcome(Answer):
    """How a run ended. Values of `variables` go back into the flow."""

    status: Status
    records: list[RecordOutcome]
    variables: dict[str, Any]
    requests: int
    retry_after_seconds: int | None
    api_usage: ApiUsage | None
    findings: list[Finding]
    correlation: str | None = None
    response: ApiResponse | None = None
    files: list[FileOutcome] = field(default_factory=list)
    #: One line of JSON without any value, for the host's log.
    log: str = field(default="", kw_only=True)

    def record(self, name: str) -> RecordOutcome:
        """The record of this name in the settings."""
        return next(record for record in self.records if record.name == name)


@dataclass(frozen=True, slots=True)
class ManyOutcome(Answer):
    status: Status
    conversations: list[Outcome]
    requests: int
    retry_after_seconds: int | None
    api_usage: ApiUsage | None
    log: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class PlannedField:
    field: str
    value: Any
    key: bool
    overwrite: Overwrite
    only_finds: bool = False


@dataclass(frozen=True, slots=True)
class PlannedLink:
    field: str
    record: str
    overwrite: Overwrite
    key: bool = False
    only_finds: bool = False


@dataclass(frozen=True, slots=True)
class PlannedRecord:
    name: str
    sobject: str
    approach: Approach
    when_none_matches: Literal["create", "clear", "skip", "fail"]
    when_several_match: Literal["stop", "most-recently-modified", "list"]
    when_duplicate: Literal["refuse", "allow", "adopt"]
    fields: list[PlannedField]
    links: list[PlannedLink]
    idempotency: PlannedField | None
    read_back: list[str]
    error: RecordError | None
    problems: list[Problem]
    look_in: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PlannedFile:
    record: str
    variable: str
    index: int
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Lookup:
    sobject: str
    soql: str
    records: list[str]


@dataclass(frozen=True, slots=True)
class HttpRequest:
    method: str
    path: str
    body: Any


@dataclass(frozen=True, slots=True)
class PlannedRequests:
    at_least: int
    at_most: int


@dataclass(frozen=True, slots=True)
class Plan(Answer):
    """What a run would do, decided without any request."""

    records: list[PlannedRecord]
    lookups: list[Lookup]
    requests: PlannedRequests
    hash: str
    findings: list[Finding]
    request: HttpRequest | None = None
    error: RecordError | None = None
    files: list[PlannedFile] = field(default_factory=list)
    log: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class PreviewedRecord:
    name: str
    sobject: str
    decision: Decision
    id: str | None
    url: str | None
    candidates: list[str]
    error: RecordError | None
    problems: list[Problem]
    ambiguity: Ambiguity | None


@dataclass(frozen=True, slots=True)
class Preview(Answer):
    """The lookups were really made, the writes are only shown."""

    status: Status
    records: list[PreviewedRecord]
    writes: list[HttpRequest]
    hash: str
    requests: int
    retry_after_seconds: int | None
    api_usage: ApiUsage | None
    findings: list[Finding]
    error: RecordError | None = None
    files: list[PlannedFile] = field(default_factory=list)
    log: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Prepared(Answer):
    status: Status
    #: The settings with `schema` in them, as a JSON text, all else as it was, byte for byte.
    settings: str | None
    requests: int
    retry_after_seconds: int | None
    findings: list[Finding]


@dataclass(frozen=True, slots=True)
class Manifest(Answer):
    name: str
    version: str
    modes: list[str]
    #: JSON Schema (2020-12) of the settings.
    settings_schema: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Form(Answer):
    """The form of a mode, for the library that draws it."""

    #: JSON Schema (draft-07).
    schema: dict[str, Any]
    ui_schema: dict[str, Any]
    #: What a new form begins with.
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tool(Answer):
    """The module with its settings, as a tool of an engine or of a language model."""

    name: str
    title: str | None
    description: str
    #: JSON Schema (2020-12) of the `variables` that `run` takes, and of those that it gives back.
    variables: dict[str, Any]
    results: dict[str, Any]
    examples: list[Any]


@dataclass(frozen=True, slots=True)
class ObjectEntry:
    name: str
    label: str
    label_plural: str
    key_prefix: str | None
    custom: bool
    createable: bool
    updateable: bool
    queryable: bool


@dataclass(frozen=True, slots=True)
class Objects(Answer):
    status: Status
    objects: list[ObjectEntry]
    total: int
    more: bool
    requests: int
    retry_after_seconds: int | None
    api_usage: ApiUsage | None
    findings: list[Finding]


@dataclass(frozen=True, slots=True)
class PicklistValue:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class RecordTypeEntry:
    developer_name: str
    label: str


@dataclass(frozen=True, slots=True)
class FieldEntry:
    name: str
    label: str
    help: str | None
    type: str
    length: int | None
    required: bool
    custom: bool
    createable: bool
    updateable: bool
    key: KeyUse
    restricted: bool
    values: list[PicklistValue]
    more_values: bool
    references: list[str]
    relationship: str | None


@dataclass(frozen=True, slots=True)
class Fields(Answer):
    status: Status
    object: ObjectEntry | None
    record_types: list[RecordTypeEntry]
    fields: list[FieldEntry]
    total: int
    more: bool
    requests: int
    retry_after_seconds: int | None
    api_usage: ApiUsage | None
    findings: list[Finding]
