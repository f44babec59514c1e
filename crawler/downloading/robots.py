"""robots.txt, obeyed also when it cannot be had."""

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from crawler.reasons import Reason, RequestRefused


class RobotsMiddleware(RobotsTxtMiddleware):
    """Obey robots.txt, and take a host whose robots.txt fails for one that forbids all, as RFC 9309 says.

    Scrapy takes it for one that allows all. A host without robots.txt (404) does; so does one that an archive does
    not hold. 429 says nothing of what is allowed, and fails as 5xx does.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._unreachable: set[str] = set()

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Let a request pass if its host allows it."""
        netloc = urlparse_cached(request).netloc
        if netloc in self._unreachable:
            detail = f"robots.txt of {netloc} cannot be had, so all is taken for forbidden"
            raise RequestRefused(Reason.ROBOTS_UNREACHABLE, detail)
        super().process_request_2(rp, request)

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status == 429 or response.status >= 500:
            self._unreachable.add(netloc)
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        # What the crawl itself refused to fetch, or an archive does not hold, says nothing of the host.
        if not isinstance(exc, IgnoreRequest):
            self._unreachable.add(netloc)
        super()._robots_error(exc, netloc)
