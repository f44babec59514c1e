"""What each listing yields: counted, and its damage named."""

import logging

from scrapy.statscollectors import StatsCollector

from crawler.discovery.listing import Listing
from crawler.reasons import RESTING, AnyReason

logger = logging.getLogger(__name__)


class Tally:
    """Counts under `listing/<outlet>/<address>/`: `announced`, `articles`, `offsite`, `too_old`, `read`, `new` ...

    `broken` and `dead` hold the reason in one word; `listing/broken` and `listing/dead` count the listings. A listing
    is warned of once for each reason; `broken_again` and `dead_again` count the rest: an index may name thousands.
    """

    def __init__(self, stats: StatsCollector, outlet: str) -> None:
        self._stats = stats
        self._outlet = outlet
        self._warned: set[tuple[str, str, AnyReason]] = set()

    def count(self, listing: Listing, what: str) -> None:
        """Count one of what a listing yields."""
        self._stats.inc_value(f"listing/{self._outlet}/{listing.url}/{what}")

    def skipped(self, listing: Listing, url: str, entries: list[str]) -> None:
        """Count the entries that were left out because they name no address, and show the first."""
        for _ in entries:
            self.count(listing, "skipped")
        if entries:
            logger.info("%s: %d entries are left out; the first: %s", url, len(entries), entries[0])

    def broken(self, listing: Listing, url: str, reason: AnyReason, detail: str) -> None:
        """Report a listing that gave a part of what it should."""
        self._report("broken", listing, url, reason, detail)

    def dead(self, listing: Listing, url: str, reason: AnyReason, detail: str) -> None:
        """Report a listing that gave nothing."""
        self._report("dead", listing, url, reason, detail)

    def _report(self, state: str, listing: Listing, url: str, reason: AnyReason, detail: str) -> None:
        told = (state, listing.url, reason)
        if told in self._warned:
            self.count(listing, f"{state}_again")
            return
        self._warned.add(told)
        self._stats.inc_value(f"listing/{state}")
        self._stats.set_value(f"listing/{self._outlet}/{listing.url}/{state}", str(reason))
        level = logging.INFO if reason in RESTING else logging.WARNING  # the host was warned of once
        logger.log(level, "%s: listing is %s: %s (%s)", url, state, detail, reason)
