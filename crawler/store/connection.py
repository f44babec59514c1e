"""A connection to an SQLite file, whose errors name the file and say what to do."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from textwrap import shorten
from typing import Any

from crawler.store.values import StoreError


def _telling(method: Callable[..., Any]) -> Any:
    def telling(self: Any, *given: Any) -> Any:
        try:
            return method(self, *given)
        except sqlite3.Error as error:
            raise self.connection.refusal(error) from error

    return telling


class _Cursor(sqlite3.Cursor):
    """A cursor: damage shows when a statement begins, or not before a row is fetched."""

    execute = _telling(sqlite3.Cursor.execute)
    executemany = _telling(sqlite3.Cursor.executemany)
    fetchone = _telling(sqlite3.Cursor.fetchone)
    fetchall = _telling(sqlite3.Cursor.fetchall)
    __next__ = _telling(sqlite3.Cursor.__next__)


class Connection(sqlite3.Connection):
    """A connection that knows the file it leads to; its statements raise StoreError."""

    path: Path | None = None

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Run one statement."""
        cursor: sqlite3.Cursor = self.cursor(_Cursor).execute(sql, parameters)
        return cursor

    def executemany(self, sql: str, parameters: Any, /) -> sqlite3.Cursor:
        """Run one statement for each of many parameters."""
        cursor: sqlite3.Cursor = self.cursor(_Cursor).executemany(sql, parameters)
        return cursor

    def refusal(self, error: sqlite3.Error) -> StoreError:
        """Return an error of SQLite with the file that it befell, and what to do."""
        said, code = shorten(str(error), 200), getattr(error, "sqlite_errorname", "")
        if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            todo = "another process holds it for over a minute: end that process, or set STORE to another path"
        elif code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
            todo = "cannot be written: give this user the right to write the file and its folder"
        elif code.startswith("SQLITE_FULL"):
            todo = "the disk is full: make room, then run again; nothing committed is lost"
        else:
            todo = "is damaged or no store: run `scrapy store check`, restore it from a copy, or move it away"
        return StoreError(f"{self.path or 'the temporary store'}: {todo} ({said})")
