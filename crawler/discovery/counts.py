"""What each listing yields in a crawl: counted, and its damage named."""

import logging
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from crawler.discovery.links import Listing
from crawler.reasons import RESTING, AnyReason, Cause, Reason

logger = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class ListingCounts:
    """What one listing yielded in one crawl, over all its addresses."""

    url: str
    """The listing's address, as its outlet's spider names it."""
    announced: int = 0
    """Links that it printed."""
    offsite: int = 0
    """Links and further addresses that are not on the outlet's hosts."""
    articles: int = 0
    """Links to articles of the international section."""
    too_old: int = 0
    """Articles that were last changed before `since`."""
    unseen: int = 0
    """Articles that the store did not know."""
    known: int = 0
    """Articles that the store knew."""
    newest: int = 0
    """When the newest of its articles was first seen, in seconds since 1970; 0 where it announced none."""
    new: int = 0
    """Articles that were asked for."""
    gone: int = 0
    """Articles whose page is no longer there."""
    skipped: int = 0
    """Entries that name no address."""
    not_changed_lately: int = 0
    """Sitemaps of an index that were left out because of their date."""
    read: int = 0
    """Addresses of the listing that were read."""
    unchanged: int = 0
    """Addresses of the listing that were answered with 304."""
    broken: AnyReason | None = None
    """Why it gave a part of what it should; None where it did not."""
    broken_again: int = 0
    dead: AnyReason | None = None
    """Why an address of it gave nothing; None where each gave something."""
    dead_again: int = 0
    died: AnyReason | None = None
    """Why it is taken for dead after several crawls: `silent` or `frozen`."""

    @property
    def is_counted(self) -> bool:
        """Say whether anything was counted of it."""
        return self != ListingCounts(url=self.url)


class Tally:
    """The counts of one crawl's listings.

    A listing is warned of once for each reason; `broken_again` and `dead_again` count the rest: an index may name
    thousands.
    """

    def __init__(self) -> None:
        self._counts: dict[str, ListingCounts] = {}
        self._warned: set[tuple[str, str, AnyReason]] = set()

    def of(self, listing: str) -> ListingCounts:
        """Return the counts of a listing, by its address."""
        return self._counts.setdefault(listing, ListingCounts(url=listing))

    def all(self) -> list[ListingCounts]:
        """Return the counts of the listings of which anything was counted, in the order of their addresses."""
        return [self._counts[url] for url in sorted(self._counts) if self._counts[url].is_counted]

    def stats(self, outlet: str) -> Iterator[tuple[str, int | str]]:
        """Yield the counts as Scrapy's stats show them to people: under `listing/<outlet>/<address>/`, and summed."""
        for state in ("broken", "dead"):
            if count := sum(told[0] == state for told in self._warned):
                yield f"listing/{state}", count
        for each in self.all():
            for what, value in asdict(each).items():
                if value and what != "url":
                    yield f"listing/{outlet}/{each.url}/{what}", value if isinstance(value, int) else str(value)

    def skipped(self, listing: Listing, url: str, entries: list[str]) -> None:
        """Count the entries that were left out because they name no address, and show the first."""
        self.of(listing.url).skipped += len(entries)
        if entries:
            logger.info("%s: %d entries are left out; the first: %s", url, len(entries), entries[0])

    def broken(self, listing: Listing, url: str, reason: AnyReason, detail: str) -> None:
        """Report a listing that gave a part of what it should."""
        if self._warns("broken", listing, url, reason, detail):
            self.of(listing.url).broken = reason
        else:
            self.of(listing.url).broken_again += 1

    def dead(self, listing: Listing, url: str, reason: AnyReason, detail: str) -> None:
        """Report a listing that gave nothing."""
        if self._warns("dead", listing, url, reason, detail):
            self.of(listing.url).dead = reason
        else:
            self.of(listing.url).dead_again += 1

    def _warns(self, state: str, listing: Listing, url: str, reason: AnyReason, detail: str) -> bool:
        """Report a listing, and say whether that is new."""
        told = (state, listing.url, reason)
        if told in self._warned:
            return False
        self._warned.add(told)
        is_told = reason in (*RESTING, Reason.UNKNOWN_HOST)  # of the host, once
        level = logging.INFO if is_told else logging.WARNING
        is_silent = state == "dead" and reason.cause in (Cause.UNREACHABLE, Cause.BLOCKED, Cause.NOT_ASKED)
        logger.log(
            level, "%s: listing %s: %s (%s)", url, "gave nothing" if is_silent else f"is {state}", detail, reason
        )
        return True
