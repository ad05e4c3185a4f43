"""The compiled component: each call gets a store and an instance of its own, which are dropped with it."""

from __future__ import annotations

import ctypes
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, byref, c_void_p, cast
from typing import Any

from wasmtime import Engine, Store, WasmtimeError
from wasmtime import _ffi as ffi
from wasmtime.component import Component, FuncType, Linker, ResourceType
from wasmtime.component import _types as types
from wasmtime.component._types import ComponentExtern, ComponentInstanceType

from . import _values, _wasi
from ._call import Call, CallEnded
from .errors import SalesforceHostError

#: Memory of one instance, in bytes, which is also what the component says of itself.
MAX_MEMORY = 32 << 20
#: Calls at the same time; a further one waits for a place, which takes nothing from its time.
MAX_CALLS = 200
#: Bytes of files that all calls together hand over at the same time: as an argument each byte takes 90, for as long as its call.
MAX_FILES = 16 << 20
#: How often a computing instance looks whether it has to end, in seconds.
EPOCH = 0.02
#: Seconds without a call after which no epochs are counted.
_IDLE = 5.0
_PACKAGE = "chat-flow:salesforce"

#: The call that this thread is in: functions of the host run in the thread that called the instance.
_current = threading.local()


class Program:
    def __init__(self, engine: Engine, component: Component, *, max_memory: int = MAX_MEMORY) -> None:
        self._engine = engine
        self._component = component
        self._max_memory = max_memory
        self._exports = _exports(engine, component)
        # wasmtime calls into these: they must live as long as the linker.
        self._callbacks: list[Any] = []
        self._linker = self._link()
        self._ticker = _Ticker(engine)
        self._places = threading.BoundedSemaphore(MAX_CALLS)
        self._files = _Budget(MAX_FILES)

    def call(self, function: str, arguments: list[Any], call: Call, file_bytes: int = 0) -> Any:
        """What the function of the component answers: of a `result`, a [`_values.Result`]."""
        with self._files.holding(file_bytes), self._places:
            call.begin()
            with self._ticker:
                return self._in_instance(function, arguments, call)

    def _in_instance(self, function: str, arguments: list[Any], call: Call) -> Any:
        index, writers = self._exports[function]
        store = Store(self._engine)
        outer, _current.call = getattr(_current, "call", None), call
        results = ffi.wasmtime_component_val_t()
        parameters = (ffi.wasmtime_component_val_t * len(writers))()
        try:
            call.check()
            store.set_limits(memory_size=self._max_memory)
            ffi.wasmtime_store_epoch_deadline_callback(store.ptr(), _on_epoch, None, _NOTHING_TO_FREE)
            store.set_epoch_deadline(1)
            context = store._context()
            instance = self._instantiate(store)
            called = instance.get_func(store, index)
            if called is None:
                raise SalesforceHostError("host", f"The component has no function `{function}`.")
            for write, argument, parameter in zip(writers, arguments, parameters, strict=True):
                write(context, call, argument, parameter)
            if error := ffi.wasmtime_component_func_call(
                byref(called._func), context, parameters, len(writers), byref(results), 1
            ):
                raise WasmtimeError._from_ptr(error)
            return _values.read(context, call, results)
        except WasmtimeError as error:
            failure = self._failure(call, error)
            raise failure from failure.__cause__
        except CallEnded as error:
            raise _ended(call, error.code) from None
        finally:
            # The instance goes with its store, whatever became of it.
            for value in (*parameters, results):
                ffi.wasmtime_component_val_delete(byref(value))
            store.close()
            call.close()
            _current.call = outer

    def _instantiate(self, store: Store) -> Any:
        try:
            return self._linker.instantiate(store, self._component)
        except WasmtimeError as error:
            raise SalesforceHostError("host", f"No instance can be made: {_reason(error)}. Nothing was sent.") from None

    def _failure(self, call: Call, error: WasmtimeError) -> BaseException:
        match call.failure:
            case CallEnded() as ended:
                return _ended(call, ended.code)
            case None:
                message = f"The module trapped: {_reason(error)}. {_what_was_written(call)}"
                return SalesforceHostError("trap", message, may_have_written=call.has_sent)
            case Exception() as failure:
                message = f"The host failed: {type(failure).__name__}. {_what_was_written(call)}"
                host = SalesforceHostError("host", message, may_have_written=call.has_sent)
                host.__cause__ = failure
                return host
            case failure:
                # Such as KeyboardInterrupt.
                return failure

    def _link(self) -> Linker:
        linker = Linker(self._engine)
        with linker.root() as root:
            for name, item in self._component.type.imports(self._engine).items():
                # Any release of WASI 0.2: they only add.
                interface = name.partition("@")[0]
                with root.add_instance(name) as instance:
                    for member, ty in _members(item, self._engine):
                        self._define(instance, interface, member, ty)
        return linker

    def _define(self, instance: Any, interface: str, name: str, item: Any) -> None:
        match item:
            case FuncType():
                function = _wasi.FUNCTIONS.get((interface, name))
                if function is None:
                    needs = f"The component needs `{interface}` `{name}`, which this package does not have: install a newer one."
                    raise SalesforceHostError("host", needs)
                callback = ffi.wasmtime_component_func_callback_t(_callback(function, item.result))
                self._callbacks.append(callback)
                encoded = name.encode()
                if error := ffi.wasmtime_component_linker_instance_add_func(
                    instance.ptr(), ctypes.create_string_buffer(encoded), len(encoded), callback, None, _NOTHING_TO_FREE
                ):
                    raise WasmtimeError._from_ptr(error)
            case ResourceType():
                instance.add_resource(name, ResourceType.host(_wasi.RESOURCES[name]), _drop)


