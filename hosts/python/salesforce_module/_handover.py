"""The functions of the interface `handover` as values, and their answers as JSON (host-tests/src/json/handover.rs)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from . import answers, chats
from ._functions import Function, ok, optional_text, u32
from ._json import document, expect, loads, text
from ._typed import build
from .chats import ChatEvent, Choice, File, OutgoingMessage
from .inputs import Document

T = TypeVar("T")

_OF_ORGS = ".my.salesforce.com"
_OF_MESSAGING = ".my.salesforce-scrt.com"


def messaging_host(settings: Document) -> str | None:
    """The host of the settings' org for chats. Settings that name none reach none: the module says what is wrong with them."""
    if isinstance(settings, str):
        try:
            settings = loads(settings)
        except (ValueError, RecursionError):
            return None
    domain = settings.get("deploymentDomain") if isinstance(settings, dict) else None
    domain = domain.strip().lower() if isinstance(domain, str) else ""
    return domain.removesuffix(_OF_ORGS) + _OF_MESSAGING if domain.endswith(_OF_ORGS) else None


def prepare(settings: Document) -> Function[chats.PreparedHandover]:
    return _function("prepare", [document(settings, "settings")], chats.PreparedHandover, _prepared)


def start(
    settings: Document, variables: Document, earlier: str | None, now: int, correlation: str | None
) -> Function[chats.Handed]:
    arguments = [
        document(settings, "settings"),
        document(variables, "variables"),
        None if earlier is None else _chat(earlier, "earlier"),
        u32(now, "now"),
        optional_text(correlation, "correlation"),
    ]
    return _function("start", arguments, chats.Handed, _handed)


def send(settings: Document, chat: str, message: OutgoingMessage, now: int) -> Function[chats.Handed]:
    expect(message, OutgoingMessage, "message")
    sent = {"key": text(message.key, "message/key"), "again": bool(message.again), "content": _content(message.content)}
    file_bytes = len(message.content.content) if isinstance(message.content, File) else 0
    arguments = [document(settings, "settings"), _chat(chat), sent, u32(now, "now")]
    return _function("send", arguments, chats.Handed, _handed, file_bytes)


def receive(settings: Document, chat: str, wait: int, now: int) -> Function[chats.Received]:
    arguments = [document(settings, "settings"), _chat(chat), u32(wait, "wait"), u32(now, "now")]
    return _function("receive", arguments, chats.Received, _received)


def end(settings: Document, chat: str, now: int) -> Function[chats.Handed]:
    return _function("end", [document(settings, "settings"), _chat(chat), u32(now, "now")], chats.Handed, _handed)


def _function(
    name: str, arguments: list[Any], cls: type[T], as_json: Callable[[Any], Any], file_bytes: int = 0
) -> Function[T]:
    def answer(answered: Any) -> T:
        value = ok(answered)
        json = as_json(value)
        more: dict[str, Any] = {"log": value["progress"]["log"]} if "progress" in value else {}
        if "events" in json:
            more["events"] = [build(ChatEvent, each, kind=_kind(each)) for each in json["events"]]
        return build(cls, json, json=json, **more)

    return Function(f"handover.{name}", arguments, answer, file_bytes=file_bytes)


def _kind(event: dict[str, Any]) -> str:
    return next(name for name in event if name != "at")


def _chat(secret: str, what: str = "chat") -> dict[str, str]:
    return {"secret": text(secret, what)}


def _content(content: str | Choice | File) -> tuple[str, Any]:
    match content:
        case str():
            return "text", text(content, "message/content")
        case Choice():
            chosen = {
                "option-id": text(content.option_id, "message/content/option_id"),
                "in-reply-to": text(content.in_reply_to, "message/content/in_reply_to"),
            }
            return "choice", chosen
        case File():
            if not isinstance(content.content, (bytes, bytearray, memoryview)):
                raise TypeError(f"message/content/content: expected bytes, got {type(content.content).__name__}")
            file = {
                "name": text(content.name, "message/content/name"),
                "media-type": text(content.media_type, "message/content/media_type"),
                "content": bytes(content.content),
            }
            return "attachment", file
    raise TypeError(f"message/content: expected a text, a Choice or a File, got {type(content).__name__}")


def _prepared(answer: Any) -> Any:
    return {
        "status": answer["status"],
        "fields": answers.camel_cased(answer["fields"]),
        "files": answer["files"],
        "requests": answer["requests"],
        "retryAfterSeconds": answer["retry-after-seconds"],
        "findings": [answers.finding(each) for each in answer["findings"]],
    }


def _handed(answer: Any) -> Any:
    outcome, failure = answer["outcome"]
    return {**_progress(answer["progress"]), "outcome": outcome, "error": failure and answers.error(failure)}


def _received(answer: Any) -> Any:
    failure = answer["error"]
    return {
        **_progress(answer["progress"]),
        "events": [_event(each) for each in answer["events"]],
        "error": failure and answers.error(failure),
    }


def _progress(progress: Any) -> dict[str, Any]:
    """`chat` is a secret, and for the engine to keep."""
    return {
        "chat": progress["chat"] and progress["chat"]["secret"],
        "phase": progress["phase"],
        "texts": answers.text_by_language(progress["texts"]),
        "variables": answers.document(progress["variables"]),
        "requests": progress["requests"],
        "retryAfterSeconds": progress["retry-after-seconds"],
        "findings": [answers.finding(each) for each in progress["findings"]],
    }


def _event(event: Any) -> dict[str, Any]:
    """One member names it."""
    name, what = event["what"]
    told = {name: _message(what) if name == "message" else what}
    return told if event["at"] is None else {**told, "at": event["at"]}


def _message(message: Any) -> dict[str, Any]:
    name, content = message["content"]
    said = content if name == "options" else {name: answers.camel_cased(content)}
    return {"id": message["id"], "author": message["author"], **said}
