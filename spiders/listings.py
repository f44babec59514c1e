"""The side of a spider that reads listings: request them, and the articles that they announce."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.clock import moment
from crawler.discovery.ask import ListingAsk, listing_of, meta_of
from crawler.discovery.counts import Tally
from crawler.discovery.days import MOST_DAYS, addresses, is_daily
from crawler.discovery.frontier import Frontier
from crawler.discovery.links import Further, Link, Listing, ListingError
from crawler.discovery.read_listing import read_listing
from crawler.notes import notes_of
from crawler.reading.article_ids import article_id
from crawler.reading.markup import declared_charset
from crawler.reading.outlet import Outlet
from crawler.reading.urls import registered_domain
from crawler.reasons import AnyReason, Cause, Reason, reason_of
from crawler.signals import fetch_failed
from spiders.arguments import Arguments, read_arguments

_LISTINGS_FIRST = 10
"""Request priority of listings: they are read before articles, so that each article gets all announced facts."""


class _Domains:
    """The registered domains of an outlet's hosts and listings, as a class attribute, which `scrapy parse URL` needs.

    Without the domains of listings, Scrapy would not request the robots.txt of a feed's host.
    """

    def __get__(self, spider: object, cls: "type[ListingsSpider]") -> list[str]:
        own = [f"https://{host}" for host in cls.outlet.hosts] + [listing.url for listing in cls.listings]
        return sorted({registered_domain(url) for url in own})


class ListingsSpider(Spider):
    """Reads the listings of an outlet, and requests the articles of its international section."""

    outlet: ClassVar[Outlet]
    listings: ClassVar[tuple[Listing, ...]]
    allowed_domains = _Domains()

    @classmethod
    def check_arguments(cls, given: Mapping[str, str]) -> Arguments:
        """Return the arguments of a crawl; raise UsageError that says what to write if one is invalid."""
        return read_arguments(given, cls.outlet)

    def __init__(self, **given: str) -> None:
        self.arguments = self.check_arguments(given)
        super().__init__()

    @cached_property
    def tally(self) -> Tally:
        """Return the counts of what the listings yield in this crawl."""
        return Tally()

    @cached_property
    def frontier(self) -> Frontier:
        """Return the crawl frontier, which decides which URLs are requested."""
        since = self.arguments.since
        return Frontier(self.outlet, self.allowed_domains, self.tally, since=since, now=self._now)

    def closed(self, reason: str) -> None:
        """Forget the frontier when the crawl has ended: the report of a long run needs as much memory as its links."""
        vars(self).pop("frontier", None)

    async def start(self) -> AsyncIterator[Any]:
        """Yield the one page that `-a url` names, or the listings."""
        if self.arguments.url:
            yield self.article_request(Link(url=self.arguments.url, listing="-a url"))
            return
        for request in self.listing_requests():
            yield request

    def listing_requests(self) -> Iterator[Request]:
        """Yield the requests of the listings, in their order; a daily listing has one for each day."""
        since = self.arguments.since
        for listing in self.listings:
            if is_daily(listing.url) and since and (self._now() - since).days >= MOST_DAYS:
                message = "%s: has an address for each day; only the last %d days are read, and since=%s lies before"
                self.logger.warning(message, listing.url, MOST_DAYS, f"{since:%Y-%m-%d}")
            for address in addresses(listing.url, since, self._now()):
                yield self._listing_request(listing, Further(url=address), depth=0)

    def read_listing(self, response: Response) -> Iterator[Request]:
        """Yield requests for the international articles that a listing links to, and for the listing's further URLs.

        A 304 yields nothing. A listing that cannot be read whole is reported, and the crawl goes on.

        @listing
        @returns requests 1
        """
        ask = self._listing_ask(response)
        listing = ask.listing
        if response.status == 304:
            self.tally.of(listing.url).unchanged += 1
            return
        seen: Counter[str] = Counter()
        skipped: list[str] = []
        try:
            yield from self._followed(response, ask, seen, skipped)
        except ListingError as error:
            report = self.tally.broken if seen["links"] else self.tally.dead
            report(listing, response.url, error.reason, error.detail)
            if error.reason is not Reason.BAD_BYTES:  # these damage single characters: everything else was read
                self._failed(response.request, error.reason, error.detail)
                return
        else:
            notes_of(response).is_whole = not seen["further"]  # else a 304 would hide changes at its further URLs
        finally:
            self.tally.skipped(listing, response.url, skipped)
        self.tally.of(listing.url).read += 1

    def _followed(
        self, response: Response, ask: ListingAsk, seen: Counter[str], skipped: list[str]
    ) -> Iterator[Request]:
        listing, depth = ask.listing, ask.depth + 1
        listed = self.frontier.listed(listing)
        charset, now = declared_charset(response.headers.get("Content-Type")), self._here(notes_of(response).fetched_at)
        links = read_listing(
            listing,
            ask.further,
            response.body,
            response.url,
            encoding=charset,
            skipped=skipped,
            now=now,
            keeps_texts=self._has_profile("FEED_TEXT_OUTLETS"),
        )
        for found in links:
            if isinstance(found, Link):
                seen["links"] += 1
                article = self.frontier.article(listing, found)
                if article:
                    notes_of(response).announced.append(article_id(article.url, self.outlet))
                    if self.frontier.wants(listing, article):
                        yield self.article_request(article)
            elif self.frontier.goes_on(listing, found, listed=listed):
                seen["further"] += 1
                if self.frontier.is_endless(listing, found, depth=depth):
                    break  # its other further URLs are not read either
                yield self._listing_request(listing, found, depth=depth)

    def listing_failed(self, failure: Failure) -> None:
        """Report a listing that could not be fetched; a daily listing that does not exist yet is not a failure."""
        request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it on each failure it hands over
        listing = self._listing_ask(request).listing
        reason, detail = reason_of(failure.value)
        if is_daily(listing.url) and reason.cause is Cause.GONE:
            reason = Reason.NO_SUCH_DAY
        self.tally.dead(listing, request.url, reason, detail)
        self._failed(request, reason, detail)

    def article_request(self, link: Link) -> Request:
        """Return the request of an article that a listing announces; the subclass that reads articles makes it."""
        raise NotImplementedError

    def _listing_ask(self, of: Request | Response) -> ListingAsk:
        """Return the ask of a listing's request; for one of `scrapy parse`, make it from the listing with its URL.

        Raise ValueError if the outlet has no such listing.
        """
        ask = listing_of(of)
        if ask is not None:
            return ask
        for listing in self.listings:
            if of.url in addresses(listing.url, self.arguments.since, self._now()):
                return ListingAsk(listing=listing, further=Further(url=of.url))
        raise ValueError(f"{of.url}: no listing of {self.name}")

    def _listing_request(self, listing: Listing, further: Further, *, depth: int) -> Request:
        self.frontier.begins(further)
        return Request(
            further.url,
            callback=self.read_listing,
            errback=self.listing_failed,
            dont_filter=True,
            priority=_LISTINGS_FIRST,
            meta=meta_of(ListingAsk(listing=listing, further=further, depth=depth)) | {"handle_httpstatus_list": [304]},
        )

    def _failed(self, request: Request | None, reason: AnyReason, detail: str) -> None:
        self.crawler.signals.send_catch_log(fetch_failed, request=request, reason=reason, detail=detail)

    def _has_profile(self, setting: str) -> bool:
        """Return whether one of the settings of docs/blocked_sites.md names the outlet."""
        return self.name in self.settings.getlist(setting)

    def _now(self) -> datetime:
        """Return the crawl's time in the outlet's zone; in a replay the archive's, for the recorded URLs."""
        return self._here(moment(self.settings, recorded=self.crawler.stats.get_value("archive/moment")))

    def _here(self, time: datetime | None) -> datetime:
        """Return a time in the outlet's zone; the crawl's time for a response of which none is noted."""
        return time.astimezone(ZoneInfo(self.outlet.time_zone)) if time else self._now()
