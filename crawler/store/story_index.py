"""The index of stories in SQLite: it needs little RAM for any number of texts, and lasts from run to run."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import replace

from crawler.store.database import Database
from crawler.stories.index import COMMON, Linked, enough, period_of
from crawler.stories.text import Text, sample

_COLUMNS = "id, outlet, published, agencies, places, dated, by_agency, digest, weight, shingles, words, figures"
_Row = tuple[str, str | None, int | None, str, str, str | None, int, bytes, int, bytes, bytes, str]


class SqliteIndex:
    """The tables `texts`, `marks` and `links`; each text must have a time of publication.

    A mark that more than `common` texts of one period (a week) have is boilerplate, and is ignored there.
    """

    def __init__(self, database: Database, *, common: int = COMMON) -> None:
        self._database = database
        self._common = common

    def __contains__(self, id: str) -> bool:
        return self._number(id) is not None

    def __getitem__(self, id: str) -> Text:
        row = self._one(f"SELECT {_COLUMNS} FROM texts WHERE id = ?", id)
        if row is None:
            raise KeyError(id)
        return _text(row)

    def found(self, text: Text, reach: int) -> list[Text]:
        """Return the texts within `reach` periods of a text that share enough marks with it to be compared."""
        shared: dict[int, int] = {}
        for entry in self._entries(_period(text), text.marks, reach):
            shared[entry] = shared.get(entry, 0) + 1
        return self._numbered(enough(shared, text.is_short))

    def _entries(self, own: int, marks: Sequence[int], reach: int) -> list[int]:
        periods = range(own - reach, own + reach + 1)
        rows = self._some(periods, marks)
        if len(rows) <= self._common:
            return rows
        rare = [mark for mark in marks if len(self._some([own], [mark])) <= self._common]
        each = (self._some([period], [mark]) for period in periods for mark in rare)
        return [entry for entries in each if len(entries) <= self._common for entry in entries]

    def _some(self, periods: Sequence[int], marks: Sequence[int]) -> list[int]:
        """Return the entries of marks in some periods, at most one more than the number above which they are too many.

        An entry is the number of a text, times two, plus one for a short text.
        """
        where = f"period IN ({','.join('?' * len(periods))}) AND mark IN ({','.join('?' * len(marks))})"
        query = f"SELECT entry FROM marks WHERE {where} LIMIT ?"
        rows = self._database.connection.execute(query, (*periods, *marks, self._common + 1))
        return [entry for (entry,) in rows.fetchall()]

    def _numbered(self, numbers: Iterable[int]) -> list[Text]:
        run = self._database.connection.execute
        rows = (run(f"SELECT {_COLUMNS} FROM texts WHERE number = ?", (number,)).fetchone() for number in numbers)
        return [_text(row) for row in rows if row is not None]

    def add(self, text: Text, links: Linked) -> list[Text]:
        """Store a text and its links to others; return the texts with marks that this text has made boilerplate."""
        period = _period(text)
        connection = self._database.connection
        with self._database.transaction():
            row = connection.execute(
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
                    text.shingles.tobytes(),
                    text.words.tobytes(),
                    " ".join(text.figures),
                ),
            )
            number = int(row.lastrowid or 0)
            entry = number * 2 + text.is_short
            rows = [(period, mark, entry) for mark in sorted(text.marks)]
            connection.executemany("INSERT INTO marks VALUES (?, ?, ?)", rows)
            for text_id, (similarity, needed) in links.items():
                other = self._number(text_id)
                both = [(number, other, similarity, needed), (other, number, similarity, needed)]
                connection.executemany("INSERT INTO links VALUES (?, ?, ?, ?)", both)
        return self._spoilt(period, text.marks)

    def _spoilt(self, period: int, marks: Sequence[int]) -> list[Text]:
        """Return the texts, with their marks, of the marks that have just become boilerplate."""
        if len(self._some([period], marks)) <= self._common:
            return []
        query = "SELECT entry >> 1 FROM marks WHERE period = ? AND mark = ? LIMIT ?"
        run, most = self._database.connection.execute, self._common + 2
        each = (run(query, (period, mark, most)).fetchall() for mark in marks)
        spoilt = {number for carriers in each if len(carriers) == self._common + 1 for (number,) in carriers}
        return [replace(text, marks=sample(text.shingles)) for text in self._numbered(sorted(spoilt))]

    def links(self, id: str) -> Linked:
        """Return, by the id of each linked text, the similarity and the threshold that it was compared with."""
        rows = self._database.connection.execute(
            "SELECT id, similarity, needed FROM links JOIN texts ON number = other WHERE one = ?", (self._number(id),)
        )
        return {other: (similarity, needed) for other, similarity, needed in rows}

    def unlink(self, one: str, other: str) -> None:
        """Delete the link between two texts."""
        both = [self._number(one), self._number(other)]
        query = "DELETE FROM links WHERE one = ? AND other = ?"
        self._database.connection.executemany(query, [both, both[::-1]])

    def story(self, id: str) -> str | None:
        """Return the id of a text's story, or None if the text was not placed yet."""
        row = self._one("SELECT story FROM texts WHERE id = ?", id)
        return str(row[0]) if row and row[0] else None

    def place(self, ids: Iterable[str], story: str) -> None:
        """Set the story of texts."""
        with self._database.transaction():
            self._database.connection.executemany(
                "UPDATE texts SET story = ? WHERE id = ?", [(story, text_id) for text_id in ids]
            )

    def remove(self, id: str) -> None:
        """Delete a text, its marks and its links."""
        number = self._number(id)
        if number is None:
            return
        run = self._database.connection
        text = self[id]
        entries = [(_period(text), mark, number * 2, number * 2 + 1) for mark in sample(text.shingles)]
        with self._database.transaction():
            run.executemany("DELETE FROM marks WHERE period = ? AND mark = ? AND entry IN (?, ?)", entries)
            others = run.execute("SELECT other FROM links WHERE one = ?", (number,)).fetchall()
            run.executemany("DELETE FROM links WHERE one = ? AND other = ?", [(other, number) for (other,) in others])
            run.execute("DELETE FROM links WHERE one = ?", (number,))
            run.execute("DELETE FROM texts WHERE number = ?", (number,))

    def _number(self, id: str) -> int | None:
        row = self._one("SELECT number FROM texts WHERE id = ?", id)
        return int(row[0]) if row else None

    def _one(self, query: str, id: str) -> _Row | None:
        row: _Row | None = self._database.connection.execute(query, (id,)).fetchone()
        return row


def _period(text: Text) -> int:
    assert text.published is not None, f"{text.id} has no time"
    return period_of(text.published)


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
        shingles=array("I", shingles),
        weight=weight,
        marks=(),
        words=array("I", words),
        figures=tuple(figures.split()),
    )
