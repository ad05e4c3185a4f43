"""A proxy that ends TLS: what clients send to an org's https address arrives at the simulator.

Clients insist on https and on an org's host name. With this they need no change: they are given a proxy and the
certificate to trust, as in any company that inspects its traffic. The certificate is made anew at each start, for hosts
of Salesforce's only, and nothing else can be reached through here.

    tls_proxy.py SIMULATOR_URL CERTIFICATE_FILE

The first line of the output is the address of the proxy.
"""

import datetime
import pathlib
import select
import socket
import socketserver
import ssl
import sys
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

HOSTS = ["example.my.salesforce.com", "login.salesforce.com"]


def certify(file: pathlib.Path) -> ssl.SSLContext:
    """Writes a certificate for the hosts, signed by itself, and gives the server's side of it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "salesforce-module fidelity tests")])
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host) for host in HOSTS]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    file.write_bytes(certificate.public_bytes(pem))
    private = file.with_suffix(".key")
    private.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, private)
    private.unlink()
    return context


def pour(client: ssl.SSLSocket, org: socket.socket) -> None:
    """Passes bytes on in both directions until one side has no more."""
    while True:
        # What is decrypted already makes no socket readable.
        ready = [client] if client.pending() else select.select([client, org], [], [])[0]
        for source in ready:
            chunk = source.recv(65536)
            if not chunk:
                return
            (org if source is client else client).sendall(chunk)


class Tunnel(socketserver.StreamRequestHandler):
    """One `CONNECT host:443`."""

    def handle(self) -> None:
        method, target, _ = self.rfile.readline().decode("ascii").split()
        while self.rfile.readline().strip():
            pass
        if method != "CONNECT" or target not in [f"{host}:443" for host in HOSTS]:
            self.connection.sendall(b"HTTP/1.1 403 Forbidden\r\n\r\n")
            return
        self.connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with self.server.context.wrap_socket(self.connection, server_side=True) as client:
            with socket.create_connection(self.server.simulator) as org:
                pour(client, org)


class Proxy(socketserver.ThreadingTCPServer):
    """The listening side."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, simulator: str, certificate: str) -> None:
        super().__init__(("127.0.0.1", 0), Tunnel)
        url = urlsplit(simulator)
        self.simulator = (url.hostname, url.port)
        self.context = certify(pathlib.Path(certificate))


if __name__ == "__main__":
    with Proxy(*sys.argv[1:]) as proxy:
        print(f"http://127.0.0.1:{proxy.server_address[1]}", flush=True)
        proxy.serve_forever()
