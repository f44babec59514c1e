"""Make the expected result of a recorded listing, the JSON file beside it in tests/pages."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from crawler.discovery.frontier import is_article
from crawler.discovery.links import Further, Link, Listing
from crawler.discovery.listing import Feed, NewsSitemap, Section
from crawler.discovery.read_listing import kind_of, read_listing
from crawler.reading.outlet import Outlet


def listing_at(url: str, body: bytes, declared: Iterable[Listing]) -> Listing | None:
    """Return the declared listing of a URL, else a feed or sitemap if the body is one, else None."""
    for listing in declared:
        if listing.url == url:
            return listing
    kind = kind_of(body)
    if kind == "sitemap":
        return NewsSitemap(url=url, evidence="page")
    return Feed(url=url, evidence="page") if kind == "feed" else None


def answer_of(listing: Listing, outlet: Outlet, body: bytes, url: str) -> dict[str, Any]:
    """Return the content of a listing's JSON file: its links, for a section page only those to articles."""
    found = list(read_listing(listing, Further(url=url), body, url, now=datetime.now(ZoneInfo(outlet.time_zone))))
    links = [link for link in found if isinstance(link, Link)]
    if isinstance(listing, Section):
        links = [link for link in links if is_article(link.url, outlet)]
    answer: dict[str, Any] = {"listing": {"url": url, "kind": _kind(listing, body)}, "links": list(map(_plain, links))}
    further = [each.url for each in found if isinstance(each, Further)]
    return {**answer, "further": further} if further else answer


def _kind(listing: Listing, body: bytes) -> str:
    kind = kind_of(body)  # a declared sitemap may really be a feed
    return listing.way if kind in (None, "html") else kind


def _plain(link: Link) -> dict[str, str | None]:
    published = link.published.isoformat() if link.published else None
    return {"url": link.url, "title": link.title, "published": published}
