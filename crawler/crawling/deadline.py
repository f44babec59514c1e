"""End a crawl in time: at its deadline, or within a second of SIGINT or SIGTERM."""

import logging
import time
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import create_looping_call
from scrapy.utils.defer import deferred_from_coro

from crawler.downloading.downloader import ClosingDownloader

logger = logging.getLogger(__name__)

OUTLET, RUN = "outlet_deadline", "run_deadline"
"""Reasons for which a spider closes: its own deadline, or that of the whole run."""
_SECONDS = 0.5
"""Seconds between two checks of the deadline."""


class DeadlineExtension:
    """Closes a crawl after OUTLET_MINUTES, and cancels its pending requests, so that it does not wait for servers.

    Articles that were read are exported; those that were not requested yet wait in the store for the next run. A
    replay has no deadline.
    """

    def __init__(self, crawler: Crawler) -> None:
        minutes = 0 if crawler.settings.get("ARCHIVE_REPLAY") else crawler.settings.getfloat("OUTLET_MINUTES", 10)
        self._crawler = crawler
        self._minutes = minutes
        self._ends: float | None = None
        self._has_begun = False
        """Whether the engine has run: on a busy machine it may begin seconds after the spider is opened."""
        self._loop: Any = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signals.spider_closed)
        return extension

    def spider_opened(self) -> None:
        """Start the clock."""
        if self._minutes:
            self._ends = time.monotonic() + self._minutes * 60
        self._loop = create_looping_call(self._check)
        self._loop.start(_SECONDS, now=False)

    def spider_closed(self) -> None:
        """Stop the clock."""
        if self._loop is not None:
            self._loop.stop()

    def close(self, reason: str) -> None:
        """Close the crawl now, for this reason, unless it has closed already."""
        self._ends = None
        if self._crawler.engine.spider is None:
            return
        self._cancel_requests()
        deferred_from_coro(self._crawler.engine.close_spider_async(reason=reason))

    def _check(self) -> None:
        if not self._crawler.engine.running:
            if self._has_begun:  # the process got a signal to stop; Scrapy waits for pending requests
                self._cancel_requests()
            return
        self._has_begun = True
        if self._ends is not None and time.monotonic() >= self._ends:
            logger.warning(
                "%s: reached its deadline of %g minutes: closing", self._crawler.spidercls.name, self._minutes
            )
            self.close(OUTLET)

    def _cancel_requests(self) -> None:
        downloader = self._crawler.engine.downloader
        if isinstance(downloader, ClosingDownloader):
            downloader.cancel_all()
