"""The store's database on a server: transactions nest, and one at a time is alone."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

from crawler.store.copying import copy_tables
from crawler.store.postgres.session import Session
from crawler.store.sqlite_file import SqliteDatabase
from crawler.store.values import StoreError

_OWN = "FROM pg_class AS own JOIN pg_namespace AS n ON n.oid = own.relnamespace AND n.nspname = current_schema()"


class ServerDatabase:
    """The tables of a store in one schema of a database, behind one session."""

    def __init__(self, session: Session, schema: str) -> None:
        self.connection = session
        self._alone = f"SELECT pg_advisory_xact_lock({lock_key(f'{schema}: alone')})"
        self._depth = 0
        self._is_alone = False

    @property
    def name(self) -> str:
        """Address of the database."""
        return self.connection.name

    def insert(self, sql: str, parameters: Sequence[Any]) -> int:
        """Run an INSERT into a table that numbers its rows, and return the number of the new row."""
        return int(self.connection.one(f"{sql} RETURNING number", parameters)[0])

    def run_all(self, statements: Iterable[tuple[str, Sequence[Sequence[Any]]]]) -> None:
        """Run statements in their order, each once for each of its rows, in one round trip, the commit's if it follows.

        In a transaction they wait for its next statement, which may raise their errors.
        """
        self.connection.later(statements)
        if not self._depth:
            self.connection.flush()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit all writes of the outermost context together, or none of them."""
        with self._begun(""):
            yield

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Return a transaction in which no other session is in such a one: it sees all that these have committed."""
        with self._begun("" if self._is_alone else self._alone):
            self._is_alone = True
            yield

    @contextmanager
    def durably(self) -> Iterator[None]:
        """Return a transaction whose commit, and all earlier ones, survive a power cut."""
        with self._begun("SET LOCAL synchronous_commit = on"):
            yield

    @contextmanager
    def _begun(self, first: str) -> Iterator[None]:
        """Begin a transaction, unless there is one, with a first statement, in the same round trip."""
        if self._depth:
            if first:
                self.connection.run(first)
            yield
            return
        self._depth = 1
        try:
            self.connection.run(f"BEGIN; {first}")
            yield
            self.connection.run("COMMIT")
        except BaseException:
            self.connection.drop()
            with suppress(StoreError):
                self.connection.run("ROLLBACK")
            raise
        finally:
            self._depth, self._is_alone = 0, False

    def require(self) -> None:
        """Raise StoreError if the session has ended."""
        self.connection.require()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Return a context that reads one moment, while other processes write."""
        self.connection.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield
        finally:
            self.connection.run("ROLLBACK")

    def last_number(self) -> int:
        """Return the last number that a record in the outbox has got, or 0."""
        query = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM outbox_number_seq"
        return int(self.connection.one(query)[0])

    def number_after(self, number: int) -> None:
        """Number later records in the outbox above a number, and later rows of other tables above their last."""
        self.connection.execute("SELECT setval('outbox_number_seq', ?, ? = 1)", (max(number, 1), number > 0))
        for table, column in (("texts", "number"), ("moves", "rowid")):
            last = f"SELECT coalesce(max({column}), 0) + 1 FROM {table}"
            self.connection.execute(f"SELECT setval('{table}_{column}_seq', ({last}), false)")

    def unfinished_copy_of(self) -> str | None:
        """Return the name of the database of which this one holds a part of a copy, or None."""
        if self.connection.one("SELECT to_regclass('copying')")[0] is None:
            return None
        return str(self.connection.one("SELECT source FROM copying")[0])

    def faults(self) -> Iterator[str]:
        """Read all rows, and yield the tables that cannot be read, and the indexes that are not valid."""
        for (table,) in self.connection.execute(f"SELECT own.relname {_OWN} WHERE relkind = 'r' ORDER BY 1").fetchall():
            try:
                self.connection.execute(f'SELECT sum(octet_length("{table}"::text)) FROM "{table}"')
            except StoreError as error:
                yield f"{table}: {error.__cause__}"
        indexes = f"SELECT own.relname {_OWN} JOIN pg_index ON indexrelid = own.oid WHERE NOT indisvalid ORDER BY 1"
        yield from (f"the index {name} is not valid" for (name,) in self.connection.execute(indexes))

    def copy_to(self, file: Path) -> None:
        """Write a copy of this moment into a new SQLite file, while other processes write."""
        with closing(SqliteDatabase(file)) as copy:
            for _ in copy_tables(self, copy):
                pass

    def compact(self) -> None:
        """Give the room of deleted rows to new ones, and let the server count what is left."""
        self.connection.run("VACUUM (ANALYZE) addresses, articles, links, marks, outbox, stories, texts, yields")

    def shrink(self) -> None:
        """Do nothing: the server's autovacuum gives the room of deleted rows to new ones."""

    def close(self) -> None:
        """End the session."""
        self.connection.close()


def lock_key(name: str) -> int:
    """Return the number of an advisory lock, by its name."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)
