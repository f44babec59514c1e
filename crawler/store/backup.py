"""Copy the store into one SQLite file while crawls use it."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from crawler.store.database import Database
from crawler.store.values import Mark, StoreError
from crawler.whole_files import sync_file, sync_folder, temporary

_TABLE = "CREATE TABLE backup (exports TEXT NOT NULL, sequence INTEGER NOT NULL)"
"""The table that a copy has beside those of the store: its Mark."""


def write_backup(database: Database, out: Path, mark: Mark) -> None:
    """Write a copy of the store, as it is at one moment, into one file; it is synced and checked before it appears.

    A crawl may write into the store meanwhile. Raise StoreError if the copy cannot be written, or is damaged.
    """
    written = temporary(out)
    try:
        written.unlink(missing_ok=True)
        database.copy_to(written)
        with closing(sqlite3.connect(written, isolation_level=None)) as copy:
            copy.execute("PRAGMA journal_mode = DELETE")  # so that it is one file
            copy.execute("DROP TABLE IF EXISTS backup")
            copy.execute(_TABLE)
            copy.execute("INSERT INTO backup VALUES (?, ?)", (mark.exports, mark.sequence))
            if copy.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
                raise StoreError(f"{database.name}: is damaged: run `scrapy store check`; no copy is written")
        sync_file(written)
        written.replace(out)
        sync_folder(out.parent)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{out}: cannot be written ({error}); name a file in a folder with space") from error
    finally:
        with suppress(OSError):
            written.unlink(missing_ok=True)
