"""The way out: one domain, no redirects, nothing repeated, errors told apart."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable

import pytest
import trustme

from salesforce_module import SalesforceModule, Session
from salesforce_module._call import Call
from salesforce_module._client import Client
from salesforce_module._egress import Egress
from salesforce_module._wasi import http
from salesforce_module.results import Outcome, RecordError

from .conftest import ANNA, DOMAIN, TOKEN, Simulator
from .servers import raw, scripted

SESSION = Session(DOMAIN, TOKEN)
NOTHING_FOUND = {
    "status": 200,
    "json": {
        "compositeResponse": [
            {
                "referenceId": "find_Contact",
                "httpStatusCode": 200,
                "httpHeaders": {},
                "body": {"totalSize": 0, "done": True, "records": []},
            }
        ]
    },
}


def error(outcome: Outcome) -> RecordError:
    assert outcome.records[0].error is not None
    return outcome.records[0].error


def test_a_redirect_is_an_answer(module: SalesforceModule, contact: Callable[..., dict]) -> None:
    with scripted([]) as elsewhere:
        for status in (301, 302, 303, 307, 308):
            with scripted(
                [{"status": status, "json": None, "headers": {"location": f"{elsewhere.url}/steal"}}]
            ) as server:
                outcome = module.run(SESSION, contact(), ANNA, route=server.url)
            assert error(outcome).code == f"HTTP_{status}"
            assert len(server.requests) == 1
    assert elsewhere.requests == []


@pytest.mark.parametrize(
    ("scheme", "authority"),
    [
        ("http", DOMAIN),
        ("https", "evil.example.com"),
        ("https", f"{DOMAIN}:8443"),
        ("https", f"user@{DOMAIN}"),
        ("https", None),
        (None, DOMAIN),
    ],
)
def test_other_domains_are_refused_before_the_body_is_taken(scheme: str | None, authority: str | None) -> None:
    call = Call(Egress(DOMAIN, Client()), 10)
    request = http.OutgoingRequest(http.Fields())
    request.scheme, request.authority = scheme, authority
    handle = http.FUNCTIONS["wasi:http/outgoing-handler", "handle"]
    assert handle(call, request, None) == (False, ("HTTP-request-denied", None))
    assert not call.has_sent
    assert handle(Call(None, 10), request, None) == (False, ("HTTP-request-denied", None))


def test_a_header_cannot_hold_another() -> None:
    append = http.FUNCTIONS["wasi:http/types", "[method]fields.append"]
    fields = http.Fields()
    assert not append(None, fields, "accept", b"a\r\nX-Injected: 1").is_ok
    assert append(None, fields, "Host", b"evil.example.com") == (False, ("forbidden", None))
    assert fields.entries == []


def test_nothing_listens(module: SalesforceModule, contact: Callable[..., dict]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    outcome = module.run(SESSION, contact(deadlineSeconds=2), ANNA, route=f"http://127.0.0.1:{port}")
    assert (error(outcome).code, error(outcome).retry) == ("CONNECTION_FAILED", "later")


def test_there_is_no_such_name(module: SalesforceModule, contact: Callable[..., dict]) -> None:
    outcome = module.run(SESSION, contact(deadlineSeconds=2), ANNA, route="http://nowhere.invalid")
    assert (error(outcome).code, error(outcome).retry) == ("HOST_NOT_FOUND", "later")


def test_what_was_not_handed_over_has_not_been_written(module: SalesforceModule) -> None:
    """A create without a key: if its request may have arrived, it is `unknown`, and else it `failed`."""
    create = {
        "mode": "sobject-write",
        "deploymentDomain": DOMAIN,
        "deadlineSeconds": 3,
        "mappings": [{"source": {"variable": "name"}, "object": "Contact", "field": "LastName"}],
    }
    with raw(None) as url:
        outcome = module.run(SESSION, create, ANNA, route=url)
        assert (outcome.records[0].result, error(outcome).retry) == ("unknown", "verify")
    # The connection is there, and its handshake never ends: nothing of the body is taken.
    with raw(None) as url:
        outcome = module.run(SESSION, create, ANNA, route=url.replace("http://", "https://"))
        assert (outcome.records[0].result, error(outcome).code, error(outcome).retry) == ("failed", "TIMEOUT", "later")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    outcome = module.run(SESSION, create, ANNA, route=f"http://127.0.0.1:{port}")
    assert (outcome.records[0].result, error(outcome).retry) == ("failed", "later")


def test_connections_that_the_server_has_closed_are_not_met(
    module: SalesforceModule, contact: Callable[..., dict]
) -> None:
    """The server closes after each answer, without saying so."""
    body = b'[{"errorCode":"INVALID_FIELD","message":"no"}]'
    answer = b"HTTP/1.1 400 Bad\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body)
    closed = threading.Semaphore(0)
    with raw(*[answer] * 4, closed=closed.release) as url:
        for _ in range(4):
            outcome = module.run(SESSION, contact(), ANNA, route=url)
            assert outcome.requests == 1 and error(outcome).code == "INVALID_FIELD"
            # Only what is closed by then can be seen to be closed.
            assert closed.acquire(timeout=60)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def server_tls(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    return context


def test_an_authority_of_the_companys_own(
    authority: trustme.CA, server_tls: ssl.SSLContext, contact: Callable[..., dict]
) -> None:
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    with SalesforceModule.load(tls=trusting) as module, scripted([NOTHING_FOUND], server_tls) as server:
        assert module.preview(SESSION, contact(), ANNA, route=server.url).status == "done"


def test_a_certificate_that_nothing_vouches_for(
    module: SalesforceModule, server_tls: ssl.SSLContext, contact: Callable[..., dict]
) -> None:
    with scripted([], server_tls) as server:
        outcome = module.run(SESSION, contact(), ANNA, route=server.url)
    # Not tried again: it is not trusted a second later either.
    assert (error(outcome).code, outcome.requests, server.requests) == ("TLS_FAILED", 1, [])


def test_a_certificate_of_another_host(authority: trustme.CA, contact: Callable[..., dict]) -> None:
    context, trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("elsewhere.example.com").configure_cert(context)
    authority.configure_trust(trusting)
    with SalesforceModule.load(tls=trusting) as module, scripted([], context) as server:
        outcome = module.run(SESSION, contact(), ANNA, route=server.url)
    # Not tried again: it is not trusted a second later either.
    assert (error(outcome).code, outcome.requests, server.requests) == ("TLS_FAILED", 1, [])


def test_a_server_that_does_not_speak_tls(module: SalesforceModule, contact: Callable[..., dict]) -> None:
    with raw(*[b"HTTP/1.1 400 Bad Request\r\n\r\n"] * 3) as url:
        outcome = module.run(SESSION, contact(), ANNA, route=url.replace("http://", "https://"))
    assert (error(outcome).code, outcome.requests) == ("TLS_FAILED", 3)


def test_an_answer_of_four_mib_is_too_large(module: SalesforceModule, contact: Callable[..., dict]) -> None:
    with scripted([{"status": 200, "text": "x" * (5 << 20)}]) as server:
        outcome = module.run(SESSION, contact(deadlineSeconds=60), ANNA, route=server.url)
    assert error(outcome).code == "ANSWER_TOO_LARGE"


def test_no_thread_is_left_behind(contact: Callable[..., dict], simulator: Simulator) -> None:
    before = set(threading.enumerate())
    with SalesforceModule.load() as module:
        assert module.run(simulator.session, contact(), ANNA, route=simulator.url).status == "done"
    for thread in set(threading.enumerate()) - before:
        if thread.name == "salesforce-module-http":
            thread.join(10)
            assert not thread.is_alive()
