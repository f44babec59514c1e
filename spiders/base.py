"""What all outlets' spiders do: read the listings, ask for the articles that they announce, read each page."""

import re
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure
from w3lib.encoding import http_content_type_encoding

from crawler.discovery.announced import Announced
from crawler.discovery.arguments import Arguments, read_arguments
from crawler.discovery.days import addresses
from crawler.discovery.failure import reason_of
from crawler.discovery.find import find
from crawler.discovery.listing import Further, Link, Listing, ListingError
from crawler.discovery.tally import Tally
from crawler.items import Article
from crawler.reading.address import canonical_url, outlet_of, registered_domain
from crawler.reading.outlet import Outlet
from crawler.reading.page import read_page
from crawler.reading.refusal import NotAnArticle

_LISTINGS_FIRST = 10
"""Priority of listings: all announcements are in before the articles, so that each brings all its evidence."""
_MOST_ADDRESSES = 500
"""Addresses of listings that one crawl reads; a site that nests sitemaps without end gets no further."""
_DEEPEST = 4
"""How deep an index may nest."""

_LATELY = timedelta(days=2)
"""Without `-a since`, how old a sitemap may be that an index names; outlets name years of them."""


class OutletSpider(Spider):
    """The spider of one outlet: a subclass says `name`, `outlet` and `listings`, and is done."""

    outlet: ClassVar[Outlet]
    listings: ClassVar[tuple[Listing, ...]]

    @classmethod
    def check_arguments(cls, given: Mapping[str, str]) -> Arguments:
        """Return the arguments of a crawl, or raise UsageError with what would be right."""
        return read_arguments(given, cls.outlet)

    @classmethod
    def follows(cls, url: str) -> bool:
        """Return whether an address is an article of the outlet's international section."""
        path = urlsplit(canonical_url(url, cls.outlet)).path
        return outlet_of(url, [cls.outlet]) is not None and re.match(cls.outlet.article, path) is not None

    def __init__(self, **given: str) -> None:
        self.arguments = self.check_arguments(given)
        super().__init__()
        # Those of the listings too: Scrapy would not ask a feed's host for its robots.txt otherwise.
        own = [f"https://{host}" for host in self.outlet.hosts] + [listing.url for listing in self.listings]
        self.allowed_domains = sorted({registered_domain(url) for url in own})
        self.announced = Announced()
        self._addresses: set[str] = set()
        self._listed: defaultdict[str, set[str]] = defaultdict(set)

    @cached_property
    def tally(self) -> Tally:
        """Return the counts of what the listings yield."""
        return Tally(self.crawler.stats, self.outlet.slug)

    async def start(self) -> AsyncIterator[Any]:
        """Yield the one page that `-a url` names, or the listings."""
        if self.arguments.url:
            yield self._article_request(Link(url=self.arguments.url, listing="-a url"))
            return
        for listing in self.listings:
            for address in addresses(listing.url, self.arguments.since, self._now()):
                yield self._listing_request(listing, Further(url=address), depth=0)

    def read_listing(self, response: Response) -> Iterator[Request]:
        """Follow what a listing announces: articles of the international section, and further addresses of it."""
        listing, further = response.meta["listing"], response.meta["further"]
        if response.status == 304:
            self.tally.count(listing, "unchanged")
            return
        links, listed = 0, len(self._listed[listing.url])
        try:
            for found in find(listing, further, response.body, response.url):
                if isinstance(found, Further):
                    yield from self._follow(listing, found, response.meta["listing_depth"] + 1, listed)
                    continue
                links += 1
                yield from self._article_requests(listing, found)
        except ListingError as error:
            report = self.tally.broken if links else self.tally.dead
            report(listing, response.url, error.reason, error.detail)
        else:
            self.tally.count(listing, "read")

    def read_article(self, response: Response) -> Iterator[Article | Request]:
        """Read a page into its article, with what the listings announced where the page is silent."""
        content_type = response.headers.get("Content-Type") or b""
        encoding = http_content_type_encoding(content_type.decode("latin-1"))
        article = read_page(
            response.body,
            response.url,
            self.outlet,
            encoding=encoding,
            fetched_at=response.meta.get("fetched_at"),
        )
        self._add_evidence(article, response.meta["link"])
        yield article

    def listing_failed(self, failure: Failure) -> None:
        """Report a listing that could not be fetched."""
        request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it on each failure it hands over
        self.tally.dead(request.meta["listing"], request.url, *reason_of(failure.value))

    def article_failed(self, failure: Failure) -> None:
        """Report an article that could not be fetched."""
        request = failure.request  # type: ignore[attr-defined]
        reason, detail = reason_of(failure.value)
        self.crawler.stats.inc_value(f"article/failed/{reason}")
        self.logger.warning("%s: failed: %s", request.url, detail)

    def _article_requests(self, listing: Listing, link: Link) -> Iterator[Request]:
        self.tally.count(listing, "announced")
        if outlet_of(link.url, [self.outlet]) is None:
            self.tally.count(listing, "offsite")
            return
        if not self.follows(link.url):
            return
        link = replace(link, url=canonical_url(link.url, self.outlet))
        self.tally.count(listing, "articles")
        self._listed[listing.url].add(link.url)
        self.announced.note(link)
        if self._is_too_old(link):
            self.tally.count(listing, "too_old")
        elif listing.scope == "international" and self.announced.ask(link):
            yield self._article_request(link)

    def _follow(self, listing: Listing, further: Further, depth: int, listed: int) -> Iterator[Request]:
        # A section without a further page prints the last one again, or the first: nothing that it has not listed.
        is_over = further.page > 1 and len(self._listed[listing.url]) == listed
        if further.url in self._addresses or is_over:
            return
        if registered_domain(further.url) not in self.allowed_domains:
            self.tally.count(listing, "offsite")
            return
        if further.modified and further.modified < (self.arguments.since or self._now() - _LATELY):
            self.tally.count(listing, "not_changed_lately")
            return
        if depth > _DEEPEST or len(self._addresses) >= _MOST_ADDRESSES:
            detail = f"not read: {depth} deep, {len(self._addresses)} addresses"
            self.tally.broken(listing, further.url, "endless", detail)
            return
        yield self._listing_request(listing, further, depth=depth)

    def _now(self) -> datetime:
        told = self.settings.get("CRAWL_TIME")
        return datetime.fromisoformat(told) if told else datetime.now(ZoneInfo(self.outlet.time_zone))

    def _article_request(self, link: Link) -> Request:
        return Request(
            link.url,
            callback=self.read_article,
            errback=self.article_failed,
            meta={"link": link, "allow_offsite": True},
        )

    def _listing_request(self, listing: Listing, further: Further, *, depth: int) -> Request:
        self._addresses.add(further.url)
        return Request(
            further.url,
            callback=self.read_listing,
            errback=self.listing_failed,
            dont_filter=True,
            priority=_LISTINGS_FIRST,
            meta={
                "listing": listing,
                "further": further,
                "listing_depth": depth,
                "allow_offsite": True,
                "handle_httpstatus_list": [304],
            },
        )

    def _is_too_old(self, link: Link) -> bool:
        last = max((time for time in (link.published, link.modified) if time), default=None)
        return bool(self.arguments.since and last and last < self.arguments.since)

    def _add_evidence(self, article: Article, link: Link) -> None:
        announced = self.announced.of(link)
        if article.published_at is None and announced.published:
            article.published_at = announced.published.isoformat()
            article.provenance["published_at"] = "feed"
        since = self.arguments.since
        if since and article.published_at and datetime.fromisoformat(article.published_at) < since:
            raise NotAnArticle("before-since", f"published {article.published_at}, asked for since {since.isoformat()}")
