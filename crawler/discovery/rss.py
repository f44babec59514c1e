"""RSS and Atom feeds: bytes in, links out."""

import html
import io
import re
from collections.abc import Iterator
from typing import Any

import feedparser

from crawler.discovery.listing import Link, ListingError
from crawler.discovery.listing_times import read_time
from crawler.discovery.unpack import whole_entries
from crawler.reading.urls import absolute_url
from crawler.reasons import Reason

MOST_ENTRIES = 2000
"""Entries of one feed that are read; real feeds hold 20 to 200, newest first."""
_ENTRY_START = re.compile(rb"<(?:item|entry)[\s>]", re.IGNORECASE)
_ENTRY_END = re.compile(rb"</(?:item|entry)\s*>", re.IGNORECASE)
_ROOT_END = re.compile(rb"</(?:rss|rdf:rdf|feed)\s*>|<(?:rss|feed)[^>]*/>", re.IGNORECASE)
_ROOT = re.compile(rb"<(rss|rdf:rdf|feed)\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]+>")


def read_feed(plain: bytes, url: str, listing: str) -> Iterator[Link]:
    """Yield the links of a feed; raise ListingError once a damaged one has been read as far as it goes."""
    whole = whole_entries(plain, _ENTRY_END, _ROOT_END)
    breaks_off = len(whole) < len(plain)
    plain = _first_entries(whole)
    parsed = feedparser.parse(io.BytesIO(plain), sanitize_html=False, resolve_relative_uris=False)
    entries = 0
    for entry in parsed.entries:
        link = _link(entry, url, listing, is_atom=parsed.version.startswith("atom"))
        if link:
            entries += 1
            yield link
    if breaks_off:
        raise ListingError(Reason.CUT_SHORT, f"it breaks off; {entries} entries read")
    if len(plain) < len(whole):
        raise ListingError(Reason.TOO_LARGE, f"read the first {MOST_ENTRIES} entries only")
    fault = parsed.get("bozo_exception")
    # A bare ampersand is a fault of XML too, but costs no entry: only a loss is reported.
    if fault is not None and entries < len(_ENTRY_START.findall(plain)):
        raise ListingError(Reason.NOT_XML, f"read in part, {entries} entries: {fault}")
    if not entries:
        raise ListingError(Reason.EMPTY, "the feed announces nothing")


def _first_entries(plain: bytes) -> bytes:
    """Return a feed cut after its first entries, so that a parser's time and memory are bounded."""
    root = _ROOT.search(plain)
    for number, end in enumerate(_ENTRY_END.finditer(plain), start=1):
        if number == MOST_ENTRIES and root and _ENTRY_END.search(plain, end.end()):
            closing = b"</channel></rss>" if root[1].lower() == b"rss" else b"</" + root[1] + b">"
            return plain[: end.end()] + closing
    return plain


def _link(entry: Any, url: str, listing: str, *, is_atom: bool) -> Link | None:
    # A feed proxy prints its own address as the link and keeps the outlet's apart.
    address = absolute_url(entry.get("feedburner_origlink") or entry.get("link"), url)
    if address is None:
        return None
    changed = read_time(entry["updated"]) if "updated" in entry else None
    published = read_time(entry.get("published"))
    # RSS prints one date of an entry, as pubDate or dc:date; feedparser calls the second one "updated".
    if published is None and not is_atom:
        published, changed = changed, None
    return Link(url=address, listing=listing, title=_title(entry.get("title")), published=published, modified=changed)


def _title(printed: str | None) -> str | None:
    """Return a title as text: some feeds print it with tags, or with entities encoded twice."""
    plain = html.unescape(_TAG.sub("", html.unescape(printed or "")))
    return " ".join(plain.split()) or None
