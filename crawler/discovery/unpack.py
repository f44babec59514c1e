"""Decompress gzipped listings within size limits: mislabelled, compressed twice, of several members, or cut short."""

from crawler.limits import LARGEST_LISTING
from crawler.reasons import Reason
from crawler.unpacking import gunzipped, is_gzip

_LAYERS = 3
"""Maximum number of gzip layers: one by the author, and one or two by servers on the way."""


def unpack_listing(body: bytes) -> tuple[bytes, Reason | None]:
    """Return a listing's decompressed bytes, and the reason of their damage, or None.

    The bytes decide whether it is gzip, not the file's name: outlets serve plain XML as `.gz` and gzip as `.xml`.
    """
    for _ in range(_LAYERS):
        if not is_gzip(body):
            break
        found = gunzipped(body, LARGEST_LISTING)
        if found.damage:
            return found.body, Reason.TOO_LARGE if found.damage is Reason.TOO_LARGE else Reason.CUT_SHORT
        body = found.body
    return body, None
