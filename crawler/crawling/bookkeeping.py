"""Open and close the store with a crawl, settle what its articles came to, and name the listings that have died."""

import logging
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.clock import now
from crawler.crawling.keeping import keeping
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
"""A listing that announces nothing new for so long, while others of its outlet do, is dead though it is served."""
_WINDOWS = 2
"""Texts are kept for so many windows of stories, so that an article that is announced late still finds its story."""


class BookkeepingExtension:
    """Keeps the store in step with a crawl."""

    def __init__(self, crawler: Crawler, store: Store) -> None:
        self._crawler = crawler
        self._store = store
        self._is_put_off = False
        self._most_failures = crawler.settings.getint("LISTING_DEAD_AFTER", 3)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        keeper = cls(crawler, store_of(crawler))
        connect = crawler.signals.connect
        connect(keeper.spider_opened, signals.spider_opened)
        connect(keeper.fetch_failed, fetch_failed)
        connect(keeper.request_dropped, signals.request_dropped)
        connect(keeper.item_dropped, signals.item_dropped)
        connect(keeper.item_error, signals.item_error)
        connect(keeper.spider_closed, signals.spider_closed)
        connect(keeper.engine_stopped, signals.engine_stopped)
        return keeper

    def spider_opened(self) -> None:
        """Forget the texts that no new article can be compared with."""
        with keeping(self._crawler):
            days = self._crawler.settings.getfloat("STORIES_WINDOW_DAYS", 7)
            self._store.storybook.forget_before(now(self._crawler.settings) - round(_WINDOWS * days * _DAY))

    def fetch_failed(self, request: Request, reason: AnyReason) -> None:
        """Remember that an article is gone, or could not be fetched: later runs try again."""
        with keeping(self._crawler):
            spider: Any = self._crawler.spider
            ask = article_of(request)
            if ask is None or reason in RESTING:
                return
            at = now(self._crawler.settings)
            if reason.cause is not Cause.GONE or ask.pages:
                self._store.addresses.failed(ask.address, at)
                return
            self._store.addresses.end(ask.address, "dead", at)
            spider.tally.of(ask.link.listing).gone += 1

    def request_dropped(self, request: Request) -> None:
        """Remember that an article's address led to one that this crawl has asked for already."""
        with keeping(self._crawler):
            ask = article_of(request)
            if ask is not None:
                self._store.addresses.failed(ask.address, now(self._crawler.settings))

    def item_dropped(self, item: Any, exception: BaseException) -> None:
        """Remember that an article was read and refused, or is as it was."""
        with keeping(self._crawler):
            if isinstance(item, Article):
                is_known = getattr(exception, "reason", None) is Reason.UNCHANGED
                self._store.addresses.settle(item.id, "written" if is_known else "refused", now(self._crawler.settings))

    def item_error(self, item: Any, response: Response | Failure | None) -> None:
        """Remember that an article could not be handled: later runs try again."""
        with keeping(self._crawler):
            ask = article_of(getattr(response, "request", None))
            if ask is not None:
                self._store.addresses.failed(ask.address, now(self._crawler.settings))

    def spider_closed(self, reason: str) -> None:
        """Keep what each listing yielded, unless nothing was reached: then the run says whose fault it is."""
        with keeping(self._crawler):
            spider: Any = self._crawler.spider
            if getattr(spider, "outlet", None) is None or spider.arguments.url or reason != "finished":
                return
            reach = answers_of(self._crawler).reach
            self._is_put_off = is_lent(self._crawler) and reach.is_none
            if not self._is_put_off and not is_cut_off([reach]):
                self._close_listings()

    def close_put_off(self) -> None:
        """Keep that the listings yielded nothing, once it is known that others were reached."""
        with keeping(self._crawler):
            if self._is_put_off:
                self._close_listings()

    def _close_listings(self) -> None:
        """Keep what each listing yielded, and warn of those that have died."""
        spider: Any = self._crawler.spider
        counts = [spider.tally.of(listing.url) for listing in spider.listings]
        listings = [self._close_listing(spider.outlet.slug, each) for each in counts]
        newest = max((listed.last_new or 0 for listed in listings), default=0)
        for listed in listings:
            if not listed.failures and listed.last_new and newest - listed.last_new > _FROZEN_DAYS * _DAY:
                spider.tally.of(listed.url).died = Reason.FROZEN
                self._report_frozen(listed)

    def engine_stopped(self) -> None:
        """Give up the store."""
        close_store(self._crawler)

    def _close_listing(self, outlet: str, counts: ListingCounts) -> Listed:
        at, url = now(self._crawler.settings), counts.url
        listed = self._store.listings.get(url) or Listed(url=url, outlet=outlet)
        is_alive = bool(counts.articles or counts.unchanged)
        if not is_alive and counts.dead in RESTING:
            return listed  # nobody asked: that says nothing of it
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


def close_put_off(crawler: Crawler) -> None:
    """Let a crawl that reached nobody keep that its listings yielded nothing."""
    try:
        keeper = crawler.get_extension(BookkeepingExtension)
    except RuntimeError:  # its spider could not be built
        return
    if keeper is not None:
        keeper.close_put_off()


def _day(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()
