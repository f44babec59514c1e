"""Scenarios of responses: too large, decompression bombs, wrong labels, invalid HTTP."""

import gzip
import itertools
import zlib
from collections.abc import Callable

import brotli

from tests.crawling.site import address
from tests.hostile import wires
from tests.hostile.outlet import COUNT, HTML, page, sitemap
from tests.hostile.scenario import Scenario
from tests.hostile.targets import Make, on_every_page, on_page, on_sitemap, raw, until_left_alone
from tests.site.publisher import Answer

_BOMB = 600 * 1024 * 1024
"""Bytes of a bomb after decompression."""
_TOO_LARGE = "failed/too-large"
_CONNECTION = "failed/connection"


def _status(status: int, body: bytes | None = None, **headers: str) -> Make:
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda: Answer(status=status, body=page() if body is None else body, headers=HTML | more)


def _whole(head: bytes) -> Make:
    """Return a good page with odd headers."""
    return raw(wires.sending(lambda: iter([wires.HEAD, head, b"\r\n", page()])))


def _labelled(encoding: str, make: Callable[[], bytes] = page) -> Make:
    """Return a body with this Content-Encoding."""
    return lambda: Answer(body=make(), headers=HTML | {"Content-Encoding": encoding})


def _bomb(kind: str) -> bytes:
    """Return the compressed bytes of a bomb; it is compressed piece by piece to save memory."""
    piece = b" " * (1 << 20)
    if kind == "br":
        packer = brotli.Compressor(quality=1)
        return b"".join(packer.process(piece) for _ in range(_BOMB >> 20)) + bytes(packer.finish())
    packed = zlib.compressobj(9, zlib.DEFLATED, 31 if kind == "gzip" else 15)
    return b"".join(packed.compress(piece) for _ in range(_BOMB >> 20)) + packed.flush()


def _sitemap_of_members() -> bytes:
    body = sitemap(address(number) for number in range(COUNT))
    return b"".join(gzip.compress(body[begin : begin + 100]) for begin in range(0, len(body), 100))


def _a_flood() -> bytes:
    return b"".join(b"X-Header-%d: %d\r\n" % (number, number) for number in range(20_000))


