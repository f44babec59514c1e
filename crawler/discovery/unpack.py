"""Listings that come packed or cut short: gzip, mislabelled or not, within bounds."""

import re
import zlib

from crawler.reasons import Reason

_LARGEST = 64 * 1024 * 1024
"""Bytes of an unpacked listing; the sitemap protocol allows 50 MB."""
_GZIP = b"\x1f\x8b"
_STEP = 256 * 1024
_TAIL = 4096


def unpacked(body: bytes) -> tuple[bytes, Reason | None]:
    """Return a listing's bytes without gzip, and what is wrong with them, or None.

    The bytes decide, not the file's name: outlets serve plain XML as `.gz` and gzip as `.xml`.
    """
    if not body.startswith(_GZIP):
        return body, None
    inflate = zlib.decompressobj(wbits=31)
    parts: list[bytes] = []
    size = 0
    rest = body
    while rest and not inflate.eof:
        try:
            part = inflate.decompress(rest, _STEP)
        except zlib.error:
            return b"".join(parts), Reason.CUT_SHORT
        parts.append(part)
        size += len(part)
        if size > _LARGEST:
            return b"".join(parts), Reason.TOO_LARGE
        rest = inflate.unconsumed_tail
    return b"".join(parts), None if inflate.eof else Reason.CUT_SHORT


def whole_entries(plain: bytes, entry_end: re.Pattern[bytes], root_end: re.Pattern[bytes]) -> bytes:
    """Return a listing up to its last whole entry where its root is not closed: half an address is none."""
    if root_end.search(plain, max(0, len(plain) - _TAIL)):
        return plain
    ends = [end.end() for end in entry_end.finditer(plain)]
    return plain[: ends[-1]] if ends else b""
