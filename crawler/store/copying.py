"""Copy the store's tables from one database into another, batch by batch, and compare both by counts and hashes."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from crawler.store.database import Database
from crawler.store.migrations import MIGRATIONS
from crawler.store.values import StoreError, without_nul

UNFINISHED = "copying"
"""The table, with the name of the source, that a database has while it holds a part of a copy: no crawl uses it."""
_BATCH = 256
"""Rows that are copied in one transaction."""


@dataclass(frozen=True, slots=True)
class _Table:
    """A table, its columns, and those of them that make its key."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    def rows(self, database: Database, after: Sequence[Any] | None) -> list[tuple[Any, ...]]:
        """Return the next batch of rows in the order of their keys."""
        key = ", ".join(self.key)
        where = f"WHERE ({key}) > ({', '.join('?' * len(self.key))})" if after else ""
        query = f"SELECT {', '.join(self.columns)} FROM {self.name} {where} ORDER BY {key} LIMIT {_BATCH}"
        return [tuple(without_nul(row)) for row in database.connection.execute(query, after or ())]

    def batches(self, database: Database, after: Sequence[Any] | None = None) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the rows after a key, in the order of their keys."""
        while rows := self.rows(database, after):
            yield rows
            after = self.key_of(rows[-1])

    def key_of(self, row: Sequence[Any]) -> tuple[Any, ...]:
        """Return the key of a row."""
        return tuple(row[self.columns.index(name)] for name in self.key)

    def last_key(self, database: Database) -> tuple[Any, ...] | None:
        """Return the last key that a database has, or None if the table is empty."""
        order = ", ".join(f"{name} DESC" for name in self.key)
        query = f"SELECT {', '.join(self.key)} FROM {self.name} ORDER BY {order} LIMIT 1"
        found: tuple[Any, ...] | None = database.connection.execute(query).fetchone()
        return found

    def digest(self, database: Database) -> tuple[int, bytes]:
        """Return the number of rows and the hash of all."""
        count, found = 0, blake2b(digest_size=16)
        for rows in self.batches(database):
            count += len(rows)
            for row in rows:
                found.update(repr(row).encode("utf-8", "surrogatepass"))
        return count, found.digest()


def copy_tables(source: Database, target: Database) -> Iterator[str]:
    """Copy all tables into an empty database, or go on with a copy that was interrupted; yield a line for each table.

    Rows are written in the order of their keys, a batch a transaction, so the last key of the target says how far an
    interrupted copy came. Raise StoreError if the target holds anything else, or if it differs in the end, as when
    records were delivered from the source meanwhile, which the target would deliver again.
    """
    tables = {table.name: table for table in _tables()}
    _begin(source, target, tables.values())
    with source.snapshot():
        for table in tables.values():
            yield f"{table.name}: {_copy(table, source, target)} rows"
        number = source.last_number()
    if tables["outbox"].digest(source) != tables["outbox"].digest(target):
        raise StoreError(f"{source.name}: records were delivered from it meanwhile: stop that, and copy again")
    with target.durably():
        target.number_after(number)
        target.connection.execute(f"DROP TABLE {UNFINISHED}")


def refuse_unfinished(database: Database, *, is_copied: bool) -> None:
    """Raise StoreError for a database that holds a part of a copy, unless a copy is what it is opened for."""
    begun = None if is_copied else database.unfinished_copy_of()
    if begun is not None:
        todo = "run that `scrapy store copy` again, or set STORE to another place"
        raise StoreError(f"{database.name}: holds a part of a copy of {begun}: {todo}")


def _begin(source: Database, target: Database, tables: Iterable[_Table]) -> None:
    """Mark the target as an unfinished copy; raise StoreError if it holds anything else."""
    begun = target.unfinished_copy_of()
    if begun is not None and begun != source.name:
        todo = f"go on with that, or name an empty database for {source.name}"
        raise StoreError(f"{target.name}: holds a part of a copy of {begun}: {todo}")
    if begun is not None:
        return
    full = [table.name for table in tables if table.last_key(target) is not None]
    if full:
        raise StoreError(f"{target.name}: is not empty ({', '.join(full)}); name an empty database, or a new file")
    with target.transaction():
        target.connection.execute(f"CREATE TABLE {UNFINISHED} (source TEXT NOT NULL)")
        target.connection.execute(f"INSERT INTO {UNFINISHED} VALUES (?)", (source.name,))


def _copy(table: _Table, source: Database, target: Database) -> int:
    """Copy what a table lacks; if the rows differ then, as the source has changed since, copy all of it once more."""
    wanted = table.digest(source)
    for _ in range(2):
        for rows in table.batches(source, table.last_key(target)):
            _insert(table, target, rows)
        found = table.digest(target)
        if found == wanted:
            return wanted[0]
        with target.transaction():
            target.connection.execute(f"DELETE FROM {table.name}")
    fault = f"{found[0]} rows of {wanted[0]}" if found[0] != wanted[0] else "other rows than the source"
    raise StoreError(f"{target.name}: {table.name} has {fault}: see that nothing else writes into it, and copy again")


def _insert(table: _Table, target: Database, rows: Sequence[Sequence[Any]]) -> None:
    names, places = ", ".join(table.columns), ", ".join("?" * len(table.columns))
    with target.transaction():
        target.connection.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({places})", rows)


def _tables() -> list[_Table]:
    """Return the tables of this version, as the migrations make them."""
    with closing(sqlite3.connect(":memory:")) as made:
        for step in MIGRATIONS:
            made.executescript(step)
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
        return [_table(made, name) for (name,) in made.execute(query).fetchall()]


def _table(made: sqlite3.Connection, name: str) -> _Table:
    columns = [(column[5], column[1]) for column in made.execute(f"PRAGMA table_info({name})")]
    key = tuple(column for place, column in sorted(columns) if place)
    names = tuple(column for _, column in columns)
    return _Table(name, names, key) if key else _Table(name, ("rowid", *names), ("rowid",))
