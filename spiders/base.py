"""The base of all outlets' spiders: read the listings, request the articles that they announce, read each page."""

import logging
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.clock import moment
from crawler.discovery.ask import ArticleAsk, ListingAsk, Pages, article_of, listing_of
from crawler.discovery.counts import Tally
from crawler.discovery.days import MOST_DAYS, addresses, is_daily
from crawler.discovery.frontier import Frontier, add_announced_time, refuse_too_old
from crawler.discovery.full_texts import article_in_feed
from crawler.discovery.links import Further, Link, Listing, ListingError
from crawler.discovery.read_listing import read_listing
from crawler.items import Article
from crawler.notes import MOST_DEATHS, notes_of
from crawler.reading.markup import declared_charset
from crawler.reading.outlet import Outlet
from crawler.reading.page import read_page
from crawler.reading.pagination import next_page, stitch
from crawler.reading.urls import announced_id, article_id, registered_domain
from crawler.reasons import RESTING, AnyReason, Cause, NotAnArticle, Reason, reason_of
from crawler.signals import fetch_failed, page_done, page_reading
from spiders.arguments import Arguments, read_arguments
from spiders.stand_ins import is_refused, twin_of_empty, with_attempts

_LISTINGS_FIRST = 10
"""Request priority of listings: they are read before articles, so that each article gets all announced facts."""
_MOST_PAGES = 20
"""Maximum number of pages of one article."""


class _Domains:
    """The registered domains of an outlet's hosts and listings, as a class attribute, which `scrapy parse URL` needs.

    Without the domains of listings, Scrapy would not request the robots.txt of a feed's host.
    """

    def __get__(self, spider: object, cls: "type[OutletSpider]") -> list[str]:
        own = [f"https://{host}" for host in cls.outlet.hosts] + [listing.url for listing in cls.listings]
        return sorted({registered_domain(url) for url in own})


