"""What callers get of each path, right and wrong."""

from __future__ import annotations

import http.client
import json
import socket

import pytest
from examples import CONTACT, VARIABLES, contact
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from serving import BEARER, DOMAIN, TARGET, Front, Simulator

SECRET = "s3cret-of-a-visitor"


@pytest.fixture(scope="session")
def openapi(front):
    return front.get("/openapi.json", bearer=None).json


def holds(openapi: dict, path: str, answer) -> None:
    """The answer is as the document says that it is."""
    method = "get" if path in ("/manifest", "/health") else "post"
    described = openapi["paths"][path][method]["responses"][str(answer.status)]
    if "$ref" in described:
        described = openapi["components"]["responses"][described["$ref"].rsplit("/", 1)[1]]
    schema = described["content"][answer.headers.get_content_type()]["schema"]
    Draft202012Validator({**schema, "components": openapi["components"]}).validate(answer.json)


def test_the_openapi_document_is_valid(openapi):
    validate(openapi)


def test_a_run_creates_and_the_next_changes_nothing(front, simulator, openapi):
    for result, requests in [("created", 2), ("unchanged", 1)]:
        answer = front.post("/run", contact("twice@example.com", correlation="c-1"), simulator.token)
        holds(openapi, "/run", answer)
        outcome = answer.json
        assert (answer.status, outcome["status"], outcome["requests"]) == (200, "done", requests)
        assert (outcome["records"][0]["result"], outcome["correlation"]) == (result, "c-1")
        assert outcome["variables"]["contact_id"] == outcome["records"][0]["id"]


@pytest.mark.parametrize("as_text", [False, True])
def test_a_number_keeps_its_digits_as_a_document_and_as_a_text(front, simulator, as_text):
    body = contact(f"digits-{as_text}@example.com")
    variables = '{"email": "EMAIL", "last_name": "Bärg 🙂", "amount": 12345678901234567.89}'
    variables = variables.replace("EMAIL", body["variables"]["email"])
    written = json.dumps(variables) if as_text else variables
    text = f'{{"settings": {json.dumps(body["settings"])}, "variables": {written}}}'
    answer = front.post("/run", text.encode(), simulator.token)
    assert answer.json["variables"]["noted"] == "12345678901234567.89"


def test_what_sends_nothing_needs_no_token(front, openapi):
    settings, variables = CONTACT.read_text(), VARIABLES.read_text()
    asked = {
        "/plan": {"settings": settings, "variables": variables},
        "/describe": {"settings": json.loads(settings)},
        "/form": {"mode": "sobject-write", "language": "de", "records": ["Case"]},
        "/check": {"settings": settings, "knownVariables": ["customer_email"]},
    }
    answers = {path: front.post(path, body, None) for path, body in asked.items()} | {"/manifest": front.get("/manifest")}
    for path, answer in answers.items():
        assert answer.status == 200, path
        holds(openapi, path, answer)
    assert answers["/plan"].json["requests"] == {"atLeast": 1, "atMost": 2}
    assert answers["/form"].json["data"] == {"mode": "sobject-write", "mappings": [{}]}
    assert "unknown-variable" in [finding["code"] for finding in answers["/check"].json["findings"]]


def test_the_org_is_described_and_settings_are_prepared(front, simulator, openapi):
    asked = {
        "/objects": {"deploymentDomain": DOMAIN, "search": "conta"},
        "/fields": {"deploymentDomain": DOMAIN, "object": "Contact", "search": "email"},
        "/prepare": {"settings": contact("x@example.com")["settings"]},
        "/preview": contact("preview@example.com"),
    }
    answers = {path: front.post(path, body, simulator.token) for path, body in asked.items()}
    for path, answer in answers.items():
        holds(openapi, path, answer)
        assert (answer.status, answer.json["status"]) == (200, "done"), path
    assert "Contact" in [entry["name"] for entry in answers["/objects"].json["objects"]]
    assert "Email" in [entry["name"] for entry in answers["/fields"].json["fields"]]
    assert "Contact" in answers["/prepare"].json["settings"]["schema"]["objects"]
    assert answers["/preview"].json["writes"]
    # What it gives is what `run` takes.
    body = contact("prepared@example.com") | {"settings": answers["/prepare"].json["settings"]}
    assert front.post("/run", body, simulator.token).json["records"][0]["result"] == "created"


def test_many_conversations_take_few_requests(front, simulator, openapi):
    body = contact("x@example.com")
    each = [contact(f"many-{number}@example.com")["variables"] for number in range(30)]
    conversations = [{"variables": variables, "correlation": f"line-{number}"} for number, variables in enumerate(each)]
    answer = front.post("/run-many", {"settings": body["settings"], "conversations": conversations}, simulator.token)
    holds(openapi, "/run-many", answer)
    assert (answer.json["requests"], len(answer.json["conversations"])) == (2, 30)
    assert {outcome["status"] for outcome in answer.json["conversations"]} == {"done"}


def test_what_the_module_refuses_is_422_with_findings(front, openapi):
    body = contact("x@example.com")
    for wrong in [{"settings": {}}, {"settings": "{"}, {"variables": []}, {"correlation": "two\nlines"}]:
        answer = front.post("/run", body | wrong, "00D!token")
        holds(openapi, "/run", answer)
        assert answer.status == 422 and answer.json["findings"], wrong


