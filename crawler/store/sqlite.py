"""The store in one SQLite file."""

from contextlib import AbstractContextManager
from pathlib import Path

from crawler.store.database import Database
from crawler.store.outbox import SqliteOutbox
from crawler.store.owner import Owner


class SqliteStore:
    """A handle on the store in one SQLite file; `path` None keeps it for the length of the run only."""

    def __init__(self, path: Path | None, *, must_exist: bool = False) -> None:
        self._database = Database(path, must_exist=must_exist)
        self._owner = Owner(path)
        self.outbox = SqliteOutbox(self._database, self._owner)

    def transaction(self) -> AbstractContextManager[None]:
        """Return a context in which all writes succeed together or not at all; it may be nested."""
        return self._database.transaction()

    def close(self) -> None:
        """Give up the handle; what waits in the outbox stays for the next run."""
        self._database.close()
        self._owner.release()
