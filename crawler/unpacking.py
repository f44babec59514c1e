"""Decompress bytes within size limits; the bytes show the compression, since headers are often wrong."""

import gzip
import io
import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import brotli

from crawler.reasons import Reason

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_STEP = 64 * 1024
_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_LABELS = frozenset(("br", "deflate", "gzip", "x-gzip", "zstd"))
_LAYERS = 3
"""Maximum number of compression layers: one by the author, and one or two by servers on the way."""
_BEGINNING = 512
_NEVER_IN_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""Control characters that text in an ASCII-compatible encoding never has; escape (0x1B) is left out for ISO-2022."""
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
"""The first bytes of UTF-16 text, which contains many zero bytes like compressed data."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """Decompressed bytes, as far as they could be decompressed."""

    body: bytes
    damage: Reason | None = None
    """Why they are not complete: `cut`, `damaged` or `too-large`; None if they are."""


def is_gzip(body: bytes) -> bool:
    """Return whether bytes begin as gzip."""
    return body.startswith(_GZIP)


def gunzipped(body: bytes, most: int) -> Unpacked:
    """Return gzip of one or many members decompressed, stopping above `most` bytes; 0: no limit."""
    return _gathered(_gzip_parts(body), most)


def unpacked(body: bytes, labels: Iterable[str], most: int) -> Unpacked:
    """Return content without its Content-Encoding, stopping above `most` bytes; 0: no limit.

    `labels` are those of the header, in the order in which they were applied. Plain content is returned unchanged
    whatever its label; gzip and Zstandard are decompressed under any label and under none.
    """
    found = Unpacked(body)
    for label in [*reversed(list(labels)), *[""] * _LAYERS][:_LAYERS]:
        if not found.damage:
            found = _one_layer(found.body, label, most)
    return found


def _one_layer(body: bytes, label: str, most: int) -> Unpacked:
    if is_gzip(body):
        return gunzipped(body, most)
    if body.startswith(_ZSTD):
        return _gathered(_zstd_parts(body), most)
    if label not in _LABELS or not body or _is_text(body):
        return Unpacked(body)
    ways = (_brotli_parts, _deflate_parts) if label == "br" else (_deflate_parts, _brotli_parts)
    tried = [_gathered(way(body), most) for way in ways]
    return next((each for each in tried if each.damage is not Reason.DAMAGED), tried[0])


def _is_text(body: bytes) -> bool:
    return body.startswith(_WIDE) or not _NEVER_IN_TEXT.search(body[:_BEGINNING])


def _gathered(parts: Iterator[bytes], most: int) -> Unpacked:
    gathered: list[bytes] = []
    size = 0
    try:
        for part in parts:
            gathered.append(part)
            size += len(part)
            if most and size > most:
                return Unpacked(b"".join(gathered), Reason.TOO_LARGE)
    except EOFError:
        return Unpacked(b"".join(gathered), Reason.CUT)
    except (OSError, zlib.error, brotli.error, zstd.ZstdError):
        return Unpacked(b"".join(gathered), Reason.DAMAGED)
    return Unpacked(b"".join(gathered))


def _gzip_parts(body: bytes) -> Iterator[bytes]:
    file = gzip.GzipFile(fileobj=io.BytesIO(body))
    is_begun = False
    try:
        while part := file.read1(_STEP):
            is_begun = True
            yield part
    except gzip.BadGzipFile as error:
        if not (is_begun and str(error).startswith("Not a gzipped file")):  # padding after the last member
            raise


def _deflate_parts(body: bytes) -> Iterator[bytes]:
    inflate = zlib.decompressobj()
    try:
        part = inflate.decompress(body, _STEP)
    except zlib.error:
        inflate = zlib.decompressobj(wbits=-15)  # some servers send it without the zlib header
        part = inflate.decompress(body, _STEP)
    yield part
    while not inflate.eof and (part := inflate.decompress(inflate.unconsumed_tail, _STEP)):
        yield part
    if not inflate.eof:
        raise EOFError


def _brotli_parts(body: bytes) -> Iterator[bytes]:
    decompressor = brotli.Decompressor()
    part = decompressor.process(body, output_buffer_limit=_STEP)
    while part:
        yield part
        part = b"" if decompressor.is_finished() else decompressor.process(b"", output_buffer_limit=_STEP)
    if not decompressor.is_finished():
        raise EOFError


def _zstd_parts(body: bytes) -> Iterator[bytes]:
    with zstd.ZstdFile(io.BytesIO(body)) as file:
        while part := file.read1(_STEP):
            yield part
