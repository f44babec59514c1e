"""Where a redirect may lead: to the web pages of the outlet's own domains, and never into a private network."""

from scrapy import Request
from scrapy.crawler import Crawler

from crawler.downloading.allowed import Allowed
from crawler.notes import asked_address
from crawler.reading.url_parts import is_url
from crawler.reading.urls import registered_domain
from crawler.reasons import Reason, RequestRefused


class RedirectGuardMiddleware:
    """Refuse redirects to private addresses, to other schemes, and to domains that are not the outlet's."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._allowed = Allowed(crawler.settings.getlist("ALLOWED_ADDRESSES"))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RedirectGuardMiddleware":
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let a request pass unless a redirect made it that leads astray."""
        came_from = asked_address(request)
        if came_from == request.url:
            return
        why = self._refusal(request.url, came_from)
        if why:
            self._crawler.stats.inc_value("redirect/refused")
            raise RequestRefused(Reason.REDIRECT, f"redirected to {request.url}: {why}")

    def _refusal(self, url: str, came_from: str) -> str | None:
        if not is_url(url):
            return "only http and https are followed"
        try:
            self._allowed.check_url(url)
        except RequestRefused as refused:
            return str(refused)
        domain = registered_domain(url)
        own = getattr(self._crawler.spider, "allowed_domains", None) or [registered_domain(came_from)]
        return None if domain in own else f"{domain} is not the outlet's domain"
