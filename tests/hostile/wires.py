"""Faulty behaviours of a server on a connection: silent, slow, closing early, endless."""

import itertools
from collections.abc import Callable, Iterator

from tests.site.publisher import Wire

Raw = Callable[[Wire], None]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


def silent(after: bytes = b"") -> Raw:
    """Send some bytes, then keep the connection open and silent."""

    def send(wire: Wire) -> None:
        wire.send(after)
        wire.hold()

    return send


def dripping(words: bytes, *, after: bytes = b"", seconds: float = 0.1) -> Raw:
    """Send `after` at once, then `words` one byte at a time, this many seconds apart."""

    def send(wire: Wire) -> None:
        wire.send(after)
        for number in range(len(words)):
            if not wire.hold(seconds):
                return
            wire.send(words[number : number + 1])

    return send


def closing(after: bytes = b"") -> Raw:
    """Send some bytes, then close the connection."""
    return lambda wire: wire.send(after)


def resetting(after: bytes = b"") -> Raw:
    """Send some bytes, then reset the connection, as a crash does."""

    def send(wire: Wire) -> None:
        wire.send(after)
        wire.reset()

    return send


def endless(words: bytes, *, after: bytes = b"") -> Raw:
    """Send `after`, then the same bytes again and again until the crawl closes the connection."""

    def send(wire: Wire) -> None:
        wire.send(after)
        while wire.hold(0):
            wire.send(words)

    return send


def sending(parts: Callable[[], Iterator[bytes]]) -> Raw:
    """Send the parts that an iterator yields."""

    def send(wire: Wire) -> None:
        for part in parts():
            wire.send(part)

    return send


def chunk(words: bytes) -> bytes:
    """Return one chunk of a chunked response."""
    return b"%x\r\n%b\r\n" % (len(words), words)


def chunks(body: bytes, size: int) -> Iterator[bytes]:
    """Yield a chunked response: its headers, then chunks of `size` bytes."""
    yield CHUNKED
    for begin in itertools.count(0, size):
        part = body[begin : begin + size]
        yield chunk(part)
        if not part:
            return
