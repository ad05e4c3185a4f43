"""The driver of hosts/conformance: requests as JSON lines on standard input, answers on standard output.

    python -m salesforce_module.conformance

Several requests can be under way, and answers come in any order. At the end of the input it answers what is under way, and ends.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import re
import sys
from typing import Any

from ._json import Number, dumps, loads
from .aio import AsyncSalesforceModule
from .chats import Choice, File, OutgoingMessage
from .errors import SalesforceHostError, SalesforceSettingsError
from .inputs import AttachedFile, Conversation, EarlierConversation, FieldQuery, ObjectQuery, Session

_FUNCTIONS = (
    "manifest",
    "form",
    "check",
    "describe",
    "prepare",
    "objects",
    "fields",
    "plan",
    "preview",
    "run",
    "runMany",
    "prepareHandover",
    "startHandover",
    "sendMessage",
    "receiveEvents",
    "endHandover",
)


class NotARequest(Exception):
    """A line that is no request. It may have a number all the same."""

    def __init__(self, message: str, number: Any = None) -> None:
        self.number = number
        super().__init__(message)


async def main() -> int:
    try:
        loaded = await AsyncSalesforceModule.load()
    except SalesforceHostError as error:
        print(error, file=sys.stderr)
        return 1
    async with loaded as module:
        under_way: set[asyncio.Task[None]] = set()
        # In a thread: a pipe, a file or a terminal.
        while line := await asyncio.to_thread(sys.stdin.buffer.readline):
            task = asyncio.create_task(_answer(module, line))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
        await asyncio.gather(*under_way)
    return 0


async def _answer(module: AsyncSalesforceModule, line: bytes) -> None:
    number, answer = None, {}
    try:
        request = _request(line)
        number = request["id"]
        answer = {"answer": await _call(module, request)}
    except SalesforceSettingsError as error:
        answer = error.json
    except SalesforceHostError as error:
        answer = _failure(error.code, str(error))
    except NotARequest as error:
        number, answer = error.number, _failure("host", str(error))
    except KeyError as error:
        answer = _failure("host", f"`arguments`: `{error.args[0]}` is missing")
    except (TypeError, ValueError) as error:
        answer = _failure("host", str(error))
    # UTF-8, whatever the locale.
    sys.stdout.buffer.write(dumps({"id": number, **answer}).encode() + b"\n")
    sys.stdout.buffer.flush()


async def _call(module: AsyncSalesforceModule, request: dict[str, Any]) -> Any:
    call = asyncio.create_task(_function(module, request))
    after = request.get("abortAfter")
    if after is None:
        return await call
    await asyncio.wait((call,), timeout=after / 1000)
    if not call.done():
        call.cancel()
    try:
        return await call
    except asyncio.CancelledError:
        raise SalesforceHostError("aborted", "The call was aborted.") from None


async def _function(module: AsyncSalesforceModule, request: dict[str, Any]) -> Any:
    name, given, route = request["function"], request["arguments"], request.get("route")
    settings, correlation = given.get("settings"), given.get("correlation")
    match name:
        case "manifest":
            return (await module.manifest()).json
        case "form":
            of = {"renderer": given["renderer"], "records": given["records"]}
            return (await module.form(given["mode"], given["language"], **of)).json
        case "check":
            found = await module.check(settings, given.get("knownVariables"))
            return {"findings": [_finding(each) for each in found]}
        case "describe":
            return (await module.describe(settings)).json
        case "prepare":
            return (await module.prepare(_session(given), settings, route=route)).json
        case "objects":
            return (await module.objects(_session(given), ObjectQuery(**_members(given["query"])), route=route)).json
        case "fields":
            return (await module.fields(_session(given), FieldQuery(**_members(given["query"])), route=route)).json
        case "plan":
            return (await module.plan(settings, given.get("variables"), correlation=correlation)).json
        case "preview":
            return (
                await module.preview(
                    _session(given), settings, given.get("variables"), correlation=correlation, route=route
                )
            ).json
        case "run":
            files = None if given.get("files") is None else [_file(file) for file in given["files"]]
            outcome = await module.run(
                _session(given), settings, given.get("variables"), correlation=correlation, files=files, route=route
            )
            return outcome.json
        case "prepareHandover" | "startHandover" | "sendMessage" | "receiveEvents" | "endHandover":
            return (await _handover(module, name, given, route)).json
        case _:
            conversations = [Conversation(**_members(each)) for each in given["conversations"]]
            earlier = [EarlierConversation(**_members(each)) for each in given.get("earlier") or []]
            return (await module.run_many(_session(given), settings, conversations, earlier, route=route)).json


async def _handover(module: AsyncSalesforceModule, name: str, given: dict[str, Any], route: str | None) -> Any:
    handover, settings, now = module.handover, given["settings"], given["now"]
    match name:
        case "prepareHandover":
            return await handover.prepare(settings, route=route)
        case "startHandover":
            of = {"earlier": given.get("earlier"), "correlation": given.get("correlation")}
            return await handover.start(settings, given["variables"], now=now, route=route, **of)
        case "sendMessage":
            return await handover.send(settings, given["chat"], _message(given["message"]), now=now, route=route)
        case "receiveEvents":
            return await handover.receive(settings, given["chat"], wait=given["waitSeconds"], now=now, route=route)
    return await handover.end(settings, given["chat"], now=now, route=route)


def _message(given: dict[str, Any]) -> OutgoingMessage:
    again = bool(given.get("again"))
    if "choice" in given:
        return OutgoingMessage(given["key"], Choice(**_members(given["choice"])), again)
    if "file" in given:
        file = given["file"]
        return OutgoingMessage(given["key"], File(file["name"], file["mediaType"], _decoded(file["content"])), again)
    return OutgoingMessage(given["key"], given["text"], again)


def _request(line: bytes) -> dict[str, Any]:
    try:
        request = loads(line.decode())
    except (ValueError, RecursionError):
        raise NotARequest("this line is not JSON") from None
    if not isinstance(request, dict) or not _is_number(request.get("id")):
        raise NotARequest("expected an object with `id`, a number")
    number = request["id"]
    if request.get("function") not in _FUNCTIONS:
        raise NotARequest(f"`function`: expected one of {', '.join(_FUNCTIONS)}", number)
    if not isinstance(request.get("arguments"), dict):
        raise NotARequest("`arguments`: expected an object", number)
    if request.get("abortAfter") is not None and not _is_number(request["abortAfter"]):
        raise NotARequest("`abortAfter`: expected milliseconds, or null", number)
    return request


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, Number)) and not isinstance(value, bool)


def _session(given: dict[str, Any]) -> Session:
    try:
        return Session(given["session"]["domain"], given["session"]["accessToken"])
    except (KeyError, TypeError):
        raise ValueError("`session`: expected an object with `domain` and `accessToken`") from None


def _file(file: dict[str, Any]) -> AttachedFile:
    content = file.get("content")
    decoded = None if content is None else _decoded(content)
    return AttachedFile(file["variable"], file["name"], decoded, file.get("mediaType"))


def _decoded(content: str) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("a file's `content` is not base64") from None


def _members(json: dict[str, Any]) -> dict[str, Any]:
    """The members under Python's names."""
    return {re.sub("[A-Z]", lambda capital: "_" + capital[0].lower(), name): value for name, value in json.items()}


def _finding(finding: Any) -> dict[str, Any]:
    texts = {language: {"message": text.message, "remedy": text.remedy} for language, text in finding.texts.items()}
    return {
        "severity": finding.severity,
        "code": finding.code,
        "path": finding.path,
        "message": finding.message,
        "remedy": finding.remedy,
        "texts": texts,
    }


def _failure(code: str, message: str) -> dict[str, Any]:
    return {"failure": {"code": code, "message": message}}


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
