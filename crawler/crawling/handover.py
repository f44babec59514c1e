"""Deliver what a crawl brings: into its run's folder, or to Scrapy's feeds, noting what a feed could not take."""

import logging
from typing import Any, Self
from weakref import WeakKeyDictionary

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.extensions.feedexport import FeedExporter
from scrapy.settings import BaseSettings

from crawler.crawling.keeping import is_unkept, keeping
from crawler.crawling.ledger import Outcome
from crawler.exports.delivery import forget_outlet
from crawler.exports.export import RunExport, open_export, recover_for_feeds
from crawler.reasons import Reason
from crawler.signals import settled
from crawler.store import store_of

logger = logging.getLogger(__name__)

_FORBIDDEN = (Reason.ROBOTS, Reason.PRIVATE_ADDRESS, Reason.PORT)

_lent: "WeakKeyDictionary[Crawler, RunExport]" = WeakKeyDictionary()
_FAILED, _ARTICLE = "feedexport/failed_count", "article"


def lend_export(crawler: Crawler, export: RunExport) -> None:
    """Let a crawl deliver into an export that it shares with others, and that somebody else ends."""
    _lent[crawler] = export


def exports_to(settings: BaseSettings) -> str | None:
    """Return the folder of exports, or None where FEEDS, as `-O` sets them, deliver the articles."""
    return None if settings.getdict("FEEDS") else settings.get("EXPORTS") or None


class HandoverExtension:
    """Hands articles and refusals to the run's export; ends it with the crawl, unless it was lent."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._export: RunExport | None = None
        self._has_failed_feed = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler)
        for signal, receiver in (
            (signals.spider_opened, extension.spider_opened),
            (signals.item_scraped, extension.item_scraped),
            (settled, extension.settled),
            (signals.feed_slot_closed, extension.feed_closed),
            (signals.feed_exporter_closed, extension.feeds_closed),
            (signals.spider_closed, extension.spider_closed),
        ):
            crawler.signals.connect(receiver, signal)
        return extension

    def spider_opened(self, spider: Spider) -> None:
        """Open the export, or hand to Scrapy's feeds what is theirs; a spider that is no outlet's has neither."""
        self._export = _lent.get(self._crawler)
        if self._export is not None or not hasattr(spider, "outlet"):
            return
        settings, outbox = self._crawler.settings, store_of(self._crawler).outbox
        if exports_to(settings):
            self._export = open_export(settings, outbox)
            return
        feeds = self._crawler.get_extension(FeedExporter)
        if feeds is None:
            return
        for record in recover_for_feeds(settings, outbox, spider.name):
            logger.warning("%s: read by a run that died; delivered now", record["url"])
            feeds.item_scraped(record, spider)

    def item_scraped(self) -> None:
        """Count an article that waits in the outbox now."""
        with keeping(self._crawler):
            if self._export is not None:
                self._export.count()

    def settled(self, outcome: Outcome) -> None:
        """Note an address that was refused, that failed, or that was not to be asked."""
        with keeping(self._crawler):
            is_told = outcome.outcome in ("refused", "failed") or outcome.reason in _FORBIDDEN
            if self._export is not None and is_told and not is_unkept(self._crawler):
                names = ("outcome", "outlet", "url", "reason", "where", "detail", "listing")
                self._export.refuse({name: getattr(outcome, name) for name in names})

    def feed_closed(self, slot: Any) -> None:
        """Note a feed that could not be stored: Scrapy says so in this count alone."""
        if self._has_failed(type(slot.storage).__name__):
            self._has_failed_feed = True

    def feeds_closed(self) -> None:
        """Forget what Scrapy's feeds have stored; what a feed failed to store waits for the next run."""
        with keeping(self._crawler):
            if self._export is None and not self._has_failed_feed and not self._has_failed(_ARTICLE):
                forget_outlet(store_of(self._crawler).outbox, self._crawler.spidercls.name)

    def _has_failed(self, what: str) -> bool:
        return bool(self._crawler.stats.get_value(f"{_FAILED}/{what}"))

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """End the export, unless it is shared."""
        with keeping(self._crawler):
            if self._export is not None and self._crawler not in _lent:
                try:
                    self._export.end("complete" if reason == "finished" else "interrupted", outlets=[spider.name])
                finally:
                    self._export.let_go()


class NotingFeedExporter(FeedExporter):
    """Notes each article that a feed could not take, as on a full disk: it waits in the store for the next run."""

    def item_scraped(self, item: Any, spider: Spider) -> None:
        """Write an article into the feeds."""
        try:
            super().item_scraped(item, spider)
        except OSError as error:
            if not self.crawler.stats.get_value(f"{_FAILED}/{_ARTICLE}"):
                told = "%s: cannot be written (%s); the run's articles wait in the store and come with the next run"
                logger.error(told, ", ".join(self.feeds), error.strerror or error)
            self.crawler.stats.inc_value(f"{_FAILED}/{_ARTICLE}")
        except Exception:
            self.crawler.stats.inc_value(f"{_FAILED}/{_ARTICLE}")
            raise
