"""Sitemaps, news sitemaps and indexes of either, read as a stream."""

import io
import re
from collections.abc import Iterator

from lxml import etree

from crawler.discovery.listing import Further, Link, ListingError
from crawler.discovery.listing_times import read_time
from crawler.discovery.unpack import whole_entries
from crawler.reading.urls import absolute_url
from crawler.reasons import Reason

MOST_ADDRESSES = 50_000
"""Addresses of one sitemap; the protocol allows no more."""
_ENTRY_END = re.compile(rb"</(?:\w+:)?(?:url|sitemap)\s*>", re.IGNORECASE)
_ROOT_END = re.compile(rb"</(?:\w+:)?(?:urlset|sitemapindex)\s*>|<(?:urlset|sitemapindex)[^>]*/>", re.IGNORECASE)
_BARE_AMPERSAND = re.compile(rb"&(?!#?\w{1,32};)")


def read_sitemap(plain: bytes, url: str, listing: str) -> Iterator[Link | Further]:
    """Yield the links of a sitemap, or the sitemaps of an index; raise ListingError once a damaged one has been read.

    Memory does not grow with the file, and an entity is never expanded.
    """
    whole = whole_entries(plain, _ENTRY_END, _ROOT_END)
    breaks_off = len(whole) < len(plain)
    count = 0
    try:
        for found in _entries(_BARE_AMPERSAND.sub(b"&amp;", whole), url, listing):
            count += 1
            if count > MOST_ADDRESSES:
                raise ListingError(Reason.TOO_LARGE, f"read the first {MOST_ADDRESSES} addresses only")
            yield found
    except ListingError:
        if not breaks_off:
            raise
    if breaks_off:
        raise ListingError(Reason.CUT_SHORT, f"it breaks off; {count} addresses read")
    if not count:
        raise ListingError(Reason.EMPTY, "the sitemap names no address")


def _entries(plain: bytes, url: str, listing: str) -> Iterator[Link | Further]:
    stream = etree.iterparse(
        io.BytesIO(plain), events=("end",), recover=True, resolve_entities=False, no_network=True, huge_tree=False
    )
    try:
        for _, element in stream:
            name = _name(element)
            if name == "url":
                found: Link | Further | None = _link(element, url, listing)
            elif name == "sitemap":
                found = _further(element, url)
            else:
                continue
            _forget(element)
            if found:
                yield found
    except etree.XMLSyntaxError as error:
        raise ListingError(Reason.NOT_XML, f"read in part: {error.msg}") from error
    faults = stream.error_log.filter_from_errors()
    if faults:
        raise ListingError(Reason.NOT_XML, f"read in part, to line {faults[0].line}: {faults[0].message}")


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _link(element: etree._Element, url: str, listing: str) -> Link | None:
    values = _values(element)
    address = absolute_url(values.get("loc"), url)
    if address is None:
        return None
    return Link(
        url=address,
        listing=listing,
        title=values.get("title"),
        published=read_time(values.get("publication_date")),
        modified=read_time(values.get("lastmod")),
    )


def _further(element: etree._Element, url: str) -> Further | None:
    values = _values(element)
    address = absolute_url(values.get("loc"), url)
    return Further(url=address, modified=read_time(values.get("lastmod"))) if address else None


def _values(element: etree._Element) -> dict[str, str]:
    """Return the texts of an entry by their plain names; an image's own address and title are not the article's."""
    values: dict[str, str] = {}
    for part in element.iter():
        name = _name(part)
        if name is None or name in values or _is_of_image(part):
            continue
        text = " ".join((part.text or "").split())
        if text:
            values[name] = text
    return values


def _is_of_image(part: etree._Element) -> bool:
    return isinstance(part.tag, str) and ("sitemap-image" in part.tag or "sitemap-video" in part.tag)


def _name(element: etree._Element) -> str | None:
    """Return an element's name without its namespace, which outlets misspell."""
    if not isinstance(element.tag, str):
        return None
    return element.tag.rsplit("}", 1)[-1].rsplit(":", 1)[-1].lower()
