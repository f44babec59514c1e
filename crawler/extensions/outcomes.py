"""What became of each page that holds no article: counted under its reason, and named."""

import logging
from collections.abc import Iterable
from typing import Any

from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.reading.refusal import NotAnArticle

logger = logging.getLogger(__name__)


class RefusalMiddleware:
    """Turns a page's refusal into a count, so that an error in the log is a fault of the program."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RefusalMiddleware":
        return cls(crawler)

    def process_spider_exception(self, response: Response, exception: Exception) -> Iterable[Any] | None:
        """Count a refusal under `article/refused/<reason>`; leave any other exception alone."""
        if not isinstance(exception, NotAnArticle):
            return None
        self._crawler.stats.inc_value(f"article/refused/{exception.reason}")
        logger.info("refused: %s", exception)
        return []
