"""What a crawl brings is kept, or the crawl ends: nobody is asked for what cannot be written, as on a full disk."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self
from weakref import WeakSet

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.crawling.deadline import DeadlineExtension
from crawler.store import Store, StoreError, store_of

logger = logging.getLogger(__name__)

UNKEPT = "cannot_keep"
"""Reason for which a spider closes."""
_ERRORS = (StoreError, OSError)

_told: "WeakSet[Store]" = WeakSet()


class KeepingExtension:
    """Closes a crawl as soon as its store or its export cannot be written, and says so in one line a run."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._store = store_of(crawler)
        self.has_failed = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler)
        crawler.signals.connect(extension.broke, signals.spider_error)
        crawler.signals.connect(extension.broke, signals.item_error)
        return extension

    def broke(self, failure: Any) -> None:
        """Close the crawl where a callback or a pipeline broke on what it could not write."""
        if isinstance(failure.value, StoreError):
            self.close(failure.value)

    def close(self, error: BaseException) -> None:
        """Close the crawl, once: what waits to be asked for waits in the store for the next run."""
        if self.has_failed:
            return
        self.has_failed = True
        tell_unkept(self._store, error, "the export")
        deadline = self._crawler.get_extension(DeadlineExtension)
        if deadline is not None and self._crawler.crawling:
            deadline.close(UNKEPT)


@contextmanager
def keeping(crawler: Crawler) -> Iterator[None]:
    """Close the crawl where what is done here cannot be written; once it closes, let such errors pass."""
    extension = crawler.get_extension(KeepingExtension) if crawler.extensions else None
    try:
        yield
    except _ERRORS as error:
        if extension is None:
            raise
        extension.close(error)


def is_unkept(crawler: Crawler) -> bool:
    """Say whether a crawl closes, or has closed, because it cannot keep what it brings."""
    extension = crawler.get_extension(KeepingExtension) if crawler.extensions else None
    return extension is not None and extension.has_failed


def tell_unkept(store: Store, error: BaseException, place: Any) -> None:
    """Say in one line a run that it cannot keep what it brings; `place` is where, if the error does not tell."""
    if store in _told:
        return
    _told.add(store)
    told = str(error)
    if isinstance(error, OSError):
        told = f"{error.filename or place}: cannot be written ({error.strerror or error})"
    logger.error("%s; nothing more is asked for: what is read waits in the store and comes with the next run", told)
