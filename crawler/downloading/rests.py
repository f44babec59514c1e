"""Which hosts a crawl leaves alone: those that asked for it, now or in an earlier run, and those that fail."""

import logging
from collections import Counter
from datetime import UTC, datetime

from scrapy.crawler import Crawler

from crawler.clock import now
from crawler.reasons import Reason, RequestRefused
from crawler.store import Rest, store_of

logger = logging.getLogger(__name__)


def refusal_of(rest: Rest) -> RequestRefused:
    """Return the refusal of a request whose host is left alone."""
    reason = Reason.LEFT_ALONE if rest.reason == Reason.LEFT_ALONE else Reason.ASKED_TO_WAIT
    return RequestRefused(reason, f"{rest.host} {_told(rest)}")


class Rests:
    """The hosts that one crawl leaves alone until its end; the store keeps them for the next run."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._hosts = store_of(crawler).hosts
        self._most_failures = settings.getint("HOST_LEFT_ALONE_AFTER", 5)
        self._after_failures = settings.getfloat("HOST_LEFT_ALONE_MINUTES", 20) * 60
        self._failures: Counter[str] = Counter()
        self._resting: dict[str, Rest] = {}

    def told(self) -> dict[str, str]:
        """Return the hosts that are left alone, each with the reason and the time of its end."""
        return {host: _told(rest) for host, rest in self._resting.items()}

    def of(self, host: str) -> Rest | None:
        """Return why a host is left alone, or None for one that may be asked."""
        return self._resting.get(host)

    def kept(self, host: str) -> tuple[Rest, float] | None:
        """Return the rest that the store keeps of a host, and how many seconds of it are left."""
        moment = now(self._crawler.settings)
        rest = self._hosts.resting(host, moment)
        return (rest, rest.until - moment) if rest else None

    def keep(self, host: str, seconds: float, *, reason: Reason, detail: str) -> Rest:
        """Keep for the next run that a host is not to be asked for so many seconds."""
        until = now(self._crawler.settings) + round(seconds)
        rest = Rest(host=host, until=until, reason=reason, detail=detail)
        self._hosts.rest(rest)
        return rest

    def begin(self, rest: Rest) -> None:
        """Leave a host alone for the rest of the crawl, and say so once."""
        if rest.host in self._resting:
            return
        self._resting[rest.host] = rest
        self._crawler.stats.inc_value("politeness/left_alone")
        logger.warning("%s %s; what it announced waits", rest.host, _told(rest))

    def answered(self, host: str) -> None:
        """Note that a host gave an answer that is one: it does not fail."""
        self._failures.pop(host, None)

    def failed(self, host: str, how: str) -> Rest | None:
        """Note that a host failed, and how; return its rest when that was once too often in a row."""
        self._failures[host] += 1
        if not self._most_failures or self._failures[host] < self._most_failures or host in self._resting:
            return None
        detail = f"failed {self._failures[host]} times in a row, last with {how}"
        return self.keep(host, self._after_failures, reason=Reason.LEFT_ALONE, detail=detail)


def _told(rest: Rest) -> str:
    until = datetime.fromtimestamp(rest.until, UTC)
    return f"{rest.detail}: left alone until {until:%Y-%m-%d %H:%M} UTC"
