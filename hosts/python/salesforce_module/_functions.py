"""The functions of the module as values: which export with which arguments, in how many seconds, and what its answer becomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from . import answers, results
from ._json import document, expect, text
from ._typed import build
from ._values import Result
from .errors import SalesforceSettingsError
from .inputs import AttachedFile, Conversation, Document, EarlierConversation, FieldQuery, ObjectQuery

#: Wall-clock seconds of one call. The module itself gives up by its `deadlineSeconds`, after 60 at most.
MAX_SECONDS = 70.0
#: Of a call of `run_many`: the module gives up after ten minutes.
MAX_MANY_SECONDS = 610.0
#: Most bytes of files and variables that a run is given. Source: the WIT, `attached-file`.
MAX_HANDED_OVER = 16 << 20

#: Libraries that draw forms. Source: the WIT, `renderer`.
RENDERERS = ("react-jsonschema-form", "json-forms")

T = TypeVar("T")


@dataclass(frozen=True)
class Function(Generic[T]):
    export: str
    arguments: list[Any]
    answer: Callable[[Any], T]
    #: Whether the first argument is the session, which the caller puts in front.
    needs_session: bool = False
    seconds: float = MAX_SECONDS
    #: Of the files among the arguments.
    file_bytes: int = 0


def manifest() -> Function[results.Manifest]:
    return Function("salesforce-module.manifest", [], of(results.Manifest, answers.manifest))


def form(mode: str, language: str, renderer: str, records: list[str]) -> Function[results.Form]:
    if renderer not in RENDERERS:
        raise ValueError(f"renderer: expected one of {', '.join(RENDERERS)}")
    expect(records, list, "records")
    names = [text(name, "records") for name in records]
    arguments = [text(mode, "mode"), text(language, "language"), renderer, names]
    return Function("salesforce-module.form", arguments, of(results.Form, answers.form))


def check(settings: Document, known_variables: list[str] | None) -> Function[list[results.Finding]]:
    if known_variables is not None:
        expect(known_variables, list, "known_variables")
        known_variables = [text(name, "known_variables") for name in known_variables]
    return Function("salesforce-module.check", [document(settings, "settings"), known_variables], _findings)


def describe(settings: Document) -> Function[results.Tool]:
    return Function("salesforce-module.describe", [document(settings, "settings")], of(results.Tool, answers.tool))


def prepare(settings: Document) -> Function[results.Prepared]:
    return Function("salesforce-module.prepare", [document(settings, "settings")], _prepared, needs_session=True)


def objects(query: ObjectQuery, domain: str) -> Function[results.Objects]:
    expect(query, ObjectQuery, "query")
    asked = {
        "deployment-domain": _domain(query, domain),
        "api-version": optional_text(query.api_version, "query/api_version"),
        "search": text(query.search, "query/search"),
        "limit": u32(query.limit, "query/limit"),
        "all": bool(query.all),
    }
    return Function("salesforce-module.objects", [asked], of(results.Objects, answers.objects), needs_session=True)


def fields(query: FieldQuery, domain: str) -> Function[results.Fields]:
    expect(query, FieldQuery, "query")
    asked = {
        "deployment-domain": _domain(query, domain),
        "api-version": optional_text(query.api_version, "query/api_version"),
        "object": text(query.object, "query/object"),
        "search": text(query.search, "query/search"),
        "limit": u32(query.limit, "query/limit"),
        "all": bool(query.all),
        "values": u32(query.values, "query/values"),
    }
    return Function("salesforce-module.fields", [asked], of(results.Fields, answers.fields), needs_session=True)


def plan(settings: Document, variables: Document, correlation: str | None) -> Function[results.Plan]:
    return Function("salesforce-module.plan", _step(settings, variables, correlation), of(results.Plan, answers.plan))


def preview(settings: Document, variables: Document, correlation: str | None) -> Function[results.Preview]:
    arguments = _step(settings, variables, correlation)
    return Function("salesforce-module.preview", arguments, of(results.Preview, answers.preview), needs_session=True)


def run(
    settings: Document, variables: Document, correlation: str | None, files: list[AttachedFile] | None
) -> Function[results.Outcome]:
    arguments = _step(settings, variables, correlation)
    answer = of(results.Outcome, answers.outcome)
    if files is None:
        return Function("salesforce-module.run", arguments, answer, needs_session=True)
    handed_over = _handed_over(files, len(arguments[1].encode()))
    arguments.insert(2, handed_over)
    file_bytes = sum(len(file["content"] or b"") for file in handed_over)
    return Function("salesforce-module.run-with-files", arguments, answer, needs_session=True, file_bytes=file_bytes)


def run_many(
    settings: Document, conversations: list[Conversation], earlier: list[EarlierConversation]
) -> Function[results.ManyOutcome]:
    for position, each in enumerate(conversations):
        expect(each, Conversation, f"conversations/{position}")
    for position, before in enumerate(earlier):
        expect(before, EarlierConversation, f"earlier/{position}")
    runs = [
        {
            "variables": document(each.variables, f"conversations/{position}/variables"),
            "in-doubt-for": _optional_u32(each.in_doubt_for, f"conversations/{position}/in_doubt_for"),
            "correlation": optional_text(each.correlation, f"conversations/{position}/correlation"),
        }
        for position, each in enumerate(conversations)
    ]
    unsettled = [
        {
            "variables": document(each.variables, f"earlier/{position}/variables"),
            "in-doubt-for": _optional_u32(each.in_doubt_for, f"earlier/{position}/in_doubt_for"),
            "records": None
            if each.records is None
            else [text(id, f"earlier/{position}/records") for id in each.records],
        }
        for position, each in enumerate(earlier)
    ]
    arguments = [document(settings, "settings"), runs, unsettled]
    return Function("salesforce-module.run-many", arguments, _many, needs_session=True, seconds=MAX_MANY_SECONDS)


def _step(settings: Document, variables: Document, correlation: str | None) -> list[Any]:
    return [
        document(settings, "settings"),
        document(variables, "variables"),
        optional_text(correlation, "correlation"),
    ]


def _handed_over(files: list[AttachedFile], variables: int) -> list[dict[str, Any]]:
    """Without the content of files that there is no room for: the module says so of each, and runs."""
    left = MAX_HANDED_OVER - variables
    handed_over = []
    for position, file in enumerate(files):
        where = f"files/{position}"
        expect(file, AttachedFile, where)
        content = file.content
        if content is not None and not isinstance(content, (bytes, bytearray, memoryview)):
            raise TypeError(f"{where}/content: expected bytes, got {type(content).__name__}")
        if content is not None and len(content) > left:
            content = None
        left -= len(content or b"")
        handed_over.append(
            {
                "variable": text(file.variable, f"{where}/variable"),
                "name": text(file.name, f"{where}/name"),
                "media-type": optional_text(file.media_type, f"{where}/media_type"),
                "content": None if content is None else bytes(content),
            }
        )
    return handed_over


def of(cls: type[T], as_json: Callable[[Any], Any]) -> Callable[[Any], T]:
    def answer(answered: Any) -> T:
        value = ok(answered)
        json = as_json(value)
        more = {"log": value["log"]} if "log" in value else {}
        return build(cls, json, json=json, **more)

    return answer


def _many(answered: Any) -> results.ManyOutcome:
    value = ok(answered)
    json = answers.many(value)
    conversations = [
        build(results.Outcome, each, json=each, log=one["log"])
        for each, one in zip(json["conversations"], value["conversations"], strict=True)
    ]
    usage = json["apiUsage"] and build(results.ApiUsage, json["apiUsage"])
    return results.ManyOutcome(
        json["status"], conversations, json["requests"], json["retryAfterSeconds"], usage, json=json, log=value["log"]
    )


def _prepared(answered: Any) -> results.Prepared:
    value = ok(answered)
    found = [build(results.Finding, answers.finding(each)) for each in value["findings"]]
    return results.Prepared(
        value["status"],
        value["settings"],
        value["requests"],
        value["retry-after-seconds"],
        found,
        json=answers.prepared(value),
    )


def _findings(found: list[Any]) -> list[results.Finding]:
    return [build(results.Finding, answers.finding(each)) for each in found]


def ok(answered: Any) -> Any:
    """The answer, or the findings that stand in its way."""
    if not isinstance(answered, Result):
        return answered
    if answered.is_ok:
        return answered.value
    raise SalesforceSettingsError(_findings(answered.value), answers.findings(answered.value))


def _domain(query: ObjectQuery | FieldQuery, domain: str) -> str:
    return domain if query.deployment_domain is None else text(query.deployment_domain, "query/deployment_domain")


def optional_text(value: str | None, what: str) -> str | None:
    return None if value is None else text(value, what)


def _optional_u32(value: int | None, what: str) -> int | None:
    return None if value is None else u32(value, what)


def u32(value: int, what: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 32:
        raise ValueError(f"{what}: expected a whole number from 0 to 4294967295")
    return value
