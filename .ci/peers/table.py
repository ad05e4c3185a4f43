"""The org that each client begins with, and the table of what they measured.

    table.py seed OPERATIONS
    table.py table FOLDER
"""

import json
import pathlib
import sys

CLIENTS = ["module", "simple-salesforce", "jsforce"]
WORK = {
    "contact": "one Contact, looked up and updated",
    "contact-and-case": "the same, and a Case linked to it",
    "ten-thousand": "10,000 Contacts, looked up and created",
}


def seed(operations: int) -> None:
    contacts = [{"LastName": "Berg", "Email": f"p{n}@example.com"} for n in range(operations)]
    json.dump({"Contact": contacts}, sys.stdout)


def table(folder: pathlib.Path) -> None:
    measured = {client: json.loads((folder / f"{client}.json").read_text()) for client in CLIENTS}
    for work, title in WORK.items():
        print(f"\n{title}")
        print(f"{'':20}{'CPU µs':>12}{'ratio':>8}{'wall µs':>12}{'requests':>10}")
        ours = measured["module"][work]["cpu"]
        for client in CLIENTS:
            of = measured[client][work]
            ratio = of["cpu"] / ours
            print(f"{client:20}{of['cpu']:>12,.0f}{ratio:>8.2f}{of['wall']:>12,.0f}{of['requests']:>10,g}")
    print("\nmost memory of the process, MB")
    for client in CLIENTS:
        print(f"{client:20}{measured[client]['memory'] / 1e6:>12,.0f}")


if __name__ == "__main__":
    if sys.argv[1] == "seed":
        seed(int(sys.argv[2]))
    else:
        table(pathlib.Path(sys.argv[2]))
