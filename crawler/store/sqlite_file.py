"""Open the store's SQLite file: check it, migrate it, switch it to WAL; transactions nest, errors are StoreErrors."""

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from textwrap import shorten
from typing import Any

from crawler.store.copying import refuse_unfinished
from crawler.store.migrations import APPLICATION, MIGRATIONS
from crawler.store.values import StoreError, without_nul
from crawler.store.write_ahead_log import WriteAheadLog

_BUSY_MS = 60_000
"""How long a statement is tried again while another process holds what it needs, in milliseconds."""
_BUSY = ("SQLITE_BUSY", "SQLITE_BUSY_RECOVERY", "SQLITE_BUSY_TIMEOUT")
"""The errors that pass; what a transaction has read stays old, so SQLITE_BUSY_SNAPSHOT does not."""
_PAUSE, _LONGEST_PAUSE = 0.000_2, 0.005
"""Seconds between two such tries, at first and at most; the transaction of an article takes 0.001."""
_CACHE_KIB = 2_048
_LEAST_FREE = 256
"""Free pages of 4 KiB from which on the file is shrunk, if they are half of it; fewer are soon used again."""


def _raises_store_error(method: Callable[..., Any]) -> Any:
    def call(self: Any, *given: Any) -> Any:
        try:
            return method(self, *given)
        except sqlite3.Error as error:
            raise self.connection.store_error(error) from error

    return call


class _Cursor(sqlite3.Cursor):
    """A cursor that raises StoreError: a damaged file may show only when a row is fetched."""

    fetchone = _raises_store_error(sqlite3.Cursor.fetchone)
    fetchall = _raises_store_error(sqlite3.Cursor.fetchall)
    __next__ = _raises_store_error(sqlite3.Cursor.__next__)


