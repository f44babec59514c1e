"""The database under the store's tables: what both kinds offer, so that each statement is written once.

Statements are in the SQL that SQLite and PostgreSQL share; flags are integers, 0 or 1. A parameter is `?` or `:name`.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol


class Rows(Protocol):
    """The result of a statement."""

    @property
    def rowcount(self) -> int:
        """Number of rows that the statement has changed."""

    def fetchone(self) -> Any:
        """Return the next row as a tuple, or None."""

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """A connection whose statements raise StoreError; text loses its NUL characters, which PostgreSQL cannot store."""

    def execute(self, sql: str, parameters: Any = (), /) -> Rows:
        """Run one statement."""

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> Any:
        """Run one statement once for each row of parameters."""


class Database(Protocol):
    """One connection to a database that holds the tables of the store."""

    @property
    def name(self) -> str:
        """What messages call the database: the path of its file, or its address without a password."""

    @property
    def connection(self) -> Connection:
        """The connection."""

    def insert(self, sql: str, parameters: Sequence[Any]) -> int:
        """Run an INSERT into a table that numbers its rows, and return the number of the new row."""

    def run_all(self, statements: Iterable[tuple[str, Sequence[Sequence[Any]]]]) -> None:
        """Run statements in their order, each once for each of its rows.

        On a server they take one round trip, with the commit if that comes next; then it raises their errors.
        """

    def transaction(self) -> AbstractContextManager[None]:
        """Return a context whose writes all commit together or not at all; contexts nest."""

    def alone(self) -> AbstractContextManager[None]:
        """Return a transaction in which no other process is in such a one: it sees all that these have committed."""

    def durably(self) -> AbstractContextManager[None]:
        """Return a transaction whose commit, and all earlier ones, survive a power cut."""

    def require(self) -> None:
        """Raise StoreError if the database was lost since it was opened; it is asked often, and costs little."""

    def faults(self) -> Iterator[str]:
        """Read the whole database, and yield what is damaged."""

    def copy_to(self, file: Path) -> None:
        """Write a copy of this moment into a new SQLite file, while other processes write."""

    def snapshot(self) -> AbstractContextManager[None]:
        """Return a context that reads one moment, while other processes write."""

    def last_number(self) -> int:
        """Return the last number that a record in the outbox has got, or 0."""

    def number_after(self, number: int) -> None:
        """Number later records in the outbox above a number, and later rows of other tables above their last."""

    def unfinished_copy_of(self) -> str | None:
        """Return the name of the database of which this one holds a part of a copy, or None."""

    def shrink(self) -> None:
        """Give the room of deleted rows back if it is worth it; a run asks for it once, at its end."""

    def compact(self) -> None:
        """Give the room of deleted rows back."""

    def close(self) -> None:
        """Close the connection."""
