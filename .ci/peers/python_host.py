"""What the module costs in hosts/python; see run."""

import json
import os
import resource
import time
from pathlib import Path

from salesforce_module import Conversation, SalesforceModule, Session

OPERATIONS = int(os.environ["OPERATIONS"])
SIMULATOR = json.loads(os.environ["SIMULATOR"])
EXAMPLES = Path("host-tests/examples")
CONTACT = (EXAMPLES / "contact.json").read_text()
CONTACT_AND_CASE = (EXAMPLES / "support.json").read_text()
WARM_UP = 20
AT_ONCE = 1000

module = SalesforceModule.load()
session = Session(SIMULATOR["instanceUrl"].removeprefix("https://"), SIMULATOR["accessToken"])


def processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def measure(operation, count: int) -> dict:
    cpu, wall = processor(), time.perf_counter()
    sent = sum(operation(n) for n in range(count))
    cpu, wall = processor() - cpu, time.perf_counter() - wall
    return {"cpu": cpu / count * 1e6, "wall": wall / count * 1e6, "requests": sent / count}


def run(settings: str, n: int, name: str) -> int:
    variables = {
        "customer_email": f"p{n}@example.com",
        "customer_lastname": name,
        "request_topic": "Repair",
        "request_product": "Coffee machine",
        "request_description": "It leaks.",
    }
    outcome = module.run(session, settings, variables, route=SIMULATOR["url"])
    assert outcome.status == "done"
    return outcome.requests


def ten_thousand(_: int) -> int:
    sent = 0
    for start in range(0, 10_000, AT_ONCE):
        of = [
            Conversation({"customer_email": f"many{n}@example.com", "customer_lastname": "Berg"})
            for n in range(start, start + AT_ONCE)
        ]
        outcome = module.run_many(session, CONTACT, of, route=SIMULATOR["url"])
        assert outcome.status == "done"
        sent += outcome.requests
    return sent


for n in range(WARM_UP):
    run(CONTACT_AND_CASE, n, "Warm")
measured = {
    "contact": measure(lambda n: run(CONTACT, n, "Bergmann"), OPERATIONS),
    "contact-and-case": measure(lambda n: run(CONTACT_AND_CASE, n, "Berger"), OPERATIONS),
    "ten-thousand": measure(ten_thousand, 1),
    "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
}
print(json.dumps(measured))
