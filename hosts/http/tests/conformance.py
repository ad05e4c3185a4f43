"""The driver of hosts/conformance for the front: each call is an HTTP request, as an engine would send it.

Each route is a server of its own: the front gets its way to the simulator when it starts, and none afterwards.
"""

from __future__ import annotations

import json
import sys
import threading
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException

from serving import Front

# Servers without a call that are kept.
KEPT = 12
# The check of a trap hands over 40 MiB, which must get as far as the module.
BODY_BYTES = str(64 << 20)

OF_MANY = ("settings", "conversations", "earlier")
PATHS = {
    "manifest": ("/manifest", ()),
    "form": ("/form", ("mode", "language", "renderer", "records")),
    "check": ("/check", ("settings", "knownVariables")),
    "describe": ("/describe", ("settings",)),
    "prepare": ("/prepare", ("settings",)),
    "objects": ("/objects", ()),
    "fields": ("/fields", ()),
    "plan": ("/plan", ("settings", "variables", "correlation")),
    "preview": ("/preview", ("settings", "variables", "correlation")),
    "run": ("/run", ("settings", "variables", "correlation")),
    "runMany": ("/run-many", OF_MANY),
    "prepareHandover": ("/handover/prepare", ("settings",)),
    "startHandover": ("/handover/start", ("settings", "variables", "earlier", "now", "correlation")),
    "sendMessage": ("/handover/send", ("settings", "chat", "message", "now")),
    "receiveEvents": ("/handover/receive", ("settings", "chat", "waitSeconds", "now")),
    "endHandover": ("/handover/end", ("settings", "chat", "now")),
}


class Fronts:
    """A running front for each route, as long as it has calls; some are kept longer."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.fronts: OrderedDict[str | None, list] = OrderedDict()

    def take(self, route: str | None) -> Front:
        with self.lock:
            if route not in self.fronts:
                self.fronts[route] = [Front(route and route.removeprefix("http://"), FRONT_MAX_BODY_BYTES=BODY_BYTES), 0]
            front, _ = entry = self.fronts[route]
            entry[1] += 1
            self.fronts.move_to_end(route)
            return front

    def give_back(self, route: str | None) -> None:
        with self.lock:
            self.fronts[route][1] -= 1
            idle = [route for route, (_, calls) in self.fronts.items() if calls == 0]
            for route in idle[:-KEPT]:
                self.fronts.pop(route)[0].close()

    def close(self) -> None:
        for front, _ in self.fronts.values():
            front.close()


def failure(identity, code: str, message: str) -> str:
    return json.dumps({"id": identity, "failure": {"code": code, "message": message}})


def answered(fronts: Fronts, line: str) -> str:
    try:
        asked = json.loads(line)
        identity, function = asked["id"], asked["function"]
    except (ValueError, TypeError, KeyError):
        return failure(None, "host", "a line must be a call: a JSON object with `id` and `function`")
    if not isinstance(identity, int) or function not in PATHS:
        return failure(identity if isinstance(identity, int) else None, "host", "there is no such function")
    route, abort_after = asked.get("route"), asked.get("abortAfter")
    try:
        front = fronts.take(route)
    except RuntimeError as error:
        return failure(identity, "host", str(error))
    try:
        return carried_out(front, identity, function, asked["arguments"], abort_after)
    except TimeoutError:
        return failure(identity, "aborted", "the connection was closed")
    except (OSError, HTTPException, LookupError, ValueError) as error:
        return failure(identity, "host", f"the call has failed: {type(error).__name__}")
    finally:
        fronts.give_back(route)


def carried_out(front: Front, identity: int, function: str, given: dict, abort_after: int | None) -> str:
    path, members = PATHS[function]
    session = given.get("session") or {}
    body = {name: given[name] for name in members if given.get(name) is not None}
    if "query" in given:
        asked = {name: value for name, value in given["query"].items() if value is not None}
        body = asked if function == "fields" else {name: value for name, value in asked.items() if name not in ("object", "values")}
    elif session and function in ("prepare", "preview", "run", "runMany"):
        body["domain"] = session["domain"]
    timeout = {} if abort_after is None else {"timeout": abort_after / 1000}
    if function == "manifest":
        answer = front.get(path, **timeout)
    else:
        answer = front.post(path, body, session.get("accessToken"), **timeout)
    if answer.status == 200:
        text = settings_of(answer.text) if function == "prepare" else answer.text
        return f'{{"id":{identity},"answer":{in_one_line(text)}}}'
    if answer.status == 422:
        return json.dumps({"id": identity, "findings": answer.json["findings"]})
    if answer.headers.get_content_type() != "application/problem+json":
        return failure(identity, "trap", f"the front ended with the status {answer.status}")
    return failure(identity, "host", answer.json["detail"])


def settings_of(text: str) -> str:
    """`chat-host prepare` prints the settings themselves, and without any what became of them. No number is read on the way."""
    begin = text.index(":") + 1
    settings, end = json.JSONDecoder().raw_decode(text, begin)
    return text if settings is None else text[begin:end]


def in_one_line(text: str) -> str:
    """In JSON a line can only end between values, where a blank is as good."""
    return text.replace("\r", " ").replace("\n", " ")


def main() -> None:
    fronts, writing = Fronts(), threading.Lock()

    def tell(line: str) -> None:
        text = answered(fronts, line)
        with writing:
            sys.stdout.write(text + "\n")
            sys.stdout.flush()

    with ThreadPoolExecutor(32) as pool:
        calls = [pool.submit(tell, line) for line in sys.stdin]
    fronts.close()
    for each in calls:
        each.result()


main()
