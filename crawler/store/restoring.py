"""Put a copy of the store that a backup wrote back in the store's place."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from urllib.parse import quote

from crawler.store.migrations import APPLICATION
from crawler.store.store import DatabaseStore, open_store
from crawler.store.values import Mark, StoreError
from crawler.whole_files import sync_file, sync_folder

_LOGS = ("-wal", "-shm")
"""Endings of the files that SQLite keeps beside one that is in use."""


CatchUp = Callable[[DatabaseStore, DatabaseStore | None, Mark], None]
"""Brings a copy up to date: it gets the copy, the store of before if that can be read, and the mark of the copy."""


def restore(file: Path, path: Path, catch_up: CatchUp) -> Path | None:
    """Put a copy of the store in its place at `path`; return where the store of before is kept, if there was one.

    An older copy is migrated. `catch_up` brings it up to date: it gets the copy, the store of before if that can be
    read, and the mark of the copy. The store of before is in its place until the copy replaces it, in one step. Raise
    StoreError if the file is no store, is damaged, or was written by a newer Videsh, or if a process uses the store.
    """
    _check_copy(file)
    if path.is_dir():
        raise StoreError(f"{path}: is a folder; set STORE to the file that the store is to be")
    aside = path.with_name(f".{path.name}.restoring")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove(aside)
        mark = _copy(file, aside)
        with _held(path) as before:
            with closing(open_store(f"sqlite:///{aside}", must_exist=True)) as store:
                list(store.upkeep.check())
                catch_up(store, before, mark)
            sync_file(aside)
        return _put_in_place(aside, path)
    except StoreError as error:
        raise StoreError(str(error).replace(str(aside), str(file))) from error
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{path}: cannot be restored ({error}); it is as before") from error
    finally:
        _remove(aside)


def _check_copy(file: Path) -> None:
    """Raise StoreError unless a file is a store."""
    if not file.is_file():
        raise StoreError(f"{file}: no such file; name what `scrapy store backup` wrote")
    try:
        with closing(_read_only(file)) as copy:
            application = copy.execute("PRAGMA application_id").fetchone()[0]
    except sqlite3.Error as error:
        raise StoreError(f"{file}: is damaged or no store ({error}); name another backup") from error
    if application != APPLICATION:
        raise StoreError(f"{file}: is no store of Videsh; name what `scrapy store backup` wrote")


def _copy(file: Path, aside: Path) -> Mark:
    """Copy a file, without its mark, to where it is worked on; return the mark, an empty one if there is none."""
    with closing(_read_only(file)) as source, closing(sqlite3.connect(aside, isolation_level=None)) as copy:
        source.backup(copy)
        try:
            exports, sequence = copy.execute("SELECT exports, sequence FROM backup").fetchone()
        except (sqlite3.Error, TypeError):  # a copy that was made by other means
            return Mark()
        copy.execute("DROP TABLE backup")
        return Mark(exports=exports, sequence=sequence)


@contextmanager
def _held(path: Path) -> Iterator[DatabaseStore | None]:
    """Return a context with the store at a path, or None if it cannot be read; raise StoreError if it is in use."""
    if not path.exists():
        yield None
        return
    _refuse_if_used(path)
    try:
        store = open_store(f"sqlite:///{path}", must_exist=True)
    except StoreError:
        yield None
        return
    with closing(store):
        yield store


def _refuse_if_used(path: Path) -> None:
    """Raise StoreError if a process has the store open."""
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as found:
        try:
            found.execute("PRAGMA locking_mode = EXCLUSIVE")
            found.execute("BEGIN EXCLUSIVE")  # fails while any other connection is open
            found.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname.startswith("SQLITE_BUSY"):
                raise StoreError(f"{path}: is in use by another process; wait for its end, and try again") from error


def _put_in_place(aside: Path, path: Path) -> Path | None:
    """Replace the store by another one in one step, and keep it beside; return where, or None if there was none."""
    before = None
    if path.exists():
        name = f"{path.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
        names = (path.with_name(name + (f".{number}" if number else "")) for number in count())
        before = next(each for each in names if not each.exists())
        for ending in _LOGS:  # of a store that cannot be read: SQLite would apply them to the new one
            with suppress(FileNotFoundError):
                path.with_name(path.name + ending).rename(before.with_name(before.name + ending))
        try:
            before.hardlink_to(path)
        except OSError:  # a file system without links: for a moment there is no store
            path.rename(before)
    aside.replace(path)
    sync_folder(path.parent)
    return before


def _read_only(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(os.fsencode(file))}?mode=ro", uri=True)


def _remove(path: Path) -> None:
    for ending in ("", *_LOGS):
        path.with_name(path.name + ending).unlink(missing_ok=True)
