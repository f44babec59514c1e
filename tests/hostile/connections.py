"""Scenarios of connections: silent, slow, closed early, with broken TLS."""

import ssl
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.hostile import wires
from tests.hostile.outlet import COUNT, HOST, page
from tests.hostile.targets import on_every_page, on_feed, on_page, on_robots, on_tls, raw, until_left_alone
from tests.site.publisher import Answer, Tunnel, Wire, write_certificate

_TIMEOUT = "failed/timeout"
_CONNECTION = "failed/connection"
_CUT_SHORT = "failed/cut-short"
_LENGTH = wires.HEAD + b"Content-Length: 50000\r\n\r\n"
_BEGINNING = _LENGTH + b"<html><body><p>x"


def _with_certificate_of(host: str) -> Tunnel:
    """Return a TLS server with a self-signed certificate for `host`."""

    def shake_hands(wire: Wire) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "own.pem"
            write_certificate(path, [host])
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(path)
            context.wrap_socket(wire.connection, server_side=True).close()

    return shake_hands


def _late(wire: Wire) -> None:
    body = page()
    wire.send(wires.HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body[:2000])
    if wire.hold(0.7):
        wire.send(body[2000:])


SCENARIOS = (
    on_tls("tls-silent", "the handshake is never answered", wires.silent(), _TIMEOUT),
    on_tls("tls-closed", "the connection is closed in place of a handshake", wires.closing(), _CONNECTION),
    on_tls(
        "tls-plain",
        "plain HTTP is spoken on port 443",
        wires.closing(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"),
        _CONNECTION,
    ),
    on_tls("tls-self-signed", "the certificate is self-signed", _with_certificate_of(HOST), "failed/tls"),
    on_tls("tls-noise", "endless noise", wires.endless(b"\x16\x03\x01\xff\xff" + b"\x00" * 1000), "failed/tls"),
    on_robots("robots-silent", "never answered", raw(wires.silent()), _TIMEOUT),
    on_robots(
        "robots-dripping",
        "one byte per tenth of a second",
        raw(wires.dripping(b"Disallow: /\n" * 100, after=wires.HEAD + b"\r\n")),
        _TIMEOUT,
    ),
    on_feed("feed-silent", "never answered", raw(wires.silent()), _TIMEOUT),
    on_feed(
        "feed-half",
        "half of it, then silence",
        raw(wires.silent(_LENGTH + b"<rss><channel><item>")),
        _TIMEOUT,
    ),
    on_page("page-silent", "never answered", raw(wires.silent()), _TIMEOUT),
    on_page(
        "page-status-only",
        "the status line, then silence",
        raw(wires.silent(b"HTTP/1.1 200 OK\r\n")),
        _TIMEOUT,
    ),
    on_page("page-head-only", "the headers, then silence", raw(wires.silent(_LENGTH)), _TIMEOUT),
    on_page(
        "page-half",
        "half of it, then silence",
        raw(wires.silent(_LENGTH + b"<html><body><p>" + b"x" * 20_000)),
        _TIMEOUT,
    ),
    on_page("page-dripping-head", "headers one byte at a time", raw(wires.dripping(wires.HEAD * 10)), _TIMEOUT),
    on_page(
        "page-dripping-body",
        "an endless body one byte at a time",
        raw(wires.dripping(b"x" * 10_000, after=wires.HEAD + b"\r\n")),
        _TIMEOUT,
    ),
    on_page("page-late", "its second half is late, but in time", raw(_late)),
    until_left_alone(
        "all-silent",
        "never answered",
        Answer(raw=wires.silent()),
        "timeout",
        "failed 5 times in a row, last with timeout: left alone until",
    ),
    on_every_page(
        "all-silent-deadline",
        "never answered, and no timeout comes before the deadline",
        lambda _: Answer(raw=wires.silent()),
        {"pending": COUNT},
        output="its time ran out, 0 articles came, 5 wait for the next run",
        settings={"DOWNLOAD_TIMEOUT": "60", "OUTLET_MINUTES": "0.06"},
    ),
    on_page("page-closed", "the connection is closed without a response", raw(wires.closing()), _CONNECTION),
    on_page(
        "page-closed-in-head",
        "closed within a header",
        raw(wires.closing(b"HTTP/1.1 200 OK\r\nContent-Ty")),
        _CONNECTION,
    ),
    on_page("page-closed-in-body", "closed before its Content-Length", raw(wires.closing(_BEGINNING)), _CUT_SHORT),
    on_page("page-reset", "reset within the body", raw(wires.resetting(_BEGINNING)), _CUT_SHORT),
    on_page(
        "page-chunks-cut",
        "chunked, closed before the last chunk",
        raw(wires.closing(wires.CHUNKED + wires.chunk(b"<html><body><p>x"))),
        _CUT_SHORT,
    ),
    until_left_alone(
        "all-reset",
        "reset without a response",
        Answer(raw=wires.resetting()),
        "connection",
        "failed 5 times in a row, last with connection: left alone until",
    ),
)
