"""The hosts that a crawl holds while other processes crawl too: no two of them ask one host at the same time."""

import time

from scrapy.crawler import Crawler

from crawler.clock import now
from crawler.reasons import Reason
from crawler.store import Rest, store_of

_MINUTE = 60


class HeldHosts:
    """Holds the hosts of one crawl, for its lane; they are free when the lane is left, or its process dies."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._lanes = store_of(crawler).lanes
        self._outlet = str(crawler.spidercls.name)
        self._delay = crawler.settings.getfloat("DOWNLOAD_DELAY", 1)

    def wait(self, host: str) -> float | None:
        """Hold a host; return the seconds until it may be asked, or None if another lane holds it."""
        return self._lanes.hold(self._outlet, host, time.time(), delay=self._delay)

    def pace(self, host: str, delay: float) -> None:
        """Store the Crawl-delay of a host, for whoever holds it next; 0 without any."""
        self._lanes.pace(host, delay)

    def taken(self, host: str) -> Rest:
        """Return the rest of a host that another lane holds; what this crawl wanted of it waits for the next run."""
        until = now(self._crawler.settings) + _MINUTE
        return Rest(host=host, until=until, reason=Reason.LEFT_ALONE, detail="is crawled for another outlet just now")
