"""What the clients in Python measure, and how."""

import json
import os
import resource
import time
from collections.abc import Callable

OPERATIONS = int(os.environ["OPERATIONS"])
SIMULATOR = json.loads(os.environ["SIMULATOR"])


def processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def measure(operation: Callable[[int], object], count: int, sent: Callable[[], int]) -> dict:
    """Of one operation, in microseconds; `sent` counts all requests so far."""
    cpu, wall, before = processor(), time.perf_counter(), sent()
    for n in range(count):
        operation(n)
    cpu, wall = processor() - cpu, time.perf_counter() - wall
    return {"cpu": cpu / count * 1e6, "wall": wall / count * 1e6, "requests": (sent() - before) / count}


def tell(contact: dict, contact_and_case: dict, ten_thousand: dict) -> None:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    measured = {"contact": contact, "contact-and-case": contact_and_case, "ten-thousand": ten_thousand, "memory": memory}
    print(json.dumps(measured))