SCENARIOS = (
    on_page(
        "body-endless",
        "endless body",
        raw(wires.endless(b"<p>x</p>" * 8_000, after=wires.HEAD + b"\r\n")),
        _TOO_LARGE,
    ),
    on_page(
        "chunks-endless",
        "endless chunks",
        raw(wires.endless(wires.chunk(b"x" * 60_000), after=wires.CHUNKED)),
        _TOO_LARGE,
    ),
    on_page("chunks-of-a-byte", "in chunks of one byte", raw(wires.sending(lambda: wires.chunks(page(), 1)))),
    on_page(
        "chunks-noise",
        "noise in place of a chunk size",
        raw(wires.closing(wires.CHUNKED + b"zz\r\nx\r\n")),
        "failed/cut-short",
    ),
    on_page(
        "headers-endless",
        "endless headers",
        raw(wires.endless(b"X-Header: x\r\n" * 1_000, after=wires.HEAD)),
        "failed/timeout",
        megabytes=500,
    ),
    on_page("headers-flood", "20,000 headers", _whole(_a_flood())),
    on_page(
        "header-huge",
        "an endless header of 10 MB",
        lambda: Answer(raw=wires.silent(wires.HEAD + b"X-Header: " + b"x" * 10_000_000)),
        "failed/timeout",
    ),
    on_page(
        "cookies",
        "sets 2,000 cookies",
        _whole(b"".join(b"Set-Cookie: c%d=%d\r\n" % (number, number) for number in range(2_000))),
    ),
    on_page(
        "length-huge",
        "Content-Length of a terabyte",
        raw(wires.silent(wires.HEAD + b"Content-Length: 1000000000000\r\n\r\n")),
        _TOO_LARGE,
    ),
    on_page(
        "length-short",
        "Content-Length of ten bytes, and more are sent",
        _whole(b"Content-Length: 10\r\n"),
        "refused/not-html",
    ),
    on_page("length-negative", "Content-Length of -5", _whole(b"Content-Length: -5\r\n"), _CONNECTION),
    on_page("length-words", "Content-Length of `abc`", _whole(b"Content-Length: abc\r\n"), _CONNECTION),
    on_page(
        "length-twice",
        "two different Content-Length headers",
        _whole(b"Content-Length: 10\r\nContent-Length: 50000\r\n"),
        _CONNECTION,
    ),
    on_page("no-http", "noise in place of HTTP", raw(wires.closing(b"\x00\xff" * 5_000)), _CONNECTION),
    on_page("http-9", "HTTP version 9.9", raw(wires.sending(lambda: iter([b"HTTP/9.9 200 OK\r\n\r\n", page()])))),
    on_page("status-204", "204", _status(204), "refused/empty"),
    on_page("status-206", "206 with the whole page", _status(206)),
    on_page("status-304", "304 to an unconditional request", _status(304, b""), "failed/http-304"),
    on_page("status-999", "999", _status(999), "failed/http-999"),
    on_every_page("status-403", "403", lambda _: Answer(status=403, body=b"no"), {"failed/http-403": COUNT}),
    until_left_alone(
        "status-503",
        "503",
        Answer(status=503, body=b"later"),
        "http-503",
        "failed 5 times in a row, last with http-503",
    ),
    until_left_alone(
        "status-429",
        "429, and asks to wait a second, over and over",
        Answer(status=429, headers={"Retry-After": "1"}),
        "http-429",
        "failed 5 times in a row, last with http-429",
    ),
    on_every_page(
        "retry-after-hours",
        "503, and asks to wait two hours",
        lambda _: Answer(status=503, headers={"Retry-After": "7200"}),
        {"failed/http-503": 1, "failed/asked-to-wait": 4},
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
    on_page(
        "retry-after-noise",
        "429, and asks to wait a superscript two",
        _status(429, Retry_After="\xb2"),
        "failed/http-429",
    ),
    on_page("bomb-gzip", "600 MB in gzip", _labelled("gzip", lambda: _bomb("gzip")), _TOO_LARGE),
    on_page("bomb-deflate", "600 MB in deflate", _labelled("deflate", lambda: _bomb("deflate")), _TOO_LARGE),
    on_page("bomb-br", "600 MB in brotli", _labelled("br", lambda: _bomb("br")), _TOO_LARGE),
    on_sitemap("bomb-sitemap", "600 MB in gzip", lambda: _bomb("gzip"), _TOO_LARGE),
    on_sitemap("sitemap-members", "gzip in many members", _sitemap_of_members),
    on_page("lie-gzip", "labelled gzip, but plain", _labelled("gzip")),
    on_page("lie-br", "labelled brotli, but plain", _labelled("br")),
    on_page("lie-br-gzip", "labelled brotli, but gzip", _labelled("br", lambda: gzip.compress(page()))),
    on_page("lie-unknown", "labelled with an unknown encoding", _labelled("lzma9")),
    on_page(
        "lie-gzip-cut",
        "gzip that is cut",
        _labelled("gzip", lambda: gzip.compress(page())[:-500]),
        "failed/cut",
    ),
    on_page("gzip-unsaid", "gzip without a label", lambda: gzip.compress(page())),
    on_page(
        "type-pdf",
        "a PDF labelled as HTML",
        lambda: b"%PDF-1.7\n" + bytes(itertools.islice(itertools.cycle(range(256)), 50_000)),
        "refused/not-html",
    ),
    on_page(
        "type-image",
        "HTML labelled as an image",
        lambda: Answer(body=page(), headers={"Content-Type": "image/png"}),
    ),
    on_every_page("empty", "200 with an empty body", lambda _: b"", {"refused/empty": COUNT}),
)
