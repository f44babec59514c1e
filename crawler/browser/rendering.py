"""Render the pages of the outlets in BROWSER_OUTLETS: a middleware that replaces a page by what its scripts made of it.

It stands between the network and the recording, so that an archive holds the page as it is read, and a replay needs no
browser.
"""

import asyncio
import logging
from collections.abc import Mapping
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.browser.chromium import Chromium, chromium_path
from crawler.browser.visit import NotRenderedError, Visit
from crawler.discovery.ask import listing_of
from crawler.discovery.listing import Section
from crawler.downloading.content_encoding import unpacked_body, with_body
from crawler.downloading.downloader import CrawlClosingError
from crawler.downloading.politeness import PolitenessMiddleware
from crawler.limits import LARGEST_ANSWER
from crawler.reading.urls import registered_domain
from crawler.rendered import note_failed, note_rendered
from crawler.signals import crawl_closing

logger = logging.getLogger(__name__)

_MOST_STARTS = 3
"""Starts of the browser that may fail in a row; then the crawl goes on without it."""
_SCRIPTS = 32 * 1024 * 1024
"""Bytes of scripts that a crawl keeps, since each page of an outlet has the same ones."""


class RenderMiddleware:
    """Gives each page of the outlet to a browser, one at a time, and takes it back as its scripts have made it.

    The page was fetched as any other. What its scripts ask the outlet for passes through all middlewares too:
    robots.txt, politeness, the check of addresses, the recording. A page that cannot be rendered stays as the server
    sent it, with a header that says why.
    """

    def __init__(self, crawler: Crawler, path: str) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._chromium = Chromium(path, settings["USER_AGENT"])
        self._seconds = settings.getfloat("BROWSER_SECONDS", 30)
        self._most = settings.getint("DOWNLOAD_MAXSIZE")
        self._one = asyncio.Lock()
        self._held: Request | None = None
        self._visit: asyncio.Task[str] | None = None
        self._is_closing = False
        self._failed_starts = 0
        self._scripts: dict[str, Response] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        settings = crawler.settings
        outlet = getattr(crawler.spider, "name", "")
        if outlet not in settings.getlist("BROWSER_OUTLETS") or settings.get("ARCHIVE_REPLAY"):
            raise NotConfigured
        path = chromium_path(settings.get("BROWSER"))
        if path is None:
            raise NotConfigured(f"{outlet}: no browser was found: its pages are read as the server sends them")
        middleware = cls(crawler, path)
        crawler.signals.connect(middleware.crawl_closing, crawl_closing)
        crawler.signals.connect(middleware.spider_closed, signals.spider_closed)
        return middleware

    async def process_request(self, request: Request) -> None:
        """Hold a page back until the one before it is rendered, so that its scripts do not wait behind other pages."""
        if not _is_page(request):
            return
        await self._one.acquire()
        try:
            self._refuse_late(request)
        except Exception:
            self._one.release()
            raise
        self._held = request

    async def process_response(self, request: Request, response: Response) -> Response:
        """Return a page as its scripts made it, any other response as it is."""
        if self._held is not request:
            return response
        try:
            return await self._page(response) if _is_html(response) else response
        finally:
            self._release(request)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Let the next page pass."""
        self._release(request)

    def crawl_closing(self) -> None:
        """End the visit that is under way: the crawl closes."""
        self._is_closing = True
        if self._visit is not None:
            self._visit.cancel()

    async def spider_closed(self) -> None:
        """End the browser."""
        await self._chromium.stop()

    def _refuse_late(self, request: Request) -> None:
        """Refuse a page for which it is too late: the crawl closes, or its host is left alone since it waits here."""
        if self._is_closing:
            raise CrawlClosingError
        politeness = self._crawler.get_downloader_middleware(PolitenessMiddleware)
        if politeness is not None:
            politeness.process_request(request)

    def _release(self, request: Request) -> None:
        if self._held is request:
            self._held = None
            self._one.release()

    async def _page(self, response: Response) -> Response:
        found = unpacked_body(response, self._most)
        if found.damage:
            return response  # it is tried again, or refused with that reason
        response = with_body(response, found.body)
        kind = (response.headers.get("Content-Type") or b"text/html").decode("latin-1")
        visit = Visit(response.url, found.body, kind, fetch=self._fetch, is_own=self._is_own, seconds=self._seconds)
        try:
            html = await self._visited(visit)
        except NotRenderedError as error:
            self._crawler.stats.inc_value("browser/failed")
            logger.warning("%s: not rendered: %s; it is read as the server sent it", response.url, error)
            return note_failed(response, str(error))
        finally:
            for what, count in visit.counts.items():
                self._crawler.stats.inc_value(f"browser/requests/{what}", count)
        self._crawler.stats.inc_value("browser/rendered")
        return note_rendered(with_body(response, html.encode("utf-8", "replace")), self._chromium.version)

    async def _visited(self, visit: Visit) -> str:
        """Return the rendered page; raise NotRenderedError if it fails, CrawlClosingError if the crawl closes."""
        self._visit = asyncio.ensure_future(self._in_browser(visit))
        try:
            return await self._visit
        except asyncio.CancelledError as error:
            raise CrawlClosingError from error
        except NotRenderedError:
            raise
        except Exception as error:  # whatever Playwright raises: a crash, a closed pipe
            await self._chromium.stop()
            raise NotRenderedError(_first_line(error)) from error
        finally:
            self._visit = None

    async def _in_browser(self, visit: Visit) -> str:
        if self._failed_starts >= _MOST_STARTS:
            raise NotRenderedError(f"the browser did not start {_MOST_STARTS} times")
        try:
            context = await self._chromium.new_context()
        except Exception as error:
            self._failed_starts += 1
            raise NotRenderedError(f"the browser does not start: {_first_line(error)}") from error
        self._failed_starts = 0
        try:
            return await visit.rendered(context, self._most)
        finally:
            await self._leave(context)

    async def _leave(self, context: object) -> None:
        """Close the page's profile; if it does not close, as when its scripts never rest, end the whole browser."""
        try:
            async with asyncio.timeout(3):
                await context.close()  # type: ignore[attr-defined]  # Playwright's, which is not imported here
        except Exception:  # noqa: BLE001  it hangs, or has crashed
            await self._chromium.stop()

    async def _fetch(self, url: str, headers: Mapping[str, str]) -> Response | None:
        """Return the response to a script's request, through all middlewares; None if it is refused or fails."""
        if url in self._scripts:
            return self._scripts[url]
        meta = {"dont_retry": True, "download_timeout": self._seconds, "download_maxsize": LARGEST_ANSWER}
        request = Request(url, headers=dict(headers), callback=NO_CALLBACK, meta=meta)
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001  one request of a page: the page goes on without it
            logger.info("%s: not given to the page: %s", url, error)
            return None
        is_script = b"javascript" in (response.headers.get("Content-Type") or b"")
        if is_script and response.status == 200 and self._size() + len(response.body) <= _SCRIPTS:
            self._scripts[url] = response
        return response

    def _size(self) -> int:
        return sum(len(script.body) for script in self._scripts.values())

    def _is_own(self, url: str) -> bool:
        return registered_domain(url) in getattr(self._crawler.spider, "allowed_domains", ())


def _is_page(request: Request) -> bool:
    """Return whether a request may lead to a page: not for robots.txt, a script, a feed or a sitemap."""
    ask = listing_of(request)
    return request.callback is not NO_CALLBACK and (ask is None or isinstance(ask.listing, Section))


def _is_html(response: Response) -> bool:
    return response.status == 200 and b"html" in (response.headers.get("Content-Type") or b"html").lower()


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]
