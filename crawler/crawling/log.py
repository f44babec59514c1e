"""Log lines that name an article by its URL, not by its whole text."""

import logging
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure

from crawler.store import StoreError


class ArticleLogFormatter(LogFormatter):
    """Formats Scrapy's log lines; an article appears as its URL, where Scrapy prints all of its fields.

    The two lines that each page has at level DEBUG are made only where LOG_LEVEL shows them.
    """

    def __init__(self, *, shows_pages: bool = True) -> None:
        self._shows_pages = shows_pages

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        level = crawler.settings.get("LOG_LEVEL")
        return cls(shows_pages=(level if isinstance(level, int) else logging.getLevelName(level)) <= logging.DEBUG)

    def crawled(self, *about: Any) -> LogFormatterResult | None:  # type: ignore[override]  # None: no line
        """Return the line for a response, if it is shown."""
        return super().crawled(*about) if self._shows_pages else None

    def scraped(self, *about: Any) -> LogFormatterResult | None:  # type: ignore[override]
        """Return the line for an article, if it is shown."""
        return super().scraped(*about) if self._shows_pages else None

    def dropped(self, item: Any, *about: Any) -> LogFormatterResult:
        """Return the line for an article that a pipeline refused; the exception's text names the article."""
        return {**super().dropped(item, *about), "msg": "Dropped: %(exception)s"}

    def item_error(self, item: Any, exception: BaseException, *about: Any) -> LogFormatterResult:
        """Return the line for an article on which a pipeline raised an exception; the traceback follows it."""
        line = super().item_error(item, exception, *about)
        return _at_its_level({**line, "args": {"item": getattr(item, "url", item)}}, exception)

    def spider_error(self, failure: Failure, *about: Any) -> LogFormatterResult:
        """Return the line for a page on which the spider raised an exception; the traceback follows it."""
        return _at_its_level(super().spider_error(failure, *about), failure.value)


def _at_its_level(line: LogFormatterResult, error: BaseException | None) -> LogFormatterResult:
    """Return the line, at level DEBUG if the error is a StoreError: `write_guard.py` logs that error once per run."""
    return {**line, "level": logging.DEBUG} if isinstance(error, StoreError) else line
