"""Databases that `scrapy export` writes, and what is in their tables."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.exports.published_runs import edition, move, publish, run_export, withdrawal, write_catalog

NUMBERS = ("number",)
"""Columns that count the order of writing."""
TABLES = ("articles", "stories", "credits", "places", "media", "revisions")
BOTH = ("--part", "articles", "--part", "copies")
"""The options of `scrapy export` for the rows that a database holds."""


def publish_six(root: Path) -> None:
    """Publish six articles."""
    publish(root, 1, articles=[edition(f"a{number}", sequence=number, text=f"पुल {number}") for number in range(1, 7)])
    write_catalog(root)


def publish_news(root: Path) -> None:
    """Publish an edit of one of them, a new article, a withdrawal and a move."""
    publish(root, 2, articles=[edition("a2", 2, sequence=7, text="नया पुल"), edition("a8", sequence=8)])
    publish(root, 3, withdrawn=[withdrawal("a3", sequence=9)], story_moves=[move("a4", "s-a4", "s-a1", sequence=10)])
    write_catalog(root)


def database(root: Path, out: Path, *args: str) -> int:
    """Bring a database of all runs below a root up to date, and return the exit code."""
    return run_export(*args, "-s", f"EXPORTS={root}", "--to", "sqlite", out)


def ask(out: Path, query: str, *values: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a query."""
    with closing(sqlite3.connect(out)) as connection:
        return connection.execute(query, values).fetchall()


def contents(out: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of all tables, without the numbers that depend on the order of writing, and the words found."""
    rows = {}
    with closing(sqlite3.connect(out)) as connection:
        for table in TABLES:
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in NUMBERS]
            rows[table] = sorted(connection.execute(f"SELECT {', '.join(names)} FROM {table}").fetchall(), key=repr)
        connection.execute("CREATE VIRTUAL TABLE temp.found USING fts5vocab(main, search, instance)")
        words = "SELECT term, id, col, offset FROM found JOIN articles ON articles.number = found.doc"
        rows["search"] = sorted(connection.execute(words).fetchall())
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return rows
