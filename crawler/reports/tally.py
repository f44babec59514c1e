"""Count the records of a run one by one; the RAM needed does not grow with their text."""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from statistics import median
from typing import Any

from crawler.reports.coverage import Coverage
from crawler.shelves import Shelf

INDIA = timezone(timedelta(hours=5, minutes=30))
"""The time zone of the hours in a report."""


def rounded_median(values: Sequence[float]) -> float | None:
    """Return the median, rounded to two decimals; None without values."""
    return round(median(values), 2) if values else None


def rounded_p90(values: Sequence[float]) -> float | None:
    """Return the 90th percentile, rounded to two decimals; None without values."""
    return round(sorted(values)[max(0, -(-9 * len(values) // 10) - 1)], 2) if values else None


def ranked(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return counts in descending order; equal counts are in order of their names."""
    return sorted(counts, key=lambda pair: (-pair[1], pair[0]))


def time_with_offset(text: str | None) -> datetime | None:
    """Return an ISO 8601 time with its offset; None for a date without a time, or for None."""
    if not text or len(text) <= len("2025-11-28"):
        return None
    return datetime.fromisoformat(text)


class OutletTally:
    """Figures from one outlet's records."""

    def __init__(self) -> None:
        self.name_hi: str | None = None
        """The outlet's Hindi name, in the last record that has it."""
        self.articles = 0
        self.copies = 0
        self.coverage = Coverage()
        self.chars = array("q")
        """Lengths of the bodies, in characters."""
        self.lags = array("d")
        """Hours from publication to fetch."""
        self.generic = 0
        """Records whose body or headline the generic reader read."""
        self.lost: Counter[str] = Counter()
        """Articles that gave no record, by outcome and reason: `refused/no-body`."""
        self.lost_listings: Counter[str] = Counter()
        """Listings that could not be read, by outcome and reason."""
        self.countries: Counter[str] = Counter()
        """Records by country of the dateline, as ISO code."""
        self.agencies: Counter[str] = Counter()
        """Records by id of the credited agency."""
        self.names: dict[str, str] = {}
        """Names of agencies by id."""
        self.published: Counter[datetime] = Counter()
        """Records by hour of publication."""
        self.newest_fetch: datetime | None = None

    @property
    def items(self) -> int:
        """Return the number of records."""
        return self.articles + self.copies

    def add(self, record: Mapping[str, Any], shelf: Shelf) -> None:
        """Count one record."""
        self.name_hi = (record.get("publisher") or {}).get("name_hi") or self.name_hi
        self.articles += shelf is Shelf.ARTICLES
        self.copies += shelf is Shelf.COPIES
        self.coverage.add(record)
        self.chars.append(sum(len(block["text"]) for block in record["body"]))
        self.generic += "generic" in (record["provenance"].get("body"), record["provenance"].get("headline"))
        self.agencies.update({credit["agency"] for credit in record["credits"]})
        self.names.update({credit["agency"]: credit["name"] for credit in record["credits"]})
        places = (record["dateline"] or {}).get("places") or ()
        self.countries.update({place["country"] for place in places if place["country"]})
        self._times(time_with_offset(record["published_at"]), time_with_offset(record["fetched_at"]))

    def _times(self, published: datetime | None, fetched: datetime | None) -> None:
        if published is not None:
            self.published[published.astimezone(INDIA).replace(minute=0, second=0, microsecond=0)] += 1
        if fetched is not None:
            self.newest_fetch = max(fetched, self.newest_fetch or fetched)
        if published is not None and fetched is not None:
            self.lags.append(round((fetched - published).total_seconds() / 3600, 2))


@dataclass(slots=True)
class _Story:
    """What is counted of one story; a run has thousands, most of one article."""

    headline: str
    url: str
    articles: int = 0
    copies: int = 0
    """Exact and wire copies among them."""
    outlets: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()


@lru_cache(maxsize=1_000)
def _joined(some: frozenset[str], more: frozenset[str]) -> frozenset[str]:
    """Return both together: the same object for the same sets, so that stories share the few sets that there are."""
    return some | more


class StoryTally:
    """Counts of the articles, outlets, agencies and wire copies of each story."""

    _MOST_REPRINTED = 10

    def __init__(self) -> None:
        self._stories: dict[str, _Story] = {}

    def __len__(self) -> int:
        return len(self._stories)

    def add(self, record: Mapping[str, Any], shelf: Shelf) -> None:
        """Count one record under its story."""
        if record["story"] is None:
            return
        story_id, relation = record["story"]["id"], record["story"]["relation"]
        story = self._stories.get(story_id)
        if story is None:
            story = self._stories[story_id] = _Story(record["headline"], record["url"])
        elif relation == "original" and shelf is Shelf.ARTICLES:
            story.headline, story.url = record["headline"], record["url"]
        story.articles += 1
        story.copies += relation in ("exact", "wire-copy")
        story.outlets = _joined(story.outlets, frozenset([record["outlet"] or "?"]))
        story.agencies = _joined(story.agencies, frozenset(credit["agency"] for credit in record["credits"]))

    def histogram(self) -> dict[str, int]:
        """Return the number of stories by number of articles, as text; `10+` for ten and more."""
        sizes = Counter(min(story.articles, 10) for story in self._stories.values())
        return {("10+" if size == 10 else str(size)): sizes[size] for size in sorted(sizes)}

    def reprinted(self) -> list[dict[str, Any]]:
        """Return the stories with the most wire copies, the most first."""
        copied = ((story_id, story) for story_id, story in self._stories.items() if story.copies)
        most = sorted(copied, key=lambda pair: (-pair[1].copies, pair[0]))[: self._MOST_REPRINTED]
        return [
            {
                "story": story_id,
                "headline": story.headline,
                "url": story.url,
                "agencies": sorted(story.agencies),
                "copies": story.copies,
                "outlets": sorted(story.outlets),
            }
            for story_id, story in most
        ]


class RunTally:
    """Figures from the records of a run: by outlet, by story, and of its refusals."""

    def __init__(self) -> None:
        self.outlets: dict[str, OutletTally] = {}
        self.stories = StoryTally()
        self.refused = RefusedTally()
        self.moved = 0
        """Number of articles whose story got another id."""
        self.withdrawn: list[dict[str, Any]] = []
        """Outlet, URL and reason of each withdrawn article."""

    def add(self, record: Mapping[str, Any], shelf: Shelf) -> None:
        """Count one row of a shelf."""
        if shelf is Shelf.REFUSED:
            self.refused.add(record)
            outlet = self.outlets.setdefault(str(record.get("outlet") or "?"), OutletTally())
            (outlet.lost_listings if is_of_listing(record) else outlet.lost)[_outcome(record)] += 1
            return
        if not shelf.has_records:
            self.moved += shelf is Shelf.STORY_MOVES
            if shelf is Shelf.WITHDRAWN:
                self.withdrawn.append({name: record[name] for name in ("outlet", "url", "reason")})
            return
        self.outlets.setdefault(record["outlet"] or "?", OutletTally()).add(record, shelf)
        self.stories.add(record, shelf)


class RefusedTally:
    """Counts of the URLs that gave no article or listing, by outcome and reason, with a few examples of each."""

    _MOST_EXAMPLES = 5

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()
        self.examples: dict[tuple[str, str], list[dict[str, Any]]] = {}

    def add(self, line: Mapping[str, Any]) -> None:
        """Count one line of refused.jsonl."""
        key = "listings" if is_of_listing(line) else "articles", _outcome(line)
        self.counts[key] += 1
        examples = self.examples.setdefault(key, [])
        if len(examples) < self._MOST_EXAMPLES:
            examples.append({name: line.get(name) for name in ("url", "where", "detail", "outlet")})

    def rows(self) -> list[dict[str, Any]]:
        """Return a row per kind (`articles`, then `listings`), outcome and reason, the most frequent first."""
        order = sorted(self.counts, key=lambda key: (key[0], -self.counts[key], key))
        return [
            {
                "kind": kind,
                "outcome": name.partition("/")[0],
                "reason": name.partition("/")[2],
                "count": self.counts[kind, name],
                "examples": self.examples[kind, name],
            }
            for kind, name in order
        ]


def is_of_listing(line: Mapping[str, Any]) -> bool:
    """Return whether a line of refused.jsonl names a listing, and no article."""
    return line.get("where") == "listing"


def _outcome(line: Mapping[str, Any]) -> str:
    return f"{line.get('outcome', 'refused')}/{line.get('reason')}"
