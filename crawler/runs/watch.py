"""What looks after a run while it goes on: parts are published, its deadline is kept, and what hangs is left behind."""

import asyncio
import logging
import math
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Thread
from typing import Any, Self

from scrapy.crawler import Crawler, CrawlerProcessBase
from scrapy.settings import BaseSettings
from scrapy.utils.reactor import is_reactor_installed

from crawler.crawling.deadline import RUN, DeadlineExtension

logger = logging.getLogger(__name__)

_SECONDS = 0.5
_CLOSING = 2.5
"""Seconds that crawls have to close when the process was told to stop; the report is written after that."""
_AFTER_DEADLINE = 60.0
"""Seconds that crawls have to close when the run met its deadline; feeds may still be sent in them."""


class Watch:
    """Watches the crawls of a process until it is left."""

    def __init__(self, process: CrawlerProcessBase, publish: Callable[[], None], settings: BaseSettings) -> None:
        self._process = process
        self._publish = publish
        self._minutes = 0 if settings.get("ARCHIVE_REPLAY") else settings.getfloat("RUN_MINUTES", 12)
        self._ends = time.monotonic() + self._minutes * 60
        self._leaves: float | None = None
        """When what still hangs is left behind."""
        self._task: asyncio.Task[None] | None = None

    def __enter__(self) -> Self:
        if is_reactor_installed():
            _wait_for_no_thread()
        self._task = asyncio.get_event_loop().create_task(self._watch())
        return self

    def __exit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _watch(self) -> None:
        while self._leaves is None or time.monotonic() < self._leaves:
            await asyncio.sleep(_SECONDS)
            self._publish()
            self._look()
        names = ", ".join(sorted(str(crawl.spidercls.name) for crawl in self._going()))
        logger.warning("%s: did not close in time: left behind; what was read is delivered", names)
        _reactor().crash()

    def _look(self) -> None:
        now, going = time.monotonic(), self._going()
        if self._minutes and now >= self._ends:
            self._minutes, self._leaves = 0, now + _AFTER_DEADLINE
            self._close(going)
        if going and not any(crawl.crawling for crawl in going):  # the process was told to stop
            self._leaves = min(self._leaves or math.inf, now + _CLOSING)

    def _close(self, crawls: list[Crawler]) -> None:
        logger.warning("the run met its deadline (RUN_MINUTES): closing the outlets that are not done")
        for crawl in crawls:
            with suppress(RuntimeError):  # it has not come so far as to have extensions; it is left behind
                deadline = crawl.get_extension(DeadlineExtension)
                if deadline is not None:
                    deadline.close(RUN)

    def _going(self) -> list[Crawler]:
        return list(self._process.crawlers)


def _wait_for_no_thread() -> None:
    """Let a look-up of a name that hangs keep neither the reactor nor the process from ending."""
    pool = _reactor().getThreadPool()
    pool.threadFactory = partial(Thread, daemon=True)
    _reactor().addSystemEventTrigger("before", "shutdown", pool.threads.clear)


def _reactor() -> Any:
    from twisted.internet import reactor

    return reactor
