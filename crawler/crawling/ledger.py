"""The ledger of a crawl: each request and its one outcome."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from crawler.reasons import AnyReason

RequestKind = Literal["articles", "listings"]
Stage = Literal["schedule", "download", "listing", "page", "pipeline"]
"""Where in the crawl a request ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The final outcome of one request."""

    kind: RequestKind
    outcome: str
    """`exported`, `copy`, `read` (a listing), `unchanged`, `gone`, `refused`, `failed`, `filtered`."""
    reason: AnyReason | None
    """Why it is gone, was refused, failed or filtered; None for the other outcomes."""
    where: Stage
    detail: str
    """A sentence for people; may be empty."""
    outlet: str
    url: str
    listing: str
    """URL of the listing that announced the article, or of the listing itself."""
    known: str | None = None
    """Id of the article that earlier runs exported from the URL, or None."""

    @property
    def name(self) -> str:
        """Return the outcome with its reason, as the stats count it: `refused/no-body`."""
        return f"{self.outcome}/{self.reason}" if self.reason else self.outcome


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: RequestKind
    url: str
    listing: str
    known: str | None


class Ledger:
    """Counts requests by outcome; holds single requests only while they are pending, so that its size is bounded."""

    def __init__(self) -> None:
        self.requests: Counter[RequestKind] = Counter()
        """Number of requests by kind."""
        self.closed: dict[RequestKind, Counter[str]] = {"articles": Counter(), "listings": Counter()}
        """Number of closed entries by kind and outcome."""
        self._pending: dict[int, _Entry] = {}
        self._last = 0

    def open_entry(self, kind: RequestKind, url: str, listing: str, known: str | None = None) -> int:
        """Open an entry for a request, and return the entry's number."""
        self._last += 1
        self.requests[kind] += 1
        self._pending[self._last] = _Entry(kind, url, listing, known)
        return self._last

    def close_entry(self, number: int | None) -> _Entry | None:
        """Close the entry with this number, and return it; return None if it is closed already or was never opened."""
        return self._pending.pop(number, None) if number is not None else None

    def is_known(self, number: int | None) -> bool:
        """Return whether an open entry is of an article that earlier runs exported."""
        entry = self._pending.get(number) if number is not None else None
        return entry is not None and entry.known is not None

    def open_entries(self) -> list[tuple[int, str]]:
        """Return the number and URL of each open entry."""
        return [(number, entry.url) for number, entry in self._pending.items()]

    def pending(self, kind: RequestKind) -> int:
        """Return how many entries of this kind are open."""
        return sum(entry.kind == kind for entry in self._pending.values())

    def outcomes(self, kind: RequestKind) -> dict[str, int]:
        """Return request counts by outcome, including `pending`."""
        pending = self.pending(kind)
        return dict(sorted(self.closed[kind].items())) | ({"pending": pending} if pending else {})

    def is_balanced(self) -> bool:
        """Return whether each request has exactly one outcome or is pending."""
        return all(sum(self.outcomes(kind).values()) == self.requests[kind] for kind in self.closed)
