"""The write-ahead log of the store's SQLite file, and when it is copied into the file."""

import sqlite3
from contextlib import suppress

from crawler.store.values import StoreError

_TRANSACTIONS = 180
"""Transactions of one process after which it copies the log; that of an article writes some 44 pages, so 32 MB."""
_PAGES = 16_000
"""Pages of the log (64 MB) from which on SQLite itself tries to copy it, for processes that never come that far."""
_READERS_MS = 20
"""How long the log waits for readers before it is copied, in milliseconds; other writers wait with it."""


class WriteAheadLog:
    """The log of one connection's file. Who writes copies it into the file, so that the next writes over it.

    SQLite's own checkpoints leave the log as it is while others write or read. So with two workers it would grow
    without an end, and from 1,000 pages on each commit would sync the disk.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._transactions = 0

    def switch_on(self) -> None:
        """Switch the file to write-ahead logging."""
        run = self._connection.execute
        run("PRAGMA journal_mode = WAL")
        run(f"PRAGMA wal_autocheckpoint = {_PAGES}")

    def count_transaction(self) -> None:
        """Count a transaction; after enough of them copy the log, unless somebody reads for longer."""
        self._transactions += 1
        if self._transactions < _TRANSACTIONS:
            return
        self._transactions = 0
        run = self._connection.execute
        run(f"PRAGMA busy_timeout = {_READERS_MS}")
        with suppress(StoreError):  # as on a full disk: all is in the log, and safe
            run("PRAGMA wal_checkpoint(RESTART)")
        run("PRAGMA busy_timeout = 0")
