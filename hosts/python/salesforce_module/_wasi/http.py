"""`wasi:http`: requests to one deployment domain. Redirects are answers, and no request is repeated."""

from __future__ import annotations

from .._call import Call
from .._exchange import Exchange
from .._values import Result
from .io import Functions, InputStream, OutputStream, Thing, When

#: What the connection says by itself. Source: wasi:http, `forbidden`.
_FORBIDDEN = frozenset(
    ("connection", "host", "http2-settings", "keep-alive", "proxy-connection", "te", "transfer-encoding", "upgrade")
)
_NANOSECONDS = 1_000_000_000


class Fields(Thing):
    NAME, TYPE = "fields", 5

    def __init__(self, entries: list[tuple[str, bytes]] | None = None) -> None:
        self.entries = entries or []


class OutgoingRequest(Thing):
    NAME, TYPE = "outgoing-request", 6

    def __init__(self, headers: Fields) -> None:
        self.headers = headers
        self.method = "GET"
        self.scheme: str | None = None
        self.authority: str | None = None
        self.path = "/"
        self.stream: OutputStream | None = None


class RequestOptions(Thing):
    NAME, TYPE = "request-options", 7

    def __init__(self) -> None:
        self.first_byte: float | None = None
        self.between_bytes: float | None = None


class OutgoingBody(Thing):
    NAME, TYPE = "outgoing-body", 8

    def __init__(self, stream: OutputStream) -> None:
        self.stream = stream

    def dropped(self) -> None:
        # Not finished: the server must not take it for whole.
        if self.stream.exchange is not None:
            self.stream.exchange.give_up_body()


class FutureIncomingResponse(Thing):
    NAME, TYPE = "future-incoming-response", 9

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange
        self.is_taken = False

    def dropped(self) -> None:
        if not self.is_taken:
            self.exchange.cancel()


class IncomingResponse(Thing):
    NAME, TYPE = "incoming-response", 10

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange
        self.is_consumed = False

    def dropped(self) -> None:
        if not self.is_consumed:
            self.exchange.cancel()


class IncomingBody(Thing):
    NAME, TYPE = "incoming-body", 11

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange

    def dropped(self) -> None:
        self.exchange.cancel()


class FutureTrailers(Thing):
    NAME, TYPE = "future-trailers", 12


_DONE = Result(True)
_REFUSED = Result(False)


def _append(_call: Call, fields: Fields, name: str, value: bytes | list) -> Result:
    if name.lower() in _FORBIDDEN:
        return Result(False, ("forbidden", None))
    value = bytes(value)
    # Else a value could end its line and begin another header.
    if not name.isascii() or any((byte < 0x20 and byte != 0x09) or byte == 0x7F for byte in value):
        return Result(False, ("invalid-syntax", None))
    fields.entries.append((name, value))
    return _DONE


def _from_list(call: Call, entries: list[tuple[str, bytes | list]]) -> Result:
    fields = Fields()
    for name, value in entries:
        refused = _append(call, fields, name, value)
        if refused is not _DONE:
            return refused
    return Result(True, fields)


def _get(_call: Call, fields: Fields, name: str) -> list[bytes]:
    return [value for key, value in fields.entries if key == name.lower()]


def _body(_call: Call, request: OutgoingRequest) -> Result:
    if request.stream is not None:
        return _REFUSED
    request.stream = OutputStream()
    return Result(True, OutgoingBody(request.stream))


def _set_method(_call: Call, request: OutgoingRequest, method: tuple[str, str | None]) -> Result:
    name, other = method
    request.method = other if other is not None else name.upper()
    return _DONE if request.method.isascii() and request.method.isalpha() else _REFUSED


def _set_path(_call: Call, request: OutgoingRequest, path: str | None) -> Result:
    if path is not None and (not path.isascii() or not path.startswith("/") or any(char <= " " for char in path)):
        return _REFUSED
    request.path = path or "/"
    return _DONE


def _set_scheme(_call: Call, request: OutgoingRequest, scheme: tuple[str, str | None] | None) -> Result:
    request.scheme = scheme and (scheme[1] or scheme[0].lower())
    return _DONE


def _set_authority(_call: Call, request: OutgoingRequest, authority: str | None) -> Result:
    request.authority = authority
    return _DONE


