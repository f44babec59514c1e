"""A crawl that a script, an event loop or a notebook iterates over."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.items import Article
from crawler.runs.background import background_loop
from crawler.runs.exit_code import ExitCode
from crawler.runs.in_process import Newsroom, checked_outlets, spider_arguments

_AGAIN = 0.1
"""Seconds between two looks for crawls to stop."""


class Crawl:
    """A crawl that runs while it is iterated over, once, by `for` or by `async for`.

    It runs in a thread of its own, so that it works in scripts, in event loops and in notebooks, and several times in
    a process. Leaving the loop early stops it within seconds; what was read by then is exported.
    """

    def __init__(self, settings: Settings, outlets: tuple[str, ...], arguments: Mapping[str, object]) -> None:
        try:
            checked_outlets(settings, outlets, spider_arguments(arguments))
        except UsageError as error:
            raise ValueError(str(error)) from error
        self._settings = settings
        self._outlets = outlets
        self._arguments = arguments
        self._runner: AsyncCrawlerRunner | None = None
        self._newsroom: Newsroom | None = None
        self._task: Future[None] | None = None

    @property
    def exit_code(self) -> ExitCode | None:
        """Return how the crawl ended, as an exit code of `scrapy newsroom`; None before its end."""
        return self._newsroom.exit_code if self._newsroom else None

    @property
    def report(self) -> dict[str, Any] | None:
        """Return the report of the crawl, as in report.json; None before its end."""
        return self._newsroom.report if self._newsroom else None

    @property
    def folder(self) -> Path | None:
        """Return the folder of the export; None without one, and before the first article."""
        return self._newsroom.folder if self._newsroom else None

    def __iter__(self) -> Iterator[Article]:
        """Crawl, and yield each article; raise AnotherRunError if another run uses the store."""
        articles: SimpleQueue[Article | None] = SimpleQueue()
        task = self._begin(articles.put)
        try:
            while (article := articles.get()) is not None:
                yield article
        finally:
            self._stop()
            _wait(task)

    async def __aiter__(self) -> AsyncIterator[Article]:
        """Crawl, and yield each article, without blocking the running event loop."""
        loop = asyncio.get_running_loop()
        articles: asyncio.Queue[Article | None] = asyncio.Queue()

        def put(article: Article | None) -> None:
            with suppress(RuntimeError):  # the caller's loop is closed: nobody waits
                loop.call_soon_threadsafe(articles.put_nowait, article)

        task = self._begin(put)
        try:
            while (article := await articles.get()) is not None:
                yield article
        finally:
            self._stop()
            await asyncio.to_thread(_wait, task)

    def _begin(self, put: Callable[[Article | None], None]) -> "Future[None]":
        if self._task is not None:
            raise RuntimeError("a crawl can be iterated over once: call crawl(...) again")
        loop = background_loop()
        self._task = asyncio.run_coroutine_threadsafe(self._crawl(put), loop)
        return self._task

    async def _crawl(self, put: Callable[[Article | None], None]) -> None:
        try:
            self._runner = AsyncCrawlerRunner(self._settings)
            self._newsroom = Newsroom(self._runner, *self._outlets, receive=put, **self._arguments)
            with self._newsroom:
                await self._runner.join()
        finally:
            put(None)

    def _stop(self) -> None:
        if self._task is not None and not self._task.done():
            asyncio.run_coroutine_threadsafe(self._halt(), background_loop())

    async def _halt(self) -> None:
        """Stop each crawl of an outlet once its engine runs; Scrapy stops none before, and then forgets to."""
        while self._task is not None and not self._task.done():
            crawls = filter(_has_begun, [*self._runner.crawlers] if self._runner else [])
            await asyncio.gather(*(crawl.stop_async() for crawl in crawls))
            await asyncio.sleep(_AGAIN)


def _has_begun(crawl: Crawler) -> bool:
    try:
        return crawl.engine.running
    except RuntimeError:  # it has no engine yet
        return False


def _wait(task: "Future[None]") -> None:
    """Wait for the end of a crawl; raise what it raised."""
    try:
        task.result()
    except UsageError as error:
        raise ValueError(str(error)) from error
