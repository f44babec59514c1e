"""Read feeds and sitemaps; the root element tells whether a response is a feed or a sitemap."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import ClassVar, Literal

from crawler.discovery.entries import Entries, Entry, outside, read_entry
from crawler.discovery.links import Further, Link, Listing, ListingError
from crawler.discovery.printed import read_address
from crawler.discovery.rss import read_item
from crawler.discovery.sitemaps import is_address, is_text_sitemap, read_url
from crawler.limits import LARGEST_ENTRY, MOST_ADDRESSES, MOST_ENTRIES
from crawler.reasons import Reason

_ROOTS = re.compile(
    rb"""<(?:
    !doctype\s+(?P<page>html)\b | (?P<html>html)(?=[\s/>])
    | (?P<feed>(?:[\w.-]+:)?(?:rss|feed|rdf))(?=[\s/>])           # with a prefix too: atom:feed, rdf:RDF
    | (?P<sitemap>(?:[\w.-]+:)?(?:urlset|sitemapindex))(?=[\s/>])
    )""",
    re.IGNORECASE | re.VERBOSE,
)

_NOTHING_ELSE = re.compile(
    rb"""
    [^<>]{0,200}>\s*+                   # the rest of the doctype
    (?:
        (?:
            <!--(?:[^-]|-(?!->))*+-->   # a comment, which ends at its first -->
            |<\?[^<>]*+>                # a declaration: <?xml-stylesheet ...?>
        )
        \s*+
    )*+                                 # possessive, as those inside: linear on a comment without an end
    """,
    re.VERBOSE,
)
"""What may stand between a doctype and its root: the doctype's end, comments, declarations."""
Kind = Literal["feed", "sitemap", "text", "html"]


class Feed(Listing):
    """An RSS or Atom feed."""

    way: ClassVar[str] = "feed"

    def read(self, plain: bytes, url: str, further: Further, skipped: list[str]) -> Iterator[Link | Further]:
        """Yield the links of a feed, or of a sitemap served in its place; `Listing.read` explains the arguments."""
        return _read(self.url, plain, url, further, skipped)


class NewsSitemap(Listing):
    """A sitemap, a news sitemap, or an index of either, gzipped or not."""

    way: ClassVar[str] = "sitemap"

    def read(self, plain: bytes, url: str, further: Further, skipped: list[str]) -> Iterator[Link | Further]:
        """Yield the links of a sitemap, the sitemaps of an index, or the links of a feed served in its place."""
        return _read(self.url, plain, url, further, skipped)


def kind_and_root(plain: bytes) -> tuple[Kind | None, re.Match[bytes] | None]:
    """Return a document's kind and the match of its root tag, before which comments and declarations may stand.

    The kind is None if it is unknown; the match is None if the document has no known root, as a text sitemap.
    """
    roots = outside(plain, _ROOTS)
    root = next(roots, None)
    if root is not None and root["page"]:
        root = _root_behind(root, next(roots, None), plain)
    if root is None:
        return ("text" if is_text_sitemap(plain) else None), None
    if root["feed"]:
        return "feed", root
    return ("sitemap" if root["sitemap"] else "html"), root


def _root_behind(doctype: re.Match[bytes], root: re.Match[bytes] | None, plain: bytes) -> re.Match[bytes]:
    """Return the root after a `<!DOCTYPE html>`, which some servers print before a feed, or else the doctype itself."""
    if root is not None and _NOTHING_ELSE.fullmatch(plain, doctype.end(), root.start()):
        return root
    return doctype


def _read(listing: str, plain: bytes, url: str, asked: Further, skipped: list[str]) -> Iterator[Link | Further]:
    # The root element decides: outlets replace sitemaps with feeds at the same URL, and the other way round.
    kind, root = kind_and_root(plain)
    if kind == "html":
        raise ListingError(Reason.HTML, "a web page stands in its place")
    if kind == "text":
        return _read_lines(plain, url, listing, skipped)
    if root is None:
        raise ListingError(Reason.NOT_XML, f"neither a feed nor a sitemap; it begins {plain[:40]!r}")
    if kind == "feed":
        read = partial(read_item, url=url, listing=listing, now=asked.now, keeps_text=asked.keeps_texts)
        entries = Entries(plain, root["feed"], root.end(), ("item", "entry"))
        return _read_entries(entries, read, MOST_ENTRIES, skipped)
    entries = Entries(plain, root["sitemap"], root.end(), ("url", "sitemap"))
    return _read_entries(entries, lambda entry: read_url(entry, url, listing, asked.now), MOST_ADDRESSES, skipped)


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
    """Return what an entry announces, or a sentence that says why it is skipped; it raises nothing."""
    if piece is None:
        return "its beginning is lost"
    if len(piece) > LARGEST_ENTRY:
        return f"it is larger than {LARGEST_ENTRY} bytes"
    try:
        entry = read_entry(piece)
        found = read(entry) if entry else None
    except Exception as error:  # noqa: BLE001  the boundary at which an entry becomes a counted outcome
        return f"cannot be read: {error!r}"
    return found or "it names no address"


def _read_lines(plain: bytes, url: str, listing: str, skipped: list[str]) -> Iterator[Link]:
    """Yield the links of a sitemap in plain text, one URL per line."""
    lines = [line.strip() for line in plain.decode("utf-8", "replace").splitlines() if line.strip()]
    for number, line in enumerate(lines[:MOST_ADDRESSES], start=1):
        address = read_address(line, url) if is_address(line) else None
        if address:
            yield Link(url=address, listing=listing)
        else:
            skipped.append(f"line {number}: {line[:200]!r} is not an address")
    if len(lines) > MOST_ADDRESSES:
        raise ListingError(Reason.TOO_LARGE, f"read the first {MOST_ADDRESSES} addresses only")
