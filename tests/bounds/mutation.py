"""Mutated inputs: files damaged as by a bad disk, a cut download, a faulty editor or a malicious publisher."""

import random
from collections.abc import Callable, Sequence

TOKENS = [
    *(b"\x00", b"\xff", b"\xe0\xa4", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\x1f\x8b", b"\n", b"\r\n\r\n", b" " * 300),
    *(
        b"<",
        b">",
        b"&",
        b"&#55357;",
        b"&#x110000;",
        b"<![CDATA[",
        b"]]>",
        b"<!--",
        b"-->",
        b"</p>",
        b"<div ",
        b"<a href='",
    ),
    *(b'"', b"'", b"\\", b"\\ud800", b"{", b"}", b"[" * 2000, b"]", b":", b",", b"null", b"true", b"NaN", b"1e999"),
    *(b"0", b"-1", b"9" * 5000, b"1.5", b'""', b"[]", b"{}", b"[[]]", b'{"a":1}', b'"\\u0000"'),
    *(
        b"http://[::1/",
        b"http://a:99999/",
        b"//",
        b"%",
        b"%00",
        b"javascript:x",
        b"data:x",
        b"\xe2\x80\xae",
        b"\xcc\x81" * 50,
    ),
    *(
        b"WARC/1.1\r\n",
        b"Content-Length: -5\r\n",
        b"Content-Length: 99999999999\r\n",
        b"WARC-Type: x\r\n",
        b"HTTP/1.1 999\r\n",
    ),
]
"""Bytes that are inserted into an input, beside parts of it and of other inputs."""


def _slice(chance: random.Random, body: bytes) -> tuple[int, int]:
    start = chance.randrange(len(body) + 1)
    return start, min(len(body), start + chance.choice((0, 1, 2, 8, 64, 1000)))


def _flip(chance: random.Random, body: bytes, other: bytes) -> bytes:
    at = chance.randrange(max(1, len(body)))
    return body[:at] + bytes([chance.randrange(256)]) + body[at + 1 :]


def _put(chance: random.Random, body: bytes, other: bytes) -> bytes:
    start, end = _slice(chance, body)
    return body[:start] + chance.choice(TOKENS) + body[end:]


def _drop(chance: random.Random, body: bytes, other: bytes) -> bytes:
    start, end = _slice(chance, body)
    return body[:start] + body[end:]


def _repeat(chance: random.Random, body: bytes, other: bytes) -> bytes:
    start, end = _slice(chance, body)
    return body[:end] + body[start:end] * chance.choice((1, 3, 200)) + body[end:]


def _splice(chance: random.Random, body: bytes, other: bytes) -> bytes:
    start, end = _slice(chance, body)
    from_, to = _slice(chance, other)
    return body[:start] + other[from_:to] + body[end:]


def _cut(chance: random.Random, body: bytes, other: bytes) -> bytes:
    return body[: chance.randrange(len(body) + 1)]


WAYS: Sequence[Callable[[random.Random, bytes, bytes], bytes]] = (
    _flip,
    _put,
    _put,
    _put,
    _drop,
    _repeat,
    _splice,
    _cut,
)
LARGEST = 2_000_000


def mutated(chance: random.Random, bodies: Sequence[bytes]) -> bytes:
    """Return one of these inputs with one to eight random changes."""
    body = chance.choice(bodies)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        body = chance.choice(WAYS)(chance, body, chance.choice(bodies))[:LARGEST]
    return body
