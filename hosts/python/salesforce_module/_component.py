"""The component's file, and its machine code.

Compiling takes a second or two. The machine code is run as it is, so it is kept only where no other user can write.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
from importlib.metadata import version
from pathlib import Path

from wasmtime import Config, Engine, WasmtimeError
from wasmtime import _ffi as ffi
from wasmtime.component import Component

from .errors import SalesforceHostError

FILE = "salesforce_module.wasm"
#: Names the file, where it is neither in the package nor built beside it.
VARIABLE = "SALESFORCE_MODULE"
_BUILT = ("target/guest/wasm32-unknown-unknown/release", "target/wasm32-unknown-unknown/release", "target/guest")


def read(path: str | os.PathLike[str] | None) -> bytes:
    """The component's bytes: of `path`, of the variable, of the package, or as the repository builds them."""
    file = Path(path) if path else find()
    try:
        component = file.read_bytes()
    except OSError as error:
        raise SalesforceHostError("host", f"{file}: {error.strerror or 'cannot be read'}. {_HOW_TO}") from None
    # The magic number, and version 13 of layer 1.
    if component[:8] != b"\0asm\x0d\0\1\0":
        raise SalesforceHostError("host", f"{file} is not a WebAssembly component. {_HOW_TO}")
    return component


def find() -> Path:
    if named := os.environ.get(VARIABLE):
        return Path(named)
    package = Path(__file__).resolve().parent
    carried = package / FILE
    if carried.is_file():
        return carried
    # hosts/python/salesforce_module in the repository.
    for folder in _BUILT:
        built = package.parents[2] / folder / FILE
        if built.is_file():
            return built
    raise SalesforceHostError("host", f"There is no {FILE}. {_HOW_TO}")


_HOW_TO = (
    "Build it in the repository with `cargo build --release --target wasm32-unknown-unknown`, or name the file: "
    f'`SalesforceModule.load("….wasm")`, or the environment variable {VARIABLE}.'
)


def engine() -> Engine:
    config = Config()
    config.epoch_interruption = True
    # Only WASI 0.2 runs here; without the machinery of 0.3 a call costs less. wasmtime-py has no setter for it.
    ffi.wasmtime_config_concurrency_support_set(config.ptr(), False)
    return Engine(config)


def compile(engine: Engine, component: bytes, cache: str | os.PathLike[str] | bool) -> Component:
    """Machine code, from `cache` where that is safe."""
    folder = _cache_folder(cache)
    if folder is None:
        return _compile(engine, component)
    key = hashlib.sha256(component + version("wasmtime").encode()).hexdigest()
    file = folder / f"{key[:40]}.cwasm"
    if file.is_file() and _is_ours(file):
        # Of another processor or another build of wasmtime: it is compiled again, and replaced.
        with contextlib.suppress(WasmtimeError):
            return Component.deserialize_file(engine, str(file))
    compiled = _compile(engine, component)
    # A full disk costs the next start a second, and no more.
    with contextlib.suppress(OSError):
        _write(file, compiled.serialize())
    return compiled


def _compile(engine: Engine, component: bytes) -> Component:
    try:
        return Component(engine, component)
    except WasmtimeError as error:
        raise SalesforceHostError("host", f"The component cannot be compiled: {error}") from None


def _cache_folder(cache: str | os.PathLike[str] | bool) -> Path | None:
    """The folder, if it is this user's alone. One that was asked for by name has to be."""
    if cache is False or (cache is True and not hasattr(os, "getuid")):
        return None
    named = None if cache is True else Path(cache)
    folder = named or Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "salesforce-module"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = folder.resolve(strict=True)
        is_safe = _is_ours(folder) and all(_is_closed(parent) for parent in folder.parents)
    except (OSError, RuntimeError):
        is_safe = False
    if not is_safe and named:
        raise SalesforceHostError(
            "host", f"cache={named}: other users could write there; machine code must be where only you can."
        )
    return folder if is_safe else None


def _is_ours(path: Path) -> bool:
    found = path.lstat()
    return found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH) and not path.is_symlink()


def _is_closed(folder: Path) -> bool:
    """Nobody else can put another folder in the place of what is in it."""
    found = folder.stat()
    shared = found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return found.st_uid in (0, os.getuid()) and (not shared or bool(found.st_mode & stat.S_ISVTX))


def _write(file: Path, machine_code: bytes | bytearray) -> None:
    handle, new = tempfile.mkstemp(dir=file.parent, suffix=".new")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(machine_code)
        os.replace(new, file)
    except BaseException:
        os.unlink(new)
        raise
