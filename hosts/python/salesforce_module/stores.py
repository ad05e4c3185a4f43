"""Where connections live. An engine puts its database here; `FileStore` is for one machine, and shares its files with `chat-host`."""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from .errors import SalesforceHostError
from .oauth import Client, Grant, Tokens

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

#: A name is part of a path.
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Connection:
    """All that is known of one connection. Secret as a whole."""

    client: Client
    access_token: str = field(repr=False)
    #: None for the client credentials flow, which asks anew with the client secret.
    grant: Grant | None = field(repr=False)

    @classmethod
    def of(cls, client: Client, tokens: Tokens) -> Connection:
        """Of a token answer."""
        return cls(client, tokens.access_token, tokens.grant)


class Store(Protocol):
    """Called from several threads."""

    def load(self, name: str) -> Connection | None: ...

    def save(self, name: str, connection: Connection) -> None:
        """Replaces the connection as a whole, durably: when this returns, every other worker sees it."""

    def lock(self, name: str) -> AbstractContextManager[Any]:
        """Held while one worker renews: waits until no other worker of any process holds it."""


class FileStore:
    """A folder of connections: one file each, readable by its owner only, replaced as a whole."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        if fcntl is None:
            raise SalesforceHostError(
                "host", "FileStore needs the file locks of a POSIX system: use a store of your own here."
            )
        self._folder = Path(folder)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def load(self, name: str) -> Connection | None:
        path = self._path(name, "json")
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
        try:
            return _from_json(json.loads(content))
        except (ValueError, KeyError, TypeError):
            # Its text never gets into the message: the file is made of secrets.
            raise SalesforceHostError("host", f"{path} is not a connection: remove it and authorize again.") from None

    def save(self, name: str, connection: Connection) -> None:
        path, new = self._path(name, "json"), self._path(name, "new")
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            # One that a crash has left may have another mode.
            os.fchmod(handle, 0o600)
            file.write(json.dumps(_to_json(connection)).encode())
            file.flush()
            os.fsync(handle)
        os.replace(new, path)
        _sync_folder(self._folder)

    def remove(self, name: str) -> bool:
        found = False
        # What a crash left while writing is as secret as the rest.
        for ending in ("new", "json"):
            with contextlib.suppress(FileNotFoundError):
                self._path(name, ending).unlink()
                found = True
        return found

    def names(self) -> list[str]:
        return sorted(path.stem for path in self._folder.glob("*.json") if _NAME.fullmatch(path.stem))

    @contextlib.contextmanager
    def lock(self, name: str) -> Iterator[None]:
        # A file beside the connection, which is itself replaced while it is locked. The lock ends with the process, however that ends.
        handle = os.open(self._path(name, "lock"), os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _path(self, name: str, ending: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError("the name of a connection is up to 64 letters, digits, `-` and `_`")
        return self._folder / f"{name}.{ending}"


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _to_json(connection: Connection) -> dict[str, Any]:
    client, grant = connection.client, connection.grant
    return {
        "deploymentDomain": client.deployment_domain,
        "clientId": client.client_id,
        "clientSecret": client.client_secret,
        "accessToken": connection.access_token,
        "grant": grant
        and {
            "refreshToken": grant.refresh_token,
            "instanceUrl": grant.instance_url,
            "scope": grant.scope,
            "identityUrl": grant.identity_url,
        },
    }


def _from_json(stored: dict[str, Any]) -> Connection:
    grant = stored.get("grant")
    return Connection(
        Client(_text(stored["deploymentDomain"]), _text(stored["clientId"]), stored.get("clientSecret")),
        _text(stored["accessToken"]),
        grant
        and Grant(
            _text(grant["refreshToken"]), _text(grant["instanceUrl"]), grant.get("scope"), grant.get("identityUrl")
        ),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
