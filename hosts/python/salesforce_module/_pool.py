"""Open connections that wait for a request, the one used last first.

httpcore's own pool asks the operating system about each of its connections at each request: with two hundred calls at a time that costs
more than the requests.
"""

from __future__ import annotations

import ssl
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpcore

from ._backend import Backend

#: How long an unused connection is kept, in seconds. Below Salesforce's own limit, so that it is seldom us who meet a closed one.
IDLE_TIMEOUT = 30.0
#: Most of them that wait, of all origins.
MAX_IDLE = 200


class Pool:
    """Of one event loop."""

    def __init__(self, tls: ssl.SSLContext) -> None:
        self._tls = tls
        self._backend = Backend()
        #: Those that have waited longest first.
        self._idle: deque[tuple[httpcore.Origin, httpcore.AsyncHTTPConnection]] = deque()

    @asynccontextmanager
    async def connection(self, origin: httpcore.Origin) -> AsyncIterator[httpcore.AsyncHTTPConnection]:
        """One for a request and all of its answer. It waits for another one if it is in a state to, or else is closed."""
        connection = await self._waiting(origin) or httpcore.AsyncHTTPConnection(
            origin, ssl_context=self._tls, keepalive_expiry=IDLE_TIMEOUT, network_backend=self._backend
        )
        try:
            yield connection
        finally:
            if connection.is_idle() and not connection.is_closed():
                self._idle.append((origin, connection))
                await self._close_oldest()
            else:
                await connection.aclose()

    async def _waiting(self, origin: httpcore.Origin) -> httpcore.AsyncHTTPConnection | None:
        for position in range(len(self._idle) - 1, -1, -1):
            if self._idle[position][0] == origin:
                _, connection = self._idle[position]
                del self._idle[position]
                if not connection.has_expired():
                    return connection
                # The server has closed it, and soon those that have waited longer.
                await connection.aclose()
                return await self._waiting(origin)
        return None

    async def _close_oldest(self) -> None:
        while self._idle and (len(self._idle) > MAX_IDLE or self._idle[0][1].has_expired()):
            await self._idle.popleft()[1].aclose()

    async def aclose(self) -> None:
        while self._idle:
            await self._idle.popleft()[1].aclose()
