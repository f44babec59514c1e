"""What a listing announces, whatever its kind and however it is packed."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace

from crawler.discovery.links import Further, Link, Listing, ListingError
from crawler.discovery.printed import readable
from crawler.discovery.unpack import unpacked
from crawler.discovery.xml_listing import Kind, kind_and_root
from crawler.reading.walls import read_wall
from crawler.reasons import Reason

_HEAD = 65_536
_TITLE = re.compile(rb"<title\b[^>]{0,200}>([^<]{1,300})", re.IGNORECASE)


def find(
    listing: Listing,
    further: Further,
    body: bytes,
    url: str,
    *,
    encoding: str | None = None,
    skipped: list[str] | None = None,
    zone: str = "Asia/Kolkata",
) -> Iterator[Link | Further]:
    """Yield the links of one address of a listing, and its further addresses.

    `encoding` is the charset of the HTTP header, `zone` the IANA zone of times that are printed without one. An entry
    that names no address is left out, and `skipped` told why.
    Raise ListingError when the listing cannot be read to its end, after what could be read has been yielded.
    """
    packed, damage = unpacked(body)
    plain, lost = readable(packed, encoding)
    if not plain.strip():
        raise ListingError(damage or Reason.EMPTY, "it has no content")
    count = 0
    try:
        for found in listing.read(plain, url, replace(further, zone=zone), [] if skipped is None else skipped):
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
        raise ListingError(Reason.BAD_BYTES, f"{lost} of its bytes are no text; {count} addresses read")


def _title(plain: bytes) -> str | None:
    """Return the title of a web page."""
    found = _TITLE.search(plain[:_HEAD])
    return html.unescape(found[1].decode("utf-8", "replace")).strip() if found else None


def kind_of(body: bytes) -> Kind | None:
    """Return what an answer is, packed or not; None for neither a feed, nor a sitemap, nor a web page."""
    return kind_and_root(readable(unpacked(body)[0])[0])[0]
