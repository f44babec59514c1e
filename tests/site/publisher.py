"""A publisher on this machine: a forward proxy that answers for any outlet's host, over real sockets and real TLS.

A crawl reaches it by `https_proxy` and trusts it by `SSL_CERT_FILE`, as behind a company's proxy: no product code
knows of it. It answers from a table of addresses, misbehaves as the table says, and notes what it was asked.
"""

import ipaddress
import socket
import ssl
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Wire:
    """A connection to a crawl, for a server that violates HTTP or TLS."""

    def __init__(self, connection: socket.socket, is_over: threading.Event) -> None:
        self.connection = connection
        self._is_over = is_over

    def send(self, words: bytes) -> None:
        """Send some bytes; raise OSError if the crawl has closed the connection."""
        self.connection.sendall(words)

    def hold(self, seconds: float = 120) -> bool:
        """Stay silent for some seconds, or until the publisher stops; return whether it is still running."""
        return not self._is_over.wait(seconds)

    def reset(self) -> None:
        """Reset the connection, as a crash does."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()


Tunnel = Callable[[Wire], None]
"""Handles a connection to a host in place of TLS and HTTP."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The response of the publisher for one URL."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    seconds: float = 0
    """Delay of the response."""
    first: "Answer | None" = None
    """The response to the first request, if that differs."""
    claims_unchanged: bool = False
    """Whether it answers every conditional request with 304."""
    raw: Callable[[Wire], None] | None = None
    """Writes the whole response itself, if it is not HTTP or endless."""


class Publisher:
    """A running publisher; `asked` lists the requested URLs in order, each with its time."""

    def __init__(
        self,
        answers: Mapping[str, Answer],
        folder: Path,
        *,
        tunnels: Mapping[str, Tunnel] | None = None,
        login: str | None = None,
    ) -> None:
        self.answers = answers
        self.login = login
        """The header Proxy-Authorization without which it refuses, if any."""
        self.tunnels = tunnels or {}
        self.is_over = threading.Event()
        self.asked: list[tuple[float, str]] = []
        self._times: Counter[str] = Counter()
        self.certificate = folder / "publisher.pem"
        write_certificate(self.certificate, sorted({urlsplit(url).hostname or "" for url in answers}))
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> "Publisher":
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.is_over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        """Return its port on 127.0.0.1."""
        return int(self._server.server_address[1])

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment variables that make a crawl use this publisher as its proxy."""
        proxy = f"http://127.0.0.1:{self.port}"
        return {"http_proxy": proxy, "https_proxy": proxy, "no_proxy": "", "SSL_CERT_FILE": str(self.certificate)}

    def urls(self) -> list[str]:
        """Return the requested URLs in order."""
        return [url for _, url in self.asked]

    def answer(self, url: str) -> Answer:
        """Return the response for a URL, and record the request."""
        self.asked.append((time.monotonic(), url))
        self._times[url] += 1
        answer = self.answers.get(url, Answer(status=404, body="<h1>पन्ना नहीं मिला</h1>".encode()))
        return answer.first if answer.first and self._times[url] == 1 else answer


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    """Connections that may wait to be accepted. With the usual 5, a busy machine drops those of a crawl of several
    hosts, and TCP repeats each after 1, 3, 7, 15 and 31 seconds: the crawl's requests time out."""

    def __init__(self, publisher: Publisher) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.publisher = publisher
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(publisher.certificate)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore errors: a crawl may close its connections at any time."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    host: str | None = None

    def do_CONNECT(self) -> None:
        if self._is_refused():
            return
        self.host = self.path.rsplit(":", 1)[0]
        self.send_response(200, "Connection established")
        self.end_headers()
        tunnel = self.server.publisher.tunnels.get(self.host)
        if tunnel is not None:
            self.close_connection = True
            tunnel(Wire(self.connection, self.server.publisher.is_over))
            return
        self.connection.getpeername()  # fails for a crawl that was killed, whose socket wrap_socket would leave open
        self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)
        self.close_connection = False

    def _is_refused(self) -> bool:
        wanted = self.server.publisher.login
        is_refused = wanted is not None and self.headers["Proxy-Authorization"] != wanted
        if is_refused:
            self.send_error(407)
        return is_refused

    def do_GET(self) -> None:
        if self.host is None and self._is_refused():
            return
        answer = self.server.publisher.answer(f"https://{self.host}{self.path}" if self.host else self.path)
        self.server.publisher.is_over.wait(answer.seconds)
        if answer.raw is not None:
            self.close_connection = True
            answer.raw(Wire(self.connection, self.server.publisher.is_over))
            return
        etag = answer.headers.get("ETag")
        condition = self.headers["If-None-Match"]
        is_unchanged = condition is not None and (condition == etag or answer.claims_unchanged)
        self.send_response(304 if is_unchanged else answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        body = b"" if is_unchanged else answer.body
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def finish(self) -> None:
        """Close the TLS connection; the server itself only knows the plain one below it."""
        try:
            super().finish()
        finally:
            self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing: `asked` is the log."""


def write_certificate(path: Path, hosts: list[str]) -> None:
    """Write a key and a self-signed certificate for some hosts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "publisher of the tests")])
    now = datetime.now(UTC)
    names = [x509.DNSName(host) for host in hosts if not _is_number(host)]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
