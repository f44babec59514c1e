"""robots.txt, obeyed also when it cannot be had."""

import logging

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred

from crawler.limits import LARGEST_ROBOTS
from crawler.reasons import AnyReason, Reason, RequestRefused, reason_of

logger = logging.getLogger(__name__)


class _RobotsFailedError(RequestRefused):
    """A robots.txt that could not be fetched: Scrapy logs any other exception as an error of the program."""


class RobotsMiddleware(RobotsTxtMiddleware):
    """Obey robots.txt, and take a host whose robots.txt fails for one that forbids all, as RFC 9309 says.

    Scrapy takes it for one that allows all. A host without robots.txt (404) does; so does one that an archive does
    not hold. 429 says nothing of what is allowed, and fails as 5xx does.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._unreachable: dict[str, tuple[AnyReason, str]] = {}
        """Hosts whose robots.txt failed, and why: no such host, no answer in time, no TLS, an error of the server."""

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the rules of a host, or None for one that has none.

        Of several requests that wait for one robots.txt, Scrapy 2.19 gives it to two, and lets the others pass.
        """
        await super().robot_parser(request)
        rules = self._parsers[urlparse_cached(request).netloc]
        assert not isinstance(rules, Deferred)
        return rules

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Let a request pass if its host allows it."""
        netloc = urlparse_cached(request).netloc
        if netloc in self._unreachable:
            raise RequestRefused(*self._unreachable[netloc])
        super().process_request_2(rp, request)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Tell a robots.txt that could not be fetched from one that the crawl itself refused to fetch."""
        if request.callback is NO_CALLBACK and not isinstance(exception, IgnoreRequest):
            raise _RobotsFailedError(*reason_of(exception)) from exception

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status == 429 or response.status >= 500:
            self._fails(netloc, Reason.ROBOTS_UNREACHABLE, f"the server answered {response.status}")
        if len(response.body) > LARGEST_ROBOTS:
            lines, _, _ = response.body[:LARGEST_ROBOTS].rpartition(b"\n")  # half a rule may forbid more than the whole
            response = response.replace(body=lines)
            logger.warning("%s: only the first %d KiB of robots.txt are read", netloc, LARGEST_ROBOTS // 1024)
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        # What the crawl itself refused to fetch, or an archive does not hold, says nothing of the host.
        reason, detail = reason_of(exc)
        if isinstance(exc, _RobotsFailedError) or reason is Reason.TOO_LARGE or not isinstance(exc, IgnoreRequest):
            self._fails(netloc, reason, detail)
        super()._robots_error(exc, netloc)

    def _fails(self, netloc: str, reason: AnyReason, how: str) -> None:
        told = f"robots.txt of {netloc} cannot be had, so all is taken for forbidden: {how}"
        self._unreachable[netloc] = reason, told
        logger.warning("%s", told)