def _exports(engine: Engine, component: Component) -> dict[str, tuple[Any, list[_values.Writer]]]:
    """By the names of their interface and of their own: `salesforce-module.run`."""
    exports = {}
    for name, extern in component.type.exports(engine).items():
        interface = name.partition("@")[0].removeprefix(f"{_PACKAGE}/")
        index = component.get_export_index(name)
        for function, member in _members(extern, engine):
            if isinstance(member, FuncType):
                writers = [_values.writer(ty) for _, ty in member.params]
                exports[f"{interface}.{function}"] = (component.get_export_index(function, index), writers)
    return exports


def _members(interface: ComponentExtern, engine: Engine) -> Iterator[tuple[str, Any]]:
    """The names and types of an interface: a component of this kind imports and exports nothing else."""
    instance = interface.ty
    assert isinstance(instance, ComponentInstanceType)
    for name, member in instance.exports(engine).items():
        yield name, member.ty


def _callback(function: Callable[..., Any], result: types.ValType | None) -> Callable[..., int]:
    write = None if result is None else _values.writer(result)

    def callback(_data: Any, context: Any, _type: Any, arguments: Any, count: int, results: Any, _results: int) -> int:
        call: Call = _current.call
        try:
            call.check()
            answer = function(call, *_values.read_all(context, call, arguments, count))
            if write is not None:
                write(context, call, answer, results[0])
        # Whatever it is: it must not go through the frames of the guest.
        except BaseException as error:
            return _end(call, error)
        return 0

    return callback


def _drop(_context: Any, number: int) -> None:
    """The guest has dropped a handle."""
    call: Call = _current.call
    try:
        call.take_back(number).dropped()
    except Exception as error:
        call.failure = call.failure or error
        raise WasmtimeError("the host ends the call") from None


@CFUNCTYPE(
    ctypes.c_size_t,
    ctypes.POINTER(ffi.wasmtime_context_t),
    c_void_p,
    ctypes.POINTER(ctypes.c_uint64),
    ctypes.POINTER(ffi.wasmtime_update_deadline_kind_t),
)
def _on_epoch(_context: Any, _data: Any, delta: Any, kind: Any) -> int:
    """While the guest computes: goes on, or ends it."""
    call: Call = _current.call
    try:
        call.check()
    except BaseException as error:
        return _end(call, error)
    delta[0] = 1
    kind[0] = 0
    return 0


def _end(call: Call, error: BaseException) -> int:
    """Keeps the error for the caller, and gives wasmtime one that ends the guest."""
    call.failure = call.failure or error
    return cast(WasmtimeError("the host ends the call")._consume(), c_void_p).value or 0


_NOTHING_TO_FREE = cast(0, CFUNCTYPE(None, c_void_p))


def _reason(error: WasmtimeError) -> str:
    """The last line; those before are addresses."""
    return str(error).strip().splitlines()[-1].strip().removeprefix("wasm trap: ")


def _ended(call: Call, code: Any) -> SalesforceHostError:
    how = "was aborted" if code == "aborted" else f"took longer than {call.seconds:g} seconds"
    return SalesforceHostError(code, f"The call {how}. {_what_was_written(call)}", may_have_written=call.has_sent)


def _what_was_written(call: Call) -> str:
    if call.has_sent:
        return "A request had been sent: look whether the records are there before you run it again."
    return "Nothing was sent."


class _Budget:
    """Bytes that calls share."""

    def __init__(self, most: int) -> None:
        self._left = most
        self._changed = threading.Condition()

    @contextmanager
    def holding(self, count: int) -> Iterator[None]:
        """Waits until `count` bytes are free, which are at most all of them."""
        with self._changed:
            self._changed.wait_for(lambda: self._left >= count)
            self._left -= count
        try:
            yield
        finally:
            with self._changed:
                self._left += count
                self._changed.notify_all()


class _Ticker:
    """Counts epochs while calls are under way, in a thread of its own, which ends when there have been none for a while. A process
    that was forked has no thread, and begins one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._changed = threading.Condition()
        self._calls = 0
        self._process: int | None = None

    def __enter__(self) -> None:
        with self._changed:
            if self._process != os.getpid():
                self._process = os.getpid()
                threading.Thread(target=self._run, name="salesforce-module-epochs", daemon=True).start()
            self._calls += 1
            self._changed.notify()

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._calls -= 1

    def _run(self) -> None:
        while True:
            with self._changed:
                if not self._changed.wait_for(lambda: self._calls, _IDLE):
                    self._process = None
                    return
            self._engine.increment_epoch()
            time.sleep(EPOCH)
