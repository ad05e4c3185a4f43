"""What the component imports of WASI 0.2, in Python: as much of it as the component uses, and no more.

Each function gets the call that it is part of, and what the guest passes. Objects that the guest has handles of have a `TYPE`, and
are told when they are `dropped`.
"""

from __future__ import annotations

from . import clocks, http, io, random
from .io import Functions

#: By interface and name, as the component spells them.
FUNCTIONS: Functions = {**io.FUNCTIONS, **clocks.FUNCTIONS, **random.FUNCTIONS, **http.FUNCTIONS}

#: Numbers of the types of resources, by name; two interfaces that name one mean the same.
RESOURCES: dict[str, int] = {
    thing.NAME: thing.TYPE
    for thing in (
        io.Error,
        io.InputStream,
        io.OutputStream,
        io.AnyPollable,
        http.Fields,
        http.OutgoingRequest,
        http.RequestOptions,
        http.OutgoingBody,
        http.FutureIncomingResponse,
        http.IncomingResponse,
        http.IncomingBody,
        http.FutureTrailers,
    )
} | {"headers": http.Fields.TYPE, "trailers": http.Fields.TYPE}
