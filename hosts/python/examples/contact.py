"""A visitor leaves an address twice: a Contact is created, and then updated. Runs against the simulator of this repository.

python examples/contact.py
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from salesforce_module import SalesforceModule, SalesforceSettingsError, Session

DOMAIN = "example.my.salesforce.com"
SETTINGS = {
    "mode": "sobject-write",
    "deploymentDomain": DOMAIN,
    "mappings": [
        {
            "source": {"variable": "email"},
            "object": "Contact",
            "field": "Email",
            "useToFindExisting": True,
            "whenBlank": "fail",
        },
        {"source": {"variable": "first_name"}, "object": "Contact", "field": "FirstName"},
        {"source": {"variable": "last_name"}, "object": "Contact", "field": "LastName"},
    ],
    "objects": {"Contact": {"store": {"Id": "contact_id"}}},
}


def main() -> None:
    chat_host = os.environ.get("CHAT_HOST") or Path(__file__).resolve().parents[3] / "target" / "debug" / "chat-host"
    with subprocess.Popen(
        [chat_host, "simulate"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as simulator:
        try:
            assert simulator.stdout is not None
            org = json.loads(simulator.stdout.readline())
            converse(Session(DOMAIN, org["accessToken"]), org["url"])
        finally:
            simulator.terminate()


def converse(session: Session, route: str) -> None:
    with SalesforceModule.load() as module:
        for finding in module.check(SETTINGS):
            print(f"{finding.severity} at {finding.path}: {finding.message}")
        answers = {"email": "anna.berg@example.com", "first_name": "Anna", "last_name": "Berg"}
        for variables in (answers, {**answers, "last_name": "Berg-Lund"}, {**answers, "email": "no address"}, []):
            try:
                outcome = module.run(session, SETTINGS, variables, route=route, correlation="conversation-1")  # type: ignore[arg-type]
            except SalesforceSettingsError as error:
                print(error)
                continue
            except TypeError as error:
                print(error)
                continue
            record = outcome.record("Contact")
            print(f"{outcome.status}: {record.result} {record.sobject} {record.id or ''} {outcome.variables}")
            for problem in record.problems:
                # What a chat can ask the visitor.
                print(f"  {problem.variable}: {problem.texts['en']}")


if __name__ == "__main__":
    main()
