"""Scrapy's own feeds, with what they could not write noted: Scrapy counts such a feed as stored."""

import logging
from typing import Any

from scrapy import Spider
from scrapy.extensions.feedexport import FeedExporter
from scrapy.statscollectors import StatsCollector

logger = logging.getLogger(__name__)

_FAILED = "feedexport/failed_count"


class NotingFeedExporter(FeedExporter):
    """Notes each article that a feed could not take, as on a full disk: it waits in the store for the next run."""

    def item_scraped(self, item: Any, spider: Spider) -> None:
        """Write an article into the feeds."""
        try:
            super().item_scraped(item, spider)
        except OSError as error:
            if not self.crawler.stats.get_value(f"{_FAILED}/article"):
                told = "%s: cannot be written (%s); the run's articles wait in the store and come with the next run"
                logger.error(told, ", ".join(self.feeds), error.strerror or error)
            self.crawler.stats.inc_value(f"{_FAILED}/article")
        except Exception:
            self.crawler.stats.inc_value(f"{_FAILED}/article")
            raise


def has_failed(stats: StatsCollector) -> bool:
    """Say whether a feed failed to take an article, or to be stored."""
    return any(name.startswith(_FAILED) for name in stats.get_stats())
