"""Recognise archives of pages in other formats than WARC by their first bytes, and say how they become one."""

import re
import zlib

BEGINNING = 512
"""Number of bytes of a file that are enough to recognise its format."""
_GZIP = b"\x1f\x8b\x08"
_FORMATS = (
    (
        re.compile(rb"PK\x03\x04"),
        "a ZIP file, as WACZ is: scrapy extract reads one that is a file by itself; for a replay unpack it, and name "
        "the folder archive/ in it",
    ),
    (re.compile(rb"filedesc://"), "an ARC file, as there were before WARC: warcio recompress OLD.arc.gz NEW.warc.gz"),
)


def other_format(beginning: bytes) -> str | None:
    """Return what a file is by its first bytes, and how to make a WARC of it; None for any format but these two.

    >>> other_format(b"filedesc://IAH-2006.arc 0.0.0.0")
    'an ARC file, as there were before WARC: warcio recompress OLD.arc.gz NEW.warc.gz'
    """
    if beginning.startswith(_GZIP):
        try:
            beginning = zlib.decompressobj(wbits=31).decompress(beginning[:BEGINNING], BEGINNING)
        except zlib.error:
            return None
    return next((what for begins, what in _FORMATS if begins.match(beginning)), None)
