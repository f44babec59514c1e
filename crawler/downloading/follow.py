"""Which responses are followed: HTTP redirects with a valid Location, and stub pages with `<meta refresh>`."""

import re

from scrapy import Request
from scrapy.downloadermiddlewares import redirect
from scrapy.http import Response

from crawler.discovery.ask import listing_of
from crawler.discovery.listing import Section
from crawler.notes import MOST_DEATHS, notes_of
from crawler.reading.markup import declared_charset
from crawler.reading.page import read_page
from crawler.reasons import NotAnArticle, Reason, RequestRefused
from crawler.signals import page_done, page_reading

_STUB_LINKS = 5
"""A section page with fewer links than this is a stub."""
_HEAD = 4 * 4_096
"""Bytes that hold the characters in which Scrapy looks for `<meta refresh>`; UTF-16 has zeros between its letters."""
_TARGET = re.compile(rb";\s*url=")
"""What stands before the target of `<meta refresh>`; one without a target, as many pages have, loads the page again."""
_ENTRY = re.compile(rb"<(?:item|entry|url|sitemap)[\s>]", re.IGNORECASE)
"""The start of an entry of a feed, a sitemap or an index, whatever its Content-Type says."""


class RedirectMiddleware(redirect.RedirectMiddleware):
    """Scrapy's middleware, which here refuses an invalid Location with a reason instead of an error."""

    def process_response(  # type: ignore[override]  # Scrapy warns where it takes the spider
        self, request: Request, response: Response
    ) -> Request | Response:
        """Return the request that a redirect leads to, or the response if it is not a redirect.

        Raise RequestRefused if Location is not a valid URL.
        """
        try:
            return super().process_response(request, response)
        except ValueError as error:
            location = (response.headers.get("Location") or b"").decode("latin-1")
            raise RequestRefused(Reason.REDIRECT, f"redirected to {location!r}, which is not an address") from error


class MetaRefreshMiddleware(redirect.MetaRefreshMiddleware):
    """Scrapy's middleware, limited to stubs: a page that holds an article is read, wherever `<meta refresh>` leads."""

    def process_response(  # type: ignore[override]  # Scrapy warns where it takes the spider
        self, request: Request, response: Response
    ) -> Request | Response:
        """Return the request that a stub leads to, or the response if it is not a stub."""
        # Scrapy decodes the whole page to look at its first 4,096 characters; most pages lead nowhere.
        head = response.body[:_HEAD].replace(b"\0", b"").lower()
        if b"refresh" not in head or not _TARGET.search(head):
            return response
        try:
            further = super().process_response(request, response)
        except ValueError:  # its target is not a valid URL
            return response
        is_moved = isinstance(further, Request) and further.url != request.url
        return further if is_moved and not self._is_whole(request, response) else response

    def _is_whole(self, request: Request, response: Response) -> bool:
        """Return whether a page holds what was requested: an article, or a listing of them."""
        ask = listing_of(request)
        if ask is None:
            return self._is_article(request, response)
        if isinstance(ask.listing, Section):
            return response.body.lower().count(b"<a ") >= _STUB_LINKS
        return _ENTRY.search(response.body) is not None

    def _is_article(self, request: Request, response: Response) -> bool:
        """Return whether a page holds an article; True for one on which runs died, which the spider refuses."""
        response.request = request  # for the notes on it; the downloader sets it later
        self.crawler.signals.send_catch_log(page_reading, response=response)
        try:
            return notes_of(request).reader_deaths >= MOST_DEATHS or self._can_read(response)
        finally:
            self.crawler.signals.send_catch_log(page_done, response=response)

    def _can_read(self, response: Response) -> bool:
        charset = declared_charset(response.headers.get("Content-Type"))
        outlet = getattr(self.crawler.spider, "outlet", None)
        try:
            read_page(response.body, response.url, outlet, encoding=charset)
        except NotAnArticle:
            return False
        return True
