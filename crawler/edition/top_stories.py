"""The stories of a day that matter most: who wrote and reprinted them, who was first, what later editions changed."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from crawler.edition.day_rows import DayRows, EarlierEdition
from crawler.edition.entry import EditionEntry, EditionPlace
from crawler.edition.score import story_score
from crawler.edition.shown_time import shown_time
from crawler.edition.word_diff import Fate, word_diff

_Value = TypeVar("_Value")
_MOST = 12
_AT_LEAST = 5
"""Stories that a quiet day shows, even if one newsroom alone has them."""
_DAY_HOURS = 24
_MOST_PRINTS = 60
"""Articles that the timeline of a story shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPrint:
    """An article of a story, in its timeline."""

    entry: EditionEntry
    time: str
    """As it is shown, with the day if it is an earlier one; empty if none is known."""
    is_first: bool
    """Whether no other article is known to be earlier; several may be of one minute."""
    minute: int | None
    """Minute of the day, 0 to 1439; None for another day, or without a time."""
    later: int | None
    """Minutes after the first article; None without a time, and for the first one itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryChange:
    """What a later edition of an article changed."""

    entry: EditionEntry
    revision: int
    headline: list[tuple[Fate, str]]
    """Empty if it stayed."""
    lead: list[tuple[Fate, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopStory:
    """A story as the page of a day tells it."""

    story: str
    score: float
    wrote: int
    """Newsrooms that wrote about it on the day."""
    reprinted: int
    """Newsrooms that only reprinted another's text."""
    head: EditionEntry
    """The article whose headline stands for it: the first that repeats no other."""
    place: EditionPlace | None
    """The place of most datelines."""
    agency: str | None
    """The agency of most articles."""
    entries: Sequence[EditionEntry]
    """Its articles up to the end of the day, the first one first."""
    prints: list[StoryPrint]
    """The first of them, as the timeline shows them."""
    changes: list[StoryChange]

    @property
    def unlisted(self) -> int:
        """Return how many articles are not among `prints`."""
        return len(self.entries) - len(self.prints)


def top_stories(day: str, entries: Sequence[EditionEntry], rows: DayRows, zone: ZoneInfo) -> list[TopStory]:
    """Return the stories of a day that matter most, the first one first; ties are free of the order of the entries."""
    stories = defaultdict(list)
    for entry in entries:
        stories[entry.story].append(entry)
    newest = max((entry.at for entry in entries if entry.at is not None), default=None)
    ranked = sorted(_rank(story, its, newest) for story, its in stories.items())
    chosen = [rank for place, rank in enumerate(ranked[:_MOST]) if place < _AT_LEAST or rank[1] < -1]
    return [_told(rank[-1], -rank[0], stories[rank[-1]], day, rows, zone) for rank in chosen]


def _rank(story: str, entries: Sequence[EditionEntry], newest: int | None) -> tuple[float, int, int, str]:
    """Return what stories are ordered by: score, newsrooms, the time of the first article, and the identifier."""
    wrote, reprinted = _newsrooms(entries)
    times = [entry.at for entry in entries if entry.at is not None]
    hours = (newest - max(times)) / 3600 if times and newest is not None else _DAY_HOURS
    score = story_score(wrote=wrote, reprinted=reprinted, hours=hours)
    return -round(score, 9), -wrote - reprinted, min(times, default=2**62), story


def _newsrooms(entries: Iterable[EditionEntry]) -> tuple[int, int]:
    """Return how many newsrooms wrote, and how many only reprinted."""
    all_of_them = {entry.outlet for entry in entries}
    writers = {entry.outlet for entry in entries if not entry.is_copy}
    return len(writers), len(all_of_them - writers)


def _told(
    story: str, score: float, entries: Sequence[EditionEntry], day: str, rows: DayRows, zone: ZoneInfo
) -> TopStory:
    wrote, reprinted = _newsrooms(entries)
    printed = sorted(rows.of_story(story, day), key=lambda entry: _in_time(entry, zone))
    first = printed[0].at
    return TopStory(
        story=story,
        score=score,
        wrote=wrote,
        reprinted=reprinted,
        head=next((entry for entry in printed if not entry.is_copy), printed[0]),
        place=_commonest(printed, lambda entry: entry.places),
        agency=_commonest(printed, lambda entry: entry.agencies),
        entries=printed,
        prints=[_print(entry, first, day, zone) for entry in printed[:_MOST_PRINTS]],
        changes=[change for entry in printed if entry.revision > 1 for change in _changes(entry, rows)],
    )


def _commonest(entries: Iterable[EditionEntry], values: Callable[[EditionEntry], Iterable[_Value]]) -> _Value | None:
    counts = Counter(value for entry in entries for value in values(entry))
    return max(counts, key=counts.__getitem__, default=None)


def _in_time(entry: EditionEntry, zone: ZoneInfo) -> tuple[str, bool, int, str]:
    """Return what articles are ordered by in time; those without a time of day end their day.

    The day of a timed one is that of the edition's clock: an outlet abroad may print an earlier one.
    """
    if entry.at is None:
        return entry.day, True, 0, entry.id
    return datetime.fromtimestamp(entry.at, zone).date().isoformat(), False, entry.at, entry.id


def _print(entry: EditionEntry, first: int | None, day: str, zone: ZoneInfo) -> StoryPrint:
    local = datetime.fromtimestamp(entry.at, zone) if entry.at is not None else None
    is_today = local is not None and local.date().isoformat() == day
    return StoryPrint(
        entry=entry,
        time=shown_time(entry, day, zone),
        is_first=entry.at is not None and first is not None and entry.at // 60 == first // 60,
        minute=local.hour * 60 + local.minute if local and is_today else None,
        later=(entry.at - first) // 60 if entry.at is not None and first is not None and entry.at > first else None,
    )


def _changes(entry: EditionEntry, rows: DayRows) -> Iterable[StoryChange]:
    editions = rows.earlier(entry.id)
    last = EarlierEdition(revision=entry.revision, headline=entry.headline, lead=entry.lead)
    for before, after in zip(editions, [*editions[1:], last], strict=False):
        headline = word_diff(before.headline, after.headline) if before.headline != after.headline else []
        lead = word_diff(before.lead, after.lead) if before.lead != after.lead else []
        if headline or lead:
            yield StoryChange(entry=entry, revision=after.revision, headline=headline, lead=lead)
