"""A chat with a person: the simulator's agents, and what goes wrong on the way."""

from __future__ import annotations

import asyncio
import json
import threading
import urllib.request
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from salesforce_module import (
    AsyncSalesforceModule,
    File,
    OutgoingMessage,
    SalesforceHostError,
    SalesforceModule,
    SalesforceSettingsError,
)
from salesforce_module.chats import ChatEvent, Received

from .conftest import DOMAIN, Simulator
from .servers import scripted

SETTINGS: dict[str, Any] = {
    "mode": "handover",
    "deploymentDomain": DOMAIN,
    "organizationId": "00DHn0000000001",
    "deployment": "Chat_Engine",
    "mappings": [
        {"source": {"variable": "email"}, "attribute": "_email"},
        {"source": {"variable": "name"}, "attribute": "_lastName"},
    ],
    "idempotency": {"variable": "step"},
    "store": {"/phase": "phase", "/agent": "agent", "/endedBy": "by"},
}
VARIABLES = {"email": "anna.berg@example.com", "name": "Berg", "step": "conversation-1/step-2"}
#: Answers that open a chat.
OPENED = [{"status": 200, "json": {"accessToken": "guest-token"}}, {"status": 201, "text": ""}]


def agents(simulator: Simulator, script: list[dict[str, Any]]) -> None:
    request = urllib.request.Request(f"{simulator.url}/simulator/agents", json.dumps(script).encode(), method="POST")
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 201


def until(receive: Callable[[str], Received], chat: str | None, fits: Callable[[ChatEvent], bool]) -> Received:
    """Receives until an event fits, and gives the answer that has it."""
    for _ in range(20):
        assert chat is not None
        received = receive(chat)
        assert received.error is None
        if any(fits(event) for event in received.events):
            return received
        chat = received.chat
    pytest.fail("it was not told")


def said(text: str) -> Callable[[ChatEvent], bool]:
    return lambda event: event.message is not None and event.message.text == text


def test_a_chat_talks_both_ways_and_ends(module: SalesforceModule, simulator: Simulator) -> None:
    agents(simulator, [{"say": "Hi"}, {"after": "message", "say": "Bye"}, {"after": "message", "end": True}])
    route, handover = simulator.url, module.handover
    prepared = handover.prepare(SETTINGS, route=route)
    assert (prepared.status, prepared.files, prepared.findings) == ("done", True, [])
    assert any(field.name == "_lastName" and field.required for field in prepared.fields)
    started = handover.start(SETTINGS, VARIABLES, correlation="c-1", route=route)
    assert (started.outcome, started.error, started.phase) == ("sent", None, "waiting")
    assert started.texts["de"] and json.loads(started.log)["correlation"] == "c-1"

    def receive(chat: str) -> Received:
        return handover.receive(SETTINGS, chat, wait=10, route=route)

    hi = until(receive, started.chat, said("Hi"))
    assert (hi.phase, hi.variables["agent"]) == ("connected", "Maya")
    assert hi.chat is not None
    thanks = handover.send(SETTINGS, hi.chat, OutgoingMessage("1", "Thanks"), route=route)
    assert thanks.outcome == "sent"
    bye = until(receive, thanks.chat, said("Bye"))
    assert bye.chat is not None
    file = File("a.pdf", "application/pdf", bytes((0, 255, 10)))
    sent = handover.send(SETTINGS, bye.chat, OutgoingMessage("2", file), route=route)
    assert sent.outcome == "sent"
    over = until(receive, sent.chat, lambda event: event.kind == "ended")
    assert over.variables == {"phase": "ended", "agent": "Maya", "by": "agent"}
    assert over.chat is not None and handover.end(SETTINGS, over.chat, route=route).outcome == "sent"
    for shown in (started.log, hi.log, thanks.log, repr(hi), repr(thanks), repr(OutgoingMessage("1", "Thanks"))):
        assert not any(word in shown for word in ("Thanks", "Berg", "eyJ", "Hi'"))


def test_the_same_from_an_event_loop_and_a_wait_that_is_cancelled(simulator: Simulator) -> None:
    agents(simulator, [{"say": "Hi"}, {"after": 2, "say": "Still there?"}])

    async def talk() -> list[str | None]:
        async with await AsyncSalesforceModule.load() as module:
            started = await module.handover.start(SETTINGS, VARIABLES, route=simulator.url)
            chat, told = started.chat, []
            assert chat is not None
            first = await module.handover.receive(SETTINGS, chat, wait=10, route=simulator.url)
            assert first.chat is not None
            told += [event.message.text for event in first.events if event.message]
            waiting = asyncio.create_task(module.handover.receive(SETTINGS, first.chat, wait=15, route=simulator.url))
            await asyncio.sleep(0.3)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            chat = first.chat
            while "Still there?" not in told:
                received = await module.handover.receive(SETTINGS, chat, wait=15, route=simulator.url)
                assert received.chat is not None
                chat = received.chat
                told += [event.message.text for event in received.events if event.message]
            return told

    assert asyncio.run(talk()) == ["Hi", "Still there?"]


