"""What the module costs in hosts/python; see run."""

from pathlib import Path

from measure import OPERATIONS, SIMULATOR, measure, tell
from salesforce_module import Conversation, SalesforceModule, Session

EXAMPLES = Path("host-tests/examples")
CONTACT = (EXAMPLES / "contact.json").read_text()
CONTACT_AND_CASE = (EXAMPLES / "support.json").read_text()
WARM_UP = 20
AT_ONCE = 1000

module = SalesforceModule.load()
session = Session(SIMULATOR["instanceUrl"].removeprefix("https://"), SIMULATOR["accessToken"])
sent = 0


def run(settings: str, n: int, name: str) -> None:
    global sent
    variables = {
        "customer_email": f"p{n}@example.com",
        "customer_lastname": name,
        "request_topic": "Repair",
        "request_product": "Coffee machine",
        "request_description": "It leaks.",
    }
    outcome = module.run(session, settings, variables, route=SIMULATOR["url"])
    assert outcome.status == "done"
    sent += outcome.requests


def ten_thousand(_: int) -> None:
    global sent
    for start in range(0, 10_000, AT_ONCE):
        of = [
            Conversation({"customer_email": f"many{n}@example.com", "customer_lastname": "Berg"})
            for n in range(start, start + AT_ONCE)
        ]
        outcome = module.run_many(session, CONTACT, of, route=SIMULATOR["url"])
        assert outcome.status == "done"
        sent += outcome.requests


for n in range(WARM_UP):
    run(CONTACT_AND_CASE, n, "Warm")
tell(
    measure(lambda n: run(CONTACT, n, "Bergmann"), OPERATIONS, lambda: sent),
    measure(lambda n: run(CONTACT_AND_CASE, n, "Berger"), OPERATIONS, lambda: sent),
    measure(ten_thousand, 1, lambda: sent),
)
