"""The store over a database, and the handle on it that each crawl uses; interface.py documents the methods."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary, WeakSet

from crawler.masking import mask
from crawler.store.addresses import AddressTable
from crawler.store.alarms_told import AlarmTable
from crawler.store.database import Database
from crawler.store.editions import ArticleTable
from crawler.store.gone import WithdrawalTable
from crawler.store.hosts import HostTable
from crawler.store.interface import Store
from crawler.store.lanes import LaneTable
from crawler.store.listing_history import ListingTables
from crawler.store.outbox import OutboxTable
from crawler.store.owner import FileOwner, Owner
from crawler.store.readings import HandleReadings, ReadingNotes
from crawler.store.run_history import RunTable
from crawler.store.sqlite_file import SqliteDatabase
from crawler.store.storybook import StoryTables
from crawler.store.upkeep import TableUpkeep
from crawler.store.values import StoreError
from crawler.stories.similarity import WINDOW_DAYS

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_SCHEME = "sqlite:///"
_SERVERS = ("postgresql://", "postgres://")
_DAY = 86_400
_WINDOWS = 2
"""Texts are kept for this many story windows, so that an article that is announced late still finds its story."""
_stores: "WeakKeyDictionary[Crawler, Store]" = WeakKeyDictionary()
_lent: "WeakSet[Crawler]" = WeakSet()
_sharing: "WeakSet[Crawler]" = WeakSet()


class DatabaseStore:
    """A handle on the store in a database.

    `window_days` is how far apart, in days, two articles of one story may be published. `serves` is the name of another
    handle's outbox: what this one queues, that one delivers.
    """

    def __init__(
        self,
        database: Database,
        owner: Owner,
        readings: HandleReadings,
        *,
        window_days: float = WINDOW_DAYS,
        serves: str | None = None,
    ) -> None:
        self.database = database
        self._owner = owner
        self.outbox = OutboxTable(self.database, self._owner, serves=serves)
        self.articles = ArticleTable(self.database)
        self.addresses = AddressTable(self.database)
        self.withdrawals = WithdrawalTable(self.database, self.outbox)
        self.listings = ListingTables(self.database)
        self.hosts = HostTable(self.database)
        self.lanes = LaneTable(self.database, self._owner, serves=serves)
        self.readings = readings
        self._window_days = window_days
        self.storybook = StoryTables(self.database, window_days=window_days)
        self.runs = RunTable(self.database)
        self.alarms = AlarmTable(self.database)
        self.upkeep = TableUpkeep(database, self.hosts, self.listings, self.storybook)

    def transaction(self) -> AbstractContextManager[None]:
        return self.database.transaction()

    def alone(self) -> AbstractContextManager[None]:
        return self.database.alone()

    def tidy(self, now: int) -> None:
        self.storybook.forget_before(now - round(_WINDOWS * self._window_days * _DAY))
        self.database.shrink()

    def require(self) -> None:
        self.database.require()

    def close(self) -> None:
        self.readings.close()
        self._owner.release()
        self.database.close()


def open_store(
    address: str | None,
    *,
    must_exist: bool = False,
    is_copied: bool = False,
    window_days: float = WINDOW_DAYS,
    serves: str | None = None,
) -> DatabaseStore:
    """Open the store at an address, `sqlite:///var/videsh.db` or `postgresql://videsh@db/videsh`.

    An empty address gives a temporary store.

    `serves` is the name of the outbox into which records are put, if it is not this handle's own.

    With `must_exist`, none is made. One that holds a part of a copy is opened with `is_copied` only. Raise StoreError
    if the address is invalid or the store cannot be used.
    """
    if address and not is_file(address):
        parts = _server(address, must_exist=must_exist, is_copied=is_copied)
        return DatabaseStore(*parts, window_days=window_days, serves=serves)
    path = store_path(address) if address else None
    database, owner = SqliteDatabase(path, must_exist=must_exist, is_copied=is_copied), FileOwner(path)
    return DatabaseStore(database, owner, ReadingNotes(database, path, owner), window_days=window_days, serves=serves)


def check_address(address: str) -> None:
    """Raise StoreError for an address that is invalid, or whose database needs what is not installed; open nothing."""
    if is_file(address):
        store_path(address)
        return
    try:
        from crawler.store.postgres.server_address import read_server_address
    except ImportError as error:
        raise _without_psycopg(error) from error
    read_server_address(address)


def _without_psycopg(error: ImportError) -> StoreError:
    return StoreError(f"STORE in PostgreSQL needs psycopg ({error}): pip install 'videsh[postgres]'")


def _server(address: str, *, must_exist: bool, is_copied: bool) -> tuple[Database, Owner, HandleReadings]:
    """Return the parts of a store in PostgreSQL."""
    try:
        from crawler.store.postgres.opening_server import open_server
        from crawler.store.postgres.session_owner import SessionOwner
        from crawler.store.postgres.session_readings import SessionReadings
    except ImportError as error:
        raise _without_psycopg(error) from error
    database = open_server(address, must_exist=must_exist, is_copied=is_copied)
    owner = SessionOwner(database.connection)
    return database, owner, SessionReadings(database, owner)


def is_file(address: str) -> bool:
    """Return whether an address is that of a store in a file."""
    return not address.startswith(_SERVERS)


def store_path(address: str) -> Path:
    """Return the file of the store at an address; raise StoreError if that is invalid."""
    if not address.startswith(_SCHEME) or address == _SCHEME:
        if not is_file(address):
            raise StoreError(f"STORE is {mask(address)!r}: is no file; only a store in a file can do this")
        todo = "write sqlite:///PATH, as sqlite:///var/videsh.db, or postgresql://USER@HOST/DATABASE, or leave it empty"
        raise StoreError(f"STORE is {mask(address)!r}: {todo}")
    return Path(address.removeprefix(_SCHEME))


def store_of(crawler: "Crawler") -> Store:
    """Return the handle that all components of a crawl share; the first call opens it."""
    store = _stores.get(crawler)
    if store is None:
        days = crawler.settings.getfloat("STORIES_WINDOW_DAYS", WINDOW_DAYS)
        store = _stores[crawler] = open_store(crawler.settings.get("STORE"), window_days=days)
    return store


def lend_store(crawler: "Crawler", store: Store, *, shares_hosts: bool = False) -> None:
    """Give a crawl the handle that all crawls of its run share; the run closes it.

    With `shares_hosts` other processes crawl with the store too, and the crawl holds each host that it asks.
    """
    _stores[crawler] = store
    _lent.add(crawler)
    if shares_hosts:
        _sharing.add(crawler)


def shares_hosts(crawler: "Crawler") -> bool:
    """Return whether a crawl is to hold each host before it asks it, as other processes crawl too."""
    return crawler in _sharing


def is_lent(crawler: "Crawler") -> bool:
    """Return whether a crawl uses the handle of its run, which ends after it."""
    return crawler in _lent


def close_store(crawler: "Crawler") -> None:
    """Close the handle of a crawl that has ended, unless it is its run's."""
    store = _stores.pop(crawler, None)
    if store is not None and crawler not in _lent:
        store.close()
