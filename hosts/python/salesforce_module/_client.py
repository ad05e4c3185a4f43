"""Connections: kept open and shared by all calls, in one loop in a thread of its own.

httpcore follows no redirect, decodes nothing and repeats nothing. It is used without httpx, which does all of that and adds headers.
"""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
import threading
from collections.abc import Iterator

import httpcore

from ._exchange import BodyGivenUp, ErrorCode, Exchange
from ._pool import Pool

#: How long a connection, with its TLS handshake, may take, in seconds.
CONNECT_TIMEOUT = 10.0


class Client:
    """`tls` says which certificates are trusted; by itself those that the system trusts, a company's own included."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls or ssl.create_default_context()
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pool: Pool | None = None
        self._process: int | None = None

    def begin(self, exchange: Exchange) -> None:
        loop = self._running()
        exchange.bind(loop)
        loop.call_soon_threadsafe(self._start, loop, exchange)

    def close(self) -> None:
        """Closes the connections. A later request opens new ones."""
        with self._lock:
            loop, self._loop = self._loop, None
        if loop is not None and self._process == os.getpid():
            asyncio.run_coroutine_threadsafe(self._shut(), loop).result()
            loop.call_soon_threadsafe(loop.stop)

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            # A process that was forked has neither the thread nor the right to the connections.
            if self._loop is None or self._process != os.getpid():
                self._process = os.getpid()
                self._loop = asyncio.new_event_loop()
                self._pool = Pool(self._tls)
                threading.Thread(target=_serve, args=(self._loop,), name="salesforce-module-http", daemon=True).start()
            return self._loop

    def _start(self, loop: asyncio.AbstractEventLoop, exchange: Exchange) -> None:
        exchange.start(loop.create_task(self._carry_out(exchange)))

    async def _carry_out(self, exchange: Exchange) -> None:
        assert self._pool is not None
        timeouts = {"connect": CONNECT_TIMEOUT, "read": exchange.first_byte, "write": exchange.first_byte}
        request = httpcore.Request(
            exchange.method,
            exchange.url,
            headers=exchange.headers,
            content=exchange.body() if exchange.has_body else None,
            extensions={"timeout": timeouts},
        )
        try:
            async with self._pool.connection(request.url.origin) as connection:
                response = await connection.handle_async_request(request)
                try:
                    timeouts["read"] = exchange.between_bytes
                    exchange.answered(response.status, response.headers)
                    async for chunk in response.aiter_stream():
                        await exchange.received(chunk)
                finally:
                    await response.aclose()
        except asyncio.CancelledError:
            exchange.ended(("connection-terminated", None))
            raise
        except Exception as error:
            exchange.ended(error_code(error))
        else:
            exchange.ended()

    async def _shut(self) -> None:
        if self._pool is not None:
            await self._pool.aclose()


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        loop.close()


def error_code(error: BaseException) -> ErrorCode:
    """The host's word, for the words in which the guest tells the flow. Whether anything can have been carried out it knows by itself."""
    match error:
        case httpcore.ConnectTimeout():
            return "connection-timeout", None
        case httpcore.ConnectError():
            return _connection_error(error)
        case httpcore.ReadTimeout():
            return "HTTP-response-timeout", None
        case httpcore.WriteTimeout():
            return "connection-write-timeout", None
        case httpcore.RemoteProtocolError() | httpcore.NetworkError():
            return "connection-terminated", None
        case BodyGivenUp():
            return "connection-terminated", None
    # Not its text, which may hold the request.
    return "internal-error", type(error).__name__


def _connection_error(error: BaseException) -> ErrorCode:
    for cause in _causes(error):
        match cause:
            case socket.gaierror():
                return "DNS-error", {"rcode": None, "info-code": None}
            case ssl.SSLCertVerificationError():
                return "TLS-certificate-error", None
            case ssl.SSLError():
                return "TLS-protocol-error", None
            case ConnectionRefusedError():
                return "connection-refused", None
            case TimeoutError():
                return "connection-timeout", None
    return "destination-unavailable", None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, and all that has led to it."""
    waiting, seen = [error], set[int]()
    while waiting:
        error = waiting.pop()
        if id(error) in seen:
            continue
        seen.add(id(error))
        yield error
        if isinstance(error, BaseExceptionGroup):
            waiting.extend(error.exceptions)
        waiting.extend(cause for cause in (error.__cause__, error.__context__) if cause is not None)
