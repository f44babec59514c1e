"""Set aside a page on which runs die: one that makes the reader endless, or takes all memory."""

import logging
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.clock import now
from crawler.discovery.ask import article_of
from crawler.notes import notes_of
from crawler.signals import page_done, page_reading
from crawler.store import Store, store_of

logger = logging.getLogger(__name__)


class PoisonExtension:
    """Notes which page is read, until its article has left the pipelines; a run that dies leaves the note.

    The next run counts it as a failed try of that page; the spider refuses one that three runs died on.
    """

    def __init__(self, crawler: Crawler, store: Store) -> None:
        self._settings = crawler.settings
        self._store = store

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler, store_of(crawler))
        for signal, receiver in (
            (signals.spider_opened, extension.spider_opened),
            (page_reading, extension.page_reading),
            (page_done, extension.page_done),
            (signals.item_scraped, extension.page_done),
            (signals.item_dropped, extension.page_done),
            (signals.item_error, extension.page_done),
        ):
            crawler.signals.connect(receiver, signal)
        return extension

    def spider_opened(self) -> None:
        """Count the pages that dead runs were reading."""
        for page in self._store.readings.sweep():
            self._store.addresses.failed(page, now(self._settings))
            deaths = self._store.readings.deaths(page)
            logger.warning("%s: a run died while it read this page (%d so far)", page, deaths)

    def page_reading(self, response: Response) -> None:
        """Note a page before it is read, and say how many runs have died on it."""
        ask = article_of(response)
        if ask is not None:
            notes_of(response).reader_deaths = self._store.readings.deaths(ask.address)
            self._store.readings.begin(ask.address)

    def page_done(self, response: Response | Failure | None) -> None:
        """Forget the note: the page was read, and its article has left the pipelines."""
        ask = article_of(response) if isinstance(response, Response) else None
        if ask is not None:
            self._store.readings.done(ask.address)
