"""Count what each listing yields in a crawl, and log damaged listings."""

import logging
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from crawler.discovery.links import Listing
from crawler.reasons import RESTING, AnyReason, Cause, Reason

logger = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class ListingCounts:
    """What one listing yielded in one crawl, summed over all its URLs."""

    url: str
    """URL of the listing, as the outlet's spider names it; a template for a daily sitemap."""
    announced: int = 0
    """Number of links in it."""
    offsite: int = 0
    """Number of links and further URLs outside the outlet's hosts."""
    articles: int = 0
    """Number of links to articles of the international section."""
    too_old: int = 0
    """Number of articles whose last change is before `since`."""
    unseen: int = 0
    """Number of articles that the store did not know."""
    known: int = 0
    """Number of articles that the store knew."""
    newest: int = 0
    """When the newest of its articles was first seen, in seconds since 1970; 0 if it announced none."""
    new: int = 0
    """Number of articles that were requested."""
    gone: int = 0
    """Number of articles whose page no longer exists."""
    skipped: int = 0
    """Number of entries without a valid URL."""
    not_changed_lately: int = 0
    """Number of an index's sitemaps that were skipped because of their date."""
    read: int = 0
    """Number of its URLs that were read."""
    unchanged: int = 0
    """Number of its URLs that returned 304."""
    broken: AnyReason | None = None
    """Why one of its URLs was read only in part, or None."""
    broken_again: int = 0
    """Number of further reports that it is broken, for the same reasons."""
    dead: AnyReason | None = None
    """Why one of its URLs yielded nothing, or None."""
    dead_again: int = 0
    """Number of further reports that it is dead, for the same reasons."""
    died: AnyReason | None = None
    """Why it counts as dead after several crawls: `silent` or `frozen`; None if it is alive."""

    @property
    def is_counted(self) -> bool:
        """Return whether anything was counted."""
        return self != ListingCounts(url=self.url)


class Tally:
    """The counts of all listings of one crawl.

    It logs a damaged listing once for each reason; `broken_again` and `dead_again` count the repetitions, since an
    index may name thousands of damaged sitemaps.
    """

    def __init__(self) -> None:
        self._counts: dict[str, ListingCounts] = {}
        self._warned: set[tuple[str, str, AnyReason]] = set()

    def of(self, listing: str) -> ListingCounts:
        """Return the counts of the listing with this URL; they may be changed in place."""
        return self._counts.setdefault(listing, ListingCounts(url=listing))

    def all(self) -> list[ListingCounts]:
        """Return the counts of each listing that has any, sorted by URL."""
        return [self._counts[url] for url in sorted(self._counts) if self._counts[url].is_counted]

    def stats(self, outlet: str) -> Iterator[tuple[str, int | str]]:
        """Yield names and values of Scrapy's stats: `listing/<outlet>/<url>/<count>` and the sums `listing/<state>`."""
        for state in ("broken", "dead"):
            if count := sum(report[0] == state for report in self._warned):
                yield f"listing/{state}", count
        for each in self.all():
            for what, value in asdict(each).items():
                if value and what != "url":
                    yield f"listing/{outlet}/{each.url}/{what}", value if isinstance(value, int) else str(value)

    def skipped(self, listing: Listing, url: str, entries: list[str]) -> None:
        """Count the entries of a URL that were skipped because they name no valid URL; log the first."""
        self.of(listing.url).skipped += len(entries)
        if entries:
            logger.info("%s: %d entries are left out; the first: %s", url, len(entries), entries[0])

    def broken(self, listing: Listing, url: str, reason: AnyReason, detail: str) -> None:
        """Report that a URL of a listing was read only in part."""
        if self._warns("broken", listing, url, reason, detail):
            self.of(listing.url).broken = reason
        else:
            self.of(listing.url).broken_again += 1

    def dead(self, listing: Listing, url: str, reason: AnyReason, detail: str) -> None:
        """Report that a URL of a listing yielded nothing."""
        if self._warns("dead", listing, url, reason, detail):
            self.of(listing.url).dead = reason
        else:
            self.of(listing.url).dead_again += 1

    def _warns(self, state: str, listing: Listing, url: str, reason: AnyReason, detail: str) -> bool:
        """Log a damaged listing the first time that it has this state and reason; return whether it was the first."""
        report = (state, listing.url, reason)
        if report in self._warned:
            return False
        self._warned.add(report)
        is_warned_elsewhere = reason in (*RESTING, Reason.UNKNOWN_HOST)  # once, for the host
        level = logging.INFO if is_warned_elsewhere else logging.WARNING
        is_silent = state == "dead" and reason.cause in (Cause.UNREACHABLE, Cause.BLOCKED, Cause.NOT_ASKED)
        logger.log(
            level, "%s: listing %s: %s (%s)", url, "gave nothing" if is_silent else f"is {state}", detail, reason
        )
        return True