def test_what_the_front_refuses_is_a_problem(front, openapi):
    body = contact("x@example.com")
    elsewhere = json.loads(json.dumps(body).replace(DOMAIN, "other.my.salesforce.com"))
    cases = [
        ("bad-request", 400, front.post("/run", {"settings": {}}, "00D!token")),
        ("bad-request", 400, front.post("/run", body | {"variabels": {}}, "00D!token")),
        ("bad-request", 400, front.post("/run", body | {"correlation": 7}, "00D!token")),
        ("not-json", 400, front.post("/run", b'{"settings": ', "00D!token")),
        ("not-json", 400, front.post("/run", b"", "00D!token")),
        ("no-access-token", 400, front.post("/run", body, None)),
        ("unauthorized", 401, front.post("/run", body, "00D!token", bearer=None)),
        ("unauthorized", 401, front.post("/run", body, "00D!token", bearer=BEARER + "x")),
        ("domain-not-allowed", 403, front.post("/run", elsewhere, "00D!token")),
        ("domain-not-allowed", 403, front.post("/run", body | {"domain": "other.my.salesforce.com"}, "00D!token")),
        ("body-too-large", 413, front.post("/plan", b" " * ((10 << 20) + 1))),
    ]
    for code, status, answer in cases:
        holds(openapi, "/run", answer)
        assert (answer.status, answer.json["code"], answer.json["status"]) == (status, code, status)
        assert answer.headers["Cache-Control"] == "no-store"
    assert cases[6][2].headers["WWW-Authenticate"] == "Bearer"


def test_unknown_paths_and_methods_are_told_apart(front):
    unknown, wrong = front.post("/runs", {}), front.get("/run")
    assert (unknown.status, unknown.json["code"]) == (404, "no-such-path")
    assert (wrong.status, wrong.json["code"], wrong.headers["Allow"]) == (405, "method-not-allowed", "POST")


def test_a_body_without_length_is_bounded_too(front):
    connection = http.client.HTTPConnection("127.0.0.1", front.port, timeout=30)
    connection.request("POST", "/plan", (b" " * (1 << 20) for _ in range(11)), {"Authorization": f"Bearer {BEARER}"}, encode_chunked=True)
    assert connection.getresponse().status == 413


def test_a_caller_that_is_cut_off_leaves_the_next_one_alone(front):
    with socket.create_connection(("127.0.0.1", front.port)) as caller:
        head = f"POST /plan HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {BEARER}\r\nContent-Length: 100\r\n\r\n"
        caller.sendall(head.encode() + b'{"settings": ')
    assert front.get("/health", bearer=None).json == {"status": "ok"}


def test_nothing_that_was_typed_and_no_token_is_in_a_refusal_or_the_log(simulator):
    with Front(simulator.route) as front:
        body = contact("x@example.com")
        told = [
            front.post("/run", body | {"correlation": [SECRET]}, f"00D!{SECRET}"),
            front.post("/run", body | {"variables": f'["{SECRET}"'}, f"00D!{SECRET}"),
            front.post("/run", f'{{"settings": "{SECRET}'.encode(), f"00D!{SECRET}"),
            front.post("/run", body, f"00D!{SECRET}", bearer=f"bearer-{SECRET}"),
            front.post("/run", body, f"00D!{SECRET} with a blank"),
            # Salesforce refuses this token.
            front.post("/run", body | {"variables": {"email": f"{SECRET}@example.com", "last_name": SECRET}}, f"00D!{SECRET}"),
        ]
        assert [answer.status for answer in told] == [400, 422, 400, 401, 422, 200]
        assert told[-1].json["status"] == "session-expired"
        assert not any(SECRET in answer.text for answer in told)
    assert '"session-expired"' in "".join(front.log)
    assert not any(SECRET in line or BEARER in line for line in front.log)


def test_each_tenant_reaches_its_own_orgs_with_the_platforms_token(simulator):
    tenants = {
        "FRONT_TENANTS": "acme,globex",
        "FRONT_TOKEN_ACME": "bearer-of-acme-1",
        "FRONT_DOMAINS_ACME": DOMAIN,
        "SALESFORCE_ACCESS_TOKEN_ACME": simulator.token,
        "FRONT_TOKEN_GLOBEX": "bearer-of-globex",
        "FRONT_DOMAINS_GLOBEX": "globex.my.salesforce.com",
    }
    with Front(simulator.route, **tenants) as front:
        body = contact("tenant@example.com")
        assert front.post("/run", body, bearer="bearer-of-acme-1").json["records"][0]["result"] == "created"
        assert front.post("/run", body, simulator.token, bearer="bearer-of-globex").status == 403
        assert front.post("/run", body, bearer=BEARER).status == 401


def test_a_front_that_is_not_configured_says_which_variable(simulator):
    for wrong in [{"FRONT_TOKEN": ""}, {"FRONT_DOMAINS": ""}, {"FRONT_MAX_BODY_BYTES": "10 MiB"}, {"FRONT_TOOLS": "contact"}]:
        with Front(simulator.route, **wrong) as front:
            answer = front.get("/health", bearer=None)
            assert (answer.status, answer.json["code"]) == (503, "misconfigured")
            name = "FRONT_SETTINGS_CONTACT" if "FRONT_TOOLS" in wrong else next(iter(wrong))
            assert f"`{name}`" in answer.json["detail"]
            assert front.post("/plan", contact("x@example.com")).status == 503


def test_the_production_front_has_no_way_to_a_simulator():
    """It is in the test's composition only: a component of its own."""
    route = (TARGET / "route.wasm").read_bytes()
    assert route in (TARGET / "test-front.wasm").read_bytes()
    assert route not in (TARGET / "salesforce-front.wasm").read_bytes()


def test_a_used_up_limit_is_an_outcome(simulator):
    with Simulator("--fault", "1+:daily-limit") as busy, Front(busy.route) as front:
        answer = front.post("/run", contact("busy@example.com"), busy.token)
        assert (answer.status, answer.json["status"]) == (200, "deferred")
        assert answer.json["retryAfterSeconds"] > 0
