"""The module for programs with an event loop. Each call runs in a thread; cancelling its task ends it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import ssl
from collections.abc import Awaitable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

from . import _egress, _functions, results
from ._egress import Egress
from ._functions import Function
from ._json import text
from ._program import MAX_CALLS
from .handover import AsyncHandover
from .inputs import AttachedFile, Conversation, Document, EarlierConversation, FieldQuery, ObjectQuery, Session
from .module import SalesforceModule, domain

T = TypeVar("T")


class Abortable(Protocol):
    def abort(self) -> None: ...


class AsyncSalesforceModule:
    """As `SalesforceModule`, whose functions it has, as coroutines.

    If the task of a call is cancelled, or `asyncio.timeout` ends it, the module sends nothing more: the cancellation arrives when its
    instance is gone. What it had sent may have been written.
    """

    def __init__(self, module: SalesforceModule) -> None:
        self.module = module
        self.handover = AsyncHandover(self._call_as_guest)
        self._threads = ThreadPoolExecutor(MAX_CALLS, thread_name_prefix="salesforce-module")

    @classmethod
    async def load(
        cls,
        path: str | os.PathLike[str] | None = None,
        *,
        cache: str | os.PathLike[str] | bool = True,
        tls: ssl.SSLContext | None = None,
    ) -> AsyncSalesforceModule:
        return cls(await asyncio.to_thread(SalesforceModule.load, path, cache=cache, tls=tls))

    async def aclose(self) -> None:
        """Waits for calls that are under way, and closes the connections."""
        await asyncio.to_thread(self._threads.shutdown)
        await asyncio.to_thread(self.module.close)

    async def __aenter__(self) -> AsyncSalesforceModule:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def manifest(self) -> results.Manifest:
        return await self._call(_functions.manifest())

    async def form(
        self,
        mode: str,
        language: str = "en",
        *,
        renderer: str = "react-jsonschema-form",
        records: list[str] | None = None,
    ) -> results.Form:
        return await self._call(_functions.form(mode, language, renderer, [] if records is None else records))

    async def check(self, settings: Document, known_variables: list[str] | None = None) -> list[results.Finding]:
        return await self._call(_functions.check(settings, known_variables))

    async def describe(self, settings: Document) -> results.Tool:
        return await self._call(_functions.describe(settings))

    async def plan(self, settings: Document, variables: Document, *, correlation: str | None = None) -> results.Plan:
        return await self._call(_functions.plan(settings, variables, correlation))

    async def prepare(
        self, session: Session, settings: Document, *, route: str | None = None, timeout: float | None = None
    ) -> results.Prepared:
        return await self._call(_functions.prepare(settings), session, route, timeout)

    async def objects(
        self,
        session: Session,
        query: ObjectQuery | None = None,
        *,
        route: str | None = None,
        timeout: float | None = None,
    ) -> results.Objects:
        return await self._call(_functions.objects(query or ObjectQuery(), domain(session)), session, route, timeout)

    async def fields(
        self, session: Session, query: FieldQuery, *, route: str | None = None, timeout: float | None = None
    ) -> results.Fields:
        return await self._call(_functions.fields(query, domain(session)), session, route, timeout)

    async def preview(
        self,
        session: Session,
        settings: Document,
        variables: Document,
        *,
        correlation: str | None = None,
        route: str | None = None,
        timeout: float | None = None,
    ) -> results.Preview:
        return await self._call(_functions.preview(settings, variables, correlation), session, route, timeout)

    async def run(
        self,
        session: Session,
        settings: Document,
        variables: Document,
        *,
        correlation: str | None = None,
        files: list[AttachedFile] | None = None,
        route: str | None = None,
        timeout: float | None = None,
    ) -> results.Outcome:
        return await self._call(_functions.run(settings, variables, correlation, files), session, route, timeout)

    async def run_many(
        self,
        session: Session,
        settings: Document,
        conversations: list[Conversation],
        earlier: list[EarlierConversation] | None = None,
        *,
        route: str | None = None,
        timeout: float | None = None,
    ) -> results.ManyOutcome:
        return await self._call(_functions.run_many(settings, conversations, earlier or []), session, route, timeout)

    async def _call(
        self,
        function: Function[T],
        session: Session | None = None,
        route: str | None = None,
        timeout: float | None = None,
    ) -> T:
        egress = None if session is None else Egress(domain(session), self.module._client, _egress.route(route))
        token = None if session is None else await _token(session)
        call = self.module._begin(function, egress, timeout)
        return await self._in_thread(call, self.module._carry_out, function, call, token)

    async def _call_as_guest(
        self, function: Function[T], host: str | None, route: str | None, timeout: float | None
    ) -> T:
        call = self.module._begin(function, self.module._egress(host, route), timeout)
        return await self._in_thread(call, self.module._carry_out, function, call, None)

    async def _in_thread(self, call: Abortable, work: Any, *arguments: Any) -> Any:
        future = asyncio.wrap_future(self._threads.submit(work, *arguments))
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            call.abort()
            # The thread is soon done; what the call ended with is of no use any more.
            with contextlib.suppress(Exception):
                await future
            raise


async def _token(session: Session) -> str:
    token: Any = session.access_token if session.token_provider is None else session.token_provider()
    if isinstance(token, Awaitable):
        token = await token
    return text(token, "session/access_token")
