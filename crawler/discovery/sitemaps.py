"""Read the entries of sitemaps, news sitemaps and sitemap indexes; recognise sitemaps in plain text."""

import re
from datetime import datetime

from crawler.discovery.entries import Entry
from crawler.discovery.links import Further, Link
from crawler.discovery.listing_times import read_last_moment, read_time

_ADDRESS = re.compile(r"https?://[^\s<>\"]{3,2000}", re.IGNORECASE)
"""An absolute URL on a line of its own."""


def read_url(entry: Entry, url: str, listing: str, now: datetime) -> Link | Further | None:
    """Return the link of a sitemap's entry, or the sitemap that an index's entry names; None without a valid URL.

    `url` is the sitemap's URL, to make the link absolute; `listing` is the URL of its listing; `now` is when
    it was fetched, in the zone of times that are printed without one.
    """
    address = entry.address(url, entry.text("loc"))
    if address is None:
        return None
    changed = read_last_moment(entry.text("lastmod"), now)
    if entry.name == "sitemap":
        return Further(url=address, modified=changed)
    published = read_time(entry.text("publication_date"), now)
    return Link(url=address, listing=listing, title=entry.title(), published=published, modified=changed)


def is_text_sitemap(plain: bytes) -> bool:
    """Return whether a listing is a sitemap in plain text: its first line is a URL."""
    return is_address(plain.lstrip()[:2048].split(b"\n", 1)[0].decode("utf-8", "replace"))


def is_address(line: str) -> bool:
    """Return whether a line of text is an absolute URL and nothing else."""
    return _ADDRESS.fullmatch(line.strip()) is not None
