"""Bad input: where, what was expected, what to do - and nothing was sent."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from wasmtime.component import Component

from salesforce_module import (
    AttachedFile,
    FieldQuery,
    ObjectQuery,
    SalesforceHostError,
    SalesforceModule,
    SalesforceSettingsError,
    Session,
    _component,
)

from .conftest import ANNA, DOMAIN, TOKEN
from .servers import scripted
from .test_ends import MISBEHAVED

SESSION = Session(DOMAIN, TOKEN)


@pytest.mark.parametrize(
    ("settings", "variables", "session", "code", "path"),
    [
        ({}, ANNA, SESSION, "missing-key", ""),
        ("{", ANNA, SESSION, "invalid-json", ""),
        ("contact", "{", SESSION, "bad-variables", "variables"),
        ("contact", "[]", SESSION, "bad-variables", "variables"),
        ("contact", ANNA, Session("other.my.salesforce.com", TOKEN), "bad-session", "session/instance-url"),
        ("contact", ANNA, Session(DOMAIN, ""), "bad-session", "session/access-token"),
        ("contact", ANNA, Session(DOMAIN, "two words\r\nX-Injected: 1"), "bad-session", "session/access-token"),
    ],
)
def test_findings(
    module: SalesforceModule,
    contact: Callable[..., dict],
    settings: Any,
    variables: Any,
    session: Session,
    code: str,
    path: str,
) -> None:
    with scripted([]) as server, pytest.raises(SalesforceSettingsError) as raised:
        module.run(session, contact() if settings == "contact" else settings, variables, route=server.url)
    assert server.requests == []
    assert (raised.value.findings[0].code, raised.value.findings[0].path) == (code, path)
    assert raised.value.json["findings"][0]["texts"].keys() == {"en", "de"}
    assert code in str(raised.value)
    assert "Injected" not in str(raised.value)


@pytest.mark.parametrize(
    ("variables", "kind", "message"),
    [
        (7, TypeError, "variables: expected a dict or a JSON text, got int"),
        (None, TypeError, "variables: expected a dict or a JSON text, got NoneType"),
        ({"at": datetime.date(1977, 4, 11)}, TypeError, "variables/at: date is no type of JSON"),
        ({"list": [1, {"n": float("nan")}]}, ValueError, "variables/list/1/n: JSON has no such number"),
        ({1: "one"}, TypeError, "variables: a key is of type int"),
        ({"name": "half \ud800"}, ValueError, "variables: half a surrogate pair"),
    ],
)
def test_what_is_no_document(
    module: SalesforceModule, contact: Callable[..., dict], variables: Any, kind: type, message: str
) -> None:
    with pytest.raises(kind) as raised:
        module.plan(contact(), variables)
    assert str(raised.value).startswith(message)
    assert "1977" not in str(raised.value)


def test_a_document_in_itself_ends(module: SalesforceModule, contact: Callable[..., dict]) -> None:
    variables: dict[str, Any] = {"email": "anna@example.com"}
    variables["again"] = variables
    with pytest.raises(ValueError, match="more than 128 levels"):
        module.plan(contact(), variables)


@pytest.mark.parametrize(
    "route",
    ["localhost:4711", "ftp://127.0.0.1", "http://127.0.0.1:4711/path", "http://user@host", "http://h:99999", 7],
)
def test_a_wrong_route(module: SalesforceModule, contact: Callable[..., dict], route: Any) -> None:
    with pytest.raises(ValueError, match="^route: expected http or https"):
        module.run(SESSION, contact(), ANNA, route=route)


def test_wrong_arguments(module: SalesforceModule, contact: Callable[..., dict]) -> None:
    with pytest.raises(ValueError, match="either access_token or token_provider"):
        Session(DOMAIN)
    with pytest.raises(ValueError, match="^timeout:"):
        module.run(SESSION, contact(), ANNA, timeout=0)
    with pytest.raises(TypeError, match="^session/access_token: expected a text, got NoneType"):
        module.run(Session(DOMAIN, token_provider=lambda: None), contact(), ANNA)  # type: ignore[arg-type, return-value]
    with pytest.raises(TypeError, match="needs AsyncSalesforceModule"):
        module.run(Session(DOMAIN, token_provider=lambda: asyncio.sleep(0)), contact(), ANNA)  # type: ignore[arg-type, return-value]
    with pytest.raises(TypeError, match="^files/0/content: expected bytes, got str"):
        module.run(SESSION, contact(), ANNA, files=[AttachedFile("photo", "a.jpg", "text")])  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="^session: expected Session, got str"):
        module.run("token", contact(), ANNA)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="^files/0: expected AttachedFile, got dict"):
        module.run(SESSION, contact(), ANNA, files=[{"variable": "photo"}])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="^known_variables: expected list, got str"):
        module.check(contact(), "email")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="^query: expected FieldQuery, got str"):
        module.fields(SESSION, "Contact")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="^query/limit: expected a whole number"):
        module.objects(SESSION, ObjectQuery(limit=-1))
    with pytest.raises(SalesforceSettingsError) as raised:
        module.fields(SESSION, FieldQuery(object="Contact", limit=0))
    assert raised.value.findings[0].path == "query/limit"


def test_a_component_that_is_not_there_or_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for content in (None, b"", b"\0asm\1\0\0\0", b"\0asm\x0d\0\1\0broken"):
        file = tmp_path / "module.wasm"
        if content is not None:
            file.write_bytes(content)
        with pytest.raises(SalesforceHostError) as raised:
            SalesforceModule.load(file, cache=False)
        assert raised.value.code == "host"
        monkeypatch.setenv("SALESFORCE_MODULE", str(file))
        with pytest.raises(SalesforceHostError):
            SalesforceModule.load(cache=False)


def test_machine_code_is_kept_only_where_no_other_user_can_write(tmp_path: Path) -> None:
    safe = tmp_path / "safe"
    assert SalesforceModule.load(cache=safe).manifest().name == "salesforce-module"
    (kept,) = safe.iterdir()
    assert kept.stat().st_mode & 0o077 == 0
    # What is not machine code of this version is compiled again, and replaced.
    kept.write_bytes(b"broken")
    assert SalesforceModule.load(cache=safe).manifest().name == "salesforce-module"
    assert kept.stat().st_size > 1000
    # What another user could have written is not run: here machine code of something else.
    engine = _component.engine()
    kept.write_bytes(Component(engine, MISBEHAVED).serialize())
    kept.chmod(0o666)
    assert SalesforceModule.load(cache=safe).manifest().name == "salesforce-module"
    assert kept.stat().st_mode & 0o077 == 0

    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    for folder in (shared, shared / "below"):
        with pytest.raises(SalesforceHostError, match="other users could write there"):
            SalesforceModule.load(cache=folder)
