"""The module for programs without an event loop. Each call runs in the thread that makes it."""

from __future__ import annotations

import os
import ssl
from collections.abc import Awaitable
from typing import Any, TypeVar

from . import _component, _egress, _functions, results
from ._call import Call
from ._client import Client
from ._egress import Egress
from ._functions import Function
from ._json import expect, text
from ._program import Program
from .handover import Handover
from .inputs import AttachedFile, Conversation, Document, EarlierConversation, FieldQuery, ObjectQuery, Session

T = TypeVar("T")


class SalesforceModule:
    """The compiled component and its connections: one for the whole process, for any number of threads.

    Every call gets an instance of its own. `settings` and `variables` are dicts or JSON texts. `route` sends what is meant for the
    deployment domain to another address, such as a simulator. After `timeout` seconds the host ends the call, whatever it was at:
    leave it out, and the settings' `deadlineSeconds` ends a run with an outcome.

    Each function can raise `SalesforceSettingsError` (nothing was sent) and `SalesforceHostError`.
    """

    def __init__(self, program: Program, client: Client) -> None:
        self._program = program
        self._client = client
        #: A conversation goes on with a person: for settings of the mode `handover`.
        self.handover = Handover(self._call_as_guest)

    @classmethod
    def load(
        cls,
        path: str | os.PathLike[str] | None = None,
        *,
        cache: str | os.PathLike[str] | bool = True,
        tls: ssl.SSLContext | None = None,
    ) -> SalesforceModule:
        """Compiles the component: a second or two, and milliseconds where an earlier start has left its machine code.

        Without `path` it is the component of the package, or the one that the repository has built. `cache` is a folder for the machine
        code; by itself one in the user's cache folder, if no other user can write there. `tls` says which certificates are
        trusted; by itself those that the system trusts.
        """
        component = _component.read(path)
        engine = _component.engine()
        return cls(Program(engine, _component.compile(engine, component, cache)), Client(tls))

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def __enter__(self) -> SalesforceModule:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def manifest(self) -> results.Manifest:
        """Describes the module. Sends nothing."""
        return self._call(_functions.manifest())

    def form(
        self,
        mode: str,
        language: str = "en",
        *,
        renderer: str = "react-jsonschema-form",
        records: list[str] | None = None,
    ) -> results.Form:
        """The form of a mode, with a part for each of these records. Sends nothing."""
        return self._call(_functions.form(mode, language, renderer, [] if records is None else records))

    def check(self, settings: Document, known_variables: list[str] | None = None) -> list[results.Finding]:
        """Checks settings while they are being edited. Those with no finding of severity `error` can run. Sends nothing."""
        return self._call(_functions.check(settings, known_variables))

    def describe(self, settings: Document) -> results.Tool:
        """What a run with these settings takes and gives back, as a tool. Sends nothing."""
        return self._call(_functions.describe(settings))

    def plan(self, settings: Document, variables: Document, *, correlation: str | None = None) -> results.Plan:
        """Shows what a run would do. Sends nothing."""
        return self._call(_functions.plan(settings, variables, correlation))

    def prepare(
        self, session: Session, settings: Document, *, route: str | None = None, timeout: float | None = None
    ) -> results.Prepared:
        """Checks settings against the org, and completes them with its facts. Call it when an author publishes."""
        return self._call(_functions.prepare(settings), session, route, timeout)

    def objects(
        self,
        session: Session,
        query: ObjectQuery | None = None,
        *,
        route: str | None = None,
        timeout: float | None = None,
    ) -> results.Objects:
        """The org's objects that fit a search, for a drop-down."""
        return self._call(_functions.objects(query or ObjectQuery(), domain(session)), session, route, timeout)

    def fields(
        self, session: Session, query: FieldQuery, *, route: str | None = None, timeout: float | None = None
    ) -> results.Fields:
        """The fields of one object that fit a search, for the drop-down beside it."""
        return self._call(_functions.fields(query, domain(session)), session, route, timeout)

    def preview(
        self,
        session: Session,
        settings: Document,
        variables: Document,
        *,
        correlation: str | None = None,
        route: str | None = None,
        timeout: float | None = None,
    ) -> results.Preview:
        """Makes the lookups, and shows the exact write requests without sending them."""
        return self._call(_functions.preview(settings, variables, correlation), session, route, timeout)

    def run(
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
        """Looks up, decides and writes. Whatever happens on the network is in the outcome, never an error."""
        return self._call(_functions.run(settings, variables, correlation, files), session, route, timeout)

    def run_many(
        self,
        session: Session,
        settings: Document,
        conversations: list[Conversation],
        earlier: list[EarlierConversation] | None = None,
        *,
        route: str | None = None,
        timeout: float | None = None,
    ) -> results.ManyOutcome:
        """Runs many conversations with one settings document, with few requests."""
        return self._call(_functions.run_many(settings, conversations, earlier or []), session, route, timeout)

    def _call(
        self,
        function: Function[T],
        session: Session | None = None,
        route: str | None = None,
        timeout: float | None = None,
    ) -> T:
        egress = None if session is None else Egress(domain(session), self._client, _egress.route(route))
        token = None if session is None else _token(session)
        return self._carry_out(function, self._begin(function, egress, timeout), token)

    def _call_as_guest(self, function: Function[T], host: str | None, route: str | None, timeout: float | None) -> T:
        call = self._begin(function, self._egress(host, route), timeout)
        return self._carry_out(function, call, None)

    # For the asynchronous module and for connections.

    def _egress(self, host: str | None, route: str | None) -> Egress | None:
        to = _egress.route(route)
        return None if host is None else Egress(host, self._client, to)

    def _begin(self, function: Function[Any], egress: Egress | None, timeout: float | None) -> Call:
        if timeout is not None and not timeout > 0:
            raise ValueError("timeout: expected a number of seconds above 0")
        return Call(egress, min(function.seconds, timeout or function.seconds))

    def _carry_out(self, function: Function[T], call: Call, token: str | None) -> T:
        arguments = function.arguments
        if function.needs_session:
            assert call.egress is not None and token is not None
            session = {"instance-url": f"https://{call.egress.domain}", "access-token": token}
            arguments = [session, *arguments]
        return function.answer(self._program.call(function.export, arguments, call, function.file_bytes))


def domain(session: Session) -> str:
    """The session's domain as the module compares it."""
    expect(session, Session, "session")
    return text(session.domain, "session/domain").strip().lower()


def _token(session: Session) -> str:
    token: Any = session.access_token if session.token_provider is None else session.token_provider()
    if isinstance(token, Awaitable):
        if hasattr(token, "close"):
            token.close()
        raise TypeError("session/token_provider: a coroutine function needs AsyncSalesforceModule")
    return text(token, "session/access_token")
