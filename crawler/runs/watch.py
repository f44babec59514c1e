"""Supervise a running run: publish parts, close its crawls at the deadline, and abandon those that hang."""

import asyncio
import logging
import math
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Thread
from typing import Any, Self

from scrapy.crawler import Crawler, CrawlerProcessBase, CrawlerRunnerBase
from scrapy.settings import BaseSettings
from scrapy.utils.reactor import is_reactor_installed

from crawler.crawling.deadline import RUN, DeadlineExtension

logger = logging.getLogger(__name__)

_SECONDS = 0.5
"""Seconds between two checks."""
_CLOSING = 2.5
"""Seconds that crawls have to close after a signal to stop; then the report is written."""
_AFTER_DEADLINE = 60.0
"""Seconds that crawls have to close after the run's deadline; enough to upload feeds."""


class Watch:
    """A context that supervises the crawls of a process or runner; `publish` publishes the parts that are due.

    After RUN_MINUTES it closes all crawls. Crawls that do not close in time are abandoned: a process stops, `cancel`
    cancels the crawls of a runner, and what they have read is exported.
    """

    def __init__(
        self,
        process: CrawlerRunnerBase,
        publish: Callable[[], None],
        cancel: Callable[[], None],
        settings: BaseSettings,
    ) -> None:
        self._process = process
        self._publish = publish
        self._cancel = cancel
        self._minutes = 0 if settings.get("ARCHIVE_REPLAY") else settings.getfloat("RUN_MINUTES", 12)
        self._ends = time.monotonic() + self._minutes * 60
        self._leaves: float | None = None
        """When crawls that still run are abandoned, on the monotonic clock; None while no end is near."""
        self._task: asyncio.Task[None] | None = None

    def __enter__(self) -> Self:
        if is_reactor_installed():
            make_threads_daemonic()
        self._task = asyncio.get_event_loop().create_task(self._watch())
        return self

    def __exit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _watch(self) -> None:
        while self._leaves is None or time.monotonic() < self._leaves:
            await asyncio.sleep(_SECONDS)
            self._publish()
            self._check()
        names = ", ".join(sorted(str(crawl.spidercls.name) for crawl in self._running()))
        logger.warning("%s: did not close in time and is abandoned; what was read is delivered", names)
        if isinstance(self._process, CrawlerProcessBase):
            _reactor().crash()
        else:
            self._cancel()

    def _check(self) -> None:
        now, running = time.monotonic(), self._running()
        if self._minutes and now >= self._ends:
            self._minutes, self._leaves = 0, now + _AFTER_DEADLINE
            self._close(running)
        if running and not any(crawl.crawling for crawl in running):  # the process got a signal to stop
            self._leaves = min(self._leaves or math.inf, now + _CLOSING)

    def _close(self, crawls: list[Crawler]) -> None:
        logger.warning("the run reached its deadline (RUN_MINUTES): closing the outlets that are not done")
        for crawl in crawls:
            with suppress(RuntimeError):  # it has no extensions yet; it is abandoned
                deadline = crawl.get_extension(DeadlineExtension)
                if deadline is not None:
                    deadline.close(RUN)

    def _running(self) -> list[Crawler]:
        return list(self._process.crawlers)


def make_threads_daemonic() -> None:
    """Make the reactor's threads daemonic, so that a DNS look-up that hangs does not delay the end of the process."""
    pool = _reactor().getThreadPool()
    pool.threadFactory = partial(Thread, daemon=True)
    _reactor().addSystemEventTrigger("before", "shutdown", pool.threads.clear)


def _reactor() -> Any:
    from twisted.internet import reactor

    return reactor
