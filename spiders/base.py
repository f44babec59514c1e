"""The base of all outlets' spiders: read each article's page, and the pages that follow it."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.discovery.ask import ArticleAsk, Pages, article_of, meta_of
from crawler.discovery.frontier import add_announced_time, refuse_too_old
from crawler.discovery.links import Link
from crawler.items import Article
from crawler.notes import MOST_DEATHS, notes_of
from crawler.reading.article_ids import announced_id, article_id
from crawler.reading.markup import declared_charset
from crawler.reading.pagination import next_page, stitch
from crawler.reasons import RESTING, AnyReason, Cause, NotAnArticle, Reason, reason_of
from crawler.signals import page_done, page_reading
from spiders.listings import ListingsSpider
from spiders.stand_ins import StandIns, with_attempts

_MOST_PAGES = 20
"""Maximum number of pages of one article."""


class OutletSpider(ListingsSpider):
    """The base of an outlet's spider; a subclass sets only `name`, `outlet` and `listings`."""

    @cached_property
    def _stand_ins(self) -> StandIns:
        return StandIns(self, self.outlet)

    def article_request(self, link: Link, address: str | None = None) -> Request:
        """Return the request of an article; `address` is the store's key of its URL if an earlier run announced it."""
        meta = meta_of(self._first_page(link, address))
        return Request(link.url, callback=self.read_article, errback=self.article_failed, meta=meta)

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
            if instead := self._from_feed(response, refusal.reason):
                yield instead
                return
            if twin := self._stand_ins.twin_of(response, ask, refusal, encoding=_charset(response)):
                yield self._further_request(twin, replace(ask, empty=refusal), self.twin_failed)
                return
            if not ask.pages or notes_of(response).is_recheck:
                raise with_attempts(refusal, response, ask) from refusal
            yield self._stitched(ask.pages, str(refusal))
            return
        if ask.empty is not None and not ask.pages:
            self.crawler.stats.inc_value("article/from_amp")
        pages = (*ask.pages, (response.url, article))
        further = next_page(response.body, response.url, encoding=_charset(response))
        if further and len(pages) < _MOST_PAGES and further not in dict(pages):
            self.crawler.signals.send_catch_log(page_done, response=response)
            yield self._further_request(further, replace(ask, pages=pages), self.page_failed)
            return
        yield stitch(pages)

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
        """Return an article whose page is refused from the text in its feed; raise TooOld as `_completed` does."""
        ask = self._article_ask(of)
        announced = self.frontier.announced.of(ask.link)
        article = self._stand_ins.from_feed(of, replace(ask, link=announced), reason, now=self._now())
        return self._completed(article, announced) if article else None

    def _article(self, response: Response) -> Article:
        from crawler.reading.page import read_page  # the whole reader: not for commands that only name outlets

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
        if article.url == announced.url:
            article.url = announced.url  # one string for both, as the crawl keeps them to its end
        article.id = announced_id(article.url, announced.url, self.outlet)
        article.run_id = self.settings.get("RUN_ID")
        add_announced_time(article, announced, self.outlet.time_zone)
        refuse_too_old(article, self.arguments.since)
        return article

    def _stitched(self, pages: Pages, missing: str) -> Article:
        self.crawler.stats.inc_value("article/pages_missing")
        self.logger.warning("%s: ends after page %d: %s", pages[0][0], len(pages), missing)
        return stitch(pages)

    def _article_ask(self, of: Request | Response) -> ArticleAsk:
        """Return the ask of an article's request, or one made from its URL if `scrapy parse` made the request."""
        return article_of(of) or self._first_page(Link(url=of.url, listing="scrapy parse"))

    def _first_page(self, link: Link, address: str | None = None) -> ArticleAsk:
        return ArticleAsk(link=link, address=address or article_id(link.url, self.outlet))

    def _further_request(self, url: str, ask: ArticleAsk, errback: Callable[[Failure], Any]) -> Request:
        return Request(url, callback=self.read_article, errback=errback, meta=meta_of(ask), dont_filter=True)


def _charset(response: Response) -> str | None:
    return declared_charset(response.headers.get("Content-Type"))