def _set_first_byte(_call: Call, options: RequestOptions, duration: int | None) -> Result:
    options.first_byte = None if duration is None else duration / _NANOSECONDS
    return _DONE


def _set_between_bytes(_call: Call, options: RequestOptions, duration: int | None) -> Result:
    options.between_bytes = None if duration is None else duration / _NANOSECONDS
    return _DONE


def _handle(call: Call, request: OutgoingRequest, options: RequestOptions | None) -> Result:
    way = call.egress and call.egress.way(request.scheme, request.authority)
    if way is None:
        # Before anything of the body is taken.
        return Result(False, ("HTTP-request-denied", None))
    options = options or RequestOptions()
    exchange = Exchange(
        call.changed,
        method=request.method,
        url=way.url(request.path),
        headers=way.headers(request.headers.entries),
        has_body=request.stream is not None,
        first_byte=options.first_byte,
        between_bytes=options.between_bytes,
    )
    if request.stream is not None:
        request.stream.exchange = exchange
    call.has_sent = True
    way.client.begin(exchange)
    return Result(True, FutureIncomingResponse(exchange))


def _write_body(_call: Call, body: OutgoingBody) -> Result:
    return Result(True, body.stream)


def _finish(_call: Call, body: OutgoingBody, _trailers: Fields | None) -> Result:
    if body.stream.exchange is not None:
        body.stream.exchange.finish_body()
    return _DONE


def _subscribe(_call: Call, future: FutureIncomingResponse) -> When:
    return When(future.exchange.is_answered)


def _get_response(_call: Call, future: FutureIncomingResponse) -> Result | None:
    if not future.exchange.is_answered():
        return None
    if future.is_taken:
        return _REFUSED
    if future.exchange.error is not None and future.exchange.status is None:
        return Result(True, Result(False, future.exchange.error))
    future.is_taken = True
    return Result(True, Result(True, IncomingResponse(future.exchange)))


def _status(_call: Call, response: IncomingResponse) -> int:
    return response.exchange.status or 0


def _headers(_call: Call, response: IncomingResponse) -> Fields:
    return Fields([(name.decode("latin-1").lower(), value) for name, value in response.exchange.headers_of_answer])


def _consume(_call: Call, response: IncomingResponse) -> Result:
    if response.is_consumed:
        return _REFUSED
    response.is_consumed = True
    return Result(True, IncomingBody(response.exchange))


def _stream(_call: Call, body: IncomingBody) -> Result:
    return Result(True, InputStream(body.exchange))


_TYPES = "wasi:http/types"
FUNCTIONS: Functions = {
    (_TYPES, "[constructor]fields"): lambda _call: Fields(),
    (_TYPES, "[static]fields.from-list"): _from_list,
    (_TYPES, "[method]fields.append"): _append,
    (_TYPES, "[method]fields.get"): _get,
    (_TYPES, "[constructor]outgoing-request"): lambda _call, headers: OutgoingRequest(headers),
    (_TYPES, "[method]outgoing-request.body"): _body,
    (_TYPES, "[method]outgoing-request.set-method"): _set_method,
    (_TYPES, "[method]outgoing-request.set-path-with-query"): _set_path,
    (_TYPES, "[method]outgoing-request.set-scheme"): _set_scheme,
    (_TYPES, "[method]outgoing-request.set-authority"): _set_authority,
    (_TYPES, "[constructor]request-options"): lambda _call: RequestOptions(),
    (_TYPES, "[method]request-options.set-first-byte-timeout"): _set_first_byte,
    (_TYPES, "[method]request-options.set-between-bytes-timeout"): _set_between_bytes,
    ("wasi:http/outgoing-handler", "handle"): _handle,
    (_TYPES, "[method]outgoing-body.write"): _write_body,
    (_TYPES, "[static]outgoing-body.finish"): _finish,
    (_TYPES, "[method]future-incoming-response.subscribe"): _subscribe,
    (_TYPES, "[method]future-incoming-response.get"): _get_response,
    (_TYPES, "[method]incoming-response.status"): _status,
    (_TYPES, "[method]incoming-response.headers"): _headers,
    (_TYPES, "[method]incoming-response.consume"): _consume,
    (_TYPES, "[method]incoming-body.stream"): _stream,
}
