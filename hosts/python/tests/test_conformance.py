"""The driver of hosts/conformance."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable

from .conftest import ANNA, DOMAIN, simulate


def drive(*lines: object, environment: dict[str, str] | None = None) -> tuple[int, list[dict], str]:
    given = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    ran = subprocess.run(
        [sys.executable, "-m", "salesforce_module.conformance"],
        input=given.encode(), capture_output=True, check=False, env={**os.environ, **(environment or {})},
    )  # fmt: skip
    # Not splitlines: JSON may hold other ends of lines.
    answers = [json.loads(line) for line in ran.stdout.decode().split("\n") if line]
    return ran.returncode, answers, ran.stderr.decode()


def test_every_function(contact: Callable[..., dict]) -> None:
    settings, variables = json.dumps(contact()), json.dumps(ANNA)
    with simulate() as simulator:
        session = {"domain": DOMAIN, "accessToken": simulator.session.access_token}
        query = {"deploymentDomain": DOMAIN, "apiVersion": None, "search": "mail", "limit": 1, "all": False}
        requests = {
            "manifest": {},
            "form": {"mode": "sobject-read", "language": "de", "renderer": "json-forms", "records": ["Contact"]},
            "check": {"settings": settings, "knownVariables": None},
            "describe": {"settings": settings},
            "prepare": {"session": session, "settings": settings},
            "objects": {"session": session, "query": query},
            "fields": {"session": session, "query": {**query, "object": "Contact", "values": 0}},
            "plan": {"settings": settings, "variables": variables, "correlation": None},
            "preview": {"session": session, "settings": settings, "variables": variables, "correlation": "a/1"},
            "run": {
                "session": session,
                "settings": settings,
                "variables": variables,
                "correlation": "a/2",
                "files": [],
            },
            "runMany": {
                "session": session,
                "settings": settings,
                "conversations": [{"variables": variables, "inDoubtFor": None, "correlation": None}],
                "earlier": [{"variables": "{}", "inDoubtFor": 7, "records": None}],
            },
        }
        code, answers, _ = drive(
            *(
                {"id": number, "function": name, "arguments": arguments, "route": simulator.url, "abortAfter": None}
                for number, (name, arguments) in enumerate(requests.items())
            )
        )
    assert code == 0
    by_function = {list(requests)[answer["id"]]: answer["answer"] for answer in answers}
    assert by_function.keys() == requests.keys()
    assert by_function["check"].keys() == {"findings"}
    assert by_function["run"]["correlation"] == "a/2"
    assert "schema" in by_function["prepare"]
    assert len(by_function["runMany"]["conversations"]) == 1


def test_what_is_no_request_is_answered_and_the_next_one_too(contact: Callable[..., dict]) -> None:
    code, answers, _ = drive(
        "",
        "no json",
        [],
        {"id": "1", "function": "manifest", "arguments": {}},
        {"id": 2, "function": "delete", "arguments": {}},
        {"id": 3, "function": "plan", "arguments": {"settings": "{}", "variables": "{}"}},
        {"id": 4, "function": "run", "arguments": {"settings": json.dumps(contact()), "variables": "{}"}},
        {"id": 5, "function": "plan", "arguments": {}},
        {"id": 6, "function": "manifest", "arguments": {}},
    )
    assert code == 0
    of = {answer["id"]: answer for answer in answers if answer["id"] is not None}
    unnamed = [answer for answer in answers if answer["id"] is None]
    assert [answer["failure"]["code"] for answer in unnamed] == ["host"] * 4
    assert of[2]["failure"]["code"] == "host"
    assert {finding["code"] for finding in of[3]["findings"]} == {"missing-key"}
    assert of[4]["failure"]["code"] == of[5]["failure"]["code"] == "host"
    assert of[6]["answer"]["name"] == "salesforce-module"


def test_a_call_is_aborted_beside_another(contact: Callable[..., dict]) -> None:
    with simulate("--fault", "1:silence") as simulator:
        arguments = {
            "session": {"domain": DOMAIN, "accessToken": simulator.session.access_token},
            "settings": json.dumps(contact()),
            "variables": json.dumps(ANNA),
        }
        request = {"id": 1, "function": "run", "arguments": arguments, "route": simulator.url, "abortAfter": 300}
        code, answers, _ = drive(request, {"id": 2, "function": "manifest", "arguments": {}})
    assert code == 0
    assert {answer["id"]: answer.get("failure", {}).get("code") for answer in answers} == {1: "aborted", 2: None}


def test_a_driver_without_a_component_says_so() -> None:
    code, answers, said = drive(environment={"SALESFORCE_MODULE": "nowhere.wasm"})
    assert (code, answers) == (1, [])
    assert "nowhere.wasm" in said and "Traceback" not in said
