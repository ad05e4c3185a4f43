"""Servers that do as they are told."""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

COMPOSITE = "/services/data/v62.0/composite"


class Scripted:
    """Gives the scripted answers one after the other, and keeps what it was asked."""

    def __init__(self, answers: list[dict], url: str) -> None:
        self.answers = list(answers)
        self.url = url
        self.requests: list[Any] = []
        self.heads: list[dict[str, str]] = []
        self.connections: set[tuple] = set()


@contextlib.contextmanager
def scripted(answers: list[dict], tls: ssl.SSLContext | None = None) -> Iterator[Scripted]:
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Else the answer's head and body wait for each other's acknowledgement.
        wbufsize = -1

        def handle_one_request(self) -> None:
            # A client may close its connection while this one waits for a request.
            with contextlib.suppress(ConnectionError):
                super().handle_one_request()

        def _answer(self) -> None:
            content = self.rfile.read(int(self.headers.get("content-length", 0)))
            body = json.loads(content) if content else None
            with lock:
                script.connections.add(self.client_address)
                script.heads.append({name.lower(): value for name, value in self.headers.items()})
                # The body of a composite request, of which the rest is always the same, or all of it.
                is_composite = (self.command, self.path) == ("POST", COMPOSITE)
                script.requests.append(
                    body if is_composite else {"method": self.command, "path": self.path, "body": body}
                )
                answer = script.answers.pop(0) if script.answers else {"status": 599, "json": None}
            text = (answer["text"] if "text" in answer else json.dumps(answer["json"])).encode()
            self.send_response(answer["status"])
            for name, value in answer.get("headers", {}).items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)
            self.wfile.flush()

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _answer

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    port = server.server_address[1]
    script = Scripted(answers, f"https://localhost:{port}" if tls else f"http://127.0.0.1:{port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield script
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextlib.contextmanager
def raw(*answers: bytes | None, closed: Callable[[], None] = lambda: None) -> Iterator[str]:
    """Takes connections one after the other: answers a request of each with these bytes, or never; then closes it, and says so."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def serve() -> None:
        for answer in answers:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                _read_request(connection)
                if answer is None:
                    over.wait()
                else:
                    connection.sendall(answer)
            closed()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        over.set()
        # `accept` returns.
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def _read_request(connection: socket.socket) -> None:
    """All of it: closing a connection with unread bytes takes back what was sent."""
    with connection.makefile("rb") as stream:
        length = 0
        # A handshake of TLS has no lines.
        while ((line := stream.readline()).strip() and b":" in line) or line.startswith(b"POST "):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        stream.read(length)
