"""Which answers lead further: redirects to an address, and pages that only name the one that they moved to."""

from scrapy import Request
from scrapy.downloadermiddlewares import redirect
from scrapy.http import Response
from w3lib.encoding import http_content_type_encoding

from crawler.discovery.ask import listing_of
from crawler.reading.page import read_page
from crawler.reasons import NotAnArticle, Reason, RequestRefused

_STUB_LINKS = 5
"""Links below which a page of a listing is a stub."""


class RedirectMiddleware(redirect.RedirectMiddleware):
    """Scrapy's; a Location that is no address is refused by name, and no error."""

    def process_response(  # type: ignore[override]  # Scrapy warns where it takes the spider
        self, request: Request, response: Response
    ) -> Request | Response:
        """Return the request that a redirect leads to, or the response where it is none."""
        try:
            return super().process_response(request, response)
        except ValueError as error:
            location = (response.headers.get("Location") or b"").decode("latin-1")
            raise RequestRefused(Reason.REDIRECT, f"redirected to {location!r}, which is no address") from error


class MetaRefreshMiddleware(redirect.MetaRefreshMiddleware):
    """Scrapy's, for stubs alone: a page that holds an article is read, wherever its `<meta refresh>` leads."""

    def process_response(  # type: ignore[override]  # Scrapy warns where it takes the spider
        self, request: Request, response: Response
    ) -> Request | Response:
        """Return the request that a stub leads to, or else the response."""
        try:
            further = super().process_response(request, response)
        except ValueError:  # it leads to what is no address
            return response
        is_moved = isinstance(further, Request) and further.url != request.url
        return further if is_moved and not self._is_whole(request, response) else response

    def _is_whole(self, request: Request, response: Response) -> bool:
        """Say whether a page holds what was asked for: an article, or a list of them."""
        if listing_of(request):
            return response.body.lower().count(b"<a ") >= _STUB_LINKS
        declared = (response.headers.get("Content-Type") or b"").decode("latin-1")
        outlet = getattr(self.crawler.spider, "outlet", None)
        try:
            read_page(response.body, response.url, outlet, encoding=http_content_type_encoding(declared))
        except NotAnArticle:
            return False
        return True
