"""Copy a crawl's counts into Scrapy's stats for people to read; no code reads them from there."""

from itertools import chain
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.discovery.counts import Tally
from crawler.downloading.answers import answers_of


class FiguresExtension:
    """Writes the counts of each listing and the response times of each host into the stats when a crawl closes."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_closed, signals.spider_closed)
        return extension

    def spider_closed(self) -> None:
        """Write the figures; the bookkeeping extension has marked the dead listings by now."""
        tally = tally_of(self._crawler)
        of_listings = tally.stats(self._crawler.spidercls.name) if tally else ()
        for name, value in chain(answers_of(self._crawler).stats(), of_listings):
            self._crawler.stats.set_value(name, value)


def tally_of(crawler: Crawler) -> Tally | None:
    """Return the counts of a crawl's listings, or None if its spider belongs to no outlet."""
    tally = getattr(crawler.spider, "tally", None)
    return tally if isinstance(tally, Tally) else None