def test_requests_go_to_the_messaging_host_with_the_token_of_the_chat(module: SalesforceModule) -> None:
    with scripted(OPENED) as server:
        started = module.handover.start(SETTINGS, VARIABLES, route=server.url)
    paths = [(request["method"], request["path"]) for request in server.requests]
    assert paths == [
        ("POST", "/iamessage/api/v2/authorization/unauthenticated/access-token"),
        ("POST", "/iamessage/api/v2/conversation"),
    ]
    assert "authorization" not in server.heads[0] and server.heads[1]["authorization"] == "Bearer guest-token"
    with scripted([]) as server:
        again = module.handover.start(SETTINGS, VARIABLES, earlier=started.chat, route=server.url)
    assert (again.outcome, server.requests) == ("sent", [])


@pytest.fixture
def stream() -> Iterator[Callable[[str], str]]:
    """A messaging host with an empty history, and a stream that tells something and goes on."""
    over, told = threading.Event(), [""]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if not self.path.startswith("/eventrouter/"):
                body = b'{"conversationEntries":[]}'
                self.send_response(200)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
                return
            self.send_response(200)
            self.send_header("connection", "close")
            self.end_headers()
            half = len(told[0]) // 2
            for piece in ("event: ping\ndata: 0\n\n", told[0][:half], told[0][half:]):
                self.wfile.write(piece.encode())
                self.wfile.flush()
            over.wait()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()

    def telling(text: str) -> str:
        told[0] = text
        return f"http://127.0.0.1:{server.server_address[1]}"

    try:
        yield telling
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_wait_ends_with_the_first_event_while_the_stream_goes_on(
    module: SalesforceModule, stream: Callable[[str], str]
) -> None:
    with scripted(OPENED) as server:
        chat = module.handover.start(SETTINGS, VARIABLES, route=server.url).chat
    assert chat is not None
    static = {"formatType": "Text", "text": "Hi"}
    payload = {"abstractMessage": {"id": "m", "messageType": "StaticContentMessage", "staticContent": static}}
    entry = {
        "identifier": "e",
        "transcriptedTimestamp": 1764201605000,
        "senderDisplayName": "Maya",
        "sender": {"role": "Agent"},
        "entryPayload": json.dumps(payload),
    }
    data = {"conversationId": server.requests[1]["body"]["conversationId"], "conversationEntry": entry}
    route = stream(f"id: 7\nevent: CONVERSATION_MESSAGE\ndata: {json.dumps(data)}\n\n")
    settings = {**SETTINGS, "deadlineSeconds": 60}
    # It is ended by the time-out unless the event ends it.
    received = module.handover.receive(settings, chat, wait=55, route=route, timeout=30)
    assert [(event.kind, event.at) for event in received.events] == [("message", "2025-11-27T00:00:05Z")]


def test_what_is_wrong_is_said_with_its_name_and_nothing_of_it(module: SalesforceModule) -> None:
    handover, wrong = module.handover, {**SETTINGS, "deploymentDomain": "evil.example.com"}
    message = OutgoingMessage("1", "canary")
    bad: Any = OutgoingMessage("1", {"text": "canary"})  # type: ignore[arg-type]
    for call, told in (
        (lambda: handover.send(SETTINGS, 7, message), "chat"),  # type: ignore[arg-type]
        (lambda: handover.send(SETTINGS, "x", bad), "message/content"),
        (lambda: handover.receive(SETTINGS, "x", wait=-1), "wait"),
    ):
        with pytest.raises((TypeError, ValueError), match=told) as raised:
            call()
        assert "canary" not in str(raised.value)
    with pytest.raises(SalesforceSettingsError) as refused:
        handover.receive(SETTINGS, "canary")
    assert [finding.code for finding in refused.value.findings] == ["bad-chat"]
    assert "canary" not in str(refused.value)
    with scripted([]) as server:
        for settings in ("{", wrong, {**SETTINGS, "mode": "sobject-write"}):
            with pytest.raises(SalesforceSettingsError):
                handover.prepare(settings, route=server.url)
    assert server.requests == []


def test_a_wait_can_be_shorter_than_the_call_allows(module: SalesforceModule, stream: Callable[[str], str]) -> None:
    with scripted(OPENED) as server:
        chat = module.handover.start(SETTINGS, VARIABLES, route=server.url).chat
    assert chat is not None
    with pytest.raises(SalesforceHostError) as ended:
        module.handover.receive(SETTINGS, chat, wait=15, route=stream(""), timeout=0.5)
    assert ended.value.code == "timeout"