class FileConnection(sqlite3.Connection):
    """A connection whose statements wait for other processes, and raise StoreError, with the path of the file.

    SQLite itself would sleep for longer than another worker's transaction takes: its own timeout is off.
    """

    path: Path | None = None

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Run one statement."""
        values, pauses, is_within = without_nul(parameters), _pauses(), self.in_transaction
        while True:
            try:
                return self.cursor(_Cursor).execute(sql, values)
            except sqlite3.Error as error:
                may_wait = getattr(error, "sqlite_errorname", "") in _BUSY and self.in_transaction == is_within
                pause = next(pauses, None) if may_wait else None
                if pause is None:
                    raise self.store_error(error) from error
            time.sleep(pause)

    def executemany(self, sql: str, parameters: Any, /) -> sqlite3.Cursor:
        """Run one statement once for each row of parameters; call it within a transaction, which need not wait."""
        try:
            return self.cursor(_Cursor).executemany(sql, map(without_nul, parameters))
        except sqlite3.Error as error:
            raise self.store_error(error) from error

    def store_error(self, error: sqlite3.Error) -> StoreError:
        """Return an SQLite error as a StoreError that names the file and says what to do."""
        message, code = shorten(str(error), 200), getattr(error, "sqlite_errorname", "")
        if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            todo = "another process holds it for over a minute: end that process, or set STORE to another path"
        elif code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
            todo = "cannot be written: give this user the right to write the file and its folder"
        elif code.startswith("SQLITE_FULL"):
            todo = "the disk is full: make room, then run again; nothing committed is lost"
        else:
            todo = "is damaged or not a store: run `scrapy store check`, restore it from a copy, or move it away"
        return StoreError(f"{self.path or 'the temporary store'}: {todo} ({message})")


class SqliteDatabase:
    """One connection to the store's file; `path` is None for a temporary store that ends with its run.

    The constructor raises StoreError if the file cannot be opened or written, if another program or a newer Videsh made
    it, or, with `must_exist`, if there is none. Only who copies into it, with `is_copied`, may open one that holds a
    part of a copy.
    """

    def __init__(self, path: Path | None, *, must_exist: bool = False, is_copied: bool = False) -> None:
        self.path = path
        self._depth = 0
        if path is not None:
            _prepare(path, must_exist)
        try:
            self.connection = sqlite3.connect(
                str(path) if path else "",
                isolation_level=None,
                timeout=0,
                check_same_thread=path
                is not None,  # `scrapy shell` makes its crawl in one thread, and runs it in another
                factory=FileConnection,
            )
        except sqlite3.Error as error:
            raise StoreError(f"{path}: cannot be opened: give this user the right to its folder ({error})") from error
        self.connection.path = path
        self._log = WriteAheadLog(self.connection) if path else None
        try:
            self._set_up()
            if not must_exist:
                self._write_once()
            refuse_unfinished(self, is_copied=is_copied)
        except BaseException:
            self.connection.close()
            raise

    def _set_up(self) -> None:
        run = self.connection.execute
        self._check_identity()
        if self._log:
            self._log.switch_on()
        run("PRAGMA synchronous = NORMAL")
        run(f"PRAGMA cache_size = -{_CACHE_KIB}")
        run("PRAGMA secure_delete = OFF")  # on in some builds of SQLite: it writes over each page that is freed
        self._migrate()

    def _check_identity(self) -> None:
        # One transaction: another process may create the file at the same time.
        self.connection.execute("BEGIN")
        tables = self.connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        application = self.connection.execute("PRAGMA application_id").fetchone()[0]
        version = self.connection.execute("PRAGMA user_version").fetchone()[0]
        self.connection.execute("COMMIT")
        if tables and application != APPLICATION:
            raise StoreError(f"{self.path}: is an SQLite file of another program; set STORE to another path")
        if version > len(MIGRATIONS):
            raise StoreError(
                f"{self.path}: written by a newer Videsh (store version {version}, this one knows {len(MIGRATIONS)}); "
                "upgrade Videsh, or set STORE to another path"
            )

    def _migrate(self) -> None:
        if self._version() == len(MIGRATIONS):
            return
        with self.transaction():
            for step in MIGRATIONS[self._version() :]:
                for statement in step.split(";\n"):
                    self.connection.execute(statement)
            self.connection.execute(f"PRAGMA application_id = {APPLICATION}")
            self.connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")

    def _write_once(self) -> None:
        """Write the current version number again, so that a read-only file is refused before the crawl starts."""
        self.connection.execute(f"PRAGMA user_version = {self._version()}")

    def _version(self) -> int:
        return int(self.connection.execute("PRAGMA user_version").fetchone()[0])

    @property
    def name(self) -> str:
        """Path of the file."""
        return str(self.path or "the temporary store")

    def insert(self, sql: str, parameters: Sequence[Any]) -> int:
        """Run an INSERT into a table that numbers its rows, and return the number of the new row."""
        return int(self.connection.execute(sql, parameters).lastrowid or 0)

    def run_all(self, statements: Iterable[tuple[str, Sequence[Sequence[Any]]]]) -> None:
        """Run statements in their order, each once for each of its rows."""
        for sql, rows in statements:
            self.connection.executemany(sql, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit all writes of the outermost context together, or none of them."""
        if self._depth:
            yield
            return
        self.connection.execute("BEGIN IMMEDIATE")
        self._depth = 1
        try:
            yield
            self.connection.execute("COMMIT")
        except BaseException:
            self.connection.rollback()
            raise
        finally:
            self._depth = 0
        if self._log:
            self._log.count_transaction()

    @contextmanager
    def durably(self) -> Iterator[None]:
        """Like `transaction`, but with a sync to disk: a power cut undoes neither this nor any earlier commit."""
        self.connection.execute("PRAGMA synchronous = FULL")
        try:
            with self.transaction():
                yield
        finally:
            self.connection.execute("PRAGMA synchronous = NORMAL")

    def alone(self) -> AbstractContextManager[None]:
        """Return a transaction: a file has one writer at a time."""
        return self.transaction()

    def require(self) -> None:
        """Raise StoreError if the file is no longer there: what is written now would be lost with it."""
        if self.path is not None and not self.path.exists():
            raise StoreError(f"{self.path}: was removed or renamed while it was in use; put it back, and run again")

    def faults(self) -> Iterator[str]:
        """Read the whole file, and yield what is damaged."""
        try:
            found = [text for (text,) in self.connection.execute("PRAGMA integrity_check(10)")]
        except StoreError as error:
            found = [str(error.__cause__)]
        yield from (each for each in found if each != "ok")

    def copy_to(self, file: Path) -> None:
        """Write a copy of this moment into a new file, while other processes write."""
        with closing(sqlite3.connect(file, isolation_level=None)) as copy:
            self.connection.backup(copy)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Return a context that reads one moment, while other processes write."""
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            self.connection.rollback()

    def last_number(self) -> int:
        """Return the last number that a record in the outbox has got, or 0."""
        row = self.connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'").fetchone()
        return int(row[0]) if row else 0

    def number_after(self, number: int) -> None:
        """Number later records in the outbox above a number; other tables do so by themselves."""
        run = self.connection.execute
        if not run("UPDATE sqlite_sequence SET seq = ? WHERE name = 'outbox'", (number,)).rowcount:
            run("INSERT INTO sqlite_sequence (name, seq) VALUES ('outbox', ?)", (number,))

    def unfinished_copy_of(self) -> str | None:
        """Return the name of the database of which this one holds a part of a copy, or None."""
        if not self.connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'copying'").fetchone():
            return None
        return str(self.connection.execute("SELECT source FROM copying").fetchone()[0])

    def shrink(self) -> None:
        """Give the free pages of the file back to the disk if they are more than half of it.

        They stay where that cannot be done, as on a full disk: nothing is lost, and the next run tries again.
        """
        pages, free = (
            self.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count")
        )
        if self.path is not None and free >= _LEAST_FREE and 2 * free > pages:
            with suppress(StoreError):
                self.connection.execute("VACUUM")

    def compact(self) -> None:
        """Rewrite the file without the room of deleted rows."""
        run = self.connection.execute
        run("VACUUM")
        run(f"PRAGMA busy_timeout = {_BUSY_MS}")  # a log that others read is no error: it would stay as it is
        run("PRAGMA wal_checkpoint(TRUNCATE)")
        run("PRAGMA busy_timeout = 0")

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


def _pauses() -> Iterator[float]:
    """Yield the seconds before each further try of a statement."""
    deadline, pause = time.monotonic() + _BUSY_MS / 1000, _PAUSE
    while time.monotonic() < deadline:
        yield pause
        pause = min(1.2 * pause, _LONGEST_PAUSE)


def _prepare(path: Path, must_exist: bool) -> None:
    if path.is_dir():
        raise StoreError(f"{path}: is a folder; set STORE to a file: sqlite:///var/videsh.db")
    if must_exist and not path.exists():
        raise StoreError(f"{path}: there is no store yet; a crawl makes one, or set STORE to where it lies")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path}: its folder cannot be made ({error.strerror}); set STORE to another path") from error
