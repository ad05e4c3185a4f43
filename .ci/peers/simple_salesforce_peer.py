"""What simple-salesforce costs; see run."""

import requests
from measure import OPERATIONS, SIMULATOR, measure, tell
from requests.adapters import HTTPAdapter
from simple_salesforce import Salesforce

HOST = SIMULATOR["instanceUrl"].removeprefix("https://")
WARM_UP = 20
AT_ONCE = 200


class Route(HTTPAdapter):
    """simple-salesforce insists on https; the simulator is spoken to without it."""

    sent = 0

    def send(self, request, **more):
        Route.sent += 1
        request.url = SIMULATOR["url"] + request.url.removeprefix(SIMULATOR["instanceUrl"])
        return super().send(request, **more)


session = requests.Session()
session.trust_env = False
session.mount("https://", Route())
sf = Salesforce(instance=HOST, session_id=SIMULATOR["accessToken"], session=session, version="62.0")


def contact(n: int, name: str) -> str:
    [found] = sf.query(f"SELECT Id, LastName FROM Contact WHERE Email = 'p{n}@example.com' LIMIT 2")["records"]
    if found["LastName"] != name:
        sf.Contact.update(found["Id"], {"LastName": name})
    return found["Id"]


def contact_and_case(n: int, name: str) -> None:
    case = {"Subject": "Repair: Coffee machine", "Description": "It leaks.", "Origin": "Web"}
    assert sf.Case.create({**case, "ContactId": contact(n, name)})["success"]


def ten_thousand(_: int) -> None:
    for start in range(0, 10_000, AT_ONCE):
        emails = [f"many{n}@example.com" for n in range(start, start + AT_ONCE)]
        listed = ", ".join(f"'{email}'" for email in emails)
        found = sf.query(f"SELECT Id, Email, LastName FROM Contact WHERE Email IN ({listed})")["records"]
        known = {record["Email"] for record in found}
        new = [{"attributes": {"type": "Contact"}, "Email": email, "LastName": "Berg"} for email in emails if email not in known]
        answer = sf.restful("composite/sobjects", method="POST", json={"allOrNone": False, "records": new})
        assert len(answer) == AT_ONCE and all(row["success"] for row in answer)


for n in range(WARM_UP):
    contact_and_case(n, "Warm")
tell(
    measure(lambda n: contact(n, "Bergmann"), OPERATIONS, lambda: Route.sent),
    measure(lambda n: contact_and_case(n, "Berger"), OPERATIONS, lambda: Route.sent),
    measure(ten_thousand, 1, lambda: Route.sent),
)
