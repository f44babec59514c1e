"""Videsh as a library: read one page, or crawl outlets from a script, a running event loop or a notebook."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import suppress
from datetime import date, datetime
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.authoring.rereading import Page, Rereader
from crawler.home import choose_home, settings_at
from crawler.items import Article
from crawler.outlets import load_outlets, unknown_outlet
from crawler.reading.outlet import Outlet
from crawler.reasons import NotAnArticle, Refusal
from crawler.runs.background import background_loop
from crawler.runs.exit_code import ExitCode
from crawler.runs.in_process import Newsroom, checked_outlets, spider_arguments
from crawler.runs.run import AnotherRunError
from crawler.url_parts import is_url
from crawler.videsh import fault_of_packages

__all__ = [
    "AnotherRunError",
    "Article",
    "Crawl",
    "ExitCode",
    "Newsroom",
    "NotAnArticle",
    "crawl",
    "project_settings",
    "read_article",
]


def read_article(
    page: bytes | str | os.PathLike[str],
    url: str,
    outlet: str | None = None,
    *,
    encoding: str | None = None,
    fetched_at: datetime | None = None,
) -> Article:
    """Return the article on a page, as `scrapy extract` reads it: dateline, credits, text and all other fields.

    `page` is the HTML as bytes, or the path of a file. `url` is where it was fetched from; its host tells the outlet,
    unless `outlet` names one by its slug (`indiatv`). Pages of other hosts are read too. `encoding` is the charset in
    the HTTP header; `fetched_at`, a time with its offset, resolves printed times such as `5 घंटे पहले`.

    Raise NotAnArticle if the page holds no article; its `reason` is one of docs/reference.md. Raise ValueError for an
    unknown outlet or what is no address, and OSError for a file that cannot be read.
    """
    if not is_url(url):
        raise ValueError(f"{url!r} is not an address: say where the page was fetched from, as https://…")
    body = page if isinstance(page, bytes) else _file(page).read_bytes()
    found = Page(url=url, body=body, encoding=encoding, fetched_at=fetched_at)
    try:
        return _rereader().article(found, _outlet(outlet) if outlet else None)
    except Refusal as refusal:  # by a pipeline, as of a language
        raise NotAnArticle(refusal.reason, refusal.detail) from refusal


def crawl(
    *outlets: str,
    since: date | str | None = None,
    limit: int | None = None,
    force: bool = False,
    only_new: bool = False,
    export: bool = False,
    home: str | os.PathLike[str] | None = None,
    settings: Mapping[str, Any] | None = None,
) -> "Crawl":
    """Return a crawl of outlets, named by slug, or of all; iterating over it crawls, and yields each article at once.

        for article in crawl("indiatv", "bbc_hindi", limit=20):
            print(article.headline)

    `async for` does the same in a running event loop. `since` leaves out what was published before that day, `limit`
    is the largest number of articles that each outlet is asked for.

    Without `export`, nothing is kept: the next crawl reads and yields the same articles again. With it, the crawl is a
    run of the newsroom: it yields what earlier runs have not exported, writes the same export and report, and holds
    the lock of the store, all below `home` (default: as for the command `videsh`); `force` reads known articles again,
    `only_new` leaves them alone. `settings` are settings of Scrapy and of docs/reference.md, as CONTACT.

    Raise ValueError for an unknown outlet, a wrong argument or a wrong setting.
    """
    kept = {} if export else {"STORE": "", "EXPORTS": "", "FEEDS": {}}
    arguments = {"since": since, "limit": limit, "force": force, "only_new": only_new}
    return Crawl(project_settings(home, **{**kept, **(settings or {})}), outlets, arguments)


def project_settings(home: str | os.PathLike[str] | None = None, /, **settings: Any) -> Settings:
    """Return the settings of Videsh, for a CrawlerProcess or an AsyncCrawlerRunner of your own.

    `home` is the folder of store and exports (default: as for the command `videsh`); `settings` come before those of
    the project, as `-s` on the command line. Raise ImportError if another package named `crawler`, `spiders` or
    `pipelines` is found first, and ValueError if `home` cannot be a folder.
    """
    fault = fault_of_packages()
    if fault:
        raise ImportError(fault)
    try:
        found = settings_at(choose_home(None if home is None else os.fspath(home), os.environ, Path.cwd()))
    except UsageError as error:
        raise ValueError(str(error)) from error
    for name, value in settings.items():
        found.set(name, os.fspath(value) if isinstance(value, os.PathLike) else value, priority="cmdline")
    return found


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
        if self._task is not None and not self._task.done() and self._runner is not None:
            asyncio.run_coroutine_threadsafe(self._runner.stop(), background_loop())


def _wait(task: "Future[None]") -> None:
    """Wait for the end of a crawl; raise what it raised."""
    try:
        task.result()
    except UsageError as error:
        raise ValueError(str(error)) from error


def _file(page: str | os.PathLike[str]) -> Path:
    if isinstance(page, str) and "<" in page:
        raise ValueError("page is HTML as text: give it as bytes, page.encode(), or name a file")
    return Path(page)


@cache
def _rereader() -> Rereader:
    return Rereader(project_settings())


def _outlet(slug: str) -> Outlet:
    known = load_outlets(project_settings())
    if slug not in known:
        raise ValueError(str(unknown_outlet(slug, known)))
    found: Outlet = known[slug].outlet
    return found
