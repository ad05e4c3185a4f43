"""`wasi:random`."""

from __future__ import annotations

import os

from .._call import Call
from .io import Functions

#: Most bytes at once; the module draws a few dozen, for a log-in.
_MAX_BYTES = 64 << 10


def _bytes(_call: Call, length: int) -> bytes:
    if length > _MAX_BYTES:
        raise ValueError("more random bytes than a call needs")
    return os.urandom(length)


def _u64(_call: Call) -> int:
    return int.from_bytes(os.urandom(8))


FUNCTIONS: Functions = {
    ("wasi:random/random", "get-random-bytes"): _bytes,
    ("wasi:random/random", "get-random-u64"): _u64,
}
