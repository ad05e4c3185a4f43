"""What an engine does all day."""

from __future__ import annotations

import asyncio
import base64
import json
import threading
from collections.abc import Callable
from decimal import Decimal

import pytest

from salesforce_module import (
    AsyncSalesforceModule,
    AttachedFile,
    Conversation,
    EarlierConversation,
    FieldQuery,
    ObjectQuery,
    SalesforceModule,
    SalesforceSettingsError,
    Session,
    dumps,
)
from salesforce_module.results import PlannedField

from .conftest import ANNA, DOMAIN, EXAMPLES, Simulator
from .servers import scripted


def test_a_contact_is_created_and_then_updated(
    module: SalesforceModule, contact: Callable[..., dict], simulator: Simulator
) -> None:
    settings = contact()
    created = module.run(simulator.session, settings, ANNA, route=simulator.url, correlation="conversation-1/step-2")
    assert (created.status, created.record("Contact").result, created.correlation) == (
        "done",
        "created",
        "conversation-1/step-2",
    )
    updated = module.run(simulator.session, settings, {**ANNA, "name": "Berg-Lund"}, route=simulator.url)
    assert (updated.status, updated.record("Contact").result) == ("done", "updated")
    assert created.variables == updated.variables == {"contact_id": created.record("Contact").id}
    assert created.record("Contact").url == f"https://{DOMAIN}/{created.record('Contact').id}"
    assert json.loads(created.log)["correlation"] == "conversation-1/step-2"
    assert created.api_usage is not None and created.api_usage.limit > 0


def test_the_same_from_an_event_loop(contact: Callable[..., dict], simulator: Simulator) -> None:
    async def both() -> tuple[str, str]:
        async def token() -> str:
            assert simulator.session.access_token
            return simulator.session.access_token

        session = Session(DOMAIN, token_provider=token)
        async with await AsyncSalesforceModule.load() as module:
            created = await module.run(session, contact(), ANNA, route=simulator.url)
            updated = await module.run(session, contact(), {**ANNA, "name": "Lund"}, route=simulator.url)
            return created.records[0].result, updated.records[0].result

    assert asyncio.run(both()) == ("created", "updated")


def test_many_at_once_do_not_meet(contact: Callable[..., dict], simulator: Simulator) -> None:
    async def forty() -> set[str]:
        async with await AsyncSalesforceModule.load() as module:
            people = [{"email": f"visitor{number}@example.com", "name": f"Number {number}"} for number in range(40)]
            runs = (module.run(simulator.session, contact(), person, route=simulator.url) for person in people)
            outcomes = await asyncio.gather(*runs)
            assert {outcome.status for outcome in outcomes} == {"done"}
            return {outcome.variables["contact_id"] for outcome in outcomes}

    assert len(asyncio.run(forty())) == 40


def test_a_token_provider_is_asked_once_for_each_call(
    module: SalesforceModule, contact: Callable[..., dict], simulator: Simulator
) -> None:
    asked = []

    def token() -> str:
        asked.append(threading.current_thread())
        return simulator.session.access_token or ""

    session = Session(DOMAIN, token_provider=token)
    assert module.run(session, contact(), ANNA, route=simulator.url).status == "done"
    assert len(asked) == 1


def test_digits_of_numbers_are_kept(module: SalesforceModule) -> None:
    settings = {
        "mode": "sobject-write",
        "deploymentDomain": DOMAIN,
        "mappings": [
            {"source": {"variable": "name"}, "object": "Opportunity", "field": "Name"},
            {"source": {"variable": "amount"}, "object": "Opportunity", "field": "Amount"},
        ],
    }

    def amount(variables: dict | str) -> PlannedField:
        return module.plan(settings, variables).records[0].fields[1]

    exact = "12345678901234567.890"
    planned = [amount({"name": "Berg", "amount": Decimal(exact)}), amount(f'{{"name": "Berg", "amount": {exact}}}')]
    assert [dumps(field.value) for field in planned] == [dumps(planned[0].value)] * 2
    assert "12345678901234567.89" in dumps(planned[0].value)
    # A float, for programs that want one.
    assert float(planned[0].value) == 12345678901234567.89


