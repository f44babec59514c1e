"""What a server asks for is obeyed, Retry-After and Crawl-delay, and one that asks too much or fails is left alone."""

import logging
import time

from scrapy import Request, Spider, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from crawler.downloading.rests import Rests, refusal_of
from crawler.downloading.retry_after import read_retry_after
from crawler.reasons import Reason, RequestRefused, reason_of
from crawler.store import Rest

logger = logging.getLogger(__name__)

_FAILURES = frozenset({Reason.TIMEOUT, Reason.REFUSED_CONNECTION, Reason.CONNECTION, Reason.TLS})
"""Reasons that say that a host fails. No address for its name is none: so it looks when this machine is offline."""
_ROBOTS_ARE_KEPT = 86_400.0
"""Seconds for which a robots.txt counts (RFC 9309 says a day): then its Crawl-delay is read again."""


class PolitenessMiddleware:
    """Pause a host for as long as its Retry-After says, and keep its Crawl-delay between requests.

    Scrapy reads neither: it only retries later in the queue, and AutoThrottle goes by latency. A Retry-After above
    RETRY_AFTER_MAX seconds, a Crawl-delay above CRAWL_DELAY_MAX or HOST_LEFT_ALONE_AFTER failures in a row close the
    host for this crawl. The store keeps it, and every Retry-After, for the runs that follow.
    """

    def __init__(self, crawler: Crawler, rests: Rests) -> None:
        self._crawler = crawler
        self._rests = rests
        self._longest_pause = crawler.settings.getfloat("RETRY_AFTER_MAX", 300)
        self._longest_delay = crawler.settings.getfloat("CRAWL_DELAY_MAX", 60)
        self._delays: dict[str, float] = {}
        self._pauses: dict[str, float] = {}
        """Until when a host is paused, on the monotonic clock."""
        self._met: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "PolitenessMiddleware":
        if crawler.settings.get("ARCHIVE_REPLAY"):
            raise NotConfigured  # an archive is no host; without a reason, which Scrapy would print as a warning
        middleware = cls(crawler, Rests(crawler))
        crawler.signals.connect(middleware.robots_parsed, signals.robots_parsed)
        crawler.signals.connect(middleware.request_reached_downloader, signals.request_reached_downloader)
        crawler.signals.connect(middleware.spider_opened, signals.spider_opened)
        return middleware

    @property
    def left_alone(self) -> dict[str, str]:
        """Return the hosts that are left alone, each with the reason."""
        return self._rests.told()

    def spider_opened(self, spider: Spider) -> None:
        """Listen to responses after AutoThrottle, which would shorten the delay again."""
        self._crawler.signals.connect(self.response_downloaded, signals.response_downloaded)

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Remember the Crawl-delay of a host; one that asks for too long a delay is left alone."""
        settings, host = self._crawler.settings, _host(request)
        delay = robotparser.crawl_delay(settings["ROBOTSTXT_USER_AGENT"] or settings["USER_AGENT"])
        if delay is None or not delay > 0:  # a parser may hand on what is no number
            return
        self._crawler.stats.set_value(f"politeness/crawl_delay/{host}", delay)
        if delay > self._longest_delay:
            detail = f"asks in robots.txt for {delay:.0f} seconds between requests"
            self._leave(self._rests.keep(host, _ROBOTS_ARE_KEPT, reason=Reason.ASKED_TO_WAIT, detail=detail))
            return
        self._delays[host] = delay
        logger.info("%s: robots.txt asks for %s seconds between requests", host, delay)

    def request_reached_downloader(self, request: Request, spider: Spider) -> None:
        """Hold a host's slot to its pause and its Crawl-delay, also when the slot is new."""
        self._hold(request)

    def response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        """Hold the slot to the delay, and pause it when the server asks for it, before its next request leaves."""
        host, pause = _host(request), read_retry_after(response)
        if pause is not None:
            self._crawler.stats.inc_value("politeness/retry_after")
            detail = f"asks to wait {pause:.0f} seconds"
            self._pause(self._rests.keep(host, pause, reason=Reason.ASKED_TO_WAIT, detail=detail), pause)
        if response.status == 429 or response.status >= 500:
            self._failed(request, f"http-{response.status}")
        else:
            self._rests.answered(host)
        self._hold(request)

    def process_request(self, request: Request) -> None:
        """Refuse a request to a host that is left alone."""
        host = _host(request)
        if host not in self._met:
            self._met.add(host)
            kept = self._rests.kept(host)
            if kept:
                self._pause(*kept)
        rest = self._rests.of(host)
        if rest:
            raise refusal_of(rest)

    def process_response(self, request: Request, response: Response) -> Response:
        """Hand a response on; one of a host that is left alone is not tried again."""
        self._retry_no_more(request)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Count a failure; the last one of a host that is then left alone is not tried again."""
        reason, _ = reason_of(exception)
        if reason in _FAILURES and not isinstance(exception, RequestRefused):  # that was never sent
            self._failed(request, reason)
        self._retry_no_more(request)

    def _retry_no_more(self, request: Request) -> None:
        if self._rests.of(_host(request)):
            request.meta["dont_retry"] = True

    def _failed(self, request: Request, how: str) -> None:
        rest = self._rests.failed(_host(request), how)
        if rest:
            self._leave(rest)

    def _pause(self, rest: Rest, seconds: float) -> None:
        """Wait until a host's rest is over, or leave it alone when that is too long."""
        if seconds > self._longest_pause:
            self._leave(rest)
        elif seconds > 0:
            self._pauses[rest.host] = time.monotonic() + seconds
            logger.info("%s: %s: waiting %.0f seconds", rest.host, rest.detail, seconds)

    def _leave(self, rest: Rest) -> None:
        """Leave a host alone, also what already stands in its queue."""
        self._rests.begin(rest)
        for slot in self._slots().values():
            _refuse_waiting(slot, rest)

    def _slots(self) -> dict[str, Slot]:
        return self._crawler.engine.downloader.slots

    def _hold(self, request: Request) -> None:
        slot, host = self._slots().get(request.meta.get("download_slot", "")), _host(request)
        if slot is None:
            return
        delay = self._delays.get(host)
        if delay and slot.delay <= delay:
            slot.delay, slot.jitter = delay, 0.0
        if self._pauses.get(host, 0) > time.monotonic():
            slot.delay = slot.delay or 0.001
            slot.lastseen = max(slot.lastseen, self._pauses[host])


def _refuse_waiting(slot: Slot, rest: Rest) -> None:
    """Take the requests of a host out of a queue, and refuse them."""
    for each in list(slot.queue):
        request, answer = each
        if _host(request) == rest.host:
            slot.queue.remove(each)
            answer.errback(refusal_of(rest))


def _host(request: Request) -> str:
    return urlparse_cached(request).hostname or ""


def hosts_left_alone(crawler: Crawler) -> dict[str, str]:
    """Return the hosts that a crawl leaves alone, each with the reason; none in a replay."""
    middleware = crawler.get_downloader_middleware(PolitenessMiddleware)
    return middleware.left_alone if middleware else {}
