"""Detect pages and listings on which the process dies, as when it runs out of memory, and stop reading them."""

import logging
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.clock import now
from crawler.crawling.listing_marks import is_listing
from crawler.crawling.write_guard import guard_writes
from crawler.discovery.ask import article_of
from crawler.notes import MOST_DEATHS, notes_of
from crawler.reasons import Reason
from crawler.signals import page_done, page_reading
from crawler.store import Rest, Store, store_of

logger = logging.getLogger(__name__)

_REST = 86_400
"""How long a listing on which runs die is left alone, in seconds."""


class PoisonExtension:
    """Writes into the store which page is being read, until its article has left the pipelines.

    A run that dies leaves this mark behind, or that of a listing, for the next run to count. It is a failed attempt of
    a page; the spider refuses a page on which three runs have died. A listing on which three runs have died is left
    alone for a day.
    """

    def __init__(self, crawler: Crawler, store: Store) -> None:
        self._crawler = crawler
        self._store = store

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler, store_of(crawler))
        for signal, receiver in (
            (signals.spider_opened, extension.spider_opened),
            (page_reading, extension.page_reading),
            (page_done, extension.page_done),
            (signals.item_scraped, extension.article_done),
            (signals.item_dropped, extension.article_done),
            (signals.item_error, extension.article_done),
        ):
            crawler.signals.connect(receiver, signal)
        return extension

    def spider_opened(self) -> None:
        """Count a death for each page and listing that a dead run was reading."""
        with guard_writes(self._crawler):
            for key in self._store.readings.sweep():
                killed = self._listing_killed if is_listing(key) else self._page_killed
                killed(key, self._store.readings.deaths(key))

    def _page_killed(self, id: str, deaths: int) -> None:
        known = self._store.addresses.get(id)
        self._store.addresses.failed(id, self._now())
        logger.warning("%s: a run died while it read this page (%d so far)", known.url if known else id, deaths)

    def _listing_killed(self, url: str, deaths: int) -> None:
        logger.warning("%s: a run died while it read this listing (%d so far)", url, deaths)
        if deaths >= MOST_DEATHS:
            until, detail = self._now() + _REST, f"killed {deaths} runs that read it"
            self._store.hosts.rest(Rest(host=url, until=until, reason=Reason.KILLS_READER, detail=detail))

    def _now(self) -> int:
        return now(self._crawler.settings)

    def page_reading(self, response: Response) -> None:
        """Mark a page before it is read, and put the number of runs that died on it into its notes."""
        ask = article_of(response)
        if ask is not None:
            with guard_writes(self._crawler):
                notes_of(response).reader_deaths = self._store.readings.deaths(ask.address)
                self._store.readings.begin(ask.address)

    def page_done(self, response: Response | Failure | None) -> None:
        """Remove the mark: the page was read, and yields no article for the pipelines."""
        ask = article_of(response) if isinstance(response, Response) else None
        if ask is not None:
            with guard_writes(self._crawler):
                self._store.readings.done(ask.address)

    def article_done(self, response: Response | Failure | None) -> None:
        """Remove the mark, and forget the deaths on the page: it was read, and its article has left the pipelines."""
        self.page_done(response)
        if isinstance(response, Response) and (ask := article_of(response)) and notes_of(response).reader_deaths:
            with guard_writes(self._crawler):
                self._store.readings.survived(ask.address)
