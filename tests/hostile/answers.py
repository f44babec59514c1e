"""Scenarios of responses: too large, decompression bombs, wrong labels, invalid HTTP."""

import gzip
import itertools
import zlib
from collections.abc import Callable, Mapping

import brotli

from tests.crawling.site import address
from tests.hostile import wires
from tests.hostile.outlet import COUNT, HTML, PAGE, SITEMAP, XML, page, sitemap
from tests.hostile.scenario import Scenario
from tests.site.publisher import Answer

_BOMB = 600 * 1024 * 1024
"""Bytes of a bomb after decompression."""
_TOO_LARGE = {"exported": COUNT - 1, "failed/too-large": 1}
_CUT = {"exported": COUNT - 1, "failed/cut": 1}
_CONNECTION = {"exported": COUNT - 1, "failed/connection": 1}


def _answer(
    status: int = 200, *, body: bytes | None = None, url: str = PAGE, **headers: str
) -> Callable[[], Mapping[str, Answer]]:
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda: {url: Answer(status=status, body=page() if body is None else body, headers=HTML | more)}


def _raw(raw: wires.Raw) -> Callable[[], Mapping[str, Answer]]:
    return lambda: {PAGE: Answer(raw=raw)}


def _whole(head: bytes) -> Callable[[], Mapping[str, Answer]]:
    """Return a good page with odd headers."""
    return _raw(wires.sending(lambda: iter([wires.HEAD, head, b"\r\n", page()])))


def _packed(kind: str, *, label: str) -> Callable[[], Mapping[str, Answer]]:
    return lambda: {PAGE: Answer(body=_pack(kind, page()), headers=HTML | {"Content-Encoding": label})}


def _pack(kind: str, body: bytes) -> bytes:
    return gzip.compress(body) if kind == "gzip" else body


def _bomb(kind: str) -> Callable[[], Mapping[str, Answer]]:
    return lambda: {PAGE: Answer(body=_bomb_body(kind), headers=HTML | {"Content-Encoding": kind})}


def _bomb_body(kind: str) -> bytes:
    """Return the compressed bytes of a bomb; it is compressed piece by piece to save memory."""
    piece = b" " * (1 << 20)
    if kind == "br":
        packer = brotli.Compressor(quality=1)
        return b"".join(packer.process(piece) for _ in range(_BOMB >> 20)) + bytes(packer.finish())
    packed = zlib.compressobj(9, zlib.DEFLATED, 31 if kind == "gzip" else 15)
    return b"".join(packed.compress(piece) for _ in range(_BOMB >> 20)) + packed.flush()


def _sitemap_bomb() -> Mapping[str, Answer]:
    return {SITEMAP: Answer(body=_bomb_body("gzip"), headers=XML)}


def _sitemap_of_members() -> Mapping[str, Answer]:
    body = sitemap(address(number) for number in range(COUNT))
    members = [gzip.compress(body[begin : begin + 100]) for begin in range(0, len(body), 100)]
    return {SITEMAP: Answer(body=b"".join(members), headers=XML)}


def _a_flood() -> bytes:
    return b"".join(b"X-Header-%d: %d\r\n" % (number, number) for number in range(20_000))


