"""Dataclasses from JSON: members by their names in camelCase, nested as the annotations say."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


def build(cls: type[T], json: dict[str, Any], /, **more: Any) -> T:
    """An object of the dataclass. What a JSON leaves out has its default."""
    known: Any = cls  # mypy takes a `type[T]` for one that may have no hash.
    members = {name: convert(json[key]) for name, key, convert in _members(known) if key in json and name not in more}
    return cls(**members, **more)


@cache
def _members(cls: Any) -> tuple[tuple[str, str, Callable[[Any], Any]], ...]:
    hints = typing.get_type_hints(cls)
    return tuple((field.name, _key(field.name), _converter(hints[field.name])) for field in dataclasses.fields(cls))


def _key(name: str) -> str:
    first, *others = name.rstrip("_").split("_")
    return first + "".join(word.capitalize() for word in others)


def _converter(hint: Any) -> Callable[[Any], Any]:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return lambda json: build(hint, json)
    if origin is list:
        entry = _converter(arguments[0])
        return _same if entry is _same else lambda json: [entry(each) for each in json]
    if origin is dict:
        member = _converter(arguments[1])
        return _same if member is _same else lambda json: {name: member(each) for name, each in json.items()}
    if origin is types.UnionType:
        some = _converter(next(argument for argument in arguments if argument is not type(None)))
        return _same if some is _same else lambda json: None if json is None else some(json)
    return _same


def _same(json: Any) -> Any:
    return json
