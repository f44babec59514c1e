"""The ledger of a crawl: each request that was made, and the one outcome it came to."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from crawler.reasons import AnyReason

RequestKind = Literal["articles", "listings"]
Stage = Literal["schedule", "download", "listing", "page", "pipeline"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one address."""

    kind: RequestKind
    outcome: str
    """`exported`, `copy`, `read` (a listing), `unchanged`, `refused`, `failed` or `filtered`."""
    reason: AnyReason | None
    where: Stage
    detail: str
    outlet: str
    url: str
    listing: str
    """The listing that announced the address, or is it."""

    @property
    def name(self) -> str:
        """Return the outcome with its reason, as the statistics count it."""
        return f"{self.outcome}/{self.reason}" if self.reason else self.outcome


@dataclass(frozen=True, slots=True)
class _Asked:
    kind: RequestKind
    url: str
    listing: str


class Ledger:
    """Requests made, and what they came to; holds in memory only those that are still open."""

    def __init__(self) -> None:
        self.requests: Counter[RequestKind] = Counter()
        self.settled: dict[RequestKind, Counter[str]] = {"articles": Counter(), "listings": Counter()}
        self._open: dict[int, _Asked] = {}
        self._last = 0

    def ask(self, kind: RequestKind, url: str, listing: str) -> int:
        """Open an entry, and return its number."""
        self._last += 1
        self.requests[kind] += 1
        self._open[self._last] = _Asked(kind, url, listing)
        return self._last

    def settle(self, number: int | None) -> _Asked | None:
        """Close an entry; return it, or None when it is closed already."""
        return self._open.pop(number, None) if number is not None else None

    def open(self) -> list[tuple[int, str]]:
        """Return the numbers and addresses of the entries that are open."""
        return [(number, asked.url) for number, asked in self._open.items()]

    def pending(self, kind: RequestKind) -> int:
        """Return how many entries are open."""
        return sum(asked.kind == kind for asked in self._open.values())

    def outcomes(self, kind: RequestKind) -> dict[str, int]:
        """Return how many requests came to what, those that are pending included."""
        pending = self.pending(kind)
        return dict(sorted(self.settled[kind].items())) | ({"pending": pending} if pending else {})

    def is_balanced(self) -> bool:
        """Say whether each request made has exactly one outcome."""
        return all(sum(self.outcomes(kind).values()) == self.requests[kind] for kind in self.settled)
