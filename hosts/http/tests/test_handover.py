"""A chat with a person over HTTP: the calls, and its events as server-sent events."""

from __future__ import annotations

import http.client
import json

import pytest
from serving import BEARER, DOMAIN, PATIENCE, Front, Simulator, call

SETTINGS = {
    "mode": "handover",
    "deploymentDomain": DOMAIN,
    "organizationId": "00DHn0000000001",
    "deployment": "Chat_Engine",
    "mappings": [
        {"source": {"variable": "email"}, "attribute": "_email"},
        {"source": {"variable": "name"}, "attribute": "_lastName"},
    ],
    "idempotency": {"variable": "step"},
    "store": {"/phase": "phase", "/endedBy": "by"},
}
VARIABLES = {"email": "canary@example.com", "name": "Berg", "step": "1"}
NAMED = {"FRONT_HANDOVERS": "support", "FRONT_SETTINGS_SUPPORT": json.dumps(SETTINGS)}


@pytest.fixture
def org():
    with Simulator() as simulator:
        yield simulator


def script(org: Simulator, steps: list) -> None:
    host, port = org.route.split(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=PATIENCE)
    connection.request("POST", "/simulator/agents", json.dumps(steps))
    assert connection.getresponse().status == 201


def events(front: Front, name: str, chat: str | None, bearer: str = BEARER):
    """The answers that the front tells, as they come."""
    connection = http.client.HTTPConnection("127.0.0.1", front.port, timeout=PATIENCE)
    headers = {"Authorization": f"Bearer {bearer}"} | ({} if chat is None else {"X-Salesforce-Chat": chat})
    connection.request("GET", f"/handover/{name}/events", headers=headers)
    response = connection.getresponse()
    assert (response.status, response.headers.get_content_type()) == (200, "text/event-stream")
    assert response.headers["cache-control"] == "no-store"
    while line := response.readline():
        assert line == b"event: received\n"
        data = response.readline()
        assert data.startswith(b"data: ") and response.readline() == b"\n"
        yield json.loads(data[6:])


def test_a_chat_is_opened_told_as_it_happens_and_ended(org):
    script(org, [{"say": "Hi\nthere"}, {"after": "message", "say": "Bye"}, {"after": 1, "end": True}])
    with Front(org.route, **NAMED) as front:
        prepared = front.post("/handover/prepare", {"settings": SETTINGS}).json
        assert (prepared["status"], prepared["files"], prepared["findings"]) == ("done", True, [])
        started = front.post("/handover/start", {"settings": SETTINGS, "variables": VARIABLES, "correlation": "c-1"}).json
        assert (started["outcome"], started["phase"]) == ("sent", "waiting")
        first = next(events(front, "support", started["chat"]))
        assert [event["message"]["text"] for event in first["events"] if "message" in event] == ["Hi\nthere"]
        message = {"key": "1", "text": "canary words"}
        sent = front.post("/handover/send", {"settings": SETTINGS, "chat": first["chat"], "message": message}).json
        assert sent["outcome"] == "sent"
        told, last = [], None
        # The stream ends with the chat.
        for last in events(front, "support", sent["chat"]):
            told += [event["message"]["text"] for event in last["events"] if "message" in event]
        assert told == ["Bye"] and last["phase"] == "ended" and last["variables"] == {"phase": "ended", "by": "agent"}
        ended = front.post("/handover/end", {"settings": SETTINGS, "chat": last["chat"]}).json
        assert (ended["outcome"], ended["phase"]) == ("sent", "ended")
    log = "".join(front.log)
    assert '"correlation":"c-1"' in log
    assert not any(word in log for word in ("canary", "Berg", "Bye", "eyJ", started["chat"]))


def test_the_chat_is_told_apart_from_addresses_and_a_wait_is_one_call(org):
    script(org, [{"say": "Hi"}, {"after": 2, "say": "Still there?"}])
    with Front(org.route, **NAMED) as front:
        started = front.post("/handover/start", {"settings": SETTINGS, "variables": VARIABLES}).json
        chat, told = started["chat"], []
        while "Still there?" not in told:
            body = {"settings": SETTINGS, "chat": chat, "waitSeconds": 10}
            received = front.post("/handover/receive", body).json
            told += [event["message"]["text"] for event in received["events"] if "message" in event]
            chat = received["chat"]
        assert told == ["Hi", "Still there?"]


def test_what_is_refused_says_why_and_sends_nothing(org):
    with Front(org.route, **NAMED) as front:
        elsewhere = {**SETTINGS, "deploymentDomain": "evil.my.salesforce.com"}
        answer = front.post("/handover/prepare", {"settings": elsewhere})
        assert (answer.status, answer.json["code"]) == (403, "domain-not-allowed")
        answer = front.post("/handover/receive", {"settings": SETTINGS, "chat": "canary"})
        assert (answer.status, [finding["code"] for finding in answer.json["findings"]]) == (422, ["bad-chat"])
        answer = front.post("/handover/send", {"settings": SETTINGS, "chat": "x", "message": {"key": "1", "txt": "canary"}})
        assert answer.status == 400 and "/message" in answer.json["detail"] and "canary" not in answer.text
        for path, headers, expected in (
            ("/handover/support/events", {}, (400, "bad-request")),
            ("/handover/other/events", {"X-Salesforce-Chat": "x"}, (404, "no-such-handover")),
        ):
            answer = call(front.port, "GET", path, None, None, headers=headers)
            assert (answer.status, answer.json["code"]) == expected
        answer = call(front.port, "GET", "/handover/support/events", None, None, headers={"X-Salesforce-Chat": "canary"})
        assert answer.status == 422 and "canary" not in answer.text
        assert call(front.port, "GET", "/handover/support/events", None, None, bearer=None).status == 401
        assert front.post("/handover/support/events", {}).status == 405
