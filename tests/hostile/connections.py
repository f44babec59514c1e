"""Scenarios of connections: silent, slow, closed early, with broken TLS."""

import ssl
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.crawling.site import address
from tests.hostile import wires
from tests.hostile.outlet import COUNT, FEED, HOST, PAGE, ROBOTS, page
from tests.hostile.scenario import Scenario
from tests.site.publisher import Answer, Tunnel, Wire, write_certificate

_TIMEOUT = {"exported": COUNT - 1, "failed/timeout": 1}
_CONNECTION = {"exported": COUNT - 1, "failed/connection": 1}
_CUT = {"exported": COUNT - 1, "failed/cut-short": 1}


def _at(url: str, raw: wires.Raw) -> Callable[[], Mapping[str, Answer]]:
    return lambda: {url: Answer(raw=raw)}


def _everywhere(raw: wires.Raw) -> Callable[[], Mapping[str, Answer]]:
    return lambda: {address(number): Answer(raw=raw) for number in range(COUNT)}


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


_LENGTH = wires.HEAD + b"Content-Length: 50000\r\n\r\n"

SCENARIOS = (
    Scenario(
        name="tls-silent",
        does="TLS: the handshake is never answered",
        tunnels={HOST: wires.silent()},
        articles={},
        listings={"failed/timeout": 3},
    ),
    Scenario(
        name="tls-closed",
        does="TLS: the connection is closed in place of a handshake",
        tunnels={HOST: wires.closing()},
        articles={},
        listings={"failed/connection": 3},
    ),
    Scenario(
        name="tls-plain",
        does="TLS: plain HTTP is spoken on port 443",
        tunnels={HOST: wires.closing(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")},
        articles={},
        listings={"failed/connection": 3},
    ),
    Scenario(
        name="tls-self-signed",
        does="TLS: the certificate is self-signed",
        tunnels={HOST: _with_certificate_of(HOST)},
        articles={},
        listings={"failed/tls": 3},
    ),
    Scenario(
        name="tls-noise",
        does="TLS: endless noise",
        tunnels={HOST: wires.endless(b"\x16\x03\x01\xff\xff" + b"\x00" * 1000)},
        articles={},
        listings={"failed/tls": 3},
    ),
    Scenario(
        name="robots-silent",
        does="robots.txt: never answered",
        answers=_at(ROBOTS, wires.silent()),
        articles={},
        listings={"failed/timeout": 3},
    ),
    Scenario(
        name="robots-dripping",
        does="robots.txt: one byte per tenth of a second",
        answers=_at(ROBOTS, wires.dripping(b"Disallow: /\n" * 100, after=wires.HEAD + b"\r\n")),
        articles={},
        listings={"failed/timeout": 3},
    ),
    Scenario(
        name="feed-silent",
        does="a feed: never answered",
        answers=_at(FEED, wires.silent()),
        listings={"read": 2, "failed/timeout": 1},
    ),
    Scenario(
        name="feed-half",
        does="a feed: half of it, then silence",
        answers=_at(FEED, wires.silent(_LENGTH + b"<rss><channel><item>")),
        listings={"read": 2, "failed/timeout": 1},
    ),
    Scenario(name="page-silent", does="a page: never answered", answers=_at(PAGE, wires.silent()), articles=_TIMEOUT),
    Scenario(
        name="page-status-only",
        does="a page: the status line, then silence",
        answers=_at(PAGE, wires.silent(b"HTTP/1.1 200 OK\r\n")),
        articles=_TIMEOUT,
    ),
    Scenario(
        name="page-head-only",
        does="a page: the headers, then silence",
        answers=_at(PAGE, wires.silent(_LENGTH)),
        articles=_TIMEOUT,
    ),
    Scenario(
        name="page-half",
        does="a page: half of it, then silence",
        answers=_at(PAGE, wires.silent(_LENGTH + b"<html><body><p>" + b"x" * 20_000)),
        articles=_TIMEOUT,
    ),
    Scenario(
        name="page-dripping-head",
        does="a page: headers one byte at a time",
        answers=_at(PAGE, wires.dripping(wires.HEAD * 10)),
        articles=_TIMEOUT,
    ),
    Scenario(
        name="page-dripping-body",
        does="a page: an endless body one byte at a time",
        answers=_at(PAGE, wires.dripping(b"x" * 10_000, after=wires.HEAD + b"\r\n")),
        articles=_TIMEOUT,
    ),
    Scenario(name="page-late", does="a page: its second half is late, but in time", answers=_at(PAGE, _late)),
    Scenario(
        name="all-silent",
        does="every page: never answered",
        answers=_everywhere(wires.silent()),
        articles={"failed/timeout": 1, "failed/left-alone": 4},
        or_articles={"failed/timeout": 2, "failed/left-alone": 3},
        output="failed 5 times in a row, last with timeout: left alone until",
    ),
    Scenario(
        name="all-silent-deadline",
        does="every page: never answered, and no timeout comes before the deadline",
        answers=_everywhere(wires.silent()),
        articles={"pending": COUNT},
        output="its time ran out, 0 articles came, 5 wait for the next run",
        settings={"DOWNLOAD_TIMEOUT": "60", "OUTLET_MINUTES": "0.06"},
    ),
    Scenario(
        name="page-closed",
        does="a page: the connection is closed without a response",
        answers=_at(PAGE, wires.closing()),
        articles=_CONNECTION,
    ),
    Scenario(
        name="page-closed-in-head",
        does="a page: closed within a header",
        answers=_at(PAGE, wires.closing(b"HTTP/1.1 200 OK\r\nContent-Ty")),
        articles=_CONNECTION,
    ),
    Scenario(
        name="page-closed-in-body",
        does="a page: closed before its Content-Length",
        answers=_at(PAGE, wires.closing(_LENGTH + b"<html><body><p>x")),
        articles=_CUT,
    ),
    Scenario(
        name="page-reset",
        does="a page: reset within the body",
        answers=_at(PAGE, wires.resetting(_LENGTH + b"<html><body><p>x")),
        articles=_CUT,
    ),
    Scenario(
        name="page-chunks-cut",
        does="a page: chunked, closed before the last chunk",
        answers=_at(PAGE, wires.closing(wires.CHUNKED + wires.chunk(b"<html><body><p>x"))),
        articles=_CUT,
    ),
    Scenario(
        name="all-reset",
        does="every page: reset without a response",
        answers=_everywhere(wires.resetting()),
        articles={"failed/connection": 1, "failed/left-alone": 4},
        or_articles={"failed/connection": 2, "failed/left-alone": 3},
        output="failed 5 times in a row, last with connection: left alone until",
    ),
)
