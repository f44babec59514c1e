"""RSS and Atom feeds: bytes in, links out."""

import re

from crawler.discovery.entries import Entry
from crawler.discovery.links import Link
from crawler.discovery.listing_times import read_last_moment, read_time

_ADDRESS = re.compile(r"\s*https?://", re.IGNORECASE)


def read_item(entry: Entry, url: str, listing: str, zone: str) -> Link | None:
    """Return the link that an entry of a feed announces, or None for one that prints no address.

    `zone` is the IANA zone of times that are printed without one.
    """
    # A feed proxy prints its own address as the link and keeps the outlet's apart. Some print theirs as guid alone.
    named = [
        text for text in (entry.text("guid"), entry.text("id"), entry.text("about")) if text and _ADDRESS.match(text)
    ]
    address = entry.address(url, entry.text("origlink"), entry.text("link"), *entry.links, *named)
    if address is None:
        return None
    issued = entry.text("pubdate", "published", "issued", "created")
    published = read_time(issued, zone)
    changed = read_last_moment(entry.text("updated", "modified", "date"), zone)
    # RSS prints one date of an entry, under one of many names.
    if issued is None and entry.name == "item":
        published, changed = read_time(entry.text("updated", "modified", "date"), zone), None
    if published is None and changed is None:
        changed = read_last_moment(issued, zone)  # the month alone is no day of publication
    return Link(url=address, listing=listing, title=entry.title(), published=published, modified=changed)
