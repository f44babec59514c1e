"""Close a crawl when its store or its export cannot be written, or is lost: what it fetches would be lost too."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self
from weakref import WeakSet

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import create_looping_call

from crawler.crawling.deadline import DeadlineExtension
from crawler.store import Store, StoreError, store_of

logger = logging.getLogger(__name__)

_SECONDS = 0.5
"""Seconds between two looks whether the store is still there."""
CANNOT_WRITE = "cannot_keep"
"""Reason for which a spider closes."""
_ERRORS = (StoreError, OSError)

_reported: "WeakSet[Store]" = WeakSet()
"""Stores whose write error has been logged: the crawls of a run share one store and log one line."""


class WriteGuardExtension:
    """Closes a crawl when its store or its export cannot be written, and logs the error once per run.

    A store may also be lost while nothing is written, as when its server is restarted: it is looked after all the time.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._store = store_of(crawler)
        self._loop: Any = None
        self.has_failed = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler)
        crawler.signals.connect(extension.broke, signals.spider_error)
        crawler.signals.connect(extension.broke, signals.item_error)
        crawler.signals.connect(extension.spider_opened, signals.spider_opened)
        crawler.signals.connect(extension.require, signals.request_reached_downloader)
        crawler.signals.connect(extension.spider_closed, signals.spider_closed)
        return extension

    def spider_opened(self) -> None:
        """Look after the store from now on."""
        self._loop = create_looping_call(self.require)
        self._loop.start(_SECONDS, now=False)

    def spider_closed(self) -> None:
        """Look no more."""
        if self._loop is not None and self._loop.running:
            self._loop.stop()

    def require(self) -> None:
        """Close the crawl if the store was lost."""
        if not self.has_failed:
            try:
                self._store.require()
            except StoreError as error:
                self.close(error)

    def broke(self, failure: Any) -> None:
        """Close the crawl if a callback or a pipeline raised StoreError."""
        if isinstance(failure.value, StoreError):
            self.close(failure.value)

    def close(self, error: BaseException) -> None:
        """Close the crawl, once; articles that were not requested yet wait in the store for the next run."""
        if self.has_failed:
            return
        self.has_failed = True
        log_cannot_write(self._store, error, "the export")
        deadline = self._crawler.get_extension(DeadlineExtension)
        if deadline is not None and self._crawler.crawling:
            deadline.close(CANNOT_WRITE)


@contextmanager
def guard_writes(crawler: Crawler) -> Iterator[None]:
    """Close the crawl when the `with` block raises StoreError or OSError, and suppress the error.

    Without a WriteGuardExtension in the crawl the error is raised.
    """
    try:
        yield
    except _ERRORS as error:
        extension = crawler.get_extension(WriteGuardExtension) if crawler.extensions else None
        if extension is None:
            raise
        extension.close(error)


def cannot_write(crawler: Crawler) -> bool:
    """Return whether a crawl is closing, or has closed, because its store or export cannot be written."""
    extension = crawler.get_extension(WriteGuardExtension) if crawler.extensions else None
    return extension is not None and extension.has_failed


def log_cannot_write(store: Store, error: BaseException, place: Any) -> None:
    """Log once per store that a run cannot write; `place` names the file if the error carries no file name."""
    if store in _reported:
        return
    _reported.add(store)
    message = "%s; nothing more is asked for: what is read waits in the store and comes with the next run"
    logger.error(message, write_error_text(error, place))


def write_error_text(error: BaseException, place: Any) -> str:
    """Return what cannot be written and why; `place` names the file if the error carries no file name."""
    if isinstance(error, OSError):
        return f"{error.filename or place}: cannot be written ({error.strerror or error})"
    return str(error)
