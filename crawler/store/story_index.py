"""The index of stories in SQLite: it needs little RAM for any number of texts, and lasts from run to run."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from crawler.store.database import Database
from crawler.stories.density import COMMON, PERIOD_SECONDS, SPAN, TEXTS, growth, period_of
from crawler.stories.index import Changed, Linked, LinkScore, enough
from crawler.stories.text import Text, sample

_COLUMNS = "id, outlet, published, agencies, places, dated, by_agency, digest, weight, shingles, words, figures"
_Row = tuple[str, str | None, int | None, str, str, str | None, int, bytes, int, bytes, bytes, str]


class IndexTables:
    """The tables `texts`, `marks` and `links`; each text must have a time of publication.

    A mark (a sampled shingle) that more than `common` texts of one period (a week) have is boilerplate, and is ignored.
    `crawler.stories.index` defines the terms.
    """

    def __init__(self, database: Database, *, common: int = COMMON, texts: int = TEXTS) -> None:
        self._database = database
        self._common = common
        self._normal = texts

    def __contains__(self, id: str) -> bool:
        return self._number(id) is not None

    def __getitem__(self, id: str) -> Text:
        row = self._one(f"SELECT {_COLUMNS} FROM texts WHERE id = ?", id)
        if row is None:
            raise KeyError(id)
        return _text(row)

    def found(self, text: Text, reach: int) -> list[Text]:
        """Return the candidates to compare a text with: they share enough marks, at most `reach` periods away."""
        shared: dict[int, int] = {}
        for entry in self._entries(_period(text), text.marks, reach):
            shared[entry] = shared.get(entry, 0) + 1
        return self._numbered(enough(shared, text.is_short))

    def _entries(self, own: int, marks: Sequence[int], reach: int) -> list[int]:
        """Return the entries of marks within reach: a text's number, times two, plus one if it has few marks."""
        rows = self._some(_around(own, reach + SPAN), marks)
        if len(rows) <= self._common:  # so few that no mark is boilerplate anywhere near
            return [entry for period, entry in rows if abs(period - own) <= reach]
        rare = [mark for mark in marks if not self._is_boilerplate(mark, own)]
        each = (
            self._carriers(mark, period)
            for period in _around(own, reach)
            for mark in rare
            if not self._is_boilerplate(mark, period)
        )
        return [entry for entries in each for entry in entries]

    def _some(self, periods: Sequence[int], marks: Sequence[int]) -> list[tuple[int, int]]:
        """Return the period and entry of each row of some marks in some periods, at most `common` + 1 rows."""
        where = f"period IN ({','.join('?' * len(periods))}) AND mark IN ({','.join('?' * len(marks))})"
        query = f"SELECT period, entry FROM marks WHERE {where} LIMIT ?"
        return self._database.connection.execute(query, (*periods, *marks, self._common + 1)).fetchall()

    def _carriers(self, mark: int, period: int) -> list[int]:
        query = "SELECT entry FROM marks WHERE period = ? AND mark = ?"
        return [entry for (entry,) in self._database.connection.execute(query, (period, mark))]

    def _is_boilerplate(self, mark: int, period: int) -> bool:
        return self._count(mark, period) > self._limit(period)

    def _count(self, mark: int, period: int) -> int:
        """Return how many texts of a period's span have a mark; the count stops at two above the limit."""
        query = "SELECT count(*) FROM (SELECT 1 FROM marks WHERE mark = ? AND period IN (?, ?, ?) LIMIT ?) AS found"
        most = self._limit(period) + 2
        row = self._database.connection.execute(query, (mark, *_around(period, SPAN), most)).fetchone()
        return int(row[0])

    def _limit(self, period: int) -> int:
        return self._common * self._growth(self._held(period, SPAN), period)

    def _held(self, period: int, reach: int) -> dict[int, int]:
        """Return how many texts came in each period within reach."""
        query = "SELECT period, texts FROM periods WHERE period BETWEEN ? AND ?"
        return dict(self._database.connection.execute(query, (period - reach, period + reach)).fetchall())

    def _growth(self, held: Mapping[int, int], period: int) -> int:
        return growth(sum(held.get(near, 0) for near in _around(period, SPAN)), normal=self._normal)

    def growth(self, text: Text) -> int:
        """Return the factor by which the texts around a text raise the limits on marks and stories; 1 for few texts."""
        period = _period(text)
        return self._growth(self._held(period, SPAN), period)

    def large(self, texts: int) -> list[str]:
        """Return the stories with at least this number of texts."""
        query = "SELECT story FROM texts GROUP BY story HAVING count(*) >= ?"
        return [story for (story,) in self._database.connection.execute(query, (texts,)) if story]

    def _numbered(self, numbers: Iterable[int]) -> list[Text]:
        run = self._database.connection.execute
        rows = (run(f"SELECT {_COLUMNS} FROM texts WHERE number = ?", (number,)).fetchone() for number in numbers)
        return [_text(row) for row in rows if row is not None]

    def add(self, text: Text, links: Linked) -> Changed:
        """Store a text with its links; return what this changes for the search for others."""
        period = _period(text)
        connection = self._database.connection
        with self._database.transaction():
            number = self._database.insert(
                f"INSERT INTO texts ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    text.id,
                    text.outlet,
                    text.published,
                    " ".join(sorted(text.agencies)),
                    "\n".join(sorted(text.places)),
                    text.dated,
                    text.by_agency,
                    text.digest,
                    text.weight,
                    text.old_shingles.tobytes(),
                    text.words.tobytes(),
                    " ".join(text.figures),
                ),
            )
            entry = number * 2 + text.is_short
            rows = [(period, mark, entry) for mark in sorted(text.marks)]
            connection.executemany("INSERT INTO marks VALUES (?, ?, ?)", rows)
            for text_id, link in links.items():
                self.link(text.id, text_id, link)
            grown = self._hold(period)
        return Changed(
            loosened=self._marked(self._loosened(text.marks, period)),
            restored=self._marked(self._restored(grown)),
            has_grown=bool(grown),
        )

    def _hold(self, own: int) -> dict[int, int]:
        """Add one to the texts of a period; return the former limit of each period whose limit this raises."""
        held = self._held(own, 2 * SPAN)
        query = "INSERT INTO periods VALUES (?, 1) ON CONFLICT (period) DO UPDATE SET texts = periods.texts + 1"
        self._database.connection.execute(query, (own,))
        before = {period: self._growth(held, period) for period in _around(own, SPAN)}
        held[own] = held.get(own, 0) + 1
        grown = (period for period, times in before.items() if self._growth(held, period) > times)
        return {period: self._common * before[period] for period in grown}

    def _loosened(self, marks: Sequence[int], own: int) -> Iterator[int]:
        """Yield the entries of the marks that a newly added text has made boilerplate in some period."""
        if len(self._some(_around(own, 2 * SPAN), marks)) <= self._common:
            return
        for period in _around(own, SPAN):
            for mark in marks:
                if self._count(mark, period) == self._limit(period) + 1:
                    yield from self._carriers(mark, period)

    def _restored(self, grown: Mapping[int, int]) -> Iterator[int]:
        """Yield the entries of marks that are no longer boilerplate, in periods whose limit has grown."""
        query = "SELECT mark FROM marks WHERE period IN (?, ?, ?) GROUP BY mark HAVING count(*) BETWEEN ? AND ?"
        for period, limit in grown.items():
            between = (*_around(period, SPAN), limit + 1, self._limit(period))
            for (mark,) in self._database.connection.execute(query, between).fetchall():
                yield from self._carriers(mark, period)

    def _marked(self, entries: Iterable[int]) -> list[Text]:
        """Return the texts that index entries belong to, with their marks, which the table `texts` does not hold."""
        texts = self._numbered(sorted({entry >> 1 for entry in entries}))
        return [replace(text, marks=_marks(text)) for text in texts]

    def links(self, id: str) -> Linked:
        """Return, by the id of each linked text, the similarity and the threshold that it was compared with."""
        rows = self._database.connection.execute(
            "SELECT id, similarity, needed FROM links JOIN texts ON number = other WHERE one = ?", (self._number(id),)
        )
        return {other: (similarity, needed) for other, similarity, needed in rows}

    def link(self, one: str, other: str, link: LinkScore) -> None:
        """Store the link between two texts."""
        both = (self._number(one), self._number(other))
        rows = [(*both, *link), (*both[::-1], *link)]
        self._database.connection.executemany("INSERT INTO links VALUES (?, ?, ?, ?)", rows)

    def unlink(self, one: str, other: str) -> None:
        """Delete the link between two texts."""
        both = [self._number(one), self._number(other)]
        query = "DELETE FROM links WHERE one = ? AND other = ?"
        self._database.connection.executemany(query, [both, both[::-1]])

    def story(self, id: str) -> str | None:
        """Return the id of a text's story, or None if the text was not placed yet."""
        row = self._one("SELECT story FROM texts WHERE id = ?", id)
        return str(row[0]) if row and row[0] else None

    def members(self, story: str) -> list[str]:
        """Return the ids of the texts of a story."""
        rows = self._database.connection.execute("SELECT id FROM texts WHERE story = ?", (story,)).fetchall()
        return [text_id for (text_id,) in rows]

    def place(self, ids: Iterable[str], story: str) -> None:
        """Set the story of texts."""
        with self._database.transaction():
            self._database.connection.executemany(
                "UPDATE texts SET story = ? WHERE id = ?", [(story, text_id) for text_id in ids]
            )

    def remove(self, id: str) -> None:
        """Delete a text, its marks and its links."""
        if id not in self:
            return
        text = self[id]
        marks = [(_period(text), mark, id) for mark in _marks(text)]
        entry = "entry >> 1 = (SELECT number FROM texts WHERE id = ?)"
        with self._database.transaction():
            query = f"DELETE FROM marks WHERE period = ? AND mark = ? AND {entry}"
            self._database.connection.executemany(query, marks)
            self._remove_unmarked("id = ?", (id,))

    def remove_where(self, condition: str, values: Sequence[object]) -> int:
        """Delete the texts that meet a condition, with their marks and links; return their number.

        One statement a table does it: the marks are searched for in the periods of these texts alone.
        """
        gone = f"FROM texts WHERE {condition}"
        marks = f"period IN (SELECT published / {PERIOD_SECONDS} {gone}) AND entry >> 1 IN (SELECT number {gone})"
        with self._database.transaction():
            self._database.connection.execute(f"DELETE FROM marks WHERE {marks}", (*values, *values))
            return self._remove_unmarked(condition, values)

    def _remove_unmarked(self, condition: str, values: Sequence[object]) -> int:
        """Delete the texts that meet a condition, and their links, which stand in the table both ways."""
        run = self._database.connection.execute
        gone = f"one IN (SELECT number FROM texts WHERE {condition})"
        run(f"DELETE FROM links WHERE (one, other) IN (SELECT other, one FROM links WHERE {gone})", values)
        run(f"DELETE FROM links WHERE {gone}", values)
        return run(f"DELETE FROM texts WHERE {condition}", values).rowcount

    def _number(self, id: str) -> int | None:
        row = self._one("SELECT number FROM texts WHERE id = ?", id)
        return int(row[0]) if row else None

    def _one(self, query: str, id: str) -> _Row | None:
        row: _Row | None = self._database.connection.execute(query, (id,)).fetchone()
        return row


def _around(period: int, reach: int) -> range:
    """Return the periods within reach of one, itself among them."""
    return range(period - reach, period + reach + 1)


def _period(text: Text) -> int:
    assert text.published is not None, f"{text.id} has no time"
    return period_of(text.published)


def _marks(text: Text) -> "array[int]":
    return sample(array("I", set(text.shingles)))


def _text(row: _Row) -> Text:
    """Return a row as a text without its marks, which only a search needs."""
    text_id, outlet, published, agencies, places, dated, by_agency, digest, weight, shingles, words, figures = row
    return Text(
        id=text_id,
        outlet=outlet,
        published=published,
        agencies=frozenset(agencies.split()),
        places=frozenset(places.splitlines()),
        dated=dated,
        by_agency=bool(by_agency),
        digest=digest,
        weight=weight,
        marks=array("I"),
        words=array("I", words),
        figures=tuple(figures.split()),
        old_shingles=array("I", shingles),
    )
