"""Count the errors in the log of a run by the outlet whose crawl logged them.

Scrapy's own count, `log_count/ERROR`, is of the process: in a run of many outlets, an error of one counts for all.
"""

import logging
from collections import Counter


class ErrorCounter(logging.Handler):
    """Counts errors by outlet; a log record names it by the spider that Scrapy puts into it."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.counts: Counter[str] = Counter()
        """Errors by outlet; those of no outlet are under an empty name."""

    def emit(self, record: logging.LogRecord) -> None:
        """Count a record."""
        self.counts[str(getattr(getattr(record, "spider", None), "name", ""))] += 1
