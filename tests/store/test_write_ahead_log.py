"""The write-ahead log of the store's file: written over while several write, and in nobody's way."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from threading import Thread, Timer

import pytest

from crawler.store import StoreError
from crawler.store.sqlite_file import SqliteDatabase

TRANSACTIONS = 20
LARGEST = TRANSACTIONS * 6 * 4_096
"""Bytes of the log after as many transactions: each writes up to six pages."""
ROWS = 300
ROW = "इ" * 2_000
"""A row of two pages."""


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("crawler.store.write_ahead_log._TRANSACTIONS", TRANSACTIONS)
    return tmp_path / "v.db"


@pytest.fixture
def database(path: Path) -> Iterator[SqliteDatabase]:
    opened = SqliteDatabase(path)
    opened.connection.execute("CREATE TABLE rows_of_text (writer TEXT, text TEXT)")
    yield opened
    opened.close()


def write(database: SqliteDatabase, writer: str, rows: int) -> Iterator[int]:
    """Write rows, each in a transaction, and yield the size of the log after each."""
    for _ in range(rows):
        with database.transaction():
            database.connection.execute("INSERT INTO rows_of_text VALUES (?, ?)", (writer, ROW))
        yield Path(f"{database.path}-wal").stat().st_size


def count(path: Path) -> int:
    """Return the rows in the file, as another program reads them."""
    other = sqlite3.connect(path)
    found = int(other.execute("SELECT count(*) FROM rows_of_text").fetchone()[0])
    other.close()
    return found


def test_the_log_is_written_over_after_some_transactions(database: SqliteDatabase, path: Path) -> None:
    sizes = list(write(database, "one", ROWS))

    assert max(sizes) < LARGEST
    assert sizes[-1] == sizes[ROWS // 2]
    assert count(path) == ROWS


def test_the_log_of_two_that_write_at_once_is_written_over(database: SqliteDatabase, path: Path) -> None:
    sizes: list[int] = []

    def work(name: str) -> None:
        own = SqliteDatabase(path)
        sizes.extend(write(own, name, ROWS))
        own.close()

    threads = [Thread(target=work, args=(name,)) for name in ("one", "two")]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert max(sizes) < 4 * LARGEST
    assert count(path) == 2 * ROWS


def test_whoever_reads_for_long_delays_no_writer_and_reads_one_moment(database: SqliteDatabase, path: Path) -> None:
    list(write(database, "before", 10))
    reader = SqliteDatabase(path)
    with reader.snapshot():
        assert reader.connection.execute("SELECT count(*) FROM rows_of_text").fetchone()[0] == 10
        during = list(write(database, "during", ROWS))
        assert reader.connection.execute("SELECT count(*) FROM rows_of_text").fetchone()[0] == 10
    reader.close()

    after = list(write(database, "after", ROWS))

    assert during[-1] > ROWS * 2 * 4_096
    assert after[-1] == after[ROWS // 2]
    assert count(path) == 10 + 2 * ROWS


def test_a_log_that_cannot_be_copied_loses_nothing(
    database: SqliteDatabase, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    execute = type(database.connection).execute

    def on_a_full_disk(self: object, sql: str, *given: object) -> object:
        if "wal_checkpoint" in sql:
            asked.append(sql)
            raise StoreError("the disk is full")
        return execute(self, sql, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(type(database.connection), "execute", on_a_full_disk)
    sizes = list(write(database, "one", ROWS))

    assert sizes == sorted(sizes)
    assert len(asked) == ROWS // TRANSACTIONS
    assert count(path) == ROWS


def test_a_writer_takes_the_lock_as_soon_as_another_has_left_it(database: SqliteDatabase, path: Path) -> None:
    paused: list[float] = []
    other = SqliteDatabase(path)

    def leave(seconds: float) -> None:
        paused.append(seconds)
        if len(paused) == 3:
            held.__exit__(None, None, None)

    held = other.transaction()
    held.__enter__()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("crawler.store.sqlite_file.time.sleep", leave)
        list(write(database, "one", 1))
    other.close()

    assert len(paused) == 3
    assert sum(paused) < 0.001
    assert count(path) == 1


def test_a_store_that_another_reads_is_compacted_when_that_one_ends(database: SqliteDatabase, path: Path) -> None:
    list(write(database, "one", ROWS))
    reader = sqlite3.connect(path, check_same_thread=False)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM rows_of_text LIMIT 1").fetchone()
    end = Timer(0.5, reader.rollback)
    end.start()

    database.compact()

    end.join()
    reader.close()
    assert Path(f"{path}-wal").stat().st_size == 0


def test_a_transaction_whose_reading_is_too_old_to_write_fails_at_once(
    database: SqliteDatabase, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.connection.execute("BEGIN")
    database.connection.execute("SELECT * FROM rows_of_text").fetchall()
    other = SqliteDatabase(path)
    list(write(other, "other", 1))
    other.close()
    monkeypatch.setattr("crawler.store.sqlite_file.time.sleep", lambda _: pytest.fail("it waits"))

    with pytest.raises(StoreError):
        database.connection.execute("INSERT INTO rows_of_text VALUES ('one', 'x')")

    database.connection.execute("ROLLBACK")
