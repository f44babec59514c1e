"""Choose which articles a crawl requests: new ones, those left by earlier runs, and known ones due for a recheck."""

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.spidermiddlewares.base import BaseSpiderMiddleware

from crawler.clock import now
from crawler.discovery.ask import article_of, listing_of
from crawler.discovery.frontier import TooOld
from crawler.discovery.links import Link
from crawler.items import Article
from crawler.notes import Notes, asked_address, notes_of
from crawler.reasons import NotAnArticle
from crawler.store import Address, Listed, Store, store_of

_DAY = 86_400
_RECHECKS_LAST = -1
"""Request priority of known articles: new ones go first."""


class RecheckMiddleware(BaseSpiderMiddleware):
    """Stores the articles that listings announce, and drops requests for known articles that are not due.

    A known article is due some hours after it was first seen, as RECHECK_AFTER lists them. `-a force=1` requests every
    announced article; `-a only_new=1` requests no known one.
    """

    def __init__(self, crawler: Crawler, store: Store) -> None:
        super().__init__(crawler)
        self._store = store
        self._met: dict[str, tuple[str, int]] = {}
        """By article key: `unseen` or `known` to earlier runs, and when it was first seen, in seconds since 1970."""
        self._after = [round(float(hours) * 3600) for hours in crawler.settings.getlist("RECHECK_AFTER")]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler, store_of(crawler))

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Yield the spider's start requests, then unfinished articles of earlier runs and those due for a recheck."""
        reads_listings = False
        async for each in super().process_start(start):
            reads_listings = reads_listings or (isinstance(each, Request) and listing_of(each) is not None)
            yield each
        for address in self._unfinished() if reads_listings else ():  # `-a url` requests one page alone
            request = self._request(address)
            if request is not None:
                yield request

    # Scrapy 2.19 warns where these two take the spider, and its types still ask for it.
    def process_spider_output(  # type: ignore[override]
        self, response: Response | None, result: Iterable[Any]
    ) -> Iterator[Any]:
        """Pass on what a callback yields; when it ends, count what the listing announced and store its validators."""
        yield from super().process_spider_output(response, result)
        self._keep(response)

    async def process_spider_output_async(  # type: ignore[override]
        self, response: Response | None, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        """Pass on what a callback yields; when it ends, count what the listing announced and store its validators."""
        async for each in super().process_spider_output_async(response, result):
            yield each
        self._keep(response)

    def process_spider_exception(self, response: Response, exception: Exception) -> None:
        """Record in the store that an article is too old for this crawl, was refused, or broke the reader."""
        ask = article_of(response)
        if ask is None:
            return
        if isinstance(exception, TooOld):
            self._store.addresses.date(ask.address, exception.published.isoformat(), self._now())
        elif isinstance(exception, NotAnArticle) and not ask.pages:
            self._store.addresses.end(ask.address, "refused", self._now())
        else:
            self._store.addresses.failed(ask.address, self._now())

    def get_processed_request(self, request: Request, response: Response | None) -> Request | None:
        """Return a request, or None for a known article that is not due."""
        ask = article_of(request)
        if ask is not None and ask.pages:
            _, first = ask.pages[0]
            notes_of(request).is_recheck = any(map(self._store.articles.holds, (ask.address, first.id)))
            return request
        if ask is None or listing_of(response) is None:
            return request
        key, link, at = ask.address, ask.link, self._now()
        known = self._store.addresses.get(key)
        # Store the address before the request is sent: outcomes are recorded under it.
        if known is None:
            self._met[key] = "unseen", at
            self._store.addresses.announce([self._address(key, link, at)])
            return request
        self._met[key] = "known", known.first_seen
        if known.url != link.url or at - known.announced >= _DAY:
            self._store.addresses.announce([replace(known, url=link.url, announced=at)])
        if known.state != "waiting":
            request = request.replace(priority=_RECHECKS_LAST)
        if not self._is_wanted(known):
            return None
        notes_of(request).is_recheck = self._store.articles.holds(key)
        return request

    def get_processed_item(self, item: Any, response: Response | None) -> Any:
        """Return the item; if its id differs from the announced address's, record that both are one article."""
        ask = article_of(response)
        if isinstance(item, Article) and ask is not None:
            self._store.readings.begin(ask.address)  # again: other pages may have been read meanwhile
            if ask.address != item.id:
                self._store.addresses.belongs(ask.address, item.id)
        return item

    @property
    def _outlet(self) -> Any:
        return getattr(self.crawler.spider, "outlet", None)

    def _argument(self, name: str) -> Any:
        return getattr(getattr(self.crawler.spider, "arguments", None), name, None)

    def _now(self) -> int:
        return now(self.crawler.settings)

    def _is_wanted(self, known: Address) -> bool:
        if self._is_too_old(known):
            return False
        if self._argument("force"):
            return True
        if known.state == "waiting":
            return known.is_awaited(self._now())
        is_due = known.is_due(self._now(), self._after) or self._is_gone(known)
        return self._rechecks_known() and is_due

    def _is_gone(self, known: Address) -> bool:
        """Return whether a known article is gone, and due to be asked for again, as a listing still announces it."""
        article = self._store.withdrawals.article_at(known.id)
        return bool(self._after and article and self._store.withdrawals.is_due(article, self._now()))

    def _rechecks_known(self) -> bool:
        """Return whether known articles are rechecked; not with `-a limit`, which counts new ones."""
        return not self._argument("only_new") and not self._argument("limit")

    def _is_too_old(self, known: Address) -> bool:
        since = self._argument("since")
        return bool(since and known.published and datetime.fromisoformat(known.published) < since)

    def _unfinished(self) -> list[Address]:
        waiting = self._store.addresses.waiting(self._outlet.slug, self._now())
        if self._argument("force") or not self._rechecks_known():
            return waiting
        due = self._store.addresses.due(self._outlet.slug, self._now(), self._after)
        gone = self._store.withdrawals.due(self._outlet.slug, self._now()) if self._after else ()
        return [*waiting, *due, *filter(None, map(self._store.addresses.get, gone))]

    def _request(self, address: Address) -> Request | None:
        spider: Any = self.crawler.spider
        published = datetime.fromisoformat(address.published) if address.published else None
        link = Link(url=address.url, listing=address.listing, title=address.title, published=published)
        if self._is_too_old(address) or not spider.frontier.announced.ask(link):
            return None
        self._met[address.id] = "known", address.first_seen
        self.crawler.stats.inc_value(f"memory/{'resumed' if address.state == 'waiting' else 'rechecked'}")
        request: Request = spider.article_request(link, address=address.id)
        notes_of(request).is_recheck = self._store.articles.holds(address.id)
        return request if address.state == "waiting" else request.replace(priority=_RECHECKS_LAST)

    def _address(self, id: str, link: Link, at: int) -> Address:
        return Address(
            id=id,
            outlet=self._outlet.slug,
            url=link.url,
            listing=link.listing,
            title=link.title,
            published=link.published.isoformat() if link.published else None,
            first_seen=at,
            announced=at,
        )

    def _keep(self, response: Response | None) -> None:
        """Count what a listing announced, and store its validators."""
        ask = listing_of(response)
        if response is None or ask is None:
            return
        notes = notes_of(response)
        for key in dict.fromkeys(notes.announced):
            met = self._met.get(key)
            if met is not None:
                self._count(ask.listing.url, *met)
        if notes.validators is not None:
            url = asked_address(response)
            listed = self._store.listings.get(url) or Listed(url=url, outlet=self._outlet.slug)
            self._store.listings.keep(
                replace(listed, asked=listed.asked + 1, **self._validators(response.status, notes))
            )

    def _validators(self, status: int, notes: Notes) -> dict[str, Any]:
        """Return the validators to store: a later 304 must not hide articles that this crawl left unread.

        A 304 changes nothing; a listing that was not read whole, or announced nothing, loses its validators.
        """
        validators = notes.validators or {}
        if status == 304:
            return {}
        if not notes.is_whole or not notes.announced:
            return dict.fromkeys(validators)
        # Articles older than `since` are not stored, and another crawl may want them.
        return {} if self._argument("since") else dict(validators)

    def _count(self, listing: str, what: str, first_seen: int) -> None:
        self.crawler.stats.inc_value(f"memory/{what}")
        spider: Any = self.crawler.spider
        counts = spider.tally.of(listing)
        counts.unseen += what == "unseen"
        counts.known += what == "known"
        counts.newest = max(counts.newest, first_seen)
