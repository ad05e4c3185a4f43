"""Values between Python and the component.

wasmtime-py walks the types of a function at each call, and takes 2 µs for each byte of a `list<u8>`: 10 ms for a small request.
So its C interface is used directly. Reading needs no types, since a C value says what it is; what writes a value is made from its
type once. Layouts are checked when the module is imported, and the version of wasmtime is pinned.

In Python a record is a dict, an option is None or its value, a result is a [`Result`], a variant is its name with its payload, and a
handle is the object that it stands for.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable
from ctypes import POINTER, byref, memset, sizeof, string_at
from typing import Any, NamedTuple, Protocol

from wasmtime import WasmtimeError
from wasmtime import _ffi as ffi
from wasmtime.component import _types as types

#: Kind and the three words of its value.
_VALUE = struct.Struct("=B7xQQQ")
#: Length and address of the name, then the value.
_MEMBER = struct.Struct("=QQB7xQQQ")
_SIZE = _VALUE.size
_FIRST_WORD = 8

_C_VALUE = ffi.wasmtime_component_val_t
_C_MEMBER = ffi.wasmtime_component_valrecord_entry_t
if (sizeof(_C_VALUE), _C_VALUE.of.offset, sizeof(_C_MEMBER), _C_MEMBER.val.offset) != (
    _SIZE,
    _FIRST_WORD,
    _MEMBER.size,
    16,
):
    raise ImportError("this version of wasmtime lays out its values in another way: install the version that is pinned")

_BOOL, _U8, _U16, _U32, _U64 = (
    kind.value
    for kind in (
        ffi.WASMTIME_COMPONENT_BOOL,
        ffi.WASMTIME_COMPONENT_U8,
        ffi.WASMTIME_COMPONENT_U16,
        ffi.WASMTIME_COMPONENT_U32,
        ffi.WASMTIME_COMPONENT_U64,
    )
)
_STRING = ffi.WASMTIME_COMPONENT_STRING.value
_LIST = ffi.WASMTIME_COMPONENT_LIST.value
_RECORD = ffi.WASMTIME_COMPONENT_RECORD.value
_TUPLE = ffi.WASMTIME_COMPONENT_TUPLE.value
_VARIANT = ffi.WASMTIME_COMPONENT_VARIANT.value
_ENUM = ffi.WASMTIME_COMPONENT_ENUM.value
_OPTION = ffi.WASMTIME_COMPONENT_OPTION.value
_RESULT = ffi.WASMTIME_COMPONENT_RESULT.value
_RESOURCE = ffi.WASMTIME_COMPONENT_RESOURCE.value


class Result(NamedTuple):
    is_ok: bool
    value: Any = None


class Handles(Protocol):
    """The objects that a guest has handles of."""

    def hand_out(self, thing: Any) -> tuple[int, int]:
        """The number of a new handle, and that of its type."""

    def borrow(self, number: int) -> Any: ...

    def take_back(self, number: int) -> Any: ...


#: Writes a Python value into a C value, which holds nothing before.
Writer = Callable[[Any, Handles, Any, Any], None]


def read(context: Any, handles: Handles, value: Any) -> Any:
    """A C value as a Python value. It stays its owner's."""
    return _read(context, handles, *_VALUE.unpack(string_at(ctypes.addressof(value), _SIZE)))


def read_all(context: Any, handles: Handles, values: Any, count: int) -> list[Any]:
    """C values that stand one behind the other."""
    return [_read(context, handles, *value) for value in _VALUE.iter_unpack(string_at(values, count * _SIZE))]


def _read(context: Any, handles: Handles, kind: int, first: int, second: int, third: int) -> Any:
    if kind in (_STRING, _ENUM):
        return string_at(second, first).decode() if first else ""
    if kind == _OPTION:
        return _read_at(context, handles, first)
    if kind == _RECORD:
        members = _MEMBER.iter_unpack(string_at(second, first * _MEMBER.size)) if first else ()
        return {string_at(name, length).decode(): _read(context, handles, *value) for length, name, *value in members}
    if kind == _LIST:
        if not first:
            return []
        entries = string_at(second, first * _SIZE)
        if entries[0] == _U8:
            return entries[_FIRST_WORD::_SIZE]
        return [_read(context, handles, *value) for value in _VALUE.iter_unpack(entries)]
    if kind == _TUPLE:
        return tuple(_read(context, handles, *value) for value in _VALUE.iter_unpack(string_at(second, first * _SIZE)))
    if kind == _RESULT:
        return Result(bool(first & 0xFF), _read_at(context, handles, second))
    if kind == _VARIANT:
        return string_at(second, first).decode(), _read_at(context, handles, third)
    if kind == _RESOURCE:
        return _read_handle(context, handles, first)
    if kind == _U64:
        return first
    if kind == _U32:
        return first & 0xFFFFFFFF
    if kind == _BOOL:
        return bool(first & 0xFF)
    if kind == _U16:
        return first & 0xFFFF
    raise TypeError(f"the module's interface has a kind of value that this package does not know ({kind})")


def _read_at(context: Any, handles: Handles, address: int) -> Any:
    return _read(context, handles, *_VALUE.unpack(string_at(address, _SIZE))) if address else None


def _read_handle(context: Any, handles: Handles, address: int) -> Any:
    any_handle = ctypes.cast(address, POINTER(ffi.wasmtime_component_resource_any_t))
    host = POINTER(ffi.wasmtime_component_resource_host_t)()
    if error := ffi.wasmtime_component_resource_any_to_host(context, any_handle, byref(host)):
        raise WasmtimeError._from_ptr(error)
    number, is_owned = ffi.wasmtime_component_resource_host_rep(host), ffi.wasmtime_component_resource_host_owned(host)
    ffi.wasmtime_component_resource_host_delete(host)
    return handles.take_back(number) if is_owned else handles.borrow(number)


