"""Obey robots.txt; if it cannot be fetched, disallow all (RFC 9309)."""

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
from crawler.reading.markup import in_utf8
from crawler.reasons import AnyReason, Reason, RequestRefused, reason_of

logger = logging.getLogger(__name__)


class _RobotsFailedError(RequestRefused):
    """A robots.txt could not be fetched; an IgnoreRequest, since Scrapy logs any other exception as a program error."""


class RobotsMiddleware(RobotsTxtMiddleware):
    """Obeys robots.txt, and disallows all requests to a host whose robots.txt fails (RFC 9309, section 2.3.1.4).

    Scrapy would allow all of them. A host without robots.txt (404) allows all, and so does one whose robots.txt is
    missing in a replayed archive. 429 gives no rules, and counts as a failure like 5xx. The body of any other answer
    (403, 404) is read as rules: an error page in HTML has none, so it allows all.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._unreachable: dict[str, tuple[AnyReason, str]] = {}
        """By host: why its robots.txt failed (DNS, timeout, TLS or a server error), as a reason and a sentence."""

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the rules of a request's host, or None if it has none.

        When several requests wait for one robots.txt, Scrapy 2.19 passes it to two of them and lets the others through
        unchecked; here each request gets the rules.
        """
        await super().robot_parser(request)
        rules = self._parsers[urlparse_cached(request).netloc]
        assert not isinstance(rules, Deferred)
        return rules

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Raise IgnoreRequest if the host's rules disallow the request, RequestRefused if its robots.txt failed."""
        netloc = urlparse_cached(request).netloc
        if netloc in self._unreachable:
            raise RequestRefused(*self._unreachable[netloc])
        super().process_request_2(rp, request)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Mark the failed download of a robots.txt, so that it differs from one that the crawl itself refused."""
        if request.callback is NO_CALLBACK and not isinstance(exception, IgnoreRequest):
            raise _RobotsFailedError(*reason_of(exception)) from exception

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status == 429 or response.status >= 500:
            self._fails(netloc, Reason.ROBOTS_UNREACHABLE, f"the server answered {response.status}")
        if len(response.body) > LARGEST_ROBOTS:
            lines, _, _ = response.body[:LARGEST_ROBOTS].rpartition(
                b"\n"
            )  # half a rule may disallow more than the whole
            response = response.replace(body=lines)
            logger.warning("%s: only the first %d KiB of robots.txt are read", netloc, LARGEST_ROBOTS // 1024)
        await super()._parse_robots(response.replace(body=in_utf8(response.body)), netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        # A robots.txt that the crawl refused to fetch, or that the archive lacks, is not a failure of the host.
        reason, detail = reason_of(exc)
        if isinstance(exc, _RobotsFailedError) or reason is Reason.TOO_LARGE or not isinstance(exc, IgnoreRequest):
            self._fails(netloc, reason, detail)
        super()._robots_error(exc, netloc)

    def _fails(self, netloc: str, reason: AnyReason, how: str) -> None:
        message = f"robots.txt of {netloc} cannot be fetched, so every URL counts as forbidden: {how}"
        self._unreachable[netloc] = reason, message
        logger.warning("%s", message)
