"""What a listing announces, whatever its kind and however it is packed."""

import html
import re
from collections.abc import Callable, Iterator
from typing import Literal

from crawler.discovery.entries import Entries, Entry, outside, read_entry
from crawler.discovery.listing import Feed, Further, Link, Listing, ListingError, NewsSitemap, Section
from crawler.discovery.printed import read_address, readable
from crawler.discovery.rss import MOST_ENTRIES, read_item
from crawler.discovery.sections import read_section
from crawler.discovery.sitemaps import MOST_ADDRESSES, is_address, is_text_sitemap, read_url
from crawler.discovery.unpack import unpacked
from crawler.reading.walls import read_wall
from crawler.reasons import Reason

_ROOTS = re.compile(
    rb"""<(?:
    !doctype\s+(?P<page>html)\b | (?P<html>html)(?=[\s/>])
    | (?P<feed>(?:[\w.-]+:)?(?:rss|feed|rdf))(?=[\s/>])           # of a prefix too: atom:feed, rdf:RDF
    | (?P<sitemap>(?:[\w.-]+:)?(?:urlset|sitemapindex))(?=[\s/>])
    )""",
    re.IGNORECASE | re.VERBOSE,
)

_HEAD = 65_536
_TITLE = re.compile(rb"<title\b[^>]{0,200}>([^<]{1,300})", re.IGNORECASE)

Kind = Literal["feed", "sitemap", "text", "html"]


def find(
    listing: Listing,
    further: Further,
    body: bytes,
    url: str,
    *,
    encoding: str | None = None,
    skipped: list[str] | None = None,
) -> Iterator[Link | Further]:
    """Yield the links of one address of a listing, and its further addresses.

    `encoding` is the charset of the HTTP header. An entry that names no address is left out, and `skipped` told why.
    Raise ListingError when the listing cannot be read to its end, after what could be read has been yielded.
    """
    packed, damage = unpacked(body)
    plain, lost = readable(packed, encoding)
    if not plain.strip():
        raise ListingError(damage or Reason.EMPTY, "it has no content")
    count = 0
    try:
        for found in _read(listing, further, plain, url, [] if skipped is None else skipped):
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
    return _kind(readable(unpacked(body)[0])[0])[0]


def _kind(plain: bytes) -> tuple[Kind | None, re.Match[bytes] | None]:
    """Return the kind and the root: notices, comments and declarations may stand before it, of any length."""
    root = next(outside(plain, _ROOTS), None)
    if root is None:
        return ("text" if is_text_sitemap(plain) else None), None
    if root["feed"]:
        return "feed", root
    return ("sitemap" if root["sitemap"] else "html"), root


def _read(listing: Listing, further: Further, plain: bytes, url: str, skipped: list[str]) -> Iterator[Link | Further]:
    if isinstance(listing, Section):
        return read_section(plain, url, listing, further.page, skipped)
    if not isinstance(listing, Feed | NewsSitemap):
        raise TypeError(f"{listing.url}: a listing is a Feed, a NewsSitemap or a Section, not {type(listing)}")
    # The root element decides: outlets serve feeds where sitemaps stood, and the other way round.
    kind, root = _kind(plain)
    if kind == "html":
        raise ListingError(Reason.HTML, "a web page stands in its place")
    if kind == "text":
        return _read_lines(plain, url, listing.url, skipped)
    if root is None:
        raise ListingError(Reason.NOT_XML, f"neither a feed nor a sitemap; it begins {plain[:40]!r}")
    if kind == "feed":
        entries = Entries(plain, root["feed"], root.end(), ("item", "entry"))
        return _read_entries(entries, lambda entry: read_item(entry, url, listing.url), MOST_ENTRIES, skipped)
    entries = Entries(plain, root["sitemap"], root.end(), ("url", "sitemap"))
    return _read_entries(entries, lambda entry: read_url(entry, url, listing.url), MOST_ADDRESSES, skipped)


def _read_entries(
    entries: Entries, read: Callable[[Entry], Link | Further | None], most: int, skipped: list[str]
) -> Iterator[Link | Further]:
    count = number = 0
    for number, piece in enumerate(entries, start=1):
        if number > most:
            raise ListingError(Reason.TOO_LARGE, f"read the first {most} entries only")
        found = _guarded(piece, read)
        if isinstance(found, str):
            skipped.append(f"entry {number}: {found}")
            continue
        count += 1
        yield found
    if not entries.is_whole:
        raise ListingError(Reason.CUT_SHORT, f"it breaks off; {count} entries read")
    if number and not count:
        raise ListingError(Reason.EMPTY, f"none of its {number} entries names an address")
    if not number:
        raise ListingError(*entries.why_none())


def _guarded(piece: bytes | None, read: Callable[[Entry], Link | Further | None]) -> Link | Further | str:
    """Return what an entry announces, or why it announces nothing: whatever is wrong with it ends nothing else."""
    if piece is None:
        return "its beginning is lost"
    try:
        entry = read_entry(piece)
        found = read(entry) if entry else None
    except Exception as error:  # noqa: BLE001  the boundary at which an entry becomes a counted outcome
        return f"cannot be read: {error!r}"
    return found or "it names no address"


def _read_lines(plain: bytes, url: str, listing: str, skipped: list[str]) -> Iterator[Link]:
    """Yield the links of a sitemap in plain text."""
    lines = [line.strip() for line in plain.decode("utf-8", "replace").splitlines() if line.strip()]
    for number, line in enumerate(lines[:MOST_ADDRESSES], start=1):
        address = read_address(line, url) if is_address(line) else None
        if address:
            yield Link(url=address, listing=listing)
        else:
            skipped.append(f"line {number}: {line[:200]!r} is no address")
    if len(lines) > MOST_ADDRESSES:
        raise ListingError(Reason.TOO_LARGE, f"read the first {MOST_ADDRESSES} addresses only")