class OutletSpider(Spider):
    """The base of an outlet's spider; a subclass sets only `name`, `outlet` and `listings`."""

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
        charset, now = _charset(response), self._here(notes_of(response).fetched_at)
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
                    notes_of(response).announced.append(article.url)
                    if self.frontier.wants(listing, article):
                        yield self.article_request(article)
            elif self.frontier.goes_on(listing, found, listed=listed):
                seen["further"] += 1
                if self.frontier.is_endless(listing, found, depth=depth):
                    break  # its other further URLs are not read either
                yield self._listing_request(listing, found, depth=depth)

    def read_article(self, response: Response) -> Iterator[Article | Request]:
        """Yield the article of a page, or the request for its next page; the last page yields the whole article.

        A known article of which a page is missing raises NotAnArticle, since its part would look like a new edition.

        @announced
        @returns items 1 1
        @reads headline body published_on
        """
        ask = self._article_ask(response)
        try:
            article = self._read(response)
        except NotAnArticle as refusal:
            if not ask.pages and (instead := self._from_feed(response, refusal.reason)):
                yield instead
                return
            if twin := self._twin_request(response, refusal):
                yield twin
                return
            if not ask.pages or notes_of(response).is_recheck:
                raise with_attempts(refusal, response, ask) from refusal
            yield self._stitched(ask.pages, str(refusal))
            return
        if ask.empty is not None:
            self.crawler.stats.inc_value("article/from_amp")
        pages = (*ask.pages, (response.url, article))
        further = next_page(response.body, response.url, encoding=_charset(response))
        if further and len(pages) < _MOST_PAGES and further not in dict(pages):
            self.crawler.signals.send_catch_log(page_done, response=response)
            yield self._page_request(further, replace(ask, pages=pages))
            return
        yield stitch(pages)

    def listing_failed(self, failure: Failure) -> None:
        """Report a listing that could not be fetched; a daily listing that does not exist yet is not a failure."""
        request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it on each failure it hands over
        listing = self._listing_ask(request).listing
        reason, detail = reason_of(failure.value)
        if is_daily(listing.url) and reason.cause is Cause.GONE:
            reason = Reason.NO_SUCH_DAY
        self.tally.dead(listing, request.url, reason, detail)
        self._failed(request, reason, detail)

    def article_failed(self, failure: Failure) -> Iterator[Article]:
        """Yield an article whose page is refused from its feed (FEED_TEXT_OUTLETS), or report that it failed."""
        request = failure.request  # type: ignore[attr-defined]
        reason, detail = reason_of(failure.value)
        try:
            instead = self._from_feed(request, reason)
        except NotAnArticle as refusal:  # too old for this crawl
            instead, reason, detail = None, refusal.reason, refusal.detail
        if instead is not None:
            yield instead
            return
        self.crawler.stats.inc_value(f"article/failed/{reason}")
        level = logging.INFO if reason in RESTING else logging.WARNING  # there is one warning for the host
        self.logger.log(level, "%s: failed: %s", self._article_ask(request).link.url, detail)
        self._failed(request, reason, detail)

    def page_failed(self, failure: Failure) -> Iterator[Article]:
        """Yield an article without its page that could not be fetched; a known article only if that page is gone."""
        request = failure.request  # type: ignore[attr-defined]
        reason, detail = reason_of(failure.value)
        if notes_of(request).is_recheck and reason.cause is not Cause.GONE:
            yield from self.article_failed(failure)
            return
        yield self._stitched(self._article_ask(request).pages, detail)

    def twin_failed(self, failure: Failure) -> None:
        """Report an article whose page is empty, and whose AMP twin could not be fetched."""
        request = failure.request  # type: ignore[attr-defined]
        empty, (_, detail) = self._article_ask(request).empty, reason_of(failure.value)
        assert empty is not None
        detail = f"{empty.detail}; its AMP twin {request.url}: {detail}"
        self.logger.info("%s: failed: %s", request.url, detail)
        self._failed(request, empty.reason, detail)

    def _failed(self, request: Request | None, reason: AnyReason, detail: str) -> None:
        self.crawler.signals.send_catch_log(fetch_failed, request=request, reason=reason, detail=detail)

    def _read(self, response: Response) -> Article:
        self.crawler.signals.send_catch_log(page_reading, response=response)
        try:
            deaths = notes_of(response).reader_deaths
            if deaths >= MOST_DEATHS:
                raise NotAnArticle(Reason.KILLS_READER, f"{response.url}: {deaths} runs died while they read this page")
            return self._article(response)
        except BaseException:
            self.crawler.signals.send_catch_log(page_done, response=response)
            raise

    def _from_feed(self, of: Request | Response, reason: AnyReason) -> Article | None:
        """Return an article that its page is refused for from the text in its feed, or None.

        None for a known article too: its text in the feed may differ from the page's, and would look like an edit.
        """
        ask = self._article_ask(of)
        if ask.pages or not is_refused(reason) or notes_of(of).is_recheck or not self._has_profile("FEED_TEXT_OUTLETS"):
            return None
        announced = self.frontier.announced.of(ask.link)
        article = article_in_feed(announced, self.outlet, notes_of(of).fetched_at or self._now())
        if article is None:
            self.logger.info("%s: refused (%s), and its feed gives no full text", ask.link.url, reason)
            return None
        self.crawler.stats.inc_value("article/from_feed")
        self.logger.info("%s: refused (%s): read from the full text in its feed", ask.link.url, reason)
        return self._completed(article, announced)

    def _twin_request(self, response: Response, refusal: NotAnArticle) -> Request | None:
        """Return the request of the AMP twin of a page that holds no text (AMP_OUTLETS), or None."""
        if not self._has_profile("AMP_OUTLETS"):
            return None
        ask = self._article_ask(response)
        twin = twin_of_empty(response, ask, refusal, self.outlet, encoding=_charset(response))
        if twin is None:
            return None
        self.logger.info("%s: empty (%s): its AMP twin %s is asked for", response.url, refusal.reason, twin)
        meta = _meta(replace(ask, empty=refusal))
        return Request(twin, callback=self.read_article, errback=self.twin_failed, meta=meta, dont_filter=True)

    def _has_profile(self, setting: str) -> bool:
        """Return whether one of the settings of docs/blocked_sites.md names the outlet."""
        return self.name in self.settings.getlist(setting)

    def _article(self, response: Response) -> Article:
        link = self._article_ask(response).link
        announced = self.frontier.announced.of(link)
        article = read_page(
            response.body,
            response.url,
            self.outlet,
            encoding=_charset(response),
            fetched_at=notes_of(response).fetched_at,
            announced=announced.title,
        )
        if article.disagreement:
            self.crawler.stats.inc_value("reading/disagreement")
            by_last_resort = article.provenance.get("body") == "generic"
            self.crawler.stats.inc_value("reading/last_resort", int(by_last_resort))
        return self._completed(article, announced)

    def _completed(self, article: Article, announced: Link) -> Article:
        """Give an article its id, and what its listings announced; raise TooOld if it is older than `-a since`."""
        article.id = announced_id(article.url, announced.url, self.outlet)
        article.run_id = self.settings.get("RUN_ID")
        add_announced_time(article, announced, self.outlet.time_zone)
        refuse_too_old(article, self.arguments.since)
        return article

    def _stitched(self, pages: Pages, missing: str) -> Article:
        self.crawler.stats.inc_value("article/pages_missing")
        self.logger.warning("%s: ends after page %d: %s", pages[0][0], len(pages), missing)
        return stitch(pages)

    def _now(self) -> datetime:
        """Return the crawl's time in the outlet's zone; in a replay the archive's, for the recorded URLs."""
        return self._here(moment(self.settings, recorded=self.crawler.stats.get_value("archive/moment")))

    def _here(self, time: datetime | None) -> datetime:
        """Return a time in the outlet's zone; the crawl's time for a response of which none is noted."""
        return time.astimezone(ZoneInfo(self.outlet.time_zone)) if time else self._now()

    def article_request(self, link: Link, address: str | None = None) -> Request:
        """Return the request of an article; `address` is the store's key of its URL if an earlier run announced it."""
        meta = _meta(self._first_page(link, address))
        return Request(link.url, callback=self.read_article, errback=self.article_failed, meta=meta)

    def _article_ask(self, of: Request | Response) -> ArticleAsk:
        """Return the ask of an article's request, or one made from its URL if `scrapy parse` made the request."""
        return article_of(of) or self._first_page(Link(url=of.url, listing="scrapy parse"))

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

    def _first_page(self, link: Link, address: str | None = None) -> ArticleAsk:
        return ArticleAsk(link=link, address=address or article_id(link.url, self.outlet))

    def _page_request(self, url: str, ask: ArticleAsk) -> Request:
        meta = _meta(ask)
        return Request(url, callback=self.read_article, errback=self.page_failed, meta=meta, dont_filter=True)

    def _listing_request(self, listing: Listing, further: Further, *, depth: int) -> Request:
        self.frontier.begins(further)
        return Request(
            further.url,
            callback=self.read_listing,
            errback=self.listing_failed,
            dont_filter=True,
            priority=_LISTINGS_FIRST,
            meta=_meta(ListingAsk(listing=listing, further=further, depth=depth)) | {"handle_httpstatus_list": [304]},
        )


def _meta(ask: ArticleAsk | ListingAsk) -> dict[str, Any]:
    return {"ask": ask, "allow_offsite": True}


def _charset(response: Response) -> str | None:
    return declared_charset(response.headers.get("Content-Type"))
