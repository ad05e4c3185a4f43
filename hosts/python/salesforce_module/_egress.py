"""Which requests leave the process: `https` to one deployment domain, and no others.

The module checks its host itself; this is the second lock on the same door.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from ._client import Client

#: What an instance is given for a token that it must not hold.
PLACEHOLDER_TOKEN = "put-in-by-the-host"


@dataclass(frozen=True, repr=False)
class Egress:
    domain: str
    client: Client
    #: Where what is meant for the domain goes instead: scheme and authority.
    route: str | None = None
    #: Put in here, instead of what the instance was given.
    access_token: str | None = None

    def way(self, scheme: str | None, authority: str | None) -> Egress | None:
        """The way for a request to this authority, if it may leave."""
        # A token that is no header's value could end its line.
        is_token = self.access_token is None or (self.access_token.isascii() and self.access_token.isprintable())
        return self if scheme == "https" and authority == self.domain and is_token else None

    def url(self, path: str) -> str:
        return (self.route or f"https://{self.domain}") + path

    def headers(self, entries: list[tuple[str, bytes]]) -> list[tuple[bytes, bytes]]:
        host = (self.route or self.domain).partition("://")[2] or self.domain
        headers = [(b"Host", host.encode())]
        for name, value in entries:
            is_token = name.lower() == "authorization" and self.access_token is not None
            headers.append((name.encode(), f"Bearer {self.access_token}".encode() if is_token else value))
        return headers


def route(url: str | None) -> str | None:
    """Scheme and authority of a URL such as `http://127.0.0.1:4711`."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        is_right = (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and parts.port != 0
            and parts.username is None
            and parts.path in ("", "/")
            and not (parts.query or parts.fragment)
        )
    except (ValueError, AttributeError, TypeError):
        is_right = False
    if not is_right:
        raise ValueError(
            "route: expected http or https, a host and a port, and nothing else, such as http://127.0.0.1:4711"
        )
    return f"{parts.scheme}://{parts.netloc}"
