"""What a call costs: microseconds for each `plan`, and for each `run` against a server in this machine.

python bench.py [seconds]
"""

from __future__ import annotations

import asyncio
import multiprocessing
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from salesforce_module import SalesforceModule, Session

EXAMPLES = Path(__file__).resolve().parents[2] / "host-tests" / "examples"
DOMAIN = "example.my.salesforce.com"
#: A lookup finds nothing, and a write writes both.
LOOKUP = (
    b'{"compositeResponse":[{"referenceId":"find_Contact","httpStatusCode":200,"httpHeaders":{},'
    b'"body":{"totalSize":0,"done":true,"records":[]}}]}'
)
WRITE = (
    b'{"compositeResponse":[{"referenceId":"write_Contact","httpStatusCode":201,"httpHeaders":{},"body":{"id":"003000000000001AAA","success":true,"errors":[]}},'
    b'{"referenceId":"write_Case","httpStatusCode":201,"httpHeaders":{},"body":{"id":"500000000000001AAA","success":true,"errors":[]}},'
    b'{"referenceId":"read_Case","httpStatusCode":200,"httpHeaders":{},"body":{"CaseNumber":"00001026"}}]}'
)


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 3.0
    settings, variables = (EXAMPLES / "support.json").read_text(), (EXAMPLES / "variables.json").read_text()
    began = time.perf_counter()
    module = SalesforceModule.load(cache=False)
    compiled = time.perf_counter()
    SalesforceModule.load()
    SalesforceModule.load()
    began_again = time.perf_counter()
    SalesforceModule.load()
    loaded = time.perf_counter()
    print(
        f"compile {(compiled - began) * 1e3:8.0f} ms, load what an earlier start has left {(loaded - began_again) * 1e3:.0f} ms"
    )

    _measure("plan of Contact and Case", seconds, lambda: module.plan(settings, variables))
    # Not forked: this process has threads.
    spawning = multiprocessing.get_context("spawn")
    port = spawning.Queue()
    server = spawning.Process(target=serve, args=(port,), daemon=True)
    server.start()
    route = f"http://127.0.0.1:{port.get()}"
    session = Session(DOMAIN, "token")
    assert module.run(session, settings, variables, route=route).status == "done"
    _measure("run of Contact and Case", seconds, lambda: module.run(session, settings, variables, route=route))
    with ThreadPoolExecutor(16) as threads:
        began, ran = time.perf_counter(), 0
        while time.perf_counter() - began < seconds:
            ran += len(list(threads.map(lambda _: module.run(session, settings, variables, route=route), range(64))))
        print(f"{ran / (time.perf_counter() - began):8.0f} runs a second by 16 threads")
    server.kill()


def _measure(what: str, seconds: float, call: Callable[[], object]) -> None:
    times = []
    ends = time.perf_counter() + seconds
    while time.perf_counter() < ends:
        began = time.perf_counter()
        call()
        times.append((time.perf_counter() - began) * 1e6)
    print(f"{statistics.median(times):8.0f} µs {what} (median of {len(times)}; best {min(times):.0f})")


def serve(port: multiprocessing.Queue) -> None:
    """Answers every lookup and every write alike, as fast as Python does."""

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = next(
                    int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")
                )
                body = LOOKUP if b'"find_Contact"' in await reader.readexactly(length) else WRITE
                writer.write(
                    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
                    % (len(body), body)
                )
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(converse, "127.0.0.1", 0)
        port.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


if __name__ == "__main__":
    main()
