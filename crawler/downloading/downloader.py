"""Scrapy's downloader, which a closing crawl need not wait for."""

import asyncio
from collections.abc import Generator
from typing import Any

from scrapy import Request, Spider
from scrapy.core.downloader import Downloader, Slot
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.defer import deferred_from_coro, maybe_deferred_to_future
from twisted.internet.defer import Deferred, inlineCallbacks

_Answer = Response | Request


class CalledOffError(IgnoreRequest):
    """A request that was not finished, because its crawl is closing."""


class ClosingDownloader(Downloader):
    """Hands back at once, when it is told to, whatever waits for a delay, for robots.txt or for a server.

    Scrapy waits for all of it: for 16 requests of a host with a delay of a minute that is a quarter of an hour.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._is_closing = False
        self._transfers: set[Deferred[Response]] = set()

    def call_off(self) -> None:
        """Empty the queues and break off the transfers; each request goes back to the scheduler, where it waits."""
        self._is_closing = True
        for slot in self.slots.values():
            while slot.queue:
                _, answer = slot.queue.popleft()
                answer.errback(CalledOffError())
        for transfer in list(self._transfers):
            transfer.cancel()

    @inlineCallbacks
    def fetch(
        self, request: Request, spider: Spider | None = None
    ) -> Generator[Deferred[Any], Any, Response | Request]:
        """Return a request's answer, or the request itself when it was called off."""
        try:
            answer: _Answer = yield super().fetch(request)
        except CalledOffError:
            if request.callback is NO_CALLBACK:  # robots.txt: whoever waits for it is called off as well
                raise
            return request.replace(dont_filter=True)
        return answer

    async def _enqueue_request(self, request: Request) -> Response:
        if self._is_closing:
            raise CalledOffError
        return await super()._enqueue_request(request)

    async def _download(self, slot: Slot, request: Request) -> Response:
        transfer = deferred_from_coro(super()._download(slot, request))
        self._transfers.add(transfer)
        try:
            return await maybe_deferred_to_future(transfer)
        except (Exception, asyncio.CancelledError) as error:
            if self._is_closing:
                raise CalledOffError from error
            raise
        finally:
            self._transfers.discard(transfer)
