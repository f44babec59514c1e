"""The store in one SQLite file, and the handle on it that each crawl uses; interface.py documents the methods."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary, WeakSet

from crawler.masking import mask
from crawler.store.addresses import SqliteAddresses
from crawler.store.alarms_told import SqliteAlarms
from crawler.store.database import Database
from crawler.store.editions import SqliteArticles
from crawler.store.gone import SqliteWithdrawals
from crawler.store.hosts import SqliteHosts
from crawler.store.interface import Store
from crawler.store.lanes import LaneTable
from crawler.store.listing_history import SqliteListings
from crawler.store.outbox import SqliteOutbox
from crawler.store.owner import Owner
from crawler.store.readings import SqliteReadings
from crawler.store.run_history import SqliteRuns
from crawler.store.storybook import SqliteStorybook
from crawler.store.values import StoreError
from crawler.stories.similarity import WINDOW_DAYS

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_SCHEME = "sqlite:///"
_DAY = 86_400
_WINDOWS = 2
"""Texts are kept for this many story windows, so that an article that is announced late still finds its story."""
_stores: "WeakKeyDictionary[Crawler, Store]" = WeakKeyDictionary()
_lent: "WeakSet[Crawler]" = WeakSet()


class SqliteStore:
    """A handle on the store in one SQLite file; `path` is None for a temporary store that ends with its run.

    `window_days` is how far apart, in days, two articles of one story may be published. `serves` is the name of another
    handle's outbox: what this one queues, that one delivers.
    """

    def __init__(
        self,
        path: Path | None,
        *,
        must_exist: bool = False,
        window_days: float = WINDOW_DAYS,
        serves: str | None = None,
    ) -> None:
        self.database = Database(path, must_exist=must_exist)
        self._owner = Owner(path)
        self.outbox = SqliteOutbox(self.database, self._owner, serves=serves)
        self.articles = SqliteArticles(self.database)
        self.addresses = SqliteAddresses(self.database)
        self.withdrawals = SqliteWithdrawals(self.database, self.outbox)
        self.listings = SqliteListings(self.database)
        self.hosts = SqliteHosts(self.database)
        self.lanes = LaneTable(self.database, self._owner, serves=serves)
        self.readings = SqliteReadings(self.database, path, self._owner)
        self._window_days = window_days
        self.storybook = SqliteStorybook(self.database, window_days=window_days)
        self.runs = SqliteRuns(self.database)
        self.alarms = SqliteAlarms(self.database)

    def transaction(self) -> AbstractContextManager[None]:
        return self.database.transaction()

    def tidy(self, now: int) -> None:
        self.storybook.forget_before(now - round(_WINDOWS * self._window_days * _DAY))
        self.database.shrink()

    def close(self) -> None:
        self.readings.close()
        self.database.close()
        self._owner.release()


def open_store(
    address: str | None, *, must_exist: bool = False, window_days: float = WINDOW_DAYS, serves: str | None = None
) -> SqliteStore:
    """Open the store at an address such as `sqlite:///var/videsh.db`; an empty address gives a temporary store.

    `serves` is the name of the outbox into which records are put, if it is not this handle's own.

    Raise StoreError if the address is invalid or the file cannot be used.
    """
    if not address:
        return SqliteStore(None, window_days=window_days, serves=serves)
    return SqliteStore(store_path(address), must_exist=must_exist, window_days=window_days, serves=serves)


def store_path(address: str) -> Path:
    """Return the file of the store at an address; raise StoreError if that is invalid."""
    if not address.startswith(_SCHEME) or address == _SCHEME:
        todo = "write sqlite:///PATH, as sqlite:///var/videsh.db, or leave it empty"
        raise StoreError(f"STORE is {mask(address)!r}: {todo}")
    return Path(address.removeprefix(_SCHEME))


def store_of(crawler: "Crawler") -> Store:
    """Return the handle that all components of a crawl share; the first call opens it."""
    store = _stores.get(crawler)
    if store is None:
        days = crawler.settings.getfloat("STORIES_WINDOW_DAYS", WINDOW_DAYS)
        store = _stores[crawler] = open_store(crawler.settings.get("STORE"), window_days=days)
    return store


def lend_store(crawler: "Crawler", store: Store) -> None:
    """Give a crawl the handle that all crawls of its run share; the run closes it."""
    _stores[crawler] = store
    _lent.add(crawler)


def is_lent(crawler: "Crawler") -> bool:
    """Return whether a crawl uses the handle of its run, which ends after it."""
    return crawler in _lent


def close_store(crawler: "Crawler") -> None:
    """Close the handle of a crawl that has ended, unless it is its run's."""
    store = _stores.pop(crawler, None)
    if store is not None and crawler not in _lent:
        store.close()