def test_answers_have_the_json_of_chat_host(module: SalesforceModule, simulator: Simulator) -> None:
    settings, variables = (EXAMPLES / "support.json").read_text(), (EXAMPLES / "variables.json").read_text()
    session, route = simulator.session, simulator.url

    manifest = module.manifest()
    assert manifest.json["settingsSchema"] == manifest.settings_schema
    assert "sobject-write" in manifest.modes
    form = module.form("sobject-write", "de", records=["Case"])
    assert form.data == {"mode": "sobject-write", "mappings": [{}]}
    assert form.schema["properties"]["objects"]["properties"]["Case"]["title"] == "Case"
    assert form.json["uiSchema"] == form.ui_schema
    with pytest.raises(ValueError, match="renderer: expected one of"):
        module.form("sobject-write", renderer="other")
    with pytest.raises(SalesforceSettingsError):
        module.form("sobject")

    tool = module.describe(settings)
    assert (tool.name, tool.json["variables"]) == ("save_Contact_and_Case", tool.variables)

    prepared = module.prepare(session, settings, route=route)
    assert prepared.settings is not None and prepared.json == json.loads(prepared.settings)
    assert prepared.json["schema"]["objects"].keys() == {"Contact", "Case"}

    preview = module.preview(session, prepared.settings, variables, route=route)
    assert [record.decision for record in preview.records] == ["upsert", "create"]
    assert preview.json["writes"][0]["body"] == preview.writes[0].body

    objects = module.objects(session, ObjectQuery(search="contact", limit=3), route=route)
    assert objects.objects[0].name == "Contact" and objects.json["objects"][0]["labelPlural"] == "Contacts"

    fields = module.fields(session, FieldQuery(object="contact", search="email", limit=1), route=route)
    assert (fields.fields[0].name, fields.fields[0].type, fields.json["fields"][0]["moreValues"]) == (
        "Email",
        "email",
        False,
    )


def test_a_file_of_the_host_is_attached(module: SalesforceModule) -> None:
    settings = {
        "mode": "sobject-write",
        "deploymentDomain": DOMAIN,
        "mappings": [
            {"source": {"variable": "topic"}, "object": "Case", "field": "Subject"},
            {"source": {"file": "photo"}, "object": "Case"},
        ],
    }
    written = {
        "referenceId": "write_Case",
        "httpStatusCode": 201,
        "httpHeaders": {},
        "body": {"id": "500000000000001AAA", "success": True, "errors": []},
    }
    answers = [
        {"status": 200, "json": {"compositeResponse": [written]}},
        {"status": 201, "json": {"id": "068000000000002AAA", "success": True, "errors": []}},
    ]
    content = bytes(range(256)) * 40
    too_large = AttachedFile("photo", "large.jpg", bytes(17 << 20))
    with scripted(answers) as server:
        outcome = module.run(
            Session(DOMAIN, "token"), settings, {"topic": "Broken parcel"},
            files=[AttachedFile("photo", "photo.jpg", content, "image/jpeg"), too_large], route=server.url,
        )  # fmt: skip
    assert [(file.result, file.error and file.error.code) for file in outcome.files] == [
        ("created", None),
        ("failed", "FILE_TOO_LARGE"),
    ]
    assert base64.b64decode(server.requests[1]["body"]["VersionData"]) == content


def test_a_run_of_many_conversations(
    module: SalesforceModule, contact: Callable[..., dict], simulator: Simulator
) -> None:
    conversations = [
        Conversation(ANNA, correlation="first"),
        Conversation({"email": "max@example.com", "name": "Lind"}),
        Conversation("{"),
        Conversation({"email": "eva@example.com", "name": "Dahl"}),
    ]
    earlier = [EarlierConversation({"email": "eva@example.com", "name": "Dahl"}, in_doubt_for=3)]
    many = module.run_many(simulator.session, contact(), conversations, earlier, route=simulator.url)
    assert [each.status for each in many.conversations] == ["done", "done", "failed", "failed"]
    assert many.conversations[0].correlation == "first"
    assert many.conversations[2].findings[0].code == "bad-variables"
    assert many.conversations[3].records[0].error.code == "EARLIER_UNKNOWN"
    assert many.json["conversations"][0] == many.conversations[0].json


def test_check_knows_the_variables_of_the_flow(module: SalesforceModule, contact: Callable[..., dict]) -> None:
    assert "unknown-variable" not in {finding.code for finding in module.check(contact(), ["email", "name"])}
    found = [finding for finding in module.check(contact(), ["email", "nme"]) if finding.code == "unknown-variable"]
    assert [(finding.severity, finding.path) for finding in found] == [("error", "/mappings/1/source/variable")]
    assert "Variable" in found[0].texts["de"].message


def test_connections_are_kept_open_and_nothing_is_added_to_a_request(module: SalesforceModule) -> None:
    settings = {
        "mode": "api-request",
        "deploymentDomain": DOMAIN,
        "method": "GET",
        "path": "/services/data/v62.0/limits",
    }
    with scripted([{"status": 200, "json": {}}] * 3) as server:
        for _ in range(3):
            assert module.run(Session(DOMAIN, "token"), settings, {}, route=server.url).status == "done"
    assert len(server.connections) == 1
    assert all("accept-encoding" not in head and "content-length" not in head for head in server.heads)
