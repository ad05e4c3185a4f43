"""One request and its answer, between the thread of a guest and the loop that has the connections.

The end of a body is taken piece by piece, each when the connection has taken what came before: so the guest knows of a failed
connection that the server cannot have a whole request. The answer is read as the guest reads it.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import AsyncIterator
from typing import Any

#: Longest piece of a body. Source: wasi:io, `blocking-write-and-flush`.
_MAX_PIECE = 4096
#: Bytes of a body that wait for the connection, as long as more than these follow: what comes before the end of a large file.
_MAX_AHEAD = 64 << 10
#: Bytes of an answer that wait for the guest, before the connection is no longer read.
_MAX_WAITING = 256 << 10

ErrorCode = tuple[str, Any]


class BodyGivenUp(Exception):
    """The guest has dropped the body of its request."""


class Exchange:
    def __init__(
        self,
        changed: threading.Condition,
        *,
        method: str,
        url: str,
        headers: list[tuple[bytes, bytes]],
        has_body: bool,
        first_byte: float | None,
        between_bytes: float | None,
    ) -> None:
        self.method, self.url, self.headers, self.has_body = method, url, headers, has_body
        self.first_byte, self.between_bytes = first_byte, between_bytes
        self.status: int | None = None
        self.headers_of_answer: list[tuple[bytes, bytes]] = []
        #: Instead of an answer, or of the rest of one.
        self.error: ErrorCode | None = None
        self._changed = changed
        self._wants_piece = False
        self._is_connected = False
        self._pending = bytearray()
        #: Bytes of the body that the guest has not written yet.
        self._left = next((int(value) for name, value in headers if name.lower() == b"content-length"), 0)
        self._body_ends = False
        self._body_given_up = False
        self._chunks: deque[bytes] = deque()
        self._waiting = 0
        self._has_ended = False
        # Of the loop.
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._fed = asyncio.Event()
        self._drained = asyncio.Event()
        self._is_cancelled = False

    # For the guest, in its thread.

    def permitted(self) -> int | None:
        """How many bytes of the body are taken now; None if no more are."""
        with self._changed:
            if self._has_ended or self.status is not None:
                return None
            if self._wants_piece:
                return _MAX_PIECE
            if self._is_connected and self._left > _MAX_AHEAD:
                return min(_MAX_PIECE, _MAX_AHEAD - len(self._pending))
            return 0

    def write(self, piece: bytes) -> bool:
        """Whether it was taken."""
        with self._changed:
            if len(piece) > (self.permitted() or 0):
                return False
            self._pending += piece
            self._left -= len(piece)
            is_waited_for, self._wants_piece = self._wants_piece, False
        if is_waited_for:
            self._tell_loop(self._fed.set)
        return True

    def finish_body(self) -> None:
        with self._changed:
            self._body_ends = True
        self._tell_loop(self._fed.set)

    def give_up_body(self) -> None:
        with self._changed:
            self._body_given_up = not self._body_ends
        self._tell_loop(self._fed.set)

    def is_answered(self) -> bool:
        with self._changed:
            return self.status is not None or self.error is not None

    def is_readable(self) -> bool:
        with self._changed:
            return bool(self._chunks) or self._has_ended

    def read(self, length: int) -> bytes | None:
        """What is there, empty if that is nothing yet; None at the end."""
        with self._changed:
            if not self._chunks:
                return None if self._has_ended else b""
            chunk = self._chunks.popleft()
            if len(chunk) > length:
                self._chunks.appendleft(chunk[length:])
                chunk = chunk[:length]
            was_full = self._waiting >= _MAX_WAITING
            self._waiting -= len(chunk)
        if was_full:
            self._tell_loop(self._drained.set)
        return chunk

    def is_cut_off(self) -> bool:
        with self._changed:
            return self._has_ended and self.error is not None

    def cancel(self) -> None:
        """The guest wants nothing more of it: a connection that is not at its end is closed."""
        if not self._has_ended:
            self._tell_loop(self._cancel)

    def _tell_loop(self, what: Any) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(what)

    # For the loop.

    def bind(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def start(self, task: asyncio.Task[None]) -> None:
        self._task = task
        if self._is_cancelled:
            task.cancel()

    def _cancel(self) -> None:
        self._is_cancelled = True
        if self._task is not None:
            self._task.cancel()

    async def body(self) -> AsyncIterator[bytes]:
        """Its pieces. Asking for the next one means that the connection has taken the last."""
        while True:
            self._fed.clear()
            with self._changed:
                self._is_connected = True
                # What the guest has written or said in the meantime holds.
                self._wants_piece = not (self._pending or self._body_ends or self._body_given_up)
                is_waiting = self._wants_piece
                self._changed.notify_all()
            if is_waiting:
                await self._fed.wait()
            with self._changed:
                piece, self._pending = bytes(self._pending), bytearray()
                self._wants_piece = False
                given_up = self._body_given_up
                self._changed.notify_all()
            if given_up:
                raise BodyGivenUp
            if not piece:
                return
            yield piece

    def answered(self, status: int, headers: list[tuple[bytes, bytes]]) -> None:
        with self._changed:
            self.status, self.headers_of_answer = status, headers
            self._changed.notify_all()

    async def received(self, chunk: bytes) -> None:
        """Returns when there is room for more."""
        self._drained.clear()
        with self._changed:
            self._chunks.append(chunk)
            self._waiting += len(chunk)
            is_full = self._waiting >= _MAX_WAITING
            self._changed.notify_all()
        if is_full:
            await self._drained.wait()

    def ended(self, error: ErrorCode | None = None) -> None:
        with self._changed:
            self.error = self.error or error
            self._has_ended = True
            self._changed.notify_all()
