"""Recognise archives of pages in other formats than WARC by their first bytes, and say how they become one."""

import re
import zlib

BEGINNING = 512
"""Number of bytes of a file that are enough to recognise its format."""
_GZIP = b"\x1f\x8b\x08"
_FORMATS = (
    (re.compile(rb"PK\x03\x04"), "a ZIP file, as WACZ is: unpack it, and name the folder archive/ in it"),
    (
        re.compile(
            rb"""
            \x28\xb5\x2f\xfd                # a frame of Zstandard (RFC 8878)
            | [\x50-\x5f]\x2a\x4d\x18       # a skippable frame, in which .warc.zst keeps its dictionary
            """,
            re.VERBOSE,
        ),
        "packed with Zstandard: unpack it with zstd -d, which names the dictionary if it needs one, and name the .warc",
    ),
    (re.compile(rb"filedesc://"), "an ARC file, as there were before WARC: warcio recompress OLD.arc.gz NEW.warc.gz"),
)


def other_format(beginning: bytes) -> str | None:
    """Return what a file is by its first bytes, and how to make a WARC of it; None for any format but these three.

    >>> other_format(b"filedesc://IAH-2006.arc 0.0.0.0")
    'an ARC file, as there were before WARC: warcio recompress OLD.arc.gz NEW.warc.gz'
    """
    if beginning.startswith(_GZIP):
        try:
            beginning = zlib.decompressobj(wbits=31).decompress(beginning[:BEGINNING], BEGINNING)
        except zlib.error:
            return None
    return next((what for begins, what in _FORMATS if begins.match(beginning)), None)
