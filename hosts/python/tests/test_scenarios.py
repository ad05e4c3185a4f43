"""The scenarios of the repository, each a rule: the same plan, requests and outcome as the Rust host has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from salesforce_module import SalesforceModule, Session, dumps, loads

from .conftest import DOMAIN, REPOSITORY, TOKEN
from .servers import COMPOSITE, scripted

FOLDERS = sorted(path for path in (REPOSITORY / "host-tests" / "scenarios").iterdir() if path.is_dir())
SESSION = Session(DOMAIN, TOKEN)


def test_the_scenarios_are_there() -> None:
    assert len(FOLDERS) >= 40


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_scenario(module: SalesforceModule, folder: Path) -> None:
    settings, variables = (folder / "settings.json").read_text(), (folder / "variables.json").read_text()
    answers = json.loads((folder / "answers.json").read_text())
    expected = loads((folder / "expected.json").read_text())

    plan = module.plan(settings, variables)
    assert _sorted(plan.json) == _sorted(expected["plan"])

    with scripted(answers) as server:
        preview = module.preview(SESSION, settings, variables, route=server.url)
    for write in preview.writes:
        is_composite = (write.method, write.path) == ("POST", COMPOSITE)
        shown = write.body if is_composite else {"method": write.method, "path": write.path, "body": write.body}
        assert shown in expected["requests"], "the preview shows a request that the run does not send"

    with scripted(answers) as server:
        outcome = module.run(SESSION, settings, variables, route=server.url)
    assert _sorted(outcome.json) == _sorted(expected["outcome"])
    assert server.requests == expected["requests"]
    assert all(head["authorization"] == f"Bearer {TOKEN}" for head in server.heads)


def _sorted(value: object) -> str:
    """The bytes that `chat-host --json` prints, but for blanks: digits of numbers included."""

    def in_order(value: object) -> object:
        match value:
            case dict():
                return {name: in_order(value[name]) for name in sorted(value)}
            case list():
                return [in_order(entry) for entry in value]
        return value

    return dumps(in_order(value))
