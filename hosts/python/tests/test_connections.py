"""Stored connections: renewed once for all workers, stored before they are used."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpcore
import pytest

from salesforce_module import (
    AsyncConnections,
    AsyncSalesforceModule,
    Client,
    Connection,
    Connections,
    FileStore,
    Grant,
    OAuth,
    SalesforceHostError,
    SalesforceModule,
    SalesforceOAuthError,
)

from .conftest import ANNA, DOMAIN, Simulator, simulate
from .servers import scripted

FORM = {"content-type": "application/x-www-form-urlencoded"}
CALLBACK = "http://localhost:1717/callback"


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "connections")


@pytest.fixture
def connected(module: SalesforceModule, store: FileStore) -> Iterator[tuple[Connections, Simulator]]:
    """A person has logged in."""
    with simulate() as simulator:
        connections = Connections(module, store, route=simulator.url)
        store.save("crm", log_in(connections.oauth, simulator))
        yield connections, simulator


def log_in(oauth: OAuth, simulator: Simulator) -> Connection:
    client = Client(DOMAIN, simulator.client_id, simulator.client_secret)
    begun = oauth.authorize(client, CALLBACK)
    page = urlsplit(begun.url)
    assert page.hostname == DOMAIN and parse_qs(page.query)["redirect_uri"] == [CALLBACK]
    # The button of the page.
    answer = httpcore.request(
        "POST", f"{simulator.url}{page.path}", content=f"{page.query}&decision=allow".encode(), headers=FORM
    )
    (location,) = (value.decode() for name, value in answer.headers if name.lower() == b"location")
    tokens = oauth.exchange(client, CALLBACK, begun, location)
    assert tokens.grant is not None
    return Connection.of(client, tokens)


def expire(connections: Connections, name: str = "crm") -> None:
    """The token is one that the org does not know any more."""
    stored = connections.store.load(name)
    assert stored is not None
    connections.store.save(name, Connection(stored.client, "00D!expired", stored.grant))


def test_a_run_over_a_connection(connected: tuple[Connections, Simulator], contact: Callable[..., dict]) -> None:
    connections, _ = connected
    assert connections.run("crm", contact(), ANNA).records[0].result == "created"
    expire(connections)
    assert connections.run("crm", contact(), ANNA).records[0].result == "unchanged"
    renewed = connections.store.load("crm")
    assert renewed is not None and renewed.access_token != "00D!expired"
    assert connections.prepare("crm", contact()).status == "done"
    assert connections.objects("crm").objects and connections.preview("crm", contact(), ANNA).status == "done"


def test_many_workers_renew_once(
    connected: tuple[Connections, Simulator], contact: Callable[..., dict], monkeypatch: pytest.MonkeyPatch
) -> None:
    connections, _ = connected
    before = connections.store.load("crm")
    expire(connections)
    renewals, stored = [], []
    refresh, save = connections.oauth.refresh, connections.store.save

    def counted(client: Client, grant: Grant) -> object:
        renewals.append(grant)
        return refresh(client, grant)

    monkeypatch.setattr(connections.oauth, "refresh", counted)
    monkeypatch.setattr(
        connections.store, "save", lambda name, connection: (stored.append(connection), save(name, connection))
    )
    people = [{"email": f"visitor{number}@example.com", "name": "Berg"} for number in range(12)]
    with ThreadPoolExecutor(12) as threads:
        outcomes = list(threads.map(lambda person: connections.run("crm", contact(), person), people))
    assert {outcome.status for outcome in outcomes} == {"done"}
    # With a rotated grant each, a second renewal would have revoked the connection.
    assert len(renewals) == len(stored) == 1
    assert before is not None and before.grant == renewals[0] != stored[0].grant


def test_two_processes_renew_once(
    connected: tuple[Connections, Simulator], module: SalesforceModule, contact: Callable[..., dict], store: FileStore
) -> None:
    """As two processes: each has flights of its own, and they share the files alone."""
    first, simulator = connected
    second = Connections(module, FileStore(store._folder), route=simulator.url)
    expire(first)
    with ThreadPoolExecutor(2) as threads:
        other = {"email": "max@example.com", "name": "Lind"}
        runs = [threads.submit(first.run, "crm", contact(), ANNA), threads.submit(second.run, "crm", contact(), other)]
        assert {run.result().status for run in runs} == {"done"}
    assert first.run("crm", contact(), ANNA).status == "done"


def test_the_grant_is_stored_before_the_token_is_used(
    connected: tuple[Connections, Simulator], contact: Callable[..., dict], monkeypatch: pytest.MonkeyPatch
) -> None:
    connections, _ = connected
    expire(connections)
    used = []
    once = connections._once
    monkeypatch.setattr(
        connections,
        "_once",
        lambda connection, *rest: (used.append(connection.access_token), once(connection, *rest))[1],
    )

    def full(_name: str, _connection: Connection) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(connections.store, "save", full)
    with pytest.raises(OSError, match="No space"):
        connections.run("crm", contact(), ANNA)
    assert used == ["00D!expired"]


def test_a_dead_grant(connected: tuple[Connections, Simulator], contact: Callable[..., dict]) -> None:
    connections, _ = connected
    stored = connections.store.load("crm")
    assert stored is not None and stored.grant is not None
    connections.oauth.revoke(DOMAIN, stored.grant.refresh_token)
    with pytest.raises(SalesforceOAuthError) as raised:
        connections.run("crm", contact(), ANNA)
    assert (raised.value.advice, raised.value.code) == ("log-in-again", "invalid_grant")
    assert stored.grant.refresh_token not in str(raised.value)


def test_the_client_credentials_flow(
    module: SalesforceModule, store: FileStore, contact: Callable[..., dict], simulator: Simulator
) -> None:
    connections = Connections(module, store, route=simulator.url)
    client = Client(DOMAIN, simulator.client_id, simulator.client_secret)
    store.save("own", Connection(client, "00D!never-valid", None))
    assert connections.run("own", contact(), ANNA).records[0].result == "created"
    store.save("own", Connection(Client(DOMAIN, simulator.client_id, "wrong"), "00D!never-valid", None))
    with pytest.raises(SalesforceOAuthError) as raised:
        connections.run("own", contact(), ANNA)
    assert raised.value.advice == "misconfigured"


def test_a_cancelled_task_leaves_a_renewal_to_be_stored(
    module: SalesforceModule, store: FileStore, contact: Callable[..., dict], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def cancel() -> str:
        async with await AsyncSalesforceModule.load() as aio:
            with simulate() as simulator:
                connections = AsyncConnections(aio, store, route=simulator.url)
                inner = connections.connections
                store.save("crm", log_in(inner.oauth, simulator))
                expire(inner)
                renewing, go_on = threading.Event(), threading.Event()
                refresh = inner.oauth.refresh

                def slow(client: Client, grant: Grant) -> object:
                    renewing.set()
                    assert go_on.wait(30)
                    return refresh(client, grant)

                monkeypatch.setattr(inner.oauth, "refresh", slow)
                run = asyncio.create_task(connections.run("crm", contact(), ANNA))
                assert await asyncio.to_thread(renewing.wait, 30)
                run.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await run
                go_on.set()
                # Joins the renewal, or finds it stored.
                again = await connections.run("crm", contact(), ANNA)
                return again.records[0].result

    assert asyncio.run(cancel()) == "created"


def test_the_instance_never_holds_the_token(module: SalesforceModule, store: FileStore) -> None:
    store.save("crm", Connection(Client(DOMAIN, "id"), "00D!stored-token", None))
    settings = {
        "mode": "api-request",
        "deploymentDomain": DOMAIN,
        "method": "GET",
        "path": "/services/data/v62.0/limits",
    }
    with scripted([{"status": 200, "json": {}}]) as server:
        Connections(module, store, route=server.url).run("crm", settings, {})
    assert server.heads[0]["authorization"] == "Bearer 00D!stored-token"
    store.save("crm", Connection(Client(DOMAIN, "id"), "two\r\nX-Injected: 1", None))
    with scripted([]) as server:
        outcome = Connections(module, store, route=server.url).run("crm", settings, {})
    assert (outcome.status, server.requests) == ("failed", [])


def test_files_of_the_store(store: FileStore) -> None:
    connection = Connection(Client(DOMAIN, "id", "secret"), "token", Grant("refresh", f"https://{DOMAIN}", "api", None))
    assert store.load("crm") is None
    store.save("crm", connection)
    assert (store.load("crm"), store.names()) == (connection, ["crm"])
    file = store._folder / "crm.json"
    assert (file.stat().st_mode & 0o777, store._folder.stat().st_mode & 0o777) == (0o600, 0o700)
    file.write_text('{"accessToken": "CanaryToken"')
    with pytest.raises(SalesforceHostError, match="is not a connection: remove it") as raised:
        store.load("crm")
    assert "CanaryToken" not in str(raised.value)
    assert store.remove("crm") and not store.remove("crm")
    for name in ("", "../crm", "a b", "x" * 65):
        with pytest.raises(ValueError, match="up to 64 letters"):
            store.load(name)


def test_there_is_no_such_connection(module: SalesforceModule, store: FileStore, contact: Callable[..., dict]) -> None:
    with pytest.raises(SalesforceOAuthError) as raised:
        Connections(module, store).run("crm", contact(), ANNA)
    assert raised.value.code == "not-connected"
