"""`wasi:io`: pollables and streams."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .._call import Call
from .._values import Result

if TYPE_CHECKING:
    from .._exchange import Exchange

#: Most bytes that a read hands over. Source: a guest of 32 MiB reads 64 kiB at a time.
_MAX_READ = 64 << 10


#: By interface and name.
Functions = dict[tuple[str, str], Callable[..., Any]]


class Thing:
    """What a guest has a handle of."""

    NAME: str
    TYPE: int

    def dropped(self) -> None:
        """The handle is gone."""


class AnyPollable(Thing):
    NAME, TYPE = "pollable", 1

    @property
    def due(self) -> float | None:
        return None

    def is_ready(self) -> bool:
        raise NotImplementedError


class When(AnyPollable):
    """Ready when something that another thread tells of has happened."""

    def __init__(self, happened: Callable[[], bool]) -> None:
        self._happened = happened

    def is_ready(self) -> bool:
        return self._happened()


class Error(Thing):
    NAME, TYPE = "error", 2


class OutputStream(Thing):
    """The body of a request, taken as the connection takes it."""

    NAME, TYPE = "output-stream", 3

    def __init__(self, exchange: Exchange | None = None) -> None:
        #: Once the request is handed over.
        self.exchange = exchange


class InputStream(Thing):
    NAME, TYPE = "input-stream", 4

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange


_CLOSED = Result(False, ("closed", None))


def _poll(call: Call, pollables: list[AnyPollable]) -> list[int]:
    return call.poll(pollables)


def _block(call: Call, pollable: AnyPollable) -> None:
    call.poll([pollable])


def _check_write(_call: Call, stream: OutputStream) -> Result:
    if stream.exchange is None:
        # Nothing is connected before `handle`.
        return Result(True, 0)
    permitted = stream.exchange.permitted()
    return _CLOSED if permitted is None else Result(True, permitted)


def _write(_call: Call, stream: OutputStream, contents: bytes | list) -> Result:
    # Nothing of a list without entries says that it is one of bytes.
    is_taken = stream.exchange is not None and stream.exchange.write(bytes(contents))
    return Result(True) if is_taken else _CLOSED


def _flush(_call: Call, stream: OutputStream) -> Result:
    return _CLOSED if stream.exchange is not None and stream.exchange.permitted() is None else Result(True)


def _subscribe_output(_call: Call, stream: OutputStream) -> When:
    return When(lambda: stream.exchange is not None and stream.exchange.permitted() != 0)


def _read(_call: Call, stream: InputStream, length: int) -> Result:
    chunk = stream.exchange.read(min(length, _MAX_READ))
    if chunk is not None:
        return Result(True, chunk)
    if stream.exchange.is_cut_off():
        return Result(False, ("last-operation-failed", Error()))
    return _CLOSED


def _subscribe_input(_call: Call, stream: InputStream) -> When:
    return When(stream.exchange.is_readable)


FUNCTIONS: Functions = {
    ("wasi:io/poll", "poll"): _poll,
    ("wasi:io/poll", "[method]pollable.block"): _block,
    ("wasi:io/streams", "[method]output-stream.check-write"): _check_write,
    ("wasi:io/streams", "[method]output-stream.write"): _write,
    ("wasi:io/streams", "[method]output-stream.flush"): _flush,
    ("wasi:io/streams", "[method]output-stream.subscribe"): _subscribe_output,
    ("wasi:io/streams", "[method]input-stream.read"): _read,
    ("wasi:io/streams", "[method]input-stream.subscribe"): _subscribe_input,
}
