"""Read the entries of RSS and Atom feeds."""

import re
from datetime import datetime

from crawler.discovery.entries import Entry
from crawler.discovery.full_texts import feed_text
from crawler.discovery.links import Link
from crawler.discovery.listing_times import read_last_moment, read_time

_ADDRESS = re.compile(r"\s*https?://", re.IGNORECASE)
"""The beginning of a text that is a URL; a `guid` may be any text."""


def read_item(entry: Entry, url: str, listing: str, now: datetime, *, keeps_text: bool = False) -> Link | None:
    """Return the link that an entry of a feed announces, or None if it has no valid URL.

    `url` is the feed's URL, to make the link absolute; `listing` is the URL of its listing; `now` is when it
    was fetched, in the zone of times that are printed without one. With `keeps_text` the link carries the entry's text.
    """
    # A feed proxy puts its own URL into `link` and the outlet's into `origLink`. Some feeds have only `guid`.
    named = [
        text for text in (entry.text("guid"), entry.text("id"), entry.text("about")) if text and _ADDRESS.match(text)
    ]
    address = entry.address(url, entry.text("origlink"), entry.text("link"), *entry.links, *named)
    if address is None:
        return None
    issued = entry.text("pubdate", "published", "issued", "created")
    published = read_time(issued, now)
    changed = read_last_moment(entry.text("updated", "modified", "date"), now)
    # An RSS item has one date, under one of many names: it is the time of publication.
    if issued is None and entry.name == "item":
        published, changed = read_time(entry.text("updated", "modified", "date"), now), None
    if published is None and changed is None:
        changed = read_last_moment(issued, now)  # a month alone is too vague for a time of publication
    text = feed_text(entry) if keeps_text else None
    return Link(url=address, listing=listing, title=entry.title(), published=published, modified=changed, text=text)
