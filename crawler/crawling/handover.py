"""Hand a crawl's articles to the run's export folder or to Scrapy's feeds; track what a feed failed to write."""

import logging
from pathlib import Path
from typing import Any, Protocol, Self
from weakref import WeakKeyDictionary

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.extensions.feedexport import FeedExporter, FileFeedStorage, StdoutFeedStorage
from scrapy.settings import BaseSettings

from crawler.crawling.ledger import Outcome
from crawler.crawling.write_guard import cannot_write, guard_writes
from crawler.exports.delivery import forget_outlet
from crawler.exports.export import RunExport, open_export, recover_for_feeds
from crawler.reasons import Reason
from crawler.signals import outcome_recorded
from crawler.store import store_of

logger = logging.getLogger(__name__)

_FORBIDDEN = (Reason.ROBOTS, Reason.PRIVATE_ADDRESS, Reason.PORT)

_lent: "WeakKeyDictionary[Crawler, Taker]" = WeakKeyDictionary()
_FAILED, _ARTICLE = "feedexport/failed_count", "article"


class Taker(Protocol):
    """What takes the articles and refusals of several crawls: the export of their run, or the way to it."""

    def count(self, number: int = 1) -> None:
        """Count articles that were put into the outbox, and publish a part if one is due."""

    def refuse(self, refusal: dict[str, Any]) -> None:
        """Append a refused or failed URL, with its reason."""


def lend_export(crawler: Crawler, export: Taker) -> None:
    """Let a crawl write into an export that several crawls share; the caller ends the export."""
    _lent[crawler] = export


def exports_to(settings: BaseSettings) -> str | None:
    """Return the folder of exports, or None if Scrapy's FEEDS (set by `-O` or `-o`) deliver the articles instead."""
    return None if settings.getdict("FEEDS") else settings.get("EXPORTS") or None


def kept_files(crawler: Crawler) -> tuple[str, ...]:
    """Return the files of a finished crawl's feeds that were left as they are, since no article came for them."""
    try:
        feeds = crawler.get_extension(NotingFeedExporter)
    except RuntimeError:  # the spider could not be created
        return ()
    return feeds.kept if feeds is not None else ()


class HandoverExtension:
    """Hands articles and refused URLs to the run's export; ends the export with the crawl unless it is shared."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._export: RunExport | None = None
        self._taker: Taker | None = None
        self._has_failed_feed = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler)
        for signal, receiver in (
            (signals.spider_opened, extension.spider_opened),
            (signals.item_scraped, extension.item_scraped),
            (outcome_recorded, extension.outcome_recorded),
            (signals.feed_slot_closed, extension.feed_closed),
            (signals.feed_exporter_closed, extension.feeds_closed),
            (signals.spider_closed, extension.spider_closed),
        ):
            crawler.signals.connect(receiver, signal)
        return extension

    def spider_opened(self, spider: Spider) -> None:
        """Open the export, or pass records that a dead run left in the outbox to Scrapy's feeds.

        Nothing happens for a spider that belongs to no outlet.
        """
        self._taker = _lent.get(self._crawler)
        if self._taker is not None or not hasattr(spider, "outlet"):
            return
        settings, outbox = self._crawler.settings, store_of(self._crawler).outbox
        if exports_to(settings):
            self._taker = self._export = open_export(settings, outbox)
            return
        feeds = self._crawler.get_extension(FeedExporter)
        if feeds is None:
            return
        for record in recover_for_feeds(settings, outbox, spider.name):
            logger.warning("%s: read by a run that died; delivered now", record["url"])
            feeds.item_scraped(record, spider)

    def item_scraped(self) -> None:
        """Count an article that a pipeline has put into the outbox."""
        with guard_writes(self._crawler):
            if self._taker is not None:
                self._taker.count()

    def outcome_recorded(self, outcome: Outcome) -> None:
        """Append a URL that was refused, failed or forbidden to `refused.jsonl`."""
        with guard_writes(self._crawler):
            is_reported = outcome.outcome in ("refused", "failed") or outcome.reason in _FORBIDDEN
            if self._taker is not None and is_reported and not cannot_write(self._crawler):
                names = ("outcome", "outlet", "url", "reason", "where", "detail", "listing")
                self._taker.refuse({name: getattr(outcome, name) for name in names})

    def feed_closed(self, slot: Any) -> None:
        """Note a feed that could not be stored; only Scrapy's failure count of its storage class shows that."""
        if self._has_failed(type(slot.storage).__name__):
            self._has_failed_feed = True

    def feeds_closed(self) -> None:
        """Delete from the outbox what Scrapy's feeds have stored; if a feed failed, keep it all for the next run."""
        with guard_writes(self._crawler):
            if self._taker is None and not self._has_failed_feed and not self._has_failed(_ARTICLE):
                forget_outlet(store_of(self._crawler).outbox, self._crawler.spidercls.name)

    def _has_failed(self, what: str) -> bool:
        return bool(self._crawler.stats.get_value(f"{_FAILED}/{what}"))

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """End the export, unless it is shared."""
        with guard_writes(self._crawler):
            if self._export is not None:
                try:
                    self._export.end("complete" if reason == "finished" else "interrupted", outlets=[spider.name])
                finally:
                    self._export.release_locks()


class NotingFeedExporter(FeedExporter):
    """Leaves a file as it is if no article comes for it, and counts articles that a feed failed to write.

    Articles that could not be written, as on a full disk, wait in the store for the next run.
    """

    kept: tuple[str, ...] = ()
    """The files that were left as they are."""

    def open_spider(self, spider: Spider) -> None:
        """Open the feeds; a file that has content, or may have it elsewhere, is replaced by articles only."""
        super().open_spider(spider)
        for slot in self.slots:
            if _has_content(slot.storage):
                slot.store_empty = False

    async def close_spider(self, spider: Spider) -> None:
        """Note the files that stay as they are, and store the others."""
        self.kept = tuple(slot.uri for slot in self.slots if not slot.itemcount and not slot.store_empty)
        await super().close_spider(spider)

    def item_scraped(self, item: Any, spider: Spider) -> None:
        """Write an article into the feeds; log the first OSError of a crawl and count every failure."""
        try:
            super().item_scraped(item, spider)
        except OSError as error:
            if not self.crawler.stats.get_value(f"{_FAILED}/{_ARTICLE}"):
                message = "%s: cannot be written (%s); the run's articles wait in the store and come with the next run"
                logger.error(message, ", ".join(self.feeds), error.strerror or error, extra={"spider": spider})
            self.crawler.stats.inc_value(f"{_FAILED}/{_ARTICLE}")
        except Exception:
            self.crawler.stats.inc_value(f"{_FAILED}/{_ARTICLE}")
            raise


def _has_content(storage: Any) -> bool:
    """Return whether the place of a feed may have content: whether one on S3 or FTP has, is not asked."""
    if not isinstance(storage, FileFeedStorage):
        return not isinstance(storage, StdoutFeedStorage)
    path = Path(storage.path)
    return path.is_file() and path.stat().st_size > 0
