"""The tables of a database of articles: put articles and editions into them, and take articles out."""

import sqlite3
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from importlib import resources
from json import dumps
from typing import Any

from crawler.exports.table_rows import article_row, edition_row, rows_beside
from crawler.text.search_key import search_key, search_tables

_INDEX = "INSERT INTO search (rowid, headline, text) VALUES (?, ?, ?)"
_TAKE_FROM_INDEX = "INSERT INTO search (search, rowid, headline, text) VALUES ('delete', ?, ?, ?)"
_KNOWN = "SELECT number, headline, text, revision, story_id FROM articles WHERE id = ?"
_WITHDRAW_EDITIONS = "DELETE FROM revisions WHERE article = ? AND (coalesce(sequence, 0), revision) <= (?, ?)"
_KEEP_TEXT = "UPDATE revisions SET text = ? WHERE article = ? AND revision = ?"
_LEAVE_EDITIONS = "DELETE FROM revisions WHERE article NOT IN (SELECT id FROM articles)"
_CHANGED = "CREATE TEMPORARY TABLE changed (story TEXT PRIMARY KEY) WITHOUT ROWID"
_NOTE_CHANGED = "INSERT OR IGNORE INTO changed VALUES (?)"
_STORIES = """
WITH told AS (
    SELECT
        articles.*,
        coalesce(published_at, published_on, first_seen_at) AS moment,
        row_number() OVER (
            PARTITION BY story_id
            ORDER BY (
                SELECT coalesce(max(revisions.story_relation = 'original'), 0) FROM revisions
                WHERE revisions.article = articles.id
            ) DESC, (SELECT min(revisions.number) FROM revisions WHERE revisions.article = articles.id)
        ) AS place
    FROM articles WHERE story_id IN (SELECT story FROM changed)
)
INSERT INTO stories
SELECT
    story_id, max(CASE place WHEN 1 THEN id END), max(CASE place WHEN 1 THEN headline END),
    count(*), count(DISTINCT outlet), min(moment), max(moment)
FROM told GROUP BY story_id
"""


TABLES, VIEWS = (resources.files("crawler.exports").joinpath(name) for name in ("tables.sql", "views.sql"))
"""The files that create the tables, and the views upon them."""


@lru_cache(maxsize=1)
def layout() -> str:
    """Return a hash of the tables and of the key of their index; a database of another one is written anew."""
    return sha256((_schema() + dumps(search_tables())).encode()).hexdigest()


def _schema() -> str:
    return TABLES.read_text(encoding="utf-8") + VIEWS.read_text(encoding="utf-8")


class Tables:
    """The tables of a database, within the caller's transaction."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        database.execute(_CHANGED)
        self._withdrawn = 0

    @classmethod
    def create(cls, database: sqlite3.Connection) -> None:
        """Create the tables and views in an empty database."""
        database.executescript(_schema())

    def put_edition(self, record: dict[str, Any]) -> None:
        """Add an edition of an article, or replace the one of its number; call it in the order of publication."""
        row = edition_row(record)
        changed = ", ".join(f"{name} = excluded.{name}" for name in row)
        self._insert("revisions", row, f"ON CONFLICT (article, revision) DO UPDATE SET {changed}")

    def withdraw_editions(self, row: Mapping[str, Any]) -> None:
        """Take out the editions of an article that a row of `withdrawn.jsonl` withdraws."""
        self._database.execute(_WITHDRAW_EDITIONS, (row["id"], row.get("sequence") or 0, row["revision"]))

    def put(self, record: dict[str, Any]) -> None:
        """Add an article as it is now, or replace it."""
        row = article_row(record)
        row["number"] = self._take_out(record["id"]) or self._next()
        self._insert("articles", row)
        for table, rows in rows_beside(record).items():
            for each in rows:
                self._insert(table, each)
        self._database.execute(_INDEX, (row["number"], *_keys(row["headline"], row["text"])))
        self._database.execute(_KEEP_TEXT, (None, row["id"], row["revision"]))
        self._database.execute(_NOTE_CHANGED, (row["story_id"] or "",))

    def remove(self, article: str) -> None:
        """Take out an article that was withdrawn."""
        self._withdrawn += self._take_out(article) is not None

    def finish(self) -> None:
        """Bring up to date what follows from the articles; call it last."""
        self._database.execute(_LEAVE_EDITIONS)
        self._database.execute("DELETE FROM stories WHERE id IN (SELECT story FROM changed)")
        self._database.execute(_STORIES)
        self._database.execute("DROP TABLE changed")
        if self._withdrawn:  # else the words of a withdrawn text stay in the file until the index is merged by itself
            self._database.execute("INSERT INTO search (search) VALUES ('optimize')")

    def _take_out(self, article: str) -> int | None:
        """Take an article out, and return its number if it is there; its edition in `revisions` gets its text."""
        known = self._database.execute(_KNOWN, (article,)).fetchone()
        if known is None:
            return None
        number, headline, text, revision, story = known
        self._database.execute(_TAKE_FROM_INDEX, (number, *_keys(headline, text)))
        self._database.execute(_KEEP_TEXT, (text, article, revision))
        self._database.execute("DELETE FROM articles WHERE id = ?", (article,))
        self._database.execute(_NOTE_CHANGED, (story or "",))
        return int(number)

    def _next(self) -> int:
        (number,) = self._database.execute("SELECT coalesce(max(number), 0) + 1 FROM articles").fetchone()
        return int(number)

    def _insert(self, table: str, row: Mapping[str, Any], conflict: str = "") -> None:
        values = ", ".join(f":{name}" for name in row)
        self._database.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values}) {conflict}", row)


def _keys(headline: str, text: str | None) -> tuple[str, str]:
    return search_key(headline), search_key(text or "")
