"""`wasi:clocks/monotonic-clock`."""

from __future__ import annotations

import time

from .._call import Call
from .io import AnyPollable, Functions

_NANOSECONDS = 1_000_000_000


class Timer(AnyPollable):
    def __init__(self, due: float) -> None:
        self._due = due

    @property
    def due(self) -> float:
        return self._due

    def is_ready(self) -> bool:
        return time.monotonic() >= self._due


def _now(_call: Call) -> int:
    return time.monotonic_ns()


def _subscribe_instant(_call: Call, when: int) -> Timer:
    return Timer(when / _NANOSECONDS)


def _subscribe_duration(_call: Call, duration: int) -> Timer:
    return Timer(time.monotonic() + duration / _NANOSECONDS)


FUNCTIONS: Functions = {
    ("wasi:clocks/monotonic-clock", "now"): _now,
    ("wasi:clocks/monotonic-clock", "subscribe-instant"): _subscribe_instant,
    ("wasi:clocks/monotonic-clock", "subscribe-duration"): _subscribe_duration,
}
