"""Write a feed as Atom (RFC 4287)."""

import xml.etree.ElementTree as ET
from datetime import datetime

from w3lib.url import safe_url_string

from crawler.edition.web_feed import FeedItem, WebFeed

_ATOM = "http://www.w3.org/2005/Atom"


def atom(feed: WebFeed, base: str | None) -> str:
    """Return a feed as Atom; `base` is the address at which the edition is served, if it is known."""
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "hi"})
    _add(root, "id", f"urn:videsh:feed:{feed.name}")
    _add(root, "title", feed.title)
    _add(root, "updated", _time(feed.updated))
    _add(ET.SubElement(root, "author"), "name", "Videsh")
    if base:
        ET.SubElement(root, "link", rel="self", type="application/atom+xml", href=f"{base}feeds/{feed.name}.atom")
        ET.SubElement(root, "link", rel="alternate", type="text/html", href=f"{base}index.html")
    for item in feed.items:
        root.append(_entry(item))
    ET.indent(root, "")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _entry(item: FeedItem) -> ET.Element:
    entry = ET.Element("entry")
    _add(entry, "id", item.id)
    _add(entry, "title", item.title)
    _add(entry, "updated", _time(item.at))
    _add(entry, "published", _time(item.at))
    _add(ET.SubElement(entry, "author"), "name", item.author)
    if item.url:
        ET.SubElement(entry, "link", rel="alternate", href=safe_url_string(item.url))
    for tag in item.tags:
        ET.SubElement(entry, "category", term=tag)
    _add(entry, "summary" if item.url else "content", item.text)  # without a link, an entry needs content
    return entry


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _time(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
