"""Two replicas behind one address, and one of them ends under load: no conversation is lost, none is written twice.

Bounded in number and time, and on the loopback interface only. Times are printed and not asserted.
"""

from __future__ import annotations

import http.client
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from balancer import Balancer
from examples import mapping
from serving import DOMAIN, Front, Simulator, call

CONVERSATIONS = 400
AT_ONCE = 8
# Runs of one conversation, the first included.
TRIES = 5
# A new Case for each conversation, marked with its step: a step that runs again writes no second one.
SETTINGS = {
    "mode": "sobject-write",
    "deploymentDomain": DOMAIN,
    "mappings": [mapping("topic", "Subject", "Case")],
    "objects": {"Case": {"idempotency": {"field": "Chat_Conversation_Id__c", "variable": "step"}}},
}


def body(number: int) -> dict:
    return {"settings": SETTINGS, "variables": {"topic": "Repair", "step": f"step-{number}"}}


class Load:
    """Conversations that run once each, and again where a connection is lost."""

    def __init__(self, port: int, token: str) -> None:
        self.port, self.token = port, token
        self.milliseconds: list[float] = []
        self.lost = 0
        self.under_way = threading.Event()

    def run(self, number: int) -> str:
        if number == CONVERSATIONS // 4:
            self.under_way.set()
        for _ in range(TRIES):
            begun = time.perf_counter()
            try:
                answer = call(self.port, "POST", "/run", body(number), self.token)
            except (OSError, http.client.HTTPException):
                self.lost += 1
                continue
            self.milliseconds.append((time.perf_counter() - begun) * 1000)
            if answer.status == 200 and answer.json["status"] == "done":
                return answer.json["records"][0]["result"]
            return f"{answer.status} {answer.text[:300]}"
        return "given up"

    def all(self, end_one) -> list[str]:
        begun = time.perf_counter()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            results = [pool.submit(self.run, number) for number in range(CONVERSATIONS)]
            assert self.under_way.wait(120)
            end_one()
            results = [result.result() for result in results]
        seconds = time.perf_counter() - begun
        times = sorted(self.milliseconds)
        p50, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
        print(
            f"\n{len(times)} runs of two replicas, one of them ended: {len(times) / seconds:.0f} a second, "
            f"p50 {p50:.0f} ms, p99 {p99:.0f} ms; {self.lost} connections lost, each run again"
        )
        return results


def under_load(end_one):
    with Simulator() as org, Front(org.route) as first, Front(org.route) as second:
        balancer = Balancer([first.port, second.port])
        load = Load(balancer.port, org.token)
        results = load.all(lambda: end_one(balancer, first))
        balancer.close()
        return results, load.lost, org.count("Case")


def test_a_replica_that_is_shut_down_is_not_noticed():
    """The platform sends it nothing more, lets it finish what it has, and ends it."""

    def shut_down(balancer: Balancer, replica: Front) -> None:
        assert balancer.take_out(replica.port) > 0
        socket.create_connection(("127.0.0.1", replica.shutdown_port)).close()
        assert replica.process.wait(60) == 0

    results, lost, cases = under_load(shut_down)
    assert set(results) == {"created"}
    assert (len(results), lost, cases) == (CONVERSATIONS, 0, CONVERSATIONS)


def test_a_replica_that_is_killed_loses_no_conversation():
    """Callers whose connection is lost run the conversation again. Marked with its step, it is written once."""

    def kill(_: Balancer, replica: Front) -> None:
        replica.process.kill()

    results, _, cases = under_load(kill)
    assert set(results) <= {"created", "unchanged"}
    assert (len(results), cases) == (CONVERSATIONS, CONVERSATIONS)