SCENARIOS = (
    Scenario(
        name="body-endless",
        does="a page: endless body",
        answers=_raw(wires.endless(b"<p>x</p>" * 8_000, after=wires.HEAD + b"\r\n")),
        articles=_TOO_LARGE,
    ),
    Scenario(
        name="chunks-endless",
        does="a page: endless chunks",
        answers=_raw(wires.endless(wires.chunk(b"x" * 60_000), after=wires.CHUNKED)),
        articles=_TOO_LARGE,
    ),
    Scenario(
        name="chunks-of-a-byte",
        does="a page: in chunks of one byte",
        answers=_raw(wires.sending(lambda: wires.chunks(page(), 1))),
    ),
    Scenario(
        name="chunks-noise",
        does="a page: noise in place of a chunk size",
        answers=_raw(wires.closing(wires.CHUNKED + b"zz\r\nx\r\n")),
        articles={"exported": COUNT - 1, "failed/cut-short": 1},
    ),
    Scenario(
        name="headers-endless",
        does="a page: endless headers",
        answers=_raw(wires.endless(b"X-Header: x\r\n" * 1_000, after=wires.HEAD)),
        articles={"exported": COUNT - 1, "failed/timeout": 1},
        megabytes=500,
    ),
    Scenario(name="headers-flood", does="a page: 20,000 headers", answers=_whole(_a_flood())),
    Scenario(
        name="header-huge",
        does="a page: an endless header of 10 MB",
        answers=lambda: {PAGE: Answer(raw=wires.silent(wires.HEAD + b"X-Header: " + b"x" * 10_000_000))},
        articles={"exported": COUNT - 1, "failed/timeout": 1},
    ),
    Scenario(
        name="cookies",
        does="a page: sets 2,000 cookies",
        answers=_whole(b"".join(b"Set-Cookie: c%d=%d\r\n" % (number, number) for number in range(2_000))),
    ),
    Scenario(
        name="length-huge",
        does="a page: Content-Length of a terabyte",
        answers=_raw(wires.silent(wires.HEAD + b"Content-Length: 1000000000000\r\n\r\n")),
        articles=_TOO_LARGE,
    ),
    Scenario(
        name="length-short",
        does="a page: Content-Length of ten bytes, and more are sent",
        answers=_whole(b"Content-Length: 10\r\n"),
        articles={"exported": COUNT - 1, "refused/not-html": 1},
    ),
    Scenario(
        name="length-negative",
        does="a page: Content-Length of -5",
        answers=_whole(b"Content-Length: -5\r\n"),
        articles=_CONNECTION,
    ),
    Scenario(
        name="length-words",
        does="a page: Content-Length of `abc`",
        answers=_whole(b"Content-Length: abc\r\n"),
        articles=_CONNECTION,
    ),
    Scenario(
        name="length-twice",
        does="a page: two different Content-Length headers",
        answers=_whole(b"Content-Length: 10\r\nContent-Length: 50000\r\n"),
        articles=_CONNECTION,
    ),
    Scenario(
        name="no-http",
        does="a page: noise in place of HTTP",
        answers=_raw(wires.closing(b"\x00\xff" * 5_000)),
        articles=_CONNECTION,
    ),
    Scenario(
        name="http-9",
        does="a page: HTTP version 9.9",
        answers=_raw(wires.sending(lambda: iter([b"HTTP/9.9 200 OK\r\n\r\n", page()]))),
    ),
    Scenario(name="status-204", does="a page: 204", answers=_answer(204), articles={"exported": 4, "refused/empty": 1}),
    Scenario(name="status-206", does="a page: 206 with the whole page", answers=_answer(206)),
    Scenario(
        name="status-304",
        does="a page: 304 to an unconditional request",
        answers=_answer(304, body=b""),
        articles={"exported": 4, "failed/http-304": 1},
    ),
    Scenario(
        name="status-999", does="a page: 999", answers=_answer(999), articles={"exported": 4, "failed/http-999": 1}
    ),
    Scenario(
        name="status-403",
        does="every page: 403",
        answers=lambda: {address(number): Answer(status=403, body=b"no") for number in range(COUNT)},
        articles={"failed/http-403": COUNT},
    ),
    Scenario(
        name="status-503",
        does="every page: 503",
        answers=lambda: {address(number): Answer(status=503, body=b"later") for number in range(COUNT)},
        articles={"failed/http-503": 1, "failed/left-alone": 4},
        or_articles={"failed/http-503": 2, "failed/left-alone": 3},
        output="failed 5 times in a row, last with http-503",
    ),
    Scenario(
        name="status-429",
        does="every page: 429, and asks to wait a second, over and over",
        answers=lambda: {address(number): Answer(status=429, headers={"Retry-After": "1"}) for number in range(COUNT)},
        articles={"failed/http-429": 1, "failed/left-alone": 4},
        or_articles={"failed/http-429": 2, "failed/left-alone": 3},
        output="failed 5 times in a row, last with http-429",
    ),
    Scenario(
        name="retry-after-hours",
        does="every page: 503, and asks to wait two hours",
        answers=lambda: {
            address(number): Answer(status=503, headers={"Retry-After": "7200"}) for number in range(COUNT)
        },
        articles={"failed/http-503": 1, "failed/asked-to-wait": 4},
        output="asks to wait 7200 seconds: left alone until",
    ),
    Scenario(
        name="retry-after-digits",
        does="a page: 429, and asks to wait a number of seconds with 20 digits",
        answers=lambda: {
            address(number): Answer(status=429, headers={"Retry-After": "9" * 20}) for number in range(COUNT)
        },
        articles={"failed/http-429": 1, "failed/asked-to-wait": 4},
        output="asks to wait 604800 seconds: left alone until",
    ),
    Scenario(
        name="retry-after-noise",
        does="a page: 429, and asks to wait a superscript two",
        answers=_answer(429, Retry_After="\xb2"),
        articles={"exported": COUNT - 1, "failed/http-429": 1},
    ),
    Scenario(name="bomb-gzip", does="a page: 600 MB in gzip", answers=_bomb("gzip"), articles=_TOO_LARGE),
    Scenario(name="bomb-deflate", does="a page: 600 MB in deflate", answers=_bomb("deflate"), articles=_TOO_LARGE),
    Scenario(name="bomb-br", does="a page: 600 MB in brotli", answers=_bomb("br"), articles=_TOO_LARGE),
    Scenario(
        name="bomb-sitemap",
        does="a sitemap: 600 MB in gzip",
        answers=_sitemap_bomb,
        listings={"read": 2, "failed/too-large": 1},
    ),
    Scenario(name="sitemap-members", does="a sitemap: gzip in many members", answers=_sitemap_of_members),
    Scenario(name="lie-gzip", does="a page: labelled gzip, but plain", answers=_packed("", label="gzip")),
    Scenario(name="lie-br", does="a page: labelled brotli, but plain", answers=_packed("", label="br")),
    Scenario(name="lie-br-gzip", does="a page: labelled brotli, but gzip", answers=_packed("gzip", label="br")),
    Scenario(name="lie-unknown", does="a page: labelled with an unknown encoding", answers=_packed("", label="lzma9")),
    Scenario(
        name="lie-gzip-cut",
        does="a page: gzip that is cut",
        answers=lambda: {PAGE: Answer(body=gzip.compress(page())[:-500], headers=HTML | {"Content-Encoding": "gzip"})},
        articles=_CUT,
    ),
    Scenario(
        name="gzip-unsaid",
        does="a page: gzip without a label",
        answers=lambda: {PAGE: Answer(body=gzip.compress(page()), headers=HTML)},
    ),
    Scenario(
        name="type-pdf",
        does="a page: a PDF labelled as HTML",
        answers=_answer(body=b"%PDF-1.7\n" + bytes(itertools.islice(itertools.cycle(range(256)), 50_000))),
        articles={"exported": COUNT - 1, "refused/not-html": 1},
    ),
    Scenario(
        name="type-image",
        does="a page: HTML labelled as an image",
        answers=lambda: {PAGE: Answer(body=page(), headers={"Content-Type": "image/png"})},
    ),
    Scenario(
        name="empty",
        does="every page: 200 with an empty body",
        answers=lambda: {address(number): Answer(body=b"") for number in range(COUNT)},
        articles={"refused/empty": COUNT},
    ),
)