def writer(ty: types.ValType) -> Writer:
    """What writes values of this type."""
    match ty:
        case types.Bool():
            return _plain(_BOOL, "boolean")
        case types.U8():
            return _plain(_U8, "u8")
        case types.U16():
            return _plain(_U16, "u16")
        case types.U32():
            return _plain(_U32, "u32")
        case types.U64():
            return _plain(_U64, "u64")
        case types.String():
            return _text(_STRING, "string")
        case types.EnumType():
            return _text(_ENUM, "enumeration")
        case types.ListType() if isinstance(ty.element, types.U8):
            return _write_bytes
        case types.ListType():
            return _list(writer(ty.element))
        case types.RecordType():
            return _record([(name, writer(member)) for name, member in ty.fields])
        case types.OptionType():
            return _option(writer(ty.payload))
        case types.ResultType():
            return _result(_optional_writer(ty.ok), _optional_writer(ty.err))
        case types.VariantType():
            return _variant({name: _optional_writer(payload) for name, payload in ty.cases})
        case types.OwnType():
            return _write_handle
        # Only handed to the host.
        case types.BorrowType():
            return _never
    raise TypeError(f"the module's interface has a type that this package does not know ({type(ty).__name__})")


def _optional_writer(ty: types.ValType | None) -> Writer | None:
    return None if ty is None else writer(ty)


def _plain(kind: int, member: str) -> Writer:
    def write(_context: Any, _handles: Handles, value: Any, into: Any) -> None:
        setattr(into.of, member, value)
        into.kind = kind

    return write


def _text(kind: int, member: str) -> Writer:
    def write(_context: Any, _handles: Handles, value: str, into: Any) -> None:
        setattr(into.of, member, ffi.str_to_capi(value))
        into.kind = kind

    return write


def _write_bytes(_context: Any, _handles: Handles, value: bytes, into: Any) -> None:
    data = _new_list(into, len(value))
    if value:
        entries = memoryview((ctypes.c_char * (len(value) * _SIZE)).from_address(data)).cast("B")
        entries[::_SIZE] = bytes((_U8,)) * len(value)
        entries[_FIRST_WORD::_SIZE] = value


def _list(entry: Writer) -> Writer:
    def write(context: Any, handles: Handles, value: list, into: Any) -> None:
        data = _new_list(into, len(value))
        for position, item in enumerate(value):
            entry(context, handles, item, _C_VALUE.from_address(data + position * _SIZE))

    return write


def _new_list(into: Any, length: int) -> int:
    """An empty list, for which the caller writes the entries: until then each is `false`, so that it can be dropped at any time."""
    entries = ffi.wasmtime_component_vallist_t()
    ffi.wasmtime_component_vallist_new_uninit(byref(entries), length)
    data = ctypes.cast(entries.data, ctypes.c_void_p).value or 0
    if length:
        memset(data, 0, length * _SIZE)
    into.of.list = entries
    into.kind = _LIST
    return data


def _record(members: list[tuple[str, Writer]]) -> Writer:
    def write(context: Any, handles: Handles, value: dict, into: Any) -> None:
        entries = ffi.wasmtime_component_valrecord_t()
        ffi.wasmtime_component_valrecord_new_uninit(byref(entries), len(members))
        memset(entries.data, 0, len(members) * _MEMBER.size)
        into.of.record = entries
        into.kind = _RECORD
        for position, (name, member) in enumerate(members):
            entries.data[position].name = ffi.str_to_capi(name)
            member(context, handles, value[name], entries.data[position].val)

    return write


def _option(some: Writer) -> Writer:
    def write(context: Any, handles: Handles, value: Any, into: Any) -> None:
        into.of.option = None if value is None else _boxed(context, handles, value, some)
        into.kind = _OPTION

    return write


def _result(ok: Writer | None, err: Writer | None) -> Writer:
    def write(context: Any, handles: Handles, value: Result, into: Any) -> None:
        payload = ok if value.is_ok else err
        into.of.result.is_ok = value.is_ok
        into.of.result.val = None if payload is None else _boxed(context, handles, value.value, payload)
        into.kind = _RESULT

    return write


def _variant(cases: dict[str, Writer | None]) -> Writer:
    def write(context: Any, handles: Handles, value: tuple[str, Any], into: Any) -> None:
        name, payload = value
        case = cases[name]
        into.of.variant.val = None if case is None else _boxed(context, handles, payload, case)
        into.of.variant.discriminant = ffi.str_to_capi(name)
        into.kind = _VARIANT

    return write


def _boxed(context: Any, handles: Handles, value: Any, write: Writer) -> Any:
    payload = _C_VALUE()
    write(context, handles, value, payload)
    return ffi.wasmtime_component_val_new(byref(payload))


def _write_handle(context: Any, handles: Handles, value: Any, into: Any) -> None:
    number, type_number = handles.hand_out(value)
    host = ffi.wasmtime_component_resource_host_new(True, number, type_number)
    any_handle = POINTER(ffi.wasmtime_component_resource_any_t)()
    error = ffi.wasmtime_component_resource_host_to_any(context, host, byref(any_handle))
    ffi.wasmtime_component_resource_host_delete(host)
    if error:
        raise WasmtimeError._from_ptr(error)
    into.of.resource = any_handle
    into.kind = _RESOURCE


def _never(_context: Any, _handles: Handles, _value: Any, _into: Any) -> None:
    raise TypeError("a host gives no borrowed handle")
