"""The write-ahead log of the store's SQLite file, and when it is copied into the file and emptied."""

import sqlite3
import time
from contextlib import suppress
from pathlib import Path

from crawler.store.values import StoreError

_LARGEST = 32 * 1024 * 1024
"""Bytes from which on the log is emptied: 8,000 pages, what some 800 articles write."""
_READERS_MS = 20
"""How long the log waits for readers before it is emptied, in milliseconds; other writers wait with it."""
_SWITCH_SECONDS = 60.0


class WriteAheadLog:
    """The log of one connection's file; who writes empties it when it is large, with two syncs of the disk.

    SQLite's own checkpoints leave the log as it is while others write or read. So with two workers it is never emptied:
    it grows without an end, and from 1,000 pages on each commit syncs the disk.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._file = Path(f"{path}-wal")
        self._most = _LARGEST

    def switch_on(self) -> None:
        """Switch the file to write-ahead logging, with retries: SQLite's busy timeout does not cover this switch."""
        deadline = time.monotonic() + _SWITCH_SECONDS
        run = self._connection.execute
        while run("PRAGMA journal_mode").fetchone()[0] != "wal":
            try:
                run("PRAGMA journal_mode = WAL")
            except StoreError as error:
                if not isinstance(error.__cause__, sqlite3.OperationalError) or time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
        run("PRAGMA wal_autocheckpoint = 0")

    def empty_if_large(self) -> None:
        """Copy a large log into the file and empty it; if somebody reads for longer, try after as many bytes again."""
        if self._size() < self._most:
            return
        wait = self._connection.execute("PRAGMA busy_timeout").fetchone()[0]
        self._connection.execute(f"PRAGMA busy_timeout = {_READERS_MS}")
        with suppress(StoreError):  # as on a full disk: all is in the log, and safe
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.execute(f"PRAGMA busy_timeout = {wait}")
        self._most = self._size() + _LARGEST

    def _size(self) -> int:
        try:
            return self._file.stat().st_size
        except FileNotFoundError:
            return 0
