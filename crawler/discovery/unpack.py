"""Listings that come packed: gzip of one member or many, mislabelled, twice or cut short, within bounds."""

import zlib

from crawler.reasons import Reason

_LARGEST = 64 * 1024 * 1024
"""Bytes of an unpacked listing; the sitemap protocol allows 50 MB."""
_GZIP = b"\x1f\x8b"
_STEP = 256 * 1024
_LAYERS = 3
"""How often a listing may be packed: by its author, and by a server or two on the way."""


def unpacked(body: bytes) -> tuple[bytes, Reason | None]:
    """Return a listing's bytes without gzip, and what is wrong with them, or None.

    The bytes decide, not the file's name: outlets serve plain XML as `.gz` and gzip as `.xml`.
    """
    damage: Reason | None = None
    for _ in range(_LAYERS):
        if not body.startswith(_GZIP) or damage:
            break
        body, damage = _one_layer(body)
    return body, damage


def _one_layer(body: bytes) -> tuple[bytes, Reason | None]:
    parts: list[bytes] = []
    size = 0
    rest = body
    inflate = zlib.decompressobj(wbits=31)
    while True:
        try:
            part = inflate.decompress(rest, _STEP)
        except zlib.error:
            return b"".join(parts), Reason.CUT_SHORT
        parts.append(part)
        size += len(part)
        if size > _LARGEST:
            return b"".join(parts), Reason.TOO_LARGE
        rest = inflate.unconsumed_tail
        if inflate.eof:
            rest = inflate.unused_data
            if not rest.startswith(_GZIP):  # the end, or padding behind it
                return b"".join(parts), None
            inflate = zlib.decompressobj(wbits=31)
        elif not rest:
            return b"".join(parts), Reason.CUT_SHORT
