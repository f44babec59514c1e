"""Scrapy's downloader, with a way to cancel all requests of a crawl that is closing."""

import asyncio
from collections.abc import Generator
from time import monotonic
from typing import Any

from scrapy import Request, Spider
from scrapy.core.downloader import Downloader, Slot
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.defer import deferred_from_coro, maybe_deferred_to_future
from twisted.internet.defer import Deferred, inlineCallbacks

from crawler.signals import crawl_closing

_Answer = Response | Request


class CrawlClosingError(IgnoreRequest):
    """A request was cancelled because its crawl is closing."""


class ClosingDownloader(Downloader):
    """Can cancel every request that waits for its delay, for robots.txt or for a server's response.

    Scrapy has no such method and waits for all of them: 16 requests to a host with a delay of one minute take a quarter
    of an hour.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._is_closing = False
        self._transfers: set[Deferred[Response]] = set()
        self._begun: set[str] = set()
        """The slots whose first request was answered."""

    def cancel_all(self) -> None:
        """Empty the queues and cancel running transfers; `fetch` returns each request to the scheduler."""
        self._is_closing = True
        self.signals.send_catch_log(crawl_closing)
        for slot in self.slots.values():
            self._process_queue(slot)
        for transfer in list(self._transfers):
            transfer.cancel()

    @inlineCallbacks
    def fetch(
        self, request: Request, spider: Spider | None = None
    ) -> Generator[Deferred[Any], Any, Response | Request]:
        """Return a request's response, or the request itself if it was cancelled.

        Raise CrawlClosingError for a cancelled robots.txt, so that the requests that wait for it are cancelled too.
        """
        try:
            answer: _Answer = yield super().fetch(request)
        except CrawlClosingError:
            if request.callback is NO_CALLBACK:  # robots.txt
                raise
            return request.replace(dont_filter=True)
        return answer

    async def _enqueue_request(self, request: Request) -> Response:
        if self._is_closing:
            raise CrawlClosingError
        return await super()._enqueue_request(request)

    def _process_queue(self, slot: Slot) -> None:
        if not self._is_closing:
            super()._process_queue(slot)
            return
        while slot.queue:  # one comes still whose own signal request_reached_downloader began the closing
            _, answer = slot.queue.popleft()
            answer.errback(CrawlClosingError())

    async def _download(self, slot: Slot, request: Request) -> Response:
        # Scrapy counts the gap from when it took the request out of the queue, and may send it later, after other work.
        slot.lastseen = max(slot.lastseen, monotonic())
        transfer = deferred_from_coro(super()._download(slot, request))
        self._transfers.add(transfer)
        try:
            response = await maybe_deferred_to_future(transfer)
        except (Exception, asyncio.CancelledError) as error:
            if self._is_closing:
                raise CrawlClosingError from error
            raise
        finally:
            self._transfers.discard(transfer)
        key = request.meta[self.DOWNLOAD_SLOT]
        if key not in self._begun:
            # The host has seen its first request only after a connection and TLS were made, maybe just now.
            self._begun.add(key)
            slot.lastseen = max(slot.lastseen, monotonic())
        return response
