"""What a listing announces, whatever its kind and however it is packed."""

import html
import re
from collections.abc import Iterator

from crawler.discovery.listing import Feed, Further, Link, Listing, ListingError, NewsSitemap, Section
from crawler.discovery.rss import read_feed
from crawler.discovery.sections import read_section_links
from crawler.discovery.sitemaps import read_sitemap
from crawler.discovery.unpack import unpacked
from crawler.reading.walls import read_wall
from crawler.reasons import Reason

_BEGINNING = 4096
_WEB_PAGE = re.compile(rb"^\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html\b)", re.IGNORECASE | re.DOTALL)
_HEAD = 65_536
_TITLE = re.compile(rb"<title\b[^>]{0,200}>([^<]{1,300})", re.IGNORECASE)
_FEED = re.compile(rb"<(?:rss|rdf:rdf|feed)\b", re.IGNORECASE)
_SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b", re.IGNORECASE)


def find(listing: Listing, further: Further, body: bytes, url: str) -> Iterator[Link | Further]:
    """Yield the links of one address of a listing, and its further addresses.

    Raise ListingError when it cannot be read to its end, after what could be read has been yielded.
    """
    plain, damage = unpacked(body)
    if not plain.strip():
        raise ListingError(damage or Reason.EMPTY, "it has no content")
    count = 0
    try:
        for found in _read(listing, further, plain, url):
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


def _title(plain: bytes) -> str | None:
    """Return the title of a web page."""
    found = _TITLE.search(plain[:_HEAD])
    return html.unescape(found[1].decode("utf-8", "replace")).strip() if found else None


def _read(listing: Listing, further: Further, plain: bytes, url: str) -> Iterator[Link | Further]:
    if isinstance(listing, Section):
        return read_section_links(plain, url, listing, further.page)
    if not isinstance(listing, Feed | NewsSitemap):
        raise TypeError(f"{listing.url}: a listing is a Feed, a NewsSitemap or a Section, not {type(listing)}")
    beginning = plain[:_BEGINNING]
    if _WEB_PAGE.match(beginning):
        raise ListingError(Reason.HTML, "a web page stands in its place")
    # The root element decides: outlets serve feeds where sitemaps stood, and the other way round.
    if _SITEMAP.search(beginning):
        return read_sitemap(plain, url, listing.url)
    if _FEED.search(beginning):
        return read_feed(plain, url, listing.url)
    raise ListingError(Reason.NOT_XML, f"neither a feed nor a sitemap; it begins {beginning[:40]!r}")
