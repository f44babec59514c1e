"""An SQLite file of all articles, which each export brings up to date in one transaction with its cursor."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.exports.current_articles import current_articles
from crawler.exports.decoding import lift
from crawler.exports.out_file import DATABASE_MARK, OutFileError, is_database, locked, replaced
from crawler.exports.published import PublishedPart, PublishedParts
from crawler.exports.selection import Selection
from crawler.exports.shelf_rows import rows_of_shelf
from crawler.exports.since import Since
from crawler.exports.tables import Tables, layout
from crawler.items import Publisher
from crawler.shelves import Shelf

_RECORDS = frozenset({Shelf.ARTICLES, Shelf.COPIES})
_CACHE = "PRAGMA cache_size = -65536"  # KiB
_LOGS = ("-journal", "-wal", "-shm")
"""Endings of the files that SQLite keeps beside one that is in use; a program that reads ours may have set WAL."""
_BUSY = 60.0
"""Seconds to wait for readers of the file."""


@dataclass(frozen=True, slots=True)
class _Written:
    """Up to where a file is written, and from what."""

    cursor: int
    kind: dict[str, Any]
    unnumbered: list[str]
    layout: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a database is written from."""

    published: PublishedParts
    publishers: Mapping[str, Publisher]
    """The publishers of the outlets, by slug."""
    selection: Selection
    kind: Mapping[str, Any]
    """Which articles these are, as JSON; a file of others is not brought up to date."""

    @property
    def unnumbered(self) -> list[str]:
        """The parts whose rows have no sequence numbers; no cursor says whether they are new."""
        parts = [part for part in self.published.parts if part.shelf in _RECORDS]
        return sorted(part.sha256 or part.place for part in parts if part.rows != 0 and not part.last_sequence)


def write_sqlite(contents: Contents, out: Path, *, anew: bool) -> int:
    """Bring a database up to date, and return the number of its articles; with `anew`, write all of it.

    A process that is killed leaves the file as it was. Raise OutFileError if the file holds other articles, and OSError
    if it cannot be written.
    """
    with locked(out):
        try:
            since = None if anew else _since(_read(out), contents, out)
            return _write_anew(out, contents) if since is None else _fill(out, contents, since)
        except sqlite3.Error as error:
            todo = "; --force writes it anew" if _is_of_the_file(error) else ""
            raise OSError(None, f"{error}{todo}") from error


def _is_of_the_file(error: sqlite3.Error) -> bool:
    """Return whether an error comes from what is in a file, as its tables, and not from the disk or another process."""
    name = getattr(error, "sqlite_errorname", "SQLITE_ERROR")
    return name == "SQLITE_ERROR" or not isinstance(error, sqlite3.OperationalError)


def _write_anew(out: Path, contents: Contents) -> int:
    with replaced(out) as written:
        count = write_new(written, contents)
        for log in _LOGS:  # of the file that is replaced: SQLite would apply them to this one
            out.with_name(out.name + log).unlink(missing_ok=True)
        return count


def write_new(path: Path, contents: Contents) -> int:
    """Write a database that is not in its place yet, and return the number of its articles."""
    path.unlink(missing_ok=True)  # of an export that was killed
    return _fill(path, contents, Since())


def _since(written: _Written | None, contents: Contents, out: Path) -> Since | None:
    """Return what is new since a file was written, or None if all of it is to be written."""
    if written is None:
        return None
    if changed := [name for name in contents.kind if written.kind.get(name) != contents.kind[name]]:
        todo = "name another file, or write it anew with --force"
        raise OutFileError(f"{out}: was written with another {', '.join(changed)}; {todo}")
    last = contents.published.sequence or 0
    if written.cursor > last:
        todo = "are these other exports? Name another file, or write it anew with --force"
        raise OutFileError(f"{out}: is written up to row {written.cursor}, and the last one is {last}: {todo}")
    is_known = written.layout == layout() and written.unnumbered == contents.unnumbered
    return Since(sequence=written.cursor) if written.cursor and is_known else None


def _read(out: Path) -> _Written | None:
    """Return up to where a file is written, or None if it is none of ours. An export that died is undone."""
    if not is_database(out):
        return None
    with closing(_open(out)) as database:
        try:
            names = "cursor, kind, unnumbered, layout"
            cursor, kind, unnumbered, made = database.execute(f"SELECT {names} FROM export").fetchone()
            return _Written(cursor, json.loads(kind), json.loads(unnumbered), made)
        except (TypeError, ValueError) as error:
            raise sqlite3.DatabaseError("its table export was changed") from error


def _fill(path: Path, contents: Contents, since: Since) -> int:
    with closing(_open(path)) as database:
        for pragma in (_CACHE, "PRAGMA foreign_keys = ON", "PRAGMA secure_delete = ON"):
            database.execute(pragma)
        if since.is_the_beginning:  # the file is in its place, synced, only when it is whole
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("PRAGMA synchronous = OFF")
            Tables.create(database)
            database.execute(f"PRAGMA application_id = {DATABASE_MARK}")
        with _transaction(database):
            _put(Tables(database), contents, since)
            cursor = 0 if contents.published.damaged else contents.published.sequence or 0
            values = cursor, json.dumps(contents.kind), json.dumps(contents.unnumbered), layout()
            database.execute("DELETE FROM export")
            database.execute("INSERT INTO export VALUES (?, ?, ?, ?)", values)
        return int(database.execute("SELECT count(*) FROM articles").fetchone()[0])


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path.absolute(), isolation_level=None, timeout=_BUSY)


@contextmanager
def _transaction(database: sqlite3.Connection) -> Iterator[None]:
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def _put(tables: Tables, contents: Contents, since: Since) -> None:
    """Put all that is new since a point into the tables."""
    parts, selection = contents.published.parts, contents.selection
    for part in parts:
        if part.shelf in _RECORDS:
            for record in rows_of_shelf([part], part.shelf, since, selection):
                tables.put_edition(lift(record, contents.publishers))
    for row in rows_of_shelf(parts, Shelf.WITHDRAWN, since, selection):
        tables.withdraw_editions(row)
    for record in _articles(parts, contents, since):
        if record["withdrawn_at"]:
            tables.remove(record["id"])
        else:
            tables.put(record)
    tables.finish()


def _articles(parts: Sequence[PublishedPart], contents: Contents, since: Since) -> Iterator[dict[str, Any]]:
    return current_articles(
        parts,
        _RECORDS,
        contents.publishers,
        since=since,
        selection=contents.selection,
        one_per_story=False,
        with_withdrawn=not since.is_the_beginning,
    )
