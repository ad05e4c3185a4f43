"""A conversation goes on with a person who works in Salesforce: for programs without an event loop, and with one."""

from __future__ import annotations

import time
from collections.abc import Coroutine
from typing import Any, Protocol, TypeVar

from . import _handover
from ._functions import Function
from .chats import Handed, OutgoingMessage, PreparedHandover, Received
from .inputs import Document

T = TypeVar("T")


class Call(Protocol):
    """Makes a call to the messaging host of the settings' org, or to none."""

    def __call__(self, function: Function[T], host: str | None, route: str | None, timeout: float | None) -> T: ...


class AsyncCall(Protocol):
    def __call__(
        self, function: Function[T], host: str | None, route: str | None, timeout: float | None
    ) -> Coroutine[Any, Any, T]: ...


class Handover:
    """Calls for settings of the mode `handover`. No session: a visitor is a guest of the deployment. Requests go to the org's messaging
    host and nowhere else. One call of a chat at a time; what is between two calls is in its `chat`.

    `now` is the engine's clock in seconds since 1970, the system's unless given.
    """

    def __init__(self, call: Call) -> None:
        self._call = call

    def prepare(
        self, settings: Document, *, route: str | None = None, timeout: float | None = None
    ) -> PreparedHandover:
        """Compares settings with the deployment's pre-chat form: when an author publishes. One request; opens no chat."""
        return self._call(_handover.prepare(settings), _handover.messaging_host(settings), route, timeout)

    def start(
        self,
        settings: Document,
        variables: Document,
        *,
        earlier: str | None = None,
        correlation: str | None = None,
        now: int | None = None,
        route: str | None = None,
        timeout: float | None = None,
    ) -> Handed:
        """Opens a chat, once however often a step is run. `earlier` is the chat of an earlier call of the same step."""
        function = _handover.start(settings, variables, earlier, _clock(now), correlation)
        return self._call(function, _handover.messaging_host(settings), route, timeout)

    def send(
        self,
        settings: Document,
        chat: str,
        message: OutgoingMessage,
        *,
        now: int | None = None,
        route: str | None = None,
        timeout: float | None = None,
    ) -> Handed:
        """Sends one message of the visitor's. One whose answer is lost is looked for before it is sent again."""
        function = _handover.send(settings, chat, message, _clock(now))
        return self._call(function, _handover.messaging_host(settings), route, timeout)

    def receive(
        self,
        settings: Document,
        chat: str,
        *,
        wait: int = 0,
        now: int | None = None,
        route: str | None = None,
        timeout: float | None = None,
    ) -> Received:
        """What has happened since the last call. With `wait` it returns as soon as something happens, within so many seconds."""
        function = _handover.receive(settings, chat, wait, _clock(now))
        return self._call(function, _handover.messaging_host(settings), route, timeout)

    def end(
        self,
        settings: Document,
        chat: str,
        *,
        now: int | None = None,
        route: str | None = None,
        timeout: float | None = None,
    ) -> Handed:
        """Ends the chat for the visitor. One that is over already is `sent`."""
        function = _handover.end(settings, chat, _clock(now))
        return self._call(function, _handover.messaging_host(settings), route, timeout)


class AsyncHandover:
    """As `Handover`, whose functions it has, as coroutines. A cancelled `receive` ends at once, and the next one is told the same."""

    def __init__(self, call: AsyncCall) -> None:
        self._call = call

    async def prepare(
        self, settings: Document, *, route: str | None = None, timeout: float | None = None
    ) -> PreparedHandover:
        return await self._call(_handover.prepare(settings), _handover.messaging_host(settings), route, timeout)

    async def start(
        self,
        settings: Document,
        variables: Document,
        *,
        earlier: str | None = None,
        correlation: str | None = None,
        now: int | None = None,
        route: str | None = None,
        timeout: float | None = None,
    ) -> Handed:
        function = _handover.start(settings, variables, earlier, _clock(now), correlation)
        return await self._call(function, _handover.messaging_host(settings), route, timeout)

    async def send(
        self,
        settings: Document,
        chat: str,
        message: OutgoingMessage,
        *,
        now: int | None = None,
        route: str | None = None,
        timeout: float | None = None,
    ) -> Handed:
        function = _handover.send(settings, chat, message, _clock(now))
        return await self._call(function, _handover.messaging_host(settings), route, timeout)

    async def receive(
        self,
        settings: Document,
        chat: str,
        *,
        wait: int = 0,
        now: int | None = None,
        route: str | None = None,
        timeout: float | None = None,
    ) -> Received:
        function = _handover.receive(settings, chat, wait, _clock(now))
        return await self._call(function, _handover.messaging_host(settings), route, timeout)

    async def end(
        self,
        settings: Document,
        chat: str,
        *,
        now: int | None = None,
        route: str | None = None,
        timeout: float | None = None,
    ) -> Handed:
        function = _handover.end(settings, chat, _clock(now))
        return await self._call(function, _handover.messaging_host(settings), route, timeout)


def _clock(now: int | None) -> int:
    return int(time.time()) if now is None else now
