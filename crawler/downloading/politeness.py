"""What a server asks for is obeyed: Retry-After of its answers, Crawl-delay of its robots.txt."""

import logging
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy import Request, Spider, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from crawler.reasons import Reason, RequestRefused

logger = logging.getLogger(__name__)

_WAIT_STATUSES = (429, 503)


def _asked_to_wait(host: str) -> RequestRefused:
    return RequestRefused(Reason.ASKED_TO_WAIT, f"{host} asked to be left alone for longer than this crawl waits")


class PolitenessMiddleware:
    """Pause a host for as long as its Retry-After says, and keep its Crawl-delay between requests.

    Scrapy reads neither: it only retries later in the queue, and AutoThrottle goes by latency. A pause longer than
    RETRY_AFTER_MAX seconds closes the host for this crawl.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._longest = crawler.settings.getfloat("RETRY_AFTER_MAX", 300)
        self._delays: dict[str, float] = {}
        self._closed: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "PolitenessMiddleware":
        middleware = cls(crawler)
        crawler.signals.connect(middleware.robots_parsed, signals.robots_parsed)
        crawler.signals.connect(middleware.request_reached_downloader, signals.request_reached_downloader)
        crawler.signals.connect(middleware.spider_opened, signals.spider_opened)
        return middleware

    def spider_opened(self, spider: Spider) -> None:
        """Listen to responses after AutoThrottle, which would shorten the delay again."""
        self._crawler.signals.connect(self.response_downloaded, signals.response_downloaded)

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Remember the Crawl-delay of a host."""
        settings = self._crawler.settings
        delay = robotparser.crawl_delay(settings["ROBOTSTXT_USER_AGENT"] or settings["USER_AGENT"])
        host = urlparse_cached(request).hostname or ""
        if delay:
            self._delays[host] = float(delay)
            self._crawler.stats.set_value(f"politeness/crawl_delay/{host}", float(delay))
            logger.info("%s: robots.txt asks for %s seconds between requests", host, delay)

    def request_reached_downloader(self, request: Request, spider: Spider) -> None:
        """Hold a host's slot to its Crawl-delay, also when the slot is new."""
        self._keep_delay(request)

    def response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        """Hold the slot to the delay, and pause it when the server asks for it, before its next request leaves."""
        slot = self._keep_delay(request)
        pause = read_retry_after(response)
        if pause is None:
            return
        host = urlparse_cached(request).hostname or ""
        self._crawler.stats.inc_value("politeness/retry_after")
        if pause > self._longest:
            self._close(host, pause, slot)
        elif slot:
            slot.delay = slot.delay or 0.001
            slot.lastseen = max(slot.lastseen, time.monotonic() + pause)
            logger.info("%s: asks to wait %.0f seconds: waiting", host, pause)

    def process_request(self, request: Request) -> None:
        """Refuse a request to a host that asked to be left alone."""
        host = urlparse_cached(request).hostname or ""
        if self._closed.get(host, 0) > time.monotonic():
            raise _asked_to_wait(host)

    def process_response(self, request: Request, response: Response) -> Response:
        """Hand a response on; one of a host that asked to be left alone is not tried again."""
        if (urlparse_cached(request).hostname or "") in self._closed:
            request.meta["dont_retry"] = True
        return response

    def _close(self, host: str, pause: float, slot: Slot | None) -> None:
        """Leave a host alone, also what already stands in its queue."""
        self._closed[host] = time.monotonic() + pause
        logger.warning("%s: asks to wait %.0f seconds: left alone for this crawl", host, pause)
        while slot and slot.queue:
            _, waiting = slot.queue.popleft()
            waiting.errback(_asked_to_wait(host))

    def _keep_delay(self, request: Request) -> Slot | None:
        downloader = self._crawler.engine.downloader if self._crawler.engine else None
        slot = downloader.slots.get(request.meta.get("download_slot", "")) if downloader else None
        delay = self._delays.get(urlparse_cached(request).hostname or "")
        if slot and delay and slot.delay <= delay:
            slot.delay = delay
            slot.jitter = 0.0
        return slot


def read_retry_after(response: Response) -> float | None:
    """Return the seconds that a 429 or 503 asks to wait, whether it prints seconds or a date."""
    printed = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if response.status not in _WAIT_STATUSES or not printed:
        return None
    if printed.isdigit():
        return float(printed)
    try:
        until = parsedate_to_datetime(printed)
    except ValueError:
        return None
    return max(0.0, (until.astimezone(UTC) - datetime.now(UTC)).total_seconds())
