"""Restrict redirects to http(s) URLs of the outlet's own domains, never into a private network."""

from scrapy import Request
from scrapy.crawler import Crawler

from crawler.downloading.allowed import Allowed
from crawler.notes import asked_address
from crawler.reading.urls import registered_domain
from crawler.reasons import Reason, RequestRefused
from crawler.url_parts import is_url


class RedirectGuardMiddleware:
    """Refuses redirects to private addresses, to other schemes, and to domains that are not the outlet's."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._allowed = Allowed(crawler.settings.getlist("ALLOWED_ADDRESSES"))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RedirectGuardMiddleware":
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise RequestRefused for a redirected request whose target is not allowed."""
        origin = asked_address(request)
        if origin == request.url:
            return
        why = self._refusal(request.url, origin)
        if why:
            self._crawler.stats.inc_value("redirect/refused")
            raise RequestRefused(Reason.REDIRECT, f"redirected to {request.url}: {why}")

    def _refusal(self, url: str, origin: str) -> str | None:
        """Return why a redirect from `origin` to `url` is refused, or None if it is allowed."""
        if not is_url(url):
            return "only http and https are followed"
        try:
            self._allowed.check_url(url)
        except RequestRefused as refused:
            return str(refused)
        domain = registered_domain(url)
        own = getattr(self._crawler.spider, "allowed_domains", None) or [registered_domain(origin)]
        return None if domain in own else f"{domain} is not the outlet's domain"
