"""What the tests run against: the component, and the simulator of the repository."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from salesforce_module import SalesforceModule, Session

REPOSITORY = Path(__file__).resolve().parents[3]
EXAMPLES = REPOSITORY / "host-tests" / "examples"
DOMAIN = "example.my.salesforce.com"
TOKEN = "00D000000000001!token"


def chat_host() -> Path:
    found = Path(os.environ.get("CHAT_HOST") or REPOSITORY / "target" / "debug" / "chat-host")
    if not found.is_file():
        pytest.exit(
            f"There is no {found}: `cargo build` makes it, or name another by the environment variable CHAT_HOST.", 4
        )
    return found


@dataclass(frozen=True)
class Simulator:
    url: str
    session: Session
    client_id: str
    client_secret: str


@contextlib.contextmanager
def simulate(*arguments: str) -> Iterator[Simulator]:
    """An org in memory, for as long as the block runs."""
    command = [chat_host(), "simulate", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            first = json.loads(process.stdout.readline())
            session = Session(DOMAIN, first["accessToken"])
            yield Simulator(first["url"], session, first["clientId"], first["clientSecret"])
        finally:
            process.kill()


@pytest.fixture(scope="session")
def module() -> Iterator[SalesforceModule]:
    with SalesforceModule.load() as module:
        yield module


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with simulate() as simulator:
        yield simulator


@pytest.fixture(scope="session")
def contact() -> Callable[..., dict]:
    """Settings that write one Contact, found by its e-mail address."""

    def settings(**more: object) -> dict:
        return {
            "mode": "sobject-write",
            "deploymentDomain": DOMAIN,
            "mappings": [
                {"source": {"variable": "email"}, "object": "Contact", "field": "Email", "useToFindExisting": True},
                {"source": {"variable": "name"}, "object": "Contact", "field": "LastName"},
            ],
            "objects": {"Contact": {"store": {"Id": "contact_id"}}},
            **more,
        }

    return settings


ANNA = {"email": "anna.berg@example.com", "name": "Berg"}
