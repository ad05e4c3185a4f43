"""The component's answers as JSON, with the names and the shape of `chat-host --json` (host-tests/src/json.rs).

They come as dicts with the names of `wit/`; enums are their names already.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ._json import loads

Wit = dict[str, Any]
Json = dict[str, Any]


def findings(found: list[Wit]) -> Json:
    return {"findings": [finding(each) for each in found]}


def outcome(answer: Wit) -> Json:
    json = {
        "status": answer["status"],
        "records": [_record_outcome(record) for record in answer["records"]],
        "variables": document(answer["variables"]),
        "requests": answer["requests"],
        "retryAfterSeconds": answer["retry-after-seconds"],
        "apiUsage": answer["api-usage"],
        "findings": [finding(each) for each in answer["findings"]],
    }
    if answer["correlation"] is not None:
        json["correlation"] = answer["correlation"]
    if answer["response"] is not None:
        response = answer["response"]
        json["response"] = {"httpStatus": response["http-status"], "error": _optional(error, response["error"])}
    return _with_files(json, answer["files"], _file_outcome)


def many(answer: Wit) -> Json:
    return {
        "status": answer["status"],
        "conversations": [outcome(each) for each in answer["conversations"]],
        "requests": answer["requests"],
        "retryAfterSeconds": answer["retry-after-seconds"],
        "apiUsage": answer["api-usage"],
    }


def plan(answer: Wit) -> Json:
    json = {
        "records": [_planned_record(record) for record in answer["records"]],
        "lookups": answer["lookups"],
        "requests": {"atLeast": answer["requests-at-least"], "atMost": answer["requests-at-most"]},
        "hash": answer["hash"],
        "findings": [finding(each) for each in answer["findings"]],
    }
    if answer["request"] is not None or answer["error"] is not None:
        json["request"] = _optional(_http_request, answer["request"])
        json["error"] = _optional(error, answer["error"])
    return _with_files(json, answer["files"], dict)


def preview(answer: Wit) -> Json:
    json = {
        "status": answer["status"],
        "records": [_previewed_record(record) for record in answer["records"]],
        "writes": [_http_request(request) for request in answer["writes"]],
        "hash": answer["hash"],
        "requests": answer["requests"],
        "retryAfterSeconds": answer["retry-after-seconds"],
        "apiUsage": answer["api-usage"],
        "findings": [finding(each) for each in answer["findings"]],
    }
    if answer["error"] is not None:
        json["error"] = error(answer["error"])
    return _with_files(json, answer["files"], dict)


def prepared(answer: Wit) -> Json:
    """The settings themselves, where there are some, as `chat-host prepare` prints them."""
    if answer["settings"] is not None:
        return document(answer["settings"])
    return {
        "status": answer["status"],
        "requests": answer["requests"],
        "retryAfterSeconds": answer["retry-after-seconds"],
        "findings": [finding(each) for each in answer["findings"]],
    }


def manifest(answer: Wit) -> Json:
    return {
        "name": answer["name"],
        "version": answer["version"],
        "modes": answer["modes"],
        "settingsSchema": document(answer["settings-schema"]),
    }


def form(answer: Wit) -> Json:
    return {
        "schema": document(answer["schema"]),
        "uiSchema": document(answer["ui-schema"]),
        "data": document(answer["data"]),
    }


def tool(answer: Wit) -> Json:
    return {
        "name": answer["name"],
        "title": answer["title"],
        "description": answer["description"],
        "variables": document(answer["variables"]),
        "results": document(answer["results"]),
        "examples": [document(example) for example in answer["examples"]],
    }


def objects(answer: Wit) -> Json:
    return {**camel_cased(answer), "findings": [finding(each) for each in answer["findings"]]}


def fields(answer: Wit) -> Json:
    return {**camel_cased(answer), "findings": [finding(each) for each in answer["findings"]]}


def finding(found: Wit) -> Json:
    texts = {text["language"]: {"message": text["message"], "remedy": text["remedy"]} for text in found["texts"]}
    return {**found, "texts": texts}


def document(text: str) -> Any:
    """A document inside an answer. What the component wrote is JSON; anything else is shown as the text it is."""
    try:
        return loads(text)
    except (ValueError, RecursionError):
        return text


def error(failure: Wit) -> Json:
    texts = {
        text["language"]: {"visitor": text["visitor"], "administrator": text["administrator"]}
        for text in failure["texts"]
    }
    return {**failure, "texts": texts}


def _record_outcome(record: Wit) -> Json:
    return {
        "name": record["name"],
        "sobject": record["sobject"],
        "result": record["result"],
        "id": record["id"],
        "url": record["url"],
        **_details(record),
    }


def _previewed_record(record: Wit) -> Json:
    return {
        "name": record["name"],
        "sobject": record["sobject"],
        "decision": record["decision"],
        "id": record["id"],
        "url": record["url"],
        **_details(record),
    }


def _details(record: Wit) -> Json:
    """What stands in the way, and what the visitor can be asked."""
    return {
        "candidates": record["candidates"],
        "error": _optional(error, record["error"]),
        "problems": [_problem(problem) for problem in record["problems"]],
        "ambiguity": _optional(camel_cased, record["ambiguity"]),
    }


def _problem(problem: Wit) -> Json:
    return {**problem, "texts": text_by_language(problem["texts"])}


def text_by_language(texts: list[Wit]) -> Json:
    return {text["language"]: text["text"] for text in texts}


def _planned_record(record: Wit) -> Json:
    json = {
        "name": record["name"],
        "sobject": record["sobject"],
        "approach": record["approach"],
        "whenNoneMatches": record["when-none-matches"],
        "whenSeveralMatch": record["when-several-match"],
        "whenDuplicate": record["when-duplicate"],
        "fields": [_planned_field(field) for field in record["fields"]],
        "links": [_planned_link(link) for link in record["links"]],
        "idempotency": _optional(_planned_field, record["idempotency"]),
        "readBack": record["read-back"],
        "error": _optional(error, record["error"]),
        "problems": [_problem(problem) for problem in record["problems"]],
    }
    if record["look-in"]:
        json["lookIn"] = record["look-in"]
    return json


def _planned_field(field: Wit) -> Json:
    json = {
        "field": field["field"],
        "value": document(field["value"]),
        "key": field["key"],
        "overwrite": field["overwrite"],
    }
    return _with_flags(json, onlyFinds=field["only-finds"])


def _planned_link(link: Wit) -> Json:
    json = {"field": link["field"], "record": link["record"], "overwrite": link["overwrite"]}
    return _with_flags(json, key=link["key"], onlyFinds=link["only-finds"])


def _http_request(request: Wit) -> Json:
    # Without a body there is none, not an empty text.
    return {**request, "body": document(request["body"]) if request["body"] else None}


def _file_outcome(file: Wit) -> Json:
    return {**file, "error": _optional(error, file["error"])}


def _with_files(json: Json, files: list[Wit], as_json: Callable[[Wit], Json]) -> Json:
    """Adds `files`, where there are any."""
    if files:
        json["files"] = [as_json(file) for file in files]
    return json


def _with_flags(json: Json, **flags: bool) -> Json:
    """Members that are there only where they are true."""
    json.update((name, True) for name, is_set in flags.items() if is_set)
    return json


def _optional(as_json: Callable[[Any], Any], value: Any) -> Any:
    return None if value is None else as_json(value)


def camel_cased(value: Any) -> Any:
    match value:
        case dict():
            return {camel_case(name): camel_cased(member) for name, member in value.items()}
        case list():
            return [camel_cased(entry) for entry in value]
    return value


def camel_case(name: str) -> str:
    first, *others = name.split("-")
    return first + "".join(word.capitalize() for word in others)
