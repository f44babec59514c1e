"""The moment of a crawl, and the names by which its articles are remembered."""

import time
from datetime import datetime

from scrapy.settings import BaseSettings

from crawler.discovery.listing import Link
from crawler.reading.address import article_id, article_number
from crawler.reading.outlet import Outlet


def now(settings: BaseSettings) -> int:
    """Return the time in seconds since 1970; the setting CRAWL_TIME stands for it in tests and replays."""
    told = settings.get("CRAWL_TIME")
    return int(datetime.fromisoformat(told).timestamp() if told else time.time())


def link_id(link: Link, outlet: Outlet) -> str:
    """Return the id that an announced article would have, before its page is read."""
    return article_id(outlet.slug, link.url, article_number(link.url, outlet))
