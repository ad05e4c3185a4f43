"""One call: the time that it has, what its instance has handles of, and what waits for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from ._egress import Egress
    from .errors import FailureCode


class Pollable(Protocol):
    def is_ready(self) -> bool: ...

    @property
    def due(self) -> float | None:
        """When it becomes ready by itself, on the monotonic clock."""


class CallEnded(Exception):
    """The host ends the call: thrown in whatever the guest has called, and out of its instance."""

    def __init__(self, code: FailureCode) -> None:
        self.code: FailureCode = code
        super().__init__(code)


class Call:
    """Guest code runs in one thread. Others tell it of news under `changed`."""

    def __init__(self, egress: Egress | None, seconds: float) -> None:
        self.egress = egress
        self.seconds = seconds
        self.changed = threading.Condition()
        #: Whether any request was handed to the network.
        self.has_sent = False
        #: What a function of the host came to that it should not have.
        self.failure: BaseException | None = None
        self._deadline = float("inf")
        self._is_aborted = False
        self._things: dict[int, Any] = {}
        self._last = 0

    def begin(self) -> None:
        """The time of a call begins when it has its place."""
        self._deadline = time.monotonic() + self.seconds

    def abort(self) -> None:
        """From any thread, at any time."""
        with self.changed:
            self._is_aborted = True
            self.changed.notify_all()

    def check(self) -> None:
        """Raises if the call has to end."""
        if self._is_aborted:
            raise CallEnded("aborted")
        if time.monotonic() >= self._deadline:
            raise CallEnded("timeout")

    def poll(self, pollables: Sequence[Pollable]) -> list[int]:
        """Waits until one is ready, and tells which are."""
        with self.changed:
            while True:
                self.check()
                if ready := [position for position, pollable in enumerate(pollables) if pollable.is_ready()]:
                    return ready
                due = min([self._deadline, *(pollable.due for pollable in pollables if pollable.due is not None)])
                self.changed.wait(min(max(due - time.monotonic(), 0), threading.TIMEOUT_MAX))

    # What its instance has handles of.

    def hand_out(self, thing: Any) -> tuple[int, int]:
        self._last += 1
        self._things[self._last] = thing
        return self._last, thing.TYPE

    def borrow(self, number: int) -> Any:
        return self._things[number]

    def take_back(self, number: int) -> Any:
        return self._things.pop(number)

    def close(self) -> None:
        """Ends what is still under way."""
        things, self._things = self._things, {}
        for thing in things.values():
            thing.dropped()
