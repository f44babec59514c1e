"""Give each request of a crawl exactly one outcome, and count the outcomes."""

import logging
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.spidermiddlewares.base import BaseSpiderMiddleware

from crawler.crawling.ledger import Ledger, Outcome, Stage
from crawler.crawling.write_guard import guard_writes
from crawler.discovery.ask import article_of, listing_of
from crawler.discovery.frontier import is_article
from crawler.items import Article
from crawler.notes import notes_of, redirected_from
from crawler.reasons import AnyReason, Cause, NotAnArticle, Reason, Refusal
from crawler.shelves import Shelf
from crawler.signals import fetch_failed, outcome_recorded
from crawler.store import store_of

logger = logging.getLogger(__name__)


class OutcomesMiddleware(BaseSpiderMiddleware):
    """Records the outcome of each request, and sends the signal `outcome_recorded` for it.

    The stat `outcome/<articles or listings>/<outcome>/<reason>` counts it.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.ledger = Ledger()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        middleware = cls(crawler)
        for signal, receiver in (
            (signals.request_scheduled, middleware.request_scheduled),
            (signals.request_dropped, middleware.request_dropped),
            (fetch_failed, middleware.fetch_failed),
            (signals.item_scraped, middleware.item_scraped),
            (signals.item_dropped, middleware.item_dropped),
            (signals.item_error, middleware.item_error),
            (signals.spider_error, middleware.spider_error),
            (signals.spider_closed, middleware.spider_closed),
        ):
            crawler.signals.connect(receiver, signal)
        return middleware

    # Scrapy 2.19 warns where these two take the spider, and its types still ask for it.
    def process_spider_output(  # type: ignore[override]
        self, response: Response | None, result: Iterable[Any]
    ) -> Iterator[Any]:
        """Pass on what a callback yields; when it ends, record its listing as read, or as unchanged after a 304."""
        yield from super().process_spider_output(response, result)
        self._listing_read(response)

    async def process_spider_output_async(  # type: ignore[override]
        self, response: Response | None, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        """Pass on what a callback yields; when it ends, record its listing as read, or as unchanged after a 304."""
        async for each in super().process_spider_output_async(response, result):
            yield each
        self._listing_read(response)

    def get_processed_request(self, request: Request, response: Response | None) -> Request:
        """Let a further page of an article, and its AMP twin, share the ledger entry of the article's first page."""
        ask = article_of(request)
        if response is not None and ask is not None and ask.follows:
            notes_of(request).entry = notes_of(response).entry
        return request

    def process_spider_exception(self, response: Response, exception: Exception) -> Iterable[Any] | None:
        """Record a page that holds no article as refused; let Scrapy handle any other exception."""
        if not isinstance(exception, NotAnArticle):
            return None
        self.crawler.stats.inc_value(f"article/refused/{exception.reason}")
        logger.info("refused: %s", exception)
        self._record(response, "refused", exception.reason, "page", exception.detail)
        return []

    def request_scheduled(self, request: Request) -> None:
        """Open a ledger entry for the request of an article or a listing; a retry or redirect keeps its first entry."""
        notes = notes_of(request)
        if notes.entry is not None:
            return
        if listing := listing_of(request):
            notes.entry = self.ledger.open_entry("listings", request.url, listing.listing.url)
        elif article := article_of(request):
            known = None
            with guard_writes(self.crawler):
                known = store_of(self.crawler).withdrawals.article_at(article.address)
            notes.entry = self.ledger.open_entry("articles", request.url, article.link.listing, known)

    def request_dropped(self, request: Request) -> None:
        """Record a request that the scheduler dropped as a duplicate, or as failed if it closes a redirect loop."""
        if request.url in redirected_from(request):
            self.fetch_failed(request, Reason.REDIRECT, f"redirects in a circle, by {request.url}")
            return
        self._record(request, "filtered", Reason.DUPLICATE_REQUEST, "schedule", "the same address was asked for before")

    def fetch_failed(self, request: Request, reason: AnyReason, detail: str) -> None:
        """Record a request that failed, or one that was filtered before it was sent."""
        outcome = "filtered" if reason.cause is Cause.NOT_ASKED else "failed"
        self._record(request, outcome, reason, "listing" if listing_of(request) else "download", detail)

    def item_scraped(self, item: Any, response: Any) -> None:
        """Record an article that is exported, as `copy` if it goes to the shelf of copies."""
        self._record(response, "copy" if self._is_copy(item) else "exported", None, "pipeline", "")

    def _is_copy(self, item: Any) -> bool:
        story = getattr(item, "story", None)
        if story is None or story.relation == "original":
            return False
        with guard_writes(self.crawler):
            kept = store_of(self.crawler).articles.kept(item.id)
            return kept is not None and kept.shelf is Shelf.COPIES
        return False

    def item_dropped(self, item: Any, response: Any, exception: Exception) -> None:
        """Record an article that a pipeline refused or found unchanged."""
        reason = exception.reason if isinstance(exception, Refusal) else Reason.DROPPED
        detail = exception.detail if isinstance(exception, Refusal) else str(exception)
        if reason is Reason.UNCHANGED:
            self._record(response, "unchanged", None, "pipeline", detail)
            return
        url = item.url if isinstance(item, Article) else ""
        self._record(response, "refused", reason, "pipeline", detail.removeprefix(f"{url}: "))

    def item_error(self, response: Any, failure: Any) -> None:
        """Record an article on which a pipeline raised an exception as failed."""
        self._record(response, "failed", Reason.PIPELINE_ERROR, "pipeline", repr(failure.value))

    def spider_error(self, response: Any, failure: Any) -> None:
        """Record a page on which the spider raised an exception as failed."""
        where: Stage = "listing" if listing_of(response) else "page"
        self._record(response, "failed", Reason.SPIDER_ERROR, where, repr(failure.value))

    def spider_closed(self, reason: str) -> None:
        """Record requests that are still open when a crawl has finished as failed.

        Their callback gave neither an article nor a reason, or our own code lost them.
        """
        if reason == "finished":
            for number, url in self.ledger.open_entries():
                text = "%s: has no outcome: its callback gave neither an article nor a reason"
                logger.error(text, url, extra={"spider": self.crawler.spider})
                self._close(number, "failed", Reason.NO_OUTCOME, "page", "neither an article nor a reason was given")

    def _listing_read(self, response: Response | None) -> None:
        if response is not None and listing_of(response):
            self._record(response, "unchanged" if response.status == 304 else "read", None, "listing", "")

    def _record(self, of: Any, outcome: str, reason: AnyReason | None, where: Stage, detail: str) -> None:
        """Record the outcome of a request, or of a response's or failure's request, unless it has one already."""
        request = of if isinstance(of, Request) else getattr(of, "request", None)
        entry = notes_of(request).entry if request else None
        if (
            request
            and outcome in ("failed", "refused")
            and self.ledger.is_known(entry)
            and self._is_gone(request, reason)
        ):
            outcome = "gone"
        self._close(entry, outcome, reason, where, detail)

    def _is_gone(self, request: Request, reason: AnyReason | None) -> bool:
        """Return whether the answer to an article's request says that there is no such article any more."""
        ask = article_of(request)
        if ask is None or ask.follows or reason is None:
            return False
        if reason.cause is Cause.GONE:
            return True
        leads_elsewhere = bool(redirected_from(request)) and not is_article(request.url, self._outlet)
        return leads_elsewhere and reason in (Reason.LISTING, Reason.NO_BODY, Reason.NO_HEADLINE)

    @property
    def _outlet(self) -> Any:
        return getattr(self.crawler.spider, "outlet", None)

    def _close(self, number: int | None, outcome: str, reason: AnyReason | None, where: Stage, detail: str) -> None:
        entry = self.ledger.close_entry(number)
        if entry is None:
            return
        found = Outcome(
            kind=entry.kind,
            outcome=outcome,
            reason=reason,
            where=where,
            detail=detail,
            outlet=getattr(self.crawler.spider, "name", ""),
            url=entry.url,
            listing=entry.listing,
            known=entry.known,
        )
        self.ledger.closed[entry.kind][found.name] += 1
        self.crawler.stats.inc_value(f"outcome/{entry.kind}/{found.name}")
        self.crawler.signals.send_catch_log(outcome_recorded, outcome=found)


def ledger_of(crawler: Crawler) -> Ledger | None:
    """Return the ledger of a running crawl, or None if its settings disable the middleware."""
    middleware = crawler.get_spider_middleware(OutcomesMiddleware)
    return middleware.ledger if middleware else None
