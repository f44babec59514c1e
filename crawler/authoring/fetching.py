"""Fetch a few addresses for a command, as politely as a crawl: robots.txt obeyed, recorded or replayed alike."""

from collections.abc import AsyncIterator, Callable, Collection, Iterable, Iterator
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings
from twisted.python.failure import Failure

from crawler.notes import asked_address
from crawler.reasons import Cause, reason_of


def quietly(settings: BaseSettings) -> None:
    """Show warnings only, unless the user asked for another level: what a command prints is its answer."""
    if (settings.getpriority("LOG_LEVEL") or 0) < SETTINGS_PRIORITIES["cmdline"]:
        settings.set("LOG_LEVEL", "WARNING", priority="cmdline")


class Fetched:
    """What came of each address: its response, or why there is none."""

    def __init__(self) -> None:
        self.responses: dict[str, Response] = {}
        self.failures: dict[str, str] = {}
        self.forbidden: set[str] = set()
        """Of the failures, those that were not to be asked: robots.txt, a private address."""


class FetchSpider(Spider):
    """Asks for addresses, then for those that `follow` finds in an answer."""

    name = "fetch"
    custom_settings = {"ITEM_PIPELINES": {}, "SPIDER_MIDDLEWARES": {}, "EXTENSIONS": {}, "FEEDS": {}}
    """It fetches, but does not crawl: nothing of a crawl's delivery."""

    def __init__(
        self,
        urls: Collection[str],
        fetched: Fetched,
        domains: Collection[str],
        follow: Callable[[Response], Iterable[str]] = lambda response: (),
    ) -> None:
        super().__init__()
        self.allowed_domains = list(domains)
        self._urls = urls
        self._fetched = fetched
        self._follow = follow

    async def start(self) -> AsyncIterator[Any]:
        """Yield a request for each address."""
        for url in self._urls:
            yield self._request(url)

    def keep(self, response: Response) -> Iterator[Request]:
        """Keep an answer under the address that was asked for, and ask for what it leads to."""
        self._fetched.responses[asked_address(response)] = response
        yield from (self._request(url) for url in self._follow(response))

    def note(self, failure: Failure) -> None:
        """Note why an address gave no answer."""
        request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it on each failure it hands over
        asked = asked_address(request)
        reason, self._fetched.failures[asked] = reason_of(failure.value)
        if reason.cause is Cause.NOT_ASKED:
            self._fetched.forbidden.add(asked)

    def _request(self, url: str) -> Request:
        return Request(url, callback=self.keep, errback=self.note, meta={"allow_offsite": True})
