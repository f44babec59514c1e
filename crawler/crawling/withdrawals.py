"""Withdraw exported articles whose pages are gone, unless so many of an outlet are gone that it is an outage."""

import logging
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.clock import now
from crawler.crawling.handover import exports_to
from crawler.crawling.ledger import Outcome
from crawler.crawling.write_guard import guard_writes
from crawler.discovery.links import Link
from crawler.signals import outcome_recorded
from crawler.store import Address, Store, store_of

logger = logging.getLogger(__name__)

_OUTAGE = 5
"""If more than one in this many known articles that answered is gone, none is withdrawn."""
_MOST_COMPARED = 25
"""Maximum number of known articles that a crawl asks for only to see whether they are gone too."""


class WithdrawalsExtension:
    """Notes which known articles are gone, and withdraws them at the end of a crawl; the export gets a row for each.

    A crawl that asked for too few known articles to tell a withdrawal from an outage asks for some more of them. A
    crawl into Scrapy's feeds, which take articles alone, withdraws nothing: the next run into a folder does.
    """

    def __init__(self, crawler: Crawler, store: Store) -> None:
        self._crawler = crawler
        self._store = store
        self._gone: dict[str, str] = {}
        """Known articles that are gone: the URL that was asked for, by id."""
        self._there: set[str] = set()
        """Ids of the known articles that answered otherwise."""
        self._has_compared = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler, store_of(crawler))
        crawler.signals.connect(extension.outcome_recorded, outcome_recorded)
        crawler.signals.connect(extension.spider_idle, signals.spider_idle)
        crawler.signals.connect(extension.spider_closed, signals.spider_closed)
        return extension

    def outcome_recorded(self, outcome: Outcome) -> None:
        """Note that a known article is gone, or is there."""
        if outcome.known is None:
            return
        with guard_writes(self._crawler):
            if outcome.outcome == "gone":
                self._gone[outcome.known] = outcome.url
                self._store.withdrawals.found_gone(outcome.known, str(outcome.reason), self._now())
            elif outcome.outcome in ("exported", "copy", "unchanged"):
                self._there.add(outcome.known)
                self._store.withdrawals.came_back(outcome.known)
            elif outcome.outcome == "refused":
                self._there.add(outcome.known)

    def spider_idle(self) -> None:
        """Ask for further known articles, once, if too few were asked for to tell a withdrawal from an outage."""
        with guard_writes(self._crawler):
            spider, engine = self._crawler.spider, self._crawler.engine
            arguments: Any = getattr(spider, "arguments", None)
            if self._has_compared or engine is None or arguments is None:
                return
            if arguments.url or arguments.only_new or arguments.limit or not self._may_withdraw():
                return
            if self._is_outage() and self._store.withdrawals.ripe([*self._gone]):
                self._has_compared = True
                missing = _OUTAGE * len(self._gone) - len(self._gone) - len(self._there)
                for address in self._others(min(missing, _MOST_COMPARED)):
                    engine.crawl(self._request(spider, address))

    def spider_closed(self) -> None:
        """Withdraw the articles that are gone for certain."""
        with guard_writes(self._crawler):
            ripe = self._store.withdrawals.ripe([*self._gone]) if self._may_withdraw() else []
            if ripe and self._is_outage():
                self._warn()
                return
            with self._store.transaction():
                for article in ripe:
                    self._store.withdrawals.withdraw(article, self._now(), self._crawler.settings.get("RUN_ID"))
            for article in ripe:
                logger.info("%s: withdrawn: its page is gone", self._gone[article])

    def _may_withdraw(self) -> bool:
        return exports_to(self._crawler.settings) is not None

    def _is_outage(self) -> bool:
        return len(self._gone) * _OUTAGE > len(self._gone) + len(self._there)

    def _warn(self) -> None:
        message = (
            "%s: %d of %d known articles answer as if they were gone: while that is more than a fifth, none is "
            "withdrawn; open %s in a browser: what is gone there too is withdrawn later, when a run finds fewer gone"
        )
        asked = len(self._gone) + len(self._there)
        logger.warning(message, self._crawler.spidercls.name, len(self._gone), asked, next(iter(self._gone.values())))

    def _others(self, most: int) -> list[Address]:
        """Return known articles that this crawl has not asked for, the newest first."""
        spider: Any = self._crawler.spider
        met = len(self._gone) + len(self._there)
        newest = self._store.addresses.newest(spider.outlet.slug, most + met)
        return [each for each in newest if each.id not in self._gone and each.id not in self._there][:most]

    def _request(self, spider: Any, address: Address) -> Any:
        return spider.article_request(Link(url=address.url, listing=address.listing), address=address.id)

    def _now(self) -> int:
        return now(self._crawler.settings)
