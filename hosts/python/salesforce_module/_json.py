"""JSON whose numbers keep their digits, as the module's own does: `12.10` stays `12.10`."""

from __future__ import annotations

import json
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

#: Levels of a document. Source: docs/embed.md, limits; one more, so that the module itself refuses it.
MAX_LEVELS = 128


class Number(float):
    """A number with a fraction or an exponent. It counts as a float, and `text` has it as it was written."""

    text: str

    def __new__(cls, text: str) -> Number:
        number = super().__new__(cls, text)
        number.text = text
        return number

    def __reduce__(self) -> tuple[type[Number], tuple[str]]:
        return Number, (self.text,)


def loads(text: str) -> Any:
    return json.loads(text, parse_float=Number, parse_int=_whole)


def dumps(value: Any, what: str = "the document") -> str:
    """`value` on one line. `what` names it in an error, which never shows a value."""
    parts: list[str] = []
    _write(value, what, MAX_LEVELS, parts.append)
    return "".join(parts)


def document(value: str | dict, what: str) -> str:
    """A document as the module takes it: a text as it is, a dict as JSON."""
    if not isinstance(value, (str, dict)):
        raise TypeError(f"{what}: expected a dict or a JSON text, got {type(value).__name__}")
    return text(value if isinstance(value, str) else dumps(value, what), what)


def text(value: str, what: str) -> str:
    """A text that can be UTF-8."""
    if not isinstance(value, str):
        raise TypeError(f"{what}: expected a text, got {type(value).__name__}")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        # Not its own message, which holds the text.
        raise ValueError(f"{what}: half a surrogate pair at character {error.start}, which no UTF-8 can hold") from None
    return value


def expect(value: Any, kind: type, what: str) -> None:
    """An argument of another kind is told by its name."""
    if not isinstance(value, kind):
        raise TypeError(f"{what}: expected {kind.__name__}, got {type(value).__name__}")


def _whole(text: str) -> int | Number:
    # Longer ones Python refuses to convert, and `-0` is no int.
    return Number(text) if text == "-0" or len(text) > 300 else int(text)


def _write(value: Any, where: str, levels: int, put: Any) -> None:
    match value:
        case None:
            put("null")
        case True:
            put("true")
        case False:
            put("false")
        case str():
            put(encode_basestring(value))
        case Number():
            put(value.text)
        case int():
            put(int.__repr__(value))
        case float() | Decimal():
            put(_finite(value, where))
        case dict() | list() | tuple() if levels == 0:
            raise ValueError(f"{where}: more than {MAX_LEVELS} levels")
        case dict():
            put("{")
            for position, (name, member) in enumerate(value.items()):
                if not isinstance(name, str):
                    raise TypeError(f"{where}: a key is of type {type(name).__name__}, expected a text")
                put(("," if position else "") + encode_basestring(name) + ":")
                _write(member, f"{where}/{name}", levels - 1, put)
            put("}")
        case list() | tuple():
            put("[")
            for position, entry in enumerate(value):
                put("," if position else "")
                _write(entry, f"{where}/{position}", levels - 1, put)
            put("]")
        case _:
            raise TypeError(
                f"{where}: {type(value).__name__} is no type of JSON; pass a text, such as `value.isoformat()` for a date"
            )


def _finite(value: float | Decimal, where: str) -> str:
    if not Decimal(value).is_finite():
        raise ValueError(f"{where}: JSON has no such number (infinite, or not a number)")
    return float.__repr__(value) if isinstance(value, float) else str(value)
