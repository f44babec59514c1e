"""Record each article's outcome and each listing's yield in the store; warn about dead listings."""

import logging
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.clock import now
from crawler.crawling.write_guard import guard_writes
from crawler.discovery.ask import article_of
from crawler.discovery.counts import ListingCounts
from crawler.downloading.answers import answers_of
from crawler.downloading.reach import is_cut_off
from crawler.items import Article
from crawler.reasons import RESTING, AnyReason, Cause, Reason
from crawler.signals import fetch_failed
from crawler.store import Listed, Store, close_store, is_lent, store_of

logger = logging.getLogger(__name__)

_DAY = 86_400
_FROZEN_DAYS = 14
"""Days after which a listing without new articles counts as dead, if other listings of its outlet have newer ones."""


class BookkeepingExtension:
    """Records in the store what happens to the articles and listings of a crawl, and closes the store at its end."""

    def __init__(self, crawler: Crawler, store: Store) -> None:
        self._crawler = crawler
        self._store = store
        self._is_postponed = False
        self._most_failures = crawler.settings.getint("LISTING_DEAD_AFTER", 3)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler, store_of(crawler))
        connect = crawler.signals.connect
        connect(extension.fetch_failed, fetch_failed)
        connect(extension.request_dropped, signals.request_dropped)
        connect(extension.item_dropped, signals.item_dropped)
        connect(extension.item_error, signals.item_error)
        connect(extension.spider_closed, signals.spider_closed)
        connect(extension.engine_stopped, signals.engine_stopped)
        return extension

    def fetch_failed(self, request: Request, reason: AnyReason) -> None:
        """Mark an unknown article whose page is gone dead; else record a failed attempt: later runs retry it."""
        with guard_writes(self._crawler):
            spider: Any = self._crawler.spider
            ask = article_of(request)
            if ask is None or reason in RESTING:
                return
            at = now(self._crawler.settings)
            if reason.cause is not Cause.GONE or ask.pages:
                self._store.addresses.failed(ask.address, at)
                return
            known = self._store.withdrawals.article_at(ask.address)
            if known is None:
                self._store.addresses.end(ask.address, "dead", at)
            else:  # it is asked for again, until it is withdrawn
                self._store.addresses.record_outcome(known, "written", at)
            spider.tally.of(ask.link.listing).gone += 1

    def request_dropped(self, request: Request) -> None:
        """Record a failed attempt for an article whose request is a duplicate in this crawl: later runs retry it."""
        with guard_writes(self._crawler):
            ask = article_of(request)
            if ask is not None:
                self._store.addresses.failed(ask.address, now(self._crawler.settings))

    def item_dropped(self, item: Any, exception: BaseException) -> None:
        """Record that a pipeline refused an article, or found it unchanged since an earlier run."""
        with guard_writes(self._crawler):
            if isinstance(item, Article):
                is_known = getattr(exception, "reason", None) is Reason.UNCHANGED
                self._store.addresses.record_outcome(
                    item.id, "written" if is_known else "refused", now(self._crawler.settings)
                )

    def item_error(self, item: Any, response: Response | Failure | None) -> None:
        """Record a failed attempt for an article on which a pipeline raised an exception: later runs retry it."""
        with guard_writes(self._crawler):
            ask = article_of(getattr(response, "request", None))
            if ask is not None:
                self._store.addresses.failed(ask.address, now(self._crawler.settings))

    def spider_closed(self, reason: str) -> None:
        """Save what each listing yielded when a crawl of a whole outlet has finished.

        A crawl that reached no host says nothing about its listings. If it is part of a run, the decision is postponed
        until the run knows whether the machine had a network (`save_postponed_listings`).
        """
        with guard_writes(self._crawler):
            spider: Any = self._crawler.spider
            if getattr(spider, "outlet", None) is None or spider.arguments.url or reason != "finished":
                return
            reach = answers_of(self._crawler).reach
            self._is_postponed = is_lent(self._crawler) and reach.is_none
            if not self._is_postponed and not is_cut_off([reach]):
                self._save_listings()

    def save_postponed(self) -> None:
        """Save that the listings yielded nothing, if `spider_closed` postponed that."""
        with guard_writes(self._crawler):
            if self._is_postponed:
                self._save_listings()

    def _save_listings(self) -> None:
        """Save what each listing yielded, and warn about those that have died."""
        spider: Any = self._crawler.spider
        counts = [spider.tally.of(listing.url) for listing in spider.listings]
        listings = [self._save_listing(spider.outlet.slug, each) for each in counts]
        newest = max((listed.last_new or 0 for listed in listings), default=0)
        for listed in listings:
            if not listed.failures and listed.last_new and newest - listed.last_new > _FROZEN_DAYS * _DAY:
                spider.tally.of(listed.url).died = Reason.FROZEN
                self._report_frozen(listed)

    def engine_stopped(self) -> None:
        """Tidy and close the store, unless it is the run's, which goes on."""
        if not is_lent(self._crawler):
            with guard_writes(self._crawler):
                self._store.tidy(now(self._crawler.settings))
        close_store(self._crawler)

    def _save_listing(self, outlet: str, counts: ListingCounts) -> Listed:
        at, url = now(self._crawler.settings), counts.url
        listed = self._store.listings.get(url) or Listed(url=url, outlet=outlet)
        is_alive = bool(counts.articles or counts.unchanged)
        if not is_alive and counts.dead in (*RESTING, Reason.KILLS_READER):
            return listed  # it was never requested, because it or its host is left alone
        listed = replace(
            listed,
            failures=0 if is_alive else listed.failures + 1,
            last_read=at if is_alive else listed.last_read,
            last_new=max(counts.newest, listed.last_new or 0) or None,
        )
        with self._store.transaction():
            self._store.listings.keep(listed)
            run = self._crawler.settings.get("RUN_ID") or "-"
            self._store.listings.count(url, run, at, new=counts.unseen, known=counts.known, dead=counts.gone)
        if listed.failures >= self._most_failures:
            counts.died = Reason.SILENT
            self._report_dead(listed)
        return listed

    def _report_dead(self, listed: Listed) -> None:
        read = _day(listed.last_read) if listed.last_read else "never"
        logger.warning(
            "%s: listing %s has died: no article in its last %d reads (last alive: %s); look at the outlet's page and "
            "correct its spider",
            listed.outlet,
            listed.url,
            listed.failures,
            read,
        )

    def _report_frozen(self, listed: Listed) -> None:
        day = _day(listed.last_new or 0)
        logger.warning(
            "%s: listing %s has died: it announces nothing newer than %s, and others of the outlet do; look at the "
            "outlet's page and correct its spider",
            listed.outlet,
            listed.url,
            day,
        )


def save_postponed_listings(crawler: Crawler) -> None:
    """Save that the listings of a crawl yielded nothing, if the crawl reached no host and postponed that.

    A run calls this when it ends, unless `is_cut_off` shows that the machine had no network.
    """
    try:
        extension = crawler.get_extension(BookkeepingExtension)
    except RuntimeError:  # the spider could not be created
        return
    if extension is not None:
        extension.save_postponed()


def _day(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()
