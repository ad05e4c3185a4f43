"""Servers for the tests: the composed front under `wasmtime serve`, and the simulator. All on the loopback interface."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
TARGET = ROOT / "target" / "http"
WASMTIME = TARGET / "bin" / "wasmtime"
# With the component between front and network that sends what is meant for an org to the simulator.
FRONT = TARGET / "test-front.cwasm"
CHAT_HOST = Path(os.environ.get("CHAT_HOST", ROOT / "target" / "debug" / "chat-host"))

DOMAIN = "example.my.salesforce.com"
BEARER = "a-bearer-for-tests"
# A byte that never comes is an error of the test.
PATIENCE = 100


class Front:
    """`wasmtime serve` with the front; `route` is the simulator's host and port."""

    def __init__(self, route: str | None, **environment: str) -> None:
        variables = {"FRONT_TOKEN": BEARER, "FRONT_DOMAINS": DOMAIN, **environment}
        if route is not None:
            variables["TEST_ROUTE"] = route
        settings = [argument for name, value in variables.items() for argument in ("--env", f"{name}={value}")]
        self.process = subprocess.Popen(
            [WASMTIME, "serve", "--allow-precompiled", "-Scli", "-Wtimeout=70s", "--addr=127.0.0.1:0"]
            + ["--shutdown-addr=127.0.0.1:0", *settings, FRONT],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.log: list[str] = []
        self.shutdown_port = self._port(r"shutdown.*127\.0\.0\.1:(\d+)")
        self.port = self._port(r"Serving HTTP on http://127\.0\.0\.1:(\d+)")
        threading.Thread(target=self._read, daemon=True).start()

    def _port(self, pattern: str) -> int:
        for line in self.process.stderr:
            self.log.append(line)
            if found := re.search(pattern, line):
                return int(found[1])
        raise RuntimeError("wasmtime serve has not started: " + "".join(self.log))

    def _read(self) -> None:
        for line in self.process.stderr:
            self.log.append(line)

    def post(self, path: str, body, token: str | None = "", **options) -> Answer:
        return call(self.port, "POST", path, body, token, **options)

    def get(self, path: str, **options) -> Answer:
        return call(self.port, "GET", path, None, None, **options)

    def close(self) -> None:
        self.process.terminate()
        self.process.wait()

    def __enter__(self) -> Front:
        return self

    def __exit__(self, *_) -> None:
        self.close()


class Answer:
    """What came back."""

    def __init__(self, status: int, headers: http.client.HTTPMessage, text: str) -> None:
        self.status, self.headers, self.text = status, headers, text

    @property
    def json(self):
        return json.loads(self.text)


def call(port, method, path, body, token, *, bearer=BEARER, headers=None, timeout=PATIENCE) -> Answer:
    """One request on a connection of its own. `body` is JSON, or bytes as they are."""
    sent = dict(headers or {})
    if bearer is not None:
        sent["Authorization"] = f"Bearer {bearer}"
    if token:
        sent["X-Salesforce-Access-Token"] = token
    if body is not None and not isinstance(body, bytes):
        body, sent["Content-Type"] = json.dumps(body).encode(), "application/json"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request(method, path, body, sent)
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read().decode())
    finally:
        connection.close()


class Simulator:
    """`chat-host simulate`: a Salesforce org in memory."""

    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [CHAT_HOST, "simulate", *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        reached = json.loads(self.process.stdout.readline())
        self.token = reached["accessToken"]
        self.route = reached["url"].removeprefix("http://")
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def count(self, sobject: str) -> int:
        host, port = self.route.split(":")
        connection = http.client.HTTPConnection(host, int(port), timeout=PATIENCE)
        query = f"/services/data/v62.0/query?q=SELECT+COUNT()+FROM+{sobject}"
        connection.request("GET", query, headers={"Authorization": f"Bearer {self.token}"})
        return json.loads(connection.getresponse().read())["totalSize"]

    def __enter__(self) -> Simulator:
        return self

    def __exit__(self, *_) -> None:
        self.process.terminate()
        self.process.wait()
