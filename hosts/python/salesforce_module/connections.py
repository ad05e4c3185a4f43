"""Connections to orgs that last: stored, and renewed once for all workers.

Salesforce rotates refresh tokens: a renewal answers a new one and ends the old one, and presenting an old one again revokes the
connection for everybody. So

1. a renewal is single-flight, across threads and across processes: the worker that holds the store's lock looks first whether another
   has renewed already;
2. the new grant is stored before it is used: a process that ends in between loses nothing that is in use;
3. a call is made again once after a renewal, since `session-expired` means that nothing was written.

The instance that runs a conversation is given a placeholder; the token is put in at the border.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Any, TypeVar

from . import _egress, _functions, results
from ._call import Call
from ._egress import PLACEHOLDER_TOKEN, Egress
from ._functions import Function
from .aio import AsyncSalesforceModule
from .errors import SalesforceHostError
from .inputs import AttachedFile, Document, EarlierConversation, FieldQuery, ObjectQuery
from .inputs import Conversation as ManyConversation
from .module import SalesforceModule
from .oauth import OAuth, SalesforceOAuthError
from .stores import Connection, Store

#: How often, and how many seconds apart, a renewal is tried while a worker outside this store renews the same connection.
_ATTEMPTS = 3
_PAUSE = 0.5

T = TypeVar("T")


class Connections:
    """The connections of an engine. `store` keeps them; see `FileStore`.

    Its functions are those of `SalesforceModule`, with the name of a connection instead of a session. They raise
    `SalesforceOAuthError` if there is no such connection or no new token: nothing was written then.
    """

    def __init__(self, module: SalesforceModule, store: Store, *, route: str | None = None) -> None:
        self.store = store
        self.oauth = OAuth(module, route=route)
        self._module = module
        self._route = _egress.route(route)
        self._lock = threading.Lock()
        #: Renewals under way, by connection and refused token.
        self._flights: dict[tuple[str, str], Future[Connection]] = {}

    def run(
        self,
        name: str,
        settings: Document,
        variables: Document,
        *,
        correlation: str | None = None,
        files: list[AttachedFile] | None = None,
        timeout: float | None = None,
    ) -> results.Outcome:
        return self._call(name, _always(_functions.run(settings, variables, correlation, files)), timeout)

    def preview(
        self,
        name: str,
        settings: Document,
        variables: Document,
        *,
        correlation: str | None = None,
        timeout: float | None = None,
    ) -> results.Preview:
        return self._call(name, _always(_functions.preview(settings, variables, correlation)), timeout)

    def prepare(self, name: str, settings: Document, *, timeout: float | None = None) -> results.Prepared:
        return self._call(name, _always(_functions.prepare(settings)), timeout)

    def objects(self, name: str, query: ObjectQuery | None = None, *, timeout: float | None = None) -> results.Objects:
        return self._call(name, lambda domain: _functions.objects(query or ObjectQuery(), domain), timeout)

    def fields(self, name: str, query: FieldQuery, *, timeout: float | None = None) -> results.Fields:
        return self._call(name, lambda domain: _functions.fields(query, domain), timeout)

    def run_many(
        self,
        name: str,
        settings: Document,
        conversations: list[ManyConversation],
        earlier: list[EarlierConversation] | None = None,
        *,
        timeout: float | None = None,
    ) -> results.ManyOutcome:
        return self._call(name, _always(_functions.run_many(settings, conversations, earlier or [])), timeout)

    def renew(self, name: str, refused: str) -> Connection:
        """A connection whose token is another than `refused`: renewed here, or by another worker in the meantime."""
        return self._renew(name, refused, Abort())

    def _call(
        self, name: str, function: Callable[[str], Function[T]], timeout: float | None, abort: Abort | None = None
    ) -> T:
        abort = abort or Abort()
        connection = self._load(name)
        answer: Any = self._once(connection, function, timeout, abort)
        if answer.status == "session-expired":
            renewed = self._renew(name, connection.access_token, abort)
            answer = self._once(renewed, function, timeout, abort)
        return answer

    def _once(
        self, connection: Connection, function: Callable[[str], Function[T]], timeout: float | None, abort: Abort
    ) -> T:
        domain = connection.client.deployment_domain.strip().lower()
        egress = Egress(domain, self._module._client, self._route, connection.access_token)
        wanted = function(domain)
        call = self._module._begin(wanted, egress, timeout)
        abort.follow(call)
        return self._module._carry_out(wanted, call, PLACEHOLDER_TOKEN)

    def _load(self, name: str) -> Connection:
        connection = self.store.load(name)
        if connection is None:
            raise SalesforceOAuthError(
                "log-in-again",
                "not-connected",
                f"There is no connection `{name}`.",
                "Connect the org, and store the connection.",
            )
        return connection

    def _renew(self, name: str, refused: str, abort: Abort) -> Connection:
        """The renewal has a thread of its own: a caller that gives up must not drop its answer, the only place of the new grant."""
        with self._lock:
            flight = self._flights.get((name, refused))
            if flight is None:
                flight = self._flights[name, refused] = Future()
                threading.Thread(
                    target=self._fly, args=(flight, name, refused), name="salesforce-module-renewal"
                ).start()
        either: tuple[Future[Any], ...] = (flight, abort.done)
        wait(either, return_when=FIRST_COMPLETED)
        if not flight.done():
            raise SalesforceHostError(
                "aborted", "The call was aborted while its access token was renewed. Nothing was written."
            )
        return flight.result()

    def _fly(self, flight: Future[Connection], name: str, refused: str) -> None:
        try:
            renewed = self._carry_out(name, refused)
        except BaseException as error:
            self._land(name, refused)
            flight.set_exception(error)
        else:
            self._land(name, refused)
            flight.set_result(renewed)

    def _land(self, name: str, refused: str) -> None:
        """Callers that come from now on ask anew."""
        with self._lock:
            del self._flights[name, refused]

    def _carry_out(self, name: str, refused: str) -> Connection:
        with self.store.lock(name):
            for attempt in range(1, _ATTEMPTS + 1):
                connection = self._load(name)
                if connection.access_token != refused:
                    return connection
                try:
                    tokens = (
                        self.oauth.client_credentials(connection.client)
                        if connection.grant is None
                        else self.oauth.refresh(connection.client, connection.grant)
                    )
                except SalesforceOAuthError as error:
                    # A worker that does not know this lock renews the same grant.
                    is_contended = error.advice == "try-later" and error.code == "invalid_grant"
                    if not is_contended or attempt == _ATTEMPTS:
                        raise
                    time.sleep(_PAUSE * attempt)
                    continue
                renewed = Connection.of(connection.client, tokens)
                self.store.save(name, renewed)
                return renewed
        raise AssertionError("the last attempt returns or raises")


class AsyncConnections:
    """`Connections` as coroutines. A cancelled task ends its call; a renewal that is under way goes on, and is stored."""

    def __init__(self, module: AsyncSalesforceModule, store: Store, *, route: str | None = None) -> None:
        self.connections = Connections(module.module, store, route=route)
        self._module = module

    async def run(
        self,
        name: str,
        settings: Document,
        variables: Document,
        *,
        correlation: str | None = None,
        files: list[AttachedFile] | None = None,
        timeout: float | None = None,
    ) -> results.Outcome:
        return await self._call(name, _always(_functions.run(settings, variables, correlation, files)), timeout)

    async def preview(
        self,
        name: str,
        settings: Document,
        variables: Document,
        *,
        correlation: str | None = None,
        timeout: float | None = None,
    ) -> results.Preview:
        return await self._call(name, _always(_functions.preview(settings, variables, correlation)), timeout)

    async def prepare(self, name: str, settings: Document, *, timeout: float | None = None) -> results.Prepared:
        return await self._call(name, _always(_functions.prepare(settings)), timeout)

    async def objects(
        self, name: str, query: ObjectQuery | None = None, *, timeout: float | None = None
    ) -> results.Objects:
        return await self._call(name, lambda domain: _functions.objects(query or ObjectQuery(), domain), timeout)

    async def fields(self, name: str, query: FieldQuery, *, timeout: float | None = None) -> results.Fields:
        return await self._call(name, lambda domain: _functions.fields(query, domain), timeout)

    async def run_many(
        self,
        name: str,
        settings: Document,
        conversations: list[ManyConversation],
        earlier: list[EarlierConversation] | None = None,
        *,
        timeout: float | None = None,
    ) -> results.ManyOutcome:
        return await self._call(name, _always(_functions.run_many(settings, conversations, earlier or [])), timeout)

    async def _call(self, name: str, function: Callable[[str], Function[T]], timeout: float | None) -> T:
        abort = Abort()
        return await self._module._in_thread(abort, self.connections._call, name, function, timeout, abort)


class Abort:
    """Ends the call that is under way, and every later one."""

    def __init__(self) -> None:
        self.done: Future[None] = Future()
        self._lock = threading.Lock()
        self._call: Call | None = None

    def follow(self, call: Call) -> None:
        with self._lock:
            self._call = call
            if self.done.done():
                call.abort()

    def abort(self) -> None:
        with self._lock:
            if not self.done.done():
                self.done.set_result(None)
            if self._call is not None:
                self._call.abort()


def _always(function: Function[T]) -> Callable[[str], Function[T]]:
    return lambda _domain: function
