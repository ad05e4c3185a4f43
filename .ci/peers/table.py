"""The org that each client begins with, and the table of what they measured.

    table.py seed OPERATIONS
    table.py table FOLDER
"""

import json
import pathlib
import sys

CLIENTS = {
    "module": "module, Rust",
    "native": "its code, no sandbox",
    "node-host": "module, hosts/node",
    "python-host": "module, hosts/python",
    "simple-salesforce": "simple-salesforce",
    "jsforce": "jsforce",
}
WORK = {
    "contact": "one Contact, looked up and updated",
    "contact-and-case": "the same, and a Case linked to it",
    "ten-thousand": "10,000 Contacts, looked up and created",
}


def seed(operations: int) -> None:
    contacts = [{"LastName": "Berg", "Email": f"p{n}@example.com"} for n in range(operations)]
    json.dump({"Contact": contacts}, sys.stdout)


def table(folder: pathlib.Path) -> None:
    measured = {client: json.loads((folder / f"{client}.json").read_text()) for client in CLIENTS if client != "native"}
    # Measured by the same process, in turns with the sandboxed.
    measured["native"] = measured["module"]["native"]
    for work, title in WORK.items():
        print(f"\n{title}")
        print(f"{'':20}{'CPU µs':>12}{'ratio':>8}{'wall µs':>12}{'requests':>10}")
        ours = measured["module"][work]["cpu"]
        for client, name in CLIENTS.items():
            of = measured[client].get(work)
            if of is None:
                continue
            ratio = of["cpu"] / ours
            print(f"{name:20}{of['cpu']:>12,.0f}{ratio:>8.2f}{of['wall']:>12,.0f}{of['requests']:>10,g}")
    print("\n1,000 conversations at once")
    for name, client in (("module, each in an instance of its own", "module"), ("its code without a sandbox", "native")):
        at_once = measured[client]["at-once"]
        print(f"{name:40}{at_once['cpu']:>8,.0f} µs CPU; 99 of 100 have ended after {at_once['p99']:,.0f} ms")
    print(f"memory of each instance, kB{measured['module']['at-once']['memory'] / 1e3:>22,.0f}")
    print("\nmost memory of the process, MB")
    for client, name in CLIENTS.items():
        if "memory" in measured[client]:
            print(f"{name:20}{measured[client]['memory'] / 1e6:>12,.0f}")


if __name__ == "__main__":
    if sys.argv[1] == "seed":
        seed(int(sys.argv[2]))
    else:
        table(pathlib.Path(sys.argv[2]))
