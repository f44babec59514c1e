"""Fetch a few URLs for a command as politely as a crawl, with robots.txt, recordings and replays."""

from collections.abc import AsyncIterator, Callable, Collection, Iterable, Iterator
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from crawler.notes import asked_address
from crawler.reasons import AnyReason, Cause, reason_of
from crawler.trying import set_by_user


def quietly(settings: BaseSettings) -> None:
    """Set the log level to WARNING unless the user has set one, so that a command's own output stands out."""
    if not set_by_user(settings, "LOG_LEVEL"):
        settings.set("LOG_LEVEL", "WARNING", priority="cmdline")


class Fetched:
    """The response for each URL, or why it failed."""

    def __init__(self) -> None:
        self.responses: dict[str, Response] = {}
        """Responses by requested URL."""
        self.failures: dict[str, str] = {}
        """Sentences that say why a request failed, by requested URL."""
        self.reasons: dict[str, AnyReason] = {}
        """Reasons for which requests failed, by requested URL."""
        self.forbidden: set[str] = set()
        """URLs of `failures` that must not be requested, because of robots.txt or a private address."""


class FetchSpider(Spider):
    """Requests `urls`, then the URLs that `follow` yields for each response; stores the results in `fetched`.

    `domains` are the domains that redirects may lead to. `name` is the outlet's, whose profile (PROXIES,
    BROWSER_OUTLETS) then applies.
    """

    name = "fetch"
    custom_settings = {"ITEM_PIPELINES": {}, "SPIDER_MIDDLEWARES": {}, "EXTENSIONS": {}, "FEEDS": {}}
    """It only fetches: no pipelines, no export, no store."""

    def __init__(
        self,
        urls: Collection[str],
        fetched: Fetched,
        domains: Collection[str],
        follow: Callable[[Response], Iterable[str]] = lambda response: (),
        name: str | None = None,
    ) -> None:
        super().__init__(name)
        self.allowed_domains = list(domains)
        self._urls = urls
        self._fetched = fetched
        self._follow = follow

    async def start(self) -> AsyncIterator[Any]:
        """Yield a request for each URL."""
        for url in self._urls:
            yield self._request(url)

    def keep(self, response: Response) -> Iterator[Request]:
        """Store a response under the requested URL, and request the URLs that follow from it."""
        self._fetched.responses[asked_address(response)] = response
        yield from (self._request(url) for url in self._follow(response))

    def note(self, failure: Failure) -> None:
        """Store why a request failed."""
        request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it on each failure it hands over
        asked = asked_address(request)
        reason, self._fetched.failures[asked] = reason_of(failure.value)
        self._fetched.reasons[asked] = reason
        if reason.cause is Cause.NOT_ASKED:
            self._fetched.forbidden.add(asked)

    def _request(self, url: str) -> Request:
        return Request(url, callback=self.keep, errback=self.note, meta={"allow_offsite": True})
