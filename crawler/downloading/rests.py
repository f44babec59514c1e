"""Hosts that a crawl leaves alone (sends no requests to): those that asked for a long wait, and those that fail.

A *rest* is the period for which a host is left alone; the store saves it for later runs.
"""

import logging
from collections import Counter
from datetime import UTC, datetime

from scrapy.crawler import Crawler

from crawler.clock import now
from crawler.reasons import Reason, RequestRefused, read_reason
from crawler.store import Rest, store_of

logger = logging.getLogger(__name__)


def refusal_of(rest: Rest) -> RequestRefused:
    """Return the exception that refuses a request to a host, or for a listing, that is left alone."""
    return RequestRefused(read_reason(rest.reason) or Reason.LEFT_ALONE, f"{rest.host} {_explanation(rest)}")


class Rests:
    """The hosts that one crawl leaves alone until its end; the store saves them for later runs."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._hosts = store_of(crawler).hosts
        self._most_failures = settings.getint("HOST_LEFT_ALONE_AFTER", 5)
        self._after_failures = settings.getfloat("HOST_LEFT_ALONE_MINUTES", 20) * 60
        self._failures: Counter[str] = Counter()
        self._resting: dict[str, Rest] = {}

    def reasons(self) -> dict[str, str]:
        """Return the hosts that are left alone, each with a sentence that says why and until when."""
        return {host: _explanation(rest) for host, rest in self._resting.items()}

    def of(self, host: str) -> Rest | None:
        """Return the rest of a host that this crawl leaves alone, or None if requests may be sent to it."""
        return self._resting.get(host)

    def kept(self, host: str) -> tuple[Rest, float] | None:
        """Return the stored rest of a host with the seconds until it ends, or None if there is none."""
        moment = now(self._crawler.settings)
        rest = self._hosts.resting(host, moment)
        return (rest, rest.until - moment) if rest else None

    def keep(self, host: str, seconds: float, *, reason: Reason, detail: str) -> Rest:
        """Store that a host is to get no requests for this many seconds, and return the rest; later runs obey it."""
        until = now(self._crawler.settings) + round(seconds)
        rest = Rest(host=host, until=until, reason=reason, detail=detail)
        self._hosts.rest(rest)
        return rest

    def begin(self, rest: Rest) -> None:
        """Leave a host alone until the end of the crawl, and log that once."""
        if rest.host in self._resting:
            return
        self._resting[rest.host] = rest
        self._crawler.stats.inc_value("politeness/left_alone")
        logger.warning("%s %s; what it announced waits", rest.host, _explanation(rest))

    def answered(self, host: str) -> None:
        """Reset the failure count of a host after a response that is neither 429 nor 5xx."""
        self._failures.pop(host, None)

    def failed(self, host: str, how: str) -> Rest | None:
        """Count a failure of a host; store and return its rest after HOST_LEFT_ALONE_AFTER consecutive failures.

        `how` names the failure in the rest's explanation, as `http-503` or `timeout`.
        """
        self._failures[host] += 1
        if not self._most_failures or self._failures[host] < self._most_failures or host in self._resting:
            return None
        detail = f"failed {self._failures[host]} times in a row, last with {how}"
        return self.keep(host, self._after_failures, reason=Reason.LEFT_ALONE, detail=detail)


def _explanation(rest: Rest) -> str:
    until = datetime.fromtimestamp(rest.until, UTC)
    return f"{rest.detail}: left alone until {until:%Y-%m-%d %H:%M} UTC"
