"""The store in one SQLite file."""

from contextlib import AbstractContextManager
from pathlib import Path

from crawler.store.addresses import SqliteAddresses
from crawler.store.database import Database
from crawler.store.editions import SqliteArticles
from crawler.store.listing_history import SqliteListings
from crawler.store.outbox import SqliteOutbox
from crawler.store.owner import Owner
from crawler.store.run_history import SqliteRuns
from crawler.store.storybook import SqliteStorybook
from crawler.stories.similarity import WINDOW_DAYS


class SqliteStore:
    """A handle on the store in one SQLite file; `path` None keeps it for the length of the run only."""

    def __init__(self, path: Path | None, *, must_exist: bool = False, window_days: float = WINDOW_DAYS) -> None:
        self.database = Database(path, must_exist=must_exist)
        self._owner = Owner(path)
        self.outbox = SqliteOutbox(self.database, self._owner)
        self.articles = SqliteArticles(self.database)
        self.addresses = SqliteAddresses(self.database)
        self.listings = SqliteListings(self.database)
        self.storybook = SqliteStorybook(self.database, window_days=window_days)
        self.runs = SqliteRuns(self.database)

    def transaction(self) -> AbstractContextManager[None]:
        """Return a context in which all writes succeed together or not at all; it may be nested."""
        return self.database.transaction()

    def close(self) -> None:
        """Give up the handle; what waits in the outbox stays for the next run."""
        self.database.close()
        self._owner.release()
