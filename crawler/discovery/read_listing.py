"""Read a listing of any kind: decompress it, decode it, and yield its links."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from crawler.discovery.links import Further, Link, Listing, ListingError
from crawler.discovery.printed import readable
from crawler.discovery.unpack import unpack_listing
from crawler.discovery.xml_listing import Kind, kind_and_root
from crawler.reading.wall_titles import read_wall
from crawler.reasons import Reason

_HEAD = 65_536
"""Bytes in which the title of a web page is searched."""
_TITLE = re.compile(rb"<title\b[^>]{0,200}>([^<]{1,300})", re.IGNORECASE)


def read_listing(
    listing: Listing,
    further: Further,
    body: bytes,
    url: str,
    *,
    encoding: str | None = None,
    skipped: list[str] | None = None,
    now: datetime | None = None,
    keeps_texts: bool = False,
) -> Iterator[Link | Further]:
    """Yield the links of one URL of a listing, and further URLs of the listing.

    `body` is the response's body, perhaps gzipped, and `url` its URL after redirects; `encoding` is the charset of the
    HTTP header. `now` is when it was fetched, in the outlet's zone: relative times count from it, and times without a
    zone are in that zone; by default the present in India. With `keeps_texts` the links of a feed carry its texts. An
    entry without a valid URL is left out, and a sentence that says why is appended to `skipped`.
    Raise ListingError if the listing cannot be read to its end, after everything readable has been yielded.
    """
    packed, damage = unpack_listing(body)
    plain, lost = readable(packed, encoding)
    if not plain.strip():
        raise ListingError(damage or Reason.EMPTY, "it has no content")
    count = 0
    try:
        further = replace(further, now=now or further.now, keeps_texts=keeps_texts)
        for found in listing.read(plain, url, further, [] if skipped is None else skipped):
            count += 1
            yield found
    except ListingError as error:
        if not count and (title := _title(plain)) and (wall := read_wall(title)):
            raise ListingError(wall, f"a web page stands in its place, and says {title!r}") from error
        if not damage:
            raise
        raise ListingError(damage, f"it is packed and damaged; {count} addresses read") from error
    if damage:
        raise ListingError(damage, f"it is packed and damaged; {count} addresses read")
    if lost:
        raise ListingError(Reason.BAD_BYTES, f"{lost} of its bytes are not text; {count} addresses read")


def _title(plain: bytes) -> str | None:
    """Return the title of a web page, or None."""
    found = _TITLE.search(plain[:_HEAD])
    return html.unescape(found[1].decode("utf-8", "replace")).strip() if found else None


def kind_of(body: bytes) -> Kind | None:
    """Return the kind of a response body, gzipped or not; None if it is neither a feed, a sitemap nor a web page."""
    return kind_and_root(readable(unpack_listing(body)[0])[0])[0]
