"""The counts of a crawl, by name."""

from scrapy.statscollectors import MemoryStatsCollector


class Stats(MemoryStatsCollector):
    """Scrapy's counts, without the warning that a deprecated argument was passed.

    To give it, Scrapy looks at each name that is asked for, and at the arguments of each call: 1.7 µs a count instead
    of 0.1, at 15 a page.
    """

    __getattribute__ = object.__getattribute__
