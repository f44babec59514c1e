"""Obey Retry-After and Crawl-delay; send no more requests to a host that asks for too long a wait, or that fails."""

import logging
import time

from scrapy import Request, Spider, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from crawler.downloading.held_hosts import HeldHosts
from crawler.downloading.rests import Rests, refusal_of
from crawler.downloading.retry_after import read_retry_after
from crawler.reasons import Reason, RequestRefused, reason_of
from crawler.store import Rest, shares_hosts

logger = logging.getLogger(__name__)

_FAILURES = frozenset({Reason.TIMEOUT, Reason.REFUSED_CONNECTION, Reason.CONNECTION, Reason.TLS})
"""Reasons that count as a failure of the host. DNS errors do not: this machine may be offline."""
_ROBOTS_LAST = 86_400.0
"""Seconds for which a robots.txt is valid (a day, RFC 9309); after that its Crawl-delay is read again."""


class PolitenessMiddleware:
    """Pauses a host for its Retry-After, and keeps its Crawl-delay between two requests.

    Scrapy obeys neither: it retries later in the queue, and AutoThrottle follows latency. A Retry-After above
    RETRY_AFTER_MAX seconds, a Crawl-delay above CRAWL_DELAY_MAX seconds, or HOST_LEFT_ALONE_AFTER consecutive failures
    end all requests to the host in this crawl: it is left alone. The store saves that, and each Retry-After, for later
    runs.
    """

    def __init__(self, crawler: Crawler, rests: Rests) -> None:
        self._crawler = crawler
        self._rests = rests
        self._lanes = HeldHosts(crawler) if shares_hosts(crawler) else None
        self._longest_pause = crawler.settings.getfloat("RETRY_AFTER_MAX", 300)
        self._longest_delay = crawler.settings.getfloat("CRAWL_DELAY_MAX", 60)
        self._delays: dict[str, float] = {}
        self._pauses: dict[str, float] = {}
        """By host: when its pause ends, on the monotonic clock."""
        self._seen: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "PolitenessMiddleware":
        if crawler.settings.get("ARCHIVE_REPLAY"):
            raise NotConfigured  # an archive needs no politeness; a reason here would appear as a warning
        middleware = cls(crawler, Rests(crawler))
        crawler.signals.connect(middleware.robots_parsed, signals.robots_parsed)
        crawler.signals.connect(middleware.request_reached_downloader, signals.request_reached_downloader)
        crawler.signals.connect(middleware.spider_opened, signals.spider_opened)
        return middleware

    @property
    def left_alone(self) -> dict[str, str]:
        """Return the hosts that are left alone, each with a sentence that says why and until when."""
        return self._rests.reasons()

    def spider_opened(self, spider: Spider) -> None:
        """Connect to `response_downloaded` after AutoThrottle, which would shorten the delay again."""
        self._crawler.signals.connect(self.response_downloaded, signals.response_downloaded)

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Store the Crawl-delay of a host; leave the host alone if the delay is above CRAWL_DELAY_MAX."""
        settings, host = self._crawler.settings, _host(request)
        delay = robotparser.crawl_delay(settings["ROBOTSTXT_USER_AGENT"] or settings["USER_AGENT"])
        if delay is None or not delay > 0:  # a parser may return NaN
            delay = 0
        if self._lanes is not None:
            self._lanes.pace(host, min(delay, self._longest_delay))
        if not delay:
            return
        self._crawler.stats.set_value(f"politeness/crawl_delay/{host}", delay)
        if delay > self._longest_delay:
            detail = f"asks in robots.txt for {delay:.0f} seconds between requests"
            self._leave(self._rests.keep(host, _ROBOTS_LAST, reason=Reason.ASKED_TO_WAIT, detail=detail))
            return
        self._delays[host] = delay
        logger.info("%s: robots.txt asks for %s seconds between requests", host, delay)

    def request_reached_downloader(self, request: Request, spider: Spider) -> None:
        """Apply a host's pause and Crawl-delay to its download slot, which may be new."""
        self._hold(request)

    def response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        """Count failures, read Retry-After, and apply the pause before the slot sends its next request."""
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
        """Raise RequestRefused for a host that is left alone; apply a pause that the store has of an earlier run."""
        host = _host(request)
        if host not in self._seen:
            self._seen.add(host)
            self._come_to(host)
        rest = self._rests.of(host)
        if rest:
            raise refusal_of(rest)

    def _come_to(self, host: str) -> None:
        """Hold a host before its first request, if other processes crawl too, and obey its rest of an earlier run."""
        if self._lanes is not None:
            seconds = self._lanes.wait(host)
            if seconds is None:
                self._leave(self._lanes.taken(host))
                return
            self._pauses[host] = time.monotonic() + seconds
        kept = self._rests.kept(host)
        if kept:
            self._pause(*kept)

    def process_response(self, request: Request, response: Response) -> Response:
        """Return the response; forbid its retry if the host is left alone."""
        self._forbid_retry(request)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Count a failure of the host; forbid the retry if the host is left alone."""
        reason, _ = reason_of(exception)
        if reason in _FAILURES and not isinstance(exception, RequestRefused):  # a refused request was never sent
            self._failed(request, reason)
        self._forbid_retry(request)

    def _forbid_retry(self, request: Request) -> None:
        if self._rests.of(_host(request)):
            request.meta["dont_retry"] = True

    def _failed(self, request: Request, how: str) -> None:
        rest = self._rests.failed(_host(request), how)
        if rest:
            self._leave(rest)

    def _pause(self, rest: Rest, seconds: float) -> None:
        """Pause a host for this many seconds, or leave it alone if that is above RETRY_AFTER_MAX."""
        if seconds > self._longest_pause:
            self._leave(rest)
        elif seconds > 0:
            self._pauses[rest.host] = time.monotonic() + seconds
            logger.info("%s: %s: waiting %.0f seconds", rest.host, rest.detail, seconds)

    def _leave(self, rest: Rest) -> None:
        """Leave a host alone, and refuse the requests that already wait in its queue."""
        self._rests.begin(rest)
        for slot in self._slots().values():
            _refuse_waiting(slot, rest)

    def _slots(self) -> dict[str, Slot]:
        return self._crawler.engine.downloader.slots

    def _hold(self, request: Request) -> None:
        """Set the delay of the host's download slot, and postpone its next request to the end of a pause."""
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
    """Remove the requests of a host from a slot's queue, and fail them with a refusal."""
    for each in list(slot.queue):
        request, answer = each
        if _host(request) == rest.host:
            slot.queue.remove(each)
            answer.errback(refusal_of(rest))


def _host(request: Request) -> str:
    return urlparse_cached(request).hostname or ""


def hosts_left_alone(crawler: Crawler) -> dict[str, str]:
    """Return the hosts that a crawl leaves alone, each with a sentence that says why; none in a replay."""
    middleware = crawler.get_downloader_middleware(PolitenessMiddleware)
    return middleware.left_alone if middleware else {}
