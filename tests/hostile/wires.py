"""What a server may do on a connection instead of answering: be silent, drip, break off, never end, talk nonsense."""

import itertools
from collections.abc import Callable, Iterator

from tests.site.publisher import Wire

Raw = Callable[[Wire], None]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


def silent(after: bytes = b"") -> Raw:
    """Say something, then nothing more."""

    def say(wire: Wire) -> None:
        wire.send(after)
        wire.hold()

    return say


def dripping(words: bytes, *, after: bytes = b"", seconds: float = 0.1) -> Raw:
    """Say something one byte at a time."""

    def say(wire: Wire) -> None:
        wire.send(after)
        for number in range(len(words)):
            if not wire.hold(seconds):
                return
            wire.send(words[number : number + 1])

    return say


def closing(after: bytes = b"") -> Raw:
    """Say something, then hang up."""
    return lambda wire: wire.send(after)


def resetting(after: bytes = b"") -> Raw:
    """Say something, then break off as a crash does."""

    def say(wire: Wire) -> None:
        wire.send(after)
        wire.reset()

    return say


def endless(words: bytes, *, after: bytes = b"") -> Raw:
    """Say the same again and again, until the crawl hangs up."""

    def say(wire: Wire) -> None:
        wire.send(after)
        while wire.hold(0):
            wire.send(words)

    return say


def telling(parts: Callable[[], Iterator[bytes]]) -> Raw:
    """Say what an iterator yields."""

    def say(wire: Wire) -> None:
        for part in parts():
            wire.send(part)

    return say


def chunk(words: bytes) -> bytes:
    """Return a chunk of a chunked answer."""
    return b"%x\r\n%b\r\n" % (len(words), words)


def chunks(body: bytes, size: int) -> Iterator[bytes]:
    """Yield an answer in chunks of a size."""
    yield CHUNKED
    for begin in itertools.count(0, size):
        part = body[begin : begin + size]
        yield chunk(part)
        if not part:
            return
