"""RSS and Atom feeds: bytes in, links out."""

import html
import io
import re
from collections.abc import Iterator
from typing import Any

import feedparser

from crawler.discovery.listing import ListingError, Link
from crawler.discovery.packing import unpacked
from crawler.discovery.times import read_time
from crawler.reading.address import absolute_url

MOST_ENTRIES = 2000
"""Entries of one feed that are read; real feeds hold 20 to 200, newest first."""
_ENTRY_END = re.compile(rb"</(?:item|entry)\s*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]+>")
_HTML_PAGE = re.compile(rb"^\s*(?:<!--.*?-->\s*)?(?:<!doctype\s+html|<html\b)", re.IGNORECASE | re.DOTALL)
_ROOT = re.compile(rb"<(rss|rdf:rdf|feed)\b", re.IGNORECASE)


def read_feed(body: bytes, url: str, listing: str) -> Iterator[Link]:
    """Yield the links of a feed; raise ListingError for what is no feed, or once a damaged one has been read."""
    plain, damage = unpacked(body)
    if not plain.strip():
        raise ListingError(damage or "empty", "the feed has no content")
    if _HTML_PAGE.match(plain[:4096]):
        raise ListingError("html", "a web page stands in the feed's place")
    root = _ROOT.search(plain[:4096])
    if root is None:
        raise ListingError("not-xml", f"neither RSS nor Atom; it begins {plain[:40]!r}")
    plain, cut = _first_entries(plain, root[1])
    parsed = feedparser.parse(io.BytesIO(plain), sanitize_html=False, resolve_relative_uris=False)
    entries = 0
    for entry in parsed.entries:
        link = _link(entry, url, listing)
        if link:
            entries += 1
            yield link
    _raise_if_damaged(parsed, entries, damage, cut)


def _raise_if_damaged(parsed: Any, entries: int, damage: str | None, cut: bool) -> None:
    if cut:
        raise ListingError("too-large", f"read the first {MOST_ENTRIES} entries only")
    if damage:
        raise ListingError(damage, f"the feed is packed and damaged; {entries} entries read")
    if not entries:
        raise ListingError("empty", "the feed announces nothing")
    fault = parsed.get("bozo_exception")
    if fault is not None and not isinstance(fault, feedparser.CharacterEncodingOverride | feedparser.NonXMLContentType):
        raise ListingError("not-xml", f"read in part, {entries} entries: {fault}")


def _first_entries(plain: bytes, root: bytes) -> tuple[bytes, bool]:
    """Return a feed cut after its first entries, and whether it had more: a parser's time and memory are bounded."""
    for number, end in enumerate(_ENTRY_END.finditer(plain), start=1):
        if number == MOST_ENTRIES:
            rest = plain[end.end() :]
            if not _ENTRY_END.search(rest):
                return plain, False
            closing = b"</channel></rss>" if root.lower() == b"rss" else b"</" + root + b">"
            return plain[: end.end()] + closing, True
    return plain, False


def _link(entry: Any, url: str, listing: str) -> Link | None:
    # A feed proxy prints its own address as the link and keeps the outlet's apart.
    address = absolute_url(entry.get("feedburner_origlink") or entry.get("link"), url)
    if address is None:
        return None
    return Link(
        url=address,
        listing=listing,
        title=_title(entry.get("title")),
        published=read_time(entry.get("published")),
        modified=read_time(entry.get("updated")),
    )


def _title(printed: str | None) -> str | None:
    """Return a title as text: some feeds print it with tags, or with entities encoded twice."""
    plain = html.unescape(_TAG.sub("", html.unescape(printed or "")))
    return " ".join(plain.split()) or None
