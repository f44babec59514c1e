"""The index of stories in SQLite: little memory, whatever the number of texts, and it outlives its process."""

from array import array
from collections.abc import Iterable, Sequence

from crawler.store.database import Database
from crawler.stories.index import COMMON, Linked, enough
from crawler.stories.text import Text, sample

_COLUMNS = "id, outlet, published, agencies, places, by_agency, digest, weight, shingles"
_Row = tuple[str, str | None, int | None, str, str, int, bytes, int, bytes]


class SqliteIndex:
    """An index of the texts of a window, in the store's file."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def __contains__(self, id: str) -> bool:
        return self._number(id) is not None

    def __getitem__(self, id: str) -> Text:
        row = self._one(f"SELECT {_COLUMNS} FROM texts WHERE id = ?", id)
        if row is None:
            raise KeyError(id)
        return _text(row)

    def found(self, text: Text) -> list[Text]:
        """Return the texts that share enough marks with one to be compared with it."""
        shared: dict[int, int] = {}
        for entry in self._entries(text.marks):
            shared[entry] = shared.get(entry, 0) + 1
        numbers = enough(shared, text.is_short)
        if not numbers:
            return []
        run = self._database.connection.execute
        rows = (run(f"SELECT {_COLUMNS} FROM texts WHERE number = ?", (number,)).fetchone() for number in numbers)
        return [_text(row) for row in rows if row is not None]

    def _entries(self, marks: Sequence[int]) -> list[int]:
        run = self._database.connection.execute
        places = ",".join("?" * len(marks))
        rows = run(f"SELECT entry FROM marks WHERE mark IN ({places}) LIMIT ?", (*marks, COMMON + 1)).fetchall()
        if len(rows) <= COMMON:
            return [entry for (entry,) in rows]
        each = (run("SELECT entry FROM marks WHERE mark = ? LIMIT ?", (mark, COMMON + 1)).fetchall() for mark in marks)
        return [entry for found in each if len(found) <= COMMON for (entry,) in found]

    def add(self, text: Text, links: Linked) -> None:
        """Remember a text, and what it shares with others."""
        connection = self._database.connection
        with self._database.transaction():
            row = connection.execute(
                f"INSERT INTO texts ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    text.id,
                    text.outlet,
                    text.published,
                    " ".join(sorted(text.agencies)),
                    "\n".join(sorted(text.places)),
                    text.by_agency,
                    text.digest,
                    text.weight,
                    text.shingles.tobytes(),
                ),
            )
            number = int(row.lastrowid or 0)
            entry = number * 2 + text.is_short
            connection.executemany("INSERT INTO marks VALUES (?, ?)", [(mark, entry) for mark in sorted(text.marks)])
            for id, (similarity, needed) in links.items():
                other = self._number(id)
                both = [(number, other, similarity, needed), (other, number, similarity, needed)]
                connection.executemany("INSERT INTO links VALUES (?, ?, ?, ?)", both)

    def links(self, id: str) -> Linked:
        """Return what a text shares with others."""
        rows = self._database.connection.execute(
            "SELECT id, similarity, needed FROM links JOIN texts ON number = other WHERE one = ?", (self._number(id),)
        )
        return {other: (similarity, needed) for other, similarity, needed in rows}

    def story(self, id: str) -> str | None:
        """Return the story that a text tells, as far as it was placed."""
        row = self._one("SELECT story FROM texts WHERE id = ?", id)
        return str(row[0]) if row and row[0] else None

    def place(self, ids: Iterable[str], story: str) -> None:
        """Note the story that texts tell."""
        with self._database.transaction():
            self._database.connection.executemany(
                "UPDATE texts SET story = ? WHERE id = ?", [(story, id) for id in ids]
            )

    def remove(self, id: str) -> None:
        """Forget a text, its marks and its links."""
        number = self._number(id)
        if number is None:
            return
        run = self._database.connection
        marks = sample(self[id].shingles)
        entries = [(mark, entry) for mark in marks for entry in (number * 2, number * 2 + 1)]
        with self._database.transaction():
            run.executemany("DELETE FROM marks WHERE mark = ? AND entry = ?", entries)
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


def _text(row: _Row) -> Text:
    """Return a text without its marks: what was found is not looked for again."""
    id, outlet, published, agencies, places, by_agency, digest, weight, shingles = row
    return Text(
        id=id,
        outlet=outlet,
        published=published,
        agencies=frozenset(agencies.split()),
        places=frozenset(places.splitlines()),
        by_agency=bool(by_agency),
        digest=digest,
        shingles=array("I", shingles),
        weight=weight,
        marks=(),
    )
