"""What one outlet's crawl brings in, gathered article by article in bounded memory."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from statistics import median
from typing import Any

from crawler.items import Article

_MOST_SAMPLES = 5_000
_MOST_STORIES = 50_000
_NESTED = ("dateline", "credits", "images", "related", "story")
"""Fields whose own fields are counted too; a body's blocks are always whole."""


class Gathering:
    """Counts over the articles and copies of one outlet."""

    def __init__(self) -> None:
        self.articles = 0
        self.filled: Counter[str] = Counter()
        self.possible: Counter[str] = Counter()
        self.hours: Counter[str] = Counter()
        self.countries: Counter[str] = Counter()
        self.agencies: Counter[str] = Counter()
        self.body_from: Counter[str] = Counter()
        self.stories: Counter[str] = Counter()
        self.hosts: dict[str, list[float]] = {}
        self._lags: list[float] = []
        self._lengths: list[int] = []

    def add(self, article: Article) -> None:
        """Count one article."""
        self.articles += 1
        self._cover(asdict(article))
        self.body_from[article.provenance.get("body", "unknown")] += 1
        places = article.dateline.places if article.dateline else ()
        self.countries.update({place.country for place in places if place.country})
        self.agencies.update(credit.agency for credit in article.credits)
        if article.published_at and "T" in article.published_at:
            self.hours[article.published_at[11:13]] += 1
        if article.story and len(self.stories) < _MOST_STORIES:
            self.stories[article.story.id] += 1
        if len(self._lengths) < _MOST_SAMPLES:
            self._lengths.append(len(article.text or ""))
            self._lags += _lag(article)

    def waited(self, host: str, seconds: float) -> None:
        """Count the time that a host took to answer."""
        count, total, longest = self.hosts.get(host, (0, 0.0, 0.0))
        self.hosts[host] = [count + 1, total + seconds, max(longest, seconds)]

    def coverage(self) -> dict[str, float]:
        """Return each field's share of articles that fill it; `credits[].agency` is a share of all credits."""
        return {name: round(self.filled[name] / count, 4) for name, count in sorted(self.possible.items())}

    def body_length(self) -> dict[str, int] | None:
        """Return how long the texts are, in characters."""
        return _spread(self._lengths)

    def lag(self) -> dict[str, int] | None:
        """Return how many minutes lie between publication and fetch."""
        return _spread(self._lags)

    def _cover(self, record: dict[str, Any]) -> None:
        for name, value in record.items():
            self._count(name, value)
            for part in _parts(value) if name in _NESTED else ():
                path = f"{name}[]" if isinstance(value, list) else name
                for inner, held in part.items():
                    self._count(f"{path}.{inner}", held)
        for place in (record["dateline"] or {}).get("places", ()):
            for inner, held in place.items():
                self._count(f"dateline.places[].{inner}", held)

    def _count(self, name: str, value: Any) -> None:
        self.possible[name] += 1
        self.filled[name] += value not in (None, "", [], {}, ())


def _parts(value: Any) -> Iterable[dict[str, Any]]:
    if isinstance(value, dict):
        return [value]
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _lag(article: Article) -> list[float]:
    if not article.fetched_at or not article.published_at or "T" not in article.published_at:
        return []
    try:
        waited = datetime.fromisoformat(article.fetched_at) - datetime.fromisoformat(article.published_at)
    except (TypeError, ValueError):  # one of the two has no offset
        return []
    return [waited.total_seconds() / 60]


def _spread(values: list[Any]) -> dict[str, int] | None:
    if not values:
        return None
    ordered = sorted(values)
    tenth, ninetieth = ordered[len(ordered) // 10], ordered[len(ordered) * 9 // 10]
    return {"p10": round(tenth), "median": round(median(ordered)), "p90": round(ninetieth)}
