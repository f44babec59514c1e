"""Count the errors in the log of a run by the outlet whose crawl logged them.

Scrapy's own count, `log_count/ERROR`, is of the process: in a run of many outlets, an error of one counts for all.
"""

import logging
from collections import Counter
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler

_counters: "WeakKeyDictionary[Crawler, ErrorCounter]" = WeakKeyDictionary()


class ErrorCounter(logging.Handler):
    """Counts errors by outlet; a log record names it by the spider that Scrapy puts into it."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.counts: Counter[str] = Counter()
        """Errors by outlet; those of no outlet are under an empty name."""

    def emit(self, record: logging.LogRecord) -> None:
        """Count a record."""
        self.counts[str(getattr(getattr(record, "spider", None), "name", ""))] += 1


def count_errors(crawl: Crawler, counter: ErrorCounter) -> None:
    """Let the errors of a crawl be those that the counter of its run counts for its outlet."""
    _counters[crawl] = counter


def errors_of(crawl: Crawler) -> int:
    """Return the number of errors in the log of a crawl; without a run around it, of those in its process."""
    if crawl in _counters:
        return _counters[crawl].counts[str(crawl.spidercls.name)]
    assert crawl.stats is not None
    return int(crawl.stats.get_value("log_count/ERROR", 0))
