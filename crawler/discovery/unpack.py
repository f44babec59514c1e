"""Listings that come packed as gzip, of one member or many, mislabelled, twice or cut short, within bounds."""

from crawler.limits import LARGEST_LISTING
from crawler.reasons import Reason
from crawler.unpacking import gunzipped, is_gzip

_LAYERS = 3
"""How often a listing may be packed: by its author, and by a server or two on the way."""


def unpacked(body: bytes) -> tuple[bytes, Reason | None]:
    """Return a listing's bytes without gzip, and what is wrong with them, or None.

    The bytes decide, not the file's name: outlets serve plain XML as `.gz` and gzip as `.xml`.
    """
    for _ in range(_LAYERS):
        if not is_gzip(body):
            break
        found = gunzipped(body, LARGEST_LISTING)
        if found.damage:
            return found.body, Reason.TOO_LARGE if found.damage is Reason.TOO_LARGE else Reason.CUT_SHORT
        body = found.body
    return body, None
