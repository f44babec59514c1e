"""The entries of all days, in a temporary file that SQLite deletes itself: RAM holds one day at a time."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from crawler.edition.entry import EditionEntry

_TABLES = """
CREATE TABLE entries (
    day TEXT NOT NULL, at INTEGER, hour INTEGER, id TEXT NOT NULL, outlet TEXT NOT NULL, story TEXT NOT NULL,
    revision INTEGER NOT NULL, entry TEXT NOT NULL
);
CREATE TABLE editions (id TEXT, revision INTEGER, headline TEXT, lead TEXT, PRIMARY KEY (id, revision)) WITHOUT ROWID;
CREATE TABLE texts (id TEXT PRIMARY KEY, blocks TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE countries (day TEXT NOT NULL, country TEXT NOT NULL, articles INTEGER NOT NULL, PRIMARY KEY (day, country))
WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX entries_day ON entries (day, at DESC, id);
CREATE INDEX entries_story ON entries (story, day);
"""
_COUNT = "INSERT INTO countries VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET articles = articles + 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierEdition:
    """What a later edition of an article may have changed."""

    revision: int
    headline: str
    lead: str


class DayRows:
    """The entries of the edition by day and by story; add all, then call `index`, then ask."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")  # a temporary file
        self._database.execute("PRAGMA cache_size = -16384")  # KiB
        self._database.executescript(_TABLES)

    def add(self, entry: EditionEntry) -> None:
        """Add an entry."""
        row = entry.day, entry.at, entry.hour, entry.id, entry.outlet, entry.story, entry.revision, entry.text()
        self._database.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        self._database.executemany(_COUNT, ((entry.day, country) for country in entry.countries))

    def add_earlier(self, article: str, edition: EarlierEdition) -> None:
        """Add an edition of an article that is not its last one."""
        row = article, edition.revision, edition.headline, edition.lead
        self._database.execute("INSERT OR REPLACE INTO editions VALUES (?, ?, ?, ?)", row)

    def add_text(self, article: str, blocks: Sequence[object]) -> None:
        """Add the whole text of an article, as `marked_text` returns it."""
        text = json.dumps(blocks, ensure_ascii=False)
        self._database.execute("INSERT OR REPLACE INTO texts VALUES (?, ?)", (article, text))

    def text(self, article: str) -> list[Any]:
        """Return the whole text of an article; empty if none was added."""
        row = self._database.execute("SELECT blocks FROM texts WHERE id = ?", (article,)).fetchone()
        blocks: list[Any] = json.loads(row[0]) if row else []
        return blocks

    def index(self) -> None:
        """Make the indexes that the other methods need."""
        self._database.executescript(_INDEXES)

    def close(self) -> None:
        """Delete the temporary file."""
        self._database.close()

    def days(self) -> dict[str, int]:
        """Return the number of articles of each day, the newest day first."""
        return dict(self._database.execute("SELECT day, count(*) FROM entries GROUP BY day ORDER BY day DESC"))

    def of_day(self, day: str) -> list[EditionEntry]:
        """Return the entries of a day, the newest first, those without a time of day last."""
        return self._entries("WHERE day = ? ORDER BY at DESC NULLS LAST, id", day)

    def of_story(self, story: str, day: str) -> list[EditionEntry]:
        """Return the entries of a story up to a day, in no order."""
        return self._entries("WHERE story = ? AND day <= ?", story, day)

    def revised(self) -> dict[str, int]:
        """Return the last revision of each article that has several."""
        return dict(self._database.execute("SELECT id, revision FROM entries WHERE revision > 1"))

    def earlier(self, article: str) -> list[EarlierEdition]:
        """Return the earlier editions of an article, the first one first."""
        query = "SELECT revision, headline, lead FROM editions WHERE id = ? ORDER BY revision"
        rows = self._database.execute(query, (article,))
        return [EarlierEdition(revision=number, headline=headline, lead=lead) for number, headline, lead in rows]

    def hours(self, days: Iterable[str]) -> Iterator[tuple[str, int, str, int]]:
        """Yield how many articles there are of each of these days, hour and outlet."""
        query = """
            SELECT day, hour, outlet, count(*) FROM entries WHERE day = ? AND hour IS NOT NULL GROUP BY hour, outlet
        """
        for day in days:
            yield from self._database.execute(query, (day,))

    def countries(self, first: str, last: str) -> Iterator[tuple[str, str, int]]:
        """Yield how many articles there are of each day from `first` to `last` and country."""
        query = "SELECT day, country, articles FROM countries WHERE day BETWEEN ? AND ?"
        yield from self._database.execute(query, (first, last))

    def _entries(self, conditions: str, *values: str) -> list[EditionEntry]:
        rows = self._database.execute(f"SELECT entry FROM entries {conditions}", values)
        return [EditionEntry.of_text(text) for (text,) in rows]
