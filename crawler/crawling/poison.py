"""Detect pages on which the process dies, as when the reader hangs or runs out of memory, and stop reading them."""

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
    """Writes into the store which page is being read, until its article has left the pipelines.

    A run that dies leaves this mark behind. The next run counts it as a failed attempt of that page; the spider refuses
    a page on which three runs have died.
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
        """Count a death for each page that a dead run was reading."""
        for page in self._store.readings.sweep():
            self._store.addresses.failed(page, now(self._settings))
            deaths = self._store.readings.deaths(page)
            logger.warning("%s: a run died while it read this page (%d so far)", page, deaths)

    def page_reading(self, response: Response) -> None:
        """Mark a page before it is read, and put the number of runs that died on it into its notes."""
        ask = article_of(response)
        if ask is not None:
            notes_of(response).reader_deaths = self._store.readings.deaths(ask.address)
            self._store.readings.begin(ask.address)

    def page_done(self, response: Response | Failure | None) -> None:
        """Remove the mark: the page was read, and its article has left the pipelines."""
        ask = article_of(response) if isinstance(response, Response) else None
        if ask is not None:
            self._store.readings.done(ask.address)
