"""The id by which an announced article is remembered."""

from crawler.discovery.listing import Link
from crawler.reading.address import article_id, article_number
from crawler.reading.outlet import Outlet


def link_id(link: Link, outlet: Outlet) -> str:
    """Return the id that an announced article would have, before its page is read."""
    return article_id(outlet.slug, link.url, article_number(link.url, outlet))
