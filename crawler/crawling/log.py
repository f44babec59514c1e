"""What the log says of an article: its address, and not the whole of its text."""

import logging
from typing import Any

from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure

from crawler.store import StoreError


class ArticleLogFormatter(LogFormatter):
    """Scrapy's log lines, with an article named in one line where Scrapy prints all of it."""

    def dropped(self, item: Any, *about: Any) -> LogFormatterResult:
        """Return the line for an article that a pipeline refused; the refusal names it."""
        return {**super().dropped(item, *about), "msg": "Dropped: %(exception)s"}

    def item_error(self, item: Any, exception: BaseException, *about: Any) -> LogFormatterResult:
        """Return the line for an article on which a pipeline broke; the traceback follows it."""
        line = super().item_error(item, exception, *about)
        return _at_its_level({**line, "args": {"item": getattr(item, "url", item)}}, exception)

    def spider_error(self, failure: Failure, *about: Any) -> LogFormatterResult:
        """Return the line for a page on which the spider broke; the traceback follows it."""
        return _at_its_level(super().spider_error(failure, *about), failure.value)


def _at_its_level(line: LogFormatterResult, error: BaseException | None) -> LogFormatterResult:
    """Return a line at the level of details where a store that cannot be written is told of once (keeping.py)."""
    return {**line, "level": logging.DEBUG} if isinstance(error, StoreError) else line
