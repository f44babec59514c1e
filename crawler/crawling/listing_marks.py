"""Mark in the store which listing is being read, and leave those alone on which runs die."""

from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.clock import now
from crawler.discovery.ask import listing_of
from crawler.downloading.rests import refusal_of
from crawler.notes import asked_address
from crawler.store import store_of


class MarkListingMiddleware:
    """Writes into the store which listing is being read; a run that dies leaves this mark behind.

    A callback yields its requests one by one, and other pages may be read in between, so the mark is there only while
    the callback works. It has to be the spider middleware nearest to the spider.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._readings = store_of(crawler).readings

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_spider_output(self, response: Response, result: Iterable[Any]) -> Iterator[Any]:
        """Pass on what a callback yields; mark its listing while it works, and forget the deaths when it ends."""
        steps, end = iter(result), object()
        while True:
            with self._marked(response):
                each = next(steps, end)
            if each is end:
                break
            yield each
        self._read(response)

    async def process_spider_output_async(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Do the same with an asynchronous callback."""
        steps, end = aiter(result), object()
        while True:
            with self._marked(response):
                each = await anext(steps, end)
            if each is end:
                break
            yield each
        self._read(response)

    @contextmanager
    def _marked(self, response: Response) -> Iterator[None]:
        if listing_of(response) is None:
            yield
            return
        self._readings.begin(asked_address(response))
        try:
            yield
        finally:
            self._readings.done(asked_address(response))

    def _read(self, response: Response) -> None:
        if listing_of(response) and self._readings.deaths(asked_address(response)):
            self._readings.survived(asked_address(response))


class RefuseListingMiddleware:
    """Refuses the requests of listings that are left alone, because runs died while they read them."""

    def __init__(self, crawler: Crawler) -> None:
        self._settings = crawler.settings
        self._hosts = store_of(crawler).hosts

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise RequestRefused for a listing that is left alone."""
        if listing_of(request) is None:
            return
        rest = self._hosts.resting(asked_address(request), now(self._settings))
        if rest is not None:
            raise refusal_of(rest)


def is_listing(key: str) -> bool:
    """Return whether a mark is that of a listing, which is its URL, and not that of a page, the id of its address."""
    return "://" in key
