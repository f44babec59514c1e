"""The crawls of one process that share a store: begin each, and collect their results."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from importlib import import_module
from itertools import chain, count
from pathlib import Path
from typing import Any, cast

from scrapy import signals
from scrapy.crawler import Crawler, CrawlerRunnerBase
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings
from twisted.internet.defer import Deferred

from crawler.archive.check import recording_of
from crawler.crawling.bookkeeping import save_postponed_listings
from crawler.crawling.handover import Taker, lend_export
from crawler.items import Article, json_line
from crawler.runs.ended import Ended, ended
from crawler.runs.errors import ErrorCounter, count_errors
from crawler.store import Store, lend_store

logger = logging.getLogger(__name__)

Task = asyncio.Task[None] | Deferred[None]
"""A crawl at work, as Scrapy's processes and runners return it."""
_OF_A_LANE = 50
"""Priority of settings of one crawl: above the command line's, with which Scrapy updates them when a crawl begins."""


class Crawls:
    """The crawls of one process; `export` takes what they read, `receive` gets the JSON line of each article."""

    def __init__(self, store: Store, export: Taker | None, receive: Callable[[str], None] | None) -> None:
        self.all: list[Crawler] = []
        self.errors = ErrorCounter()
        self._store = store
        self._export = export
        self._receive = receive
        self._never_begun: list[str] = []
        self._tasks: dict[Crawler, Task] = {}
        logging.root.addHandler(self.errors)

    def begin(
        self, process: CrawlerRunnerBase, outlet: str, arguments: Mapping[str, str], *, is_lane: bool = False
    ) -> tuple[Crawler, Task] | None:
        """Start an outlet's crawl; one that cannot start is logged and counted, and the others go on.

        In a lane, other processes crawl too: each host is held before it is asked, and JOBDIR has a folder an outlet.
        """
        _import_tls(process.settings)
        try:
            crawl = process.create_crawler(outlet)
        except (UsageError, ValueError, ImportError) as error:
            logger.warning("%s: cannot be crawled: %s", outlet, error)
            self._never_begun.append(outlet)
            return None
        if is_lane:
            _use_own_files(crawl, outlet)
        lend_store(crawl, self._store, shares_hosts=is_lane)
        count_errors(crawl, self.errors)
        if self._export is not None:
            lend_export(crawl, self._export)
        if self._receive is not None:
            crawl.signals.connect(self._scraped, signals.item_scraped)
        self.all.append(crawl)
        task: Task = cast(Any, process).crawl(crawl, **arguments)
        self._tasks[crawl] = task
        return crawl, task

    def outlets(self) -> list[Ended]:
        """Return the results of each outlet so far."""
        return [*map(ended, self.all), *(Ended(outlet=name) for name in self._never_begun)]

    def save_postponed(self) -> None:
        """Save what listings yielded in the crawls that reached no host: the machine has a network."""
        for crawl in self.all:
            save_postponed_listings(crawl)

    def abandon(self) -> None:
        """Cancel the crawls that do not end; a runner's loop is its owner's, and goes on."""
        for task in self._tasks.values():
            task.cancel()

    def forget(self, crawl: Crawler) -> None:
        """Keep no longer what is known of a crawl that has ended."""
        self.all.remove(crawl)
        del self._tasks[crawl]

    def close(self) -> None:
        """Count no more errors."""
        logging.root.removeHandler(self.errors)

    def _scraped(self, item: Any) -> None:
        """Pass on an article that goes to Scrapy's feeds, which the report cannot read back."""
        if isinstance(item, Article) and self._receive is not None:
            self._receive(json_line(item, errors="replace").decode())


def _import_tls(settings: BaseSettings) -> None:
    """Import what Scrapy's own handler needs for TLS before the event loop runs.

    To warn of old names, these modules look through the whole stack as they are imported, and for each function on it
    through all modules: a fifth of the time that a command takes to start, if a handler imports them in the loop.
    """
    if not settings.getbool("FAST"):
        import_module("scrapy.core.downloader.tls")
        import_module("scrapy.core.downloader.contextfactory")


def _use_own_files(crawl: Crawler, outlet: str) -> None:
    """Give a crawl in a lane a folder of its own for JOBDIR, and a recording that no worker before it has begun."""
    settings = crawl.settings
    if settings.get("JOBDIR"):
        settings.set("JOBDIR", str(Path(settings["JOBDIR"]) / outlet), priority=_OF_A_LANE)
    if settings.get("ARCHIVE_RECORD"):
        first = recording_of(Path(settings["ARCHIVE_RECORD"]), outlet)
        name, _, ending = first.name.partition(".warc")
        more = (first.with_name(f"{name}-{number}.warc{ending}") for number in count(2))
        free = next(each for each in chain([first], more) if not each.exists())
        settings.set("ARCHIVE_RECORD", str(free), priority=_OF_A_LANE)
