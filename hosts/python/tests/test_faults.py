"""Whatever the network does: the outcome that `chat-host`, the Rust host, has against a simulator with the same fault."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from salesforce_module import SalesforceModule, dumps, loads

from .conftest import ANNA, chat_host, simulate

#: Of the lookup, the first request, or of the write, the second: those in which HTTP libraries differ. `chat-host conform` has them all.
FAULTS = (
    "1:redirect",
    "1+:close",
    "1:gzip",
    "2:close",
    "2:close-after",
    "2:head-cut",
    "2:body-cut",
    "2:length-too-long",
    "2:length-too-short",
    "2:endless",
    "2:silence-after",
    "2:retry-after-1",
)


def deadline(fault: str) -> int:
    """Seconds: what a run takes whose answer never comes; else more than any run needs."""
    return 5 if fault.endswith("silence-after") else 60


@pytest.fixture(scope="module")
def of_rust(tmp_path_factory: pytest.TempPathFactory, contact: Callable[..., dict]) -> Callable[[str], dict]:
    """The outcomes of the Rust host: it compiles the component anew each time, so they begin at once, two at a time."""
    folder: Path = tmp_path_factory.mktemp("rust")
    (folder / "variables.json").write_text(json.dumps(ANNA))

    def run(fault: str) -> dict:
        settings = folder / f"{fault.replace(':', '-')}.json"
        settings.write_text(json.dumps(contact(deadlineSeconds=deadline(fault))))
        with simulate("--fault", fault) as simulator:
            ran = subprocess.run(
                [
                    chat_host(),
                    "--json",
                    "run",
                    "--route",
                    simulator.url,
                    "--settings",
                    settings,
                    "--variables",
                    folder / "variables.json",
                ],
                env={**os.environ, "SALESFORCE_ACCESS_TOKEN": simulator.session.access_token or ""},
                capture_output=True,
                text=True,
                check=False,
            )
            assert ran.returncode in (0, 1), ran.stderr
            return loads(ran.stdout)

    with ThreadPoolExecutor(2) as threads:
        outcomes = {fault: threads.submit(run, fault) for fault in FAULTS}
        yield lambda fault: outcomes[fault].result()


@pytest.mark.parametrize("fault", FAULTS)
def test_fault(
    module: SalesforceModule, contact: Callable[..., dict], of_rust: Callable[[str], dict], fault: str
) -> None:
    with simulate("--fault", fault) as simulator:
        outcome = module.run(simulator.session, contact(deadlineSeconds=deadline(fault)), ANNA, route=simulator.url)
    assert json.loads(dumps(outcome.json)) == of_rust(fault)
