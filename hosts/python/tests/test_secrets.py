"""No message holds a token, or what a visitor typed."""

from __future__ import annotations

import asyncio
import json
import logging
import traceback
from collections.abc import Callable

import pytest

from salesforce_module import (
    AsyncSalesforceModule,
    AttachedFile,
    Client,
    Connection,
    Grant,
    SalesforceError,
    SalesforceModule,
    Session,
)

from .conftest import DOMAIN, simulate
from .servers import scripted

TOKEN = "00D000000000001!CanaryToken"
TYPED = {"email": "canary.visitor@example.com", "name": "CanaryName"}
#: What is looked for.
CANARIES = ("CanaryToken", "canary.visitor", "CanaryName")


FAULTS = (
    ("--fault", "1+:http-500-json"),
    ("--fault", "2:validation-rule"),
    ("--fault", "2:close-after", "--fault", "3+:close"),
)


@pytest.mark.parametrize("arguments", FAULTS, ids=lambda arguments: arguments[-1])
def test_outcomes(
    module: SalesforceModule, contact: Callable[..., dict], caplog: pytest.LogCaptureFixture, arguments: tuple[str, ...]
) -> None:
    caplog.set_level(logging.DEBUG)
    with simulate(*arguments) as simulator:
        outcome = module.run(simulator.session, contact(), TYPED, route=simulator.url)
    assert outcome.status == "failed"
    assert_silent(json.dumps({**outcome.json, "variables": None}), outcome.log)
    # Nor what the libraries below log of a request: its head has the token.
    assert simulator.session.access_token not in caplog.text


def test_errors(module: SalesforceModule, contact: Callable[..., dict]) -> None:
    session = Session(DOMAIN, TOKEN)
    answers = [{"status": 500, "json": [{"errorCode": "X", "message": f"{TOKEN} {TYPED['name']}"}]}] * 9
    with scripted(answers) as server:
        bad = [
            lambda: module.run(Session(DOMAIN, TOKEN + "\n"), contact(), TYPED, route=server.url),
            lambda: module.run(Session(TOKEN, TOKEN), contact(), TYPED, route=server.url),
            lambda: module.run(session, contact(), {**TYPED, "more": TYPED["name"] * (4 << 20)}, route=server.url),
            lambda: module.run(
                session, contact(), f'{{"email": "{TYPED["email"]}", "name": {TYPED["name"]}}}', route=server.url
            ),
            lambda: module.run(session, contact(), {**TYPED, "half": TYPED["name"] + "\ud800"}, route=server.url),
            lambda: module.run(session, contact(), TYPED, correlation="two\nlines " + TYPED["name"], route=server.url),
            lambda: module.run(session, contact(), TYPED, route=f"http://{TOKEN}@127.0.0.1"),
        ]
        for call in bad:
            with pytest.raises((SalesforceError, ValueError, TypeError)) as raised:
                call()
            assert_silent("".join(traceback.format_exception_only(raised.value)), repr(raised.value))
        assert_silent(json.dumps(module.run(session, contact(), TYPED, route=server.url).json))


def test_what_a_developer_prints() -> None:
    client = Client(DOMAIN, "id", "CanaryToken")
    grant = Grant("CanaryToken", f"https://{DOMAIN}")
    assert_silent(
        repr(Session(DOMAIN, TOKEN)),
        repr(client),
        repr(grant),
        repr(Connection(client, TOKEN, grant)),
        repr(AttachedFile("photo", "a.jpg", b"CanaryName")),
    )


def test_a_cancelled_call(contact: Callable[..., dict]) -> None:
    async def cancel() -> str:
        async with await AsyncSalesforceModule.load() as module:
            with simulate("--fault", "1+:silence") as simulator:
                try:
                    await module.run(simulator.session, contact(), TYPED, route=simulator.url, timeout=0.3)
                except SalesforceError as error:
                    return "".join(traceback.format_exception(error))
        raise AssertionError("the call should have ended")

    assert_silent(asyncio.run(cancel()))


def assert_silent(*texts: str) -> None:
    for text in texts:
        for canary in CANARIES:
            assert canary not in text
