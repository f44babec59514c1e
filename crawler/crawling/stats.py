"""The counts of a crawl, by name."""

from scrapy.statscollectors import MemoryStatsCollector


class Stats(MemoryStatsCollector):
    """Scrapy's counts, without the warning that a deprecated argument was passed.

    Scrapy wraps each method for it whenever the method is looked up: 1.4 µs a count instead of 0.1, at 15 a page.
    """

    __getattribute__ = object.__getattribute__
