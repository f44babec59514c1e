"""Open the store that the setting STORE names."""

from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from crawler.store.interface import Store, StoreError
from crawler.store.sqlite import SqliteStore

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_SCHEME = "sqlite:///"
_stores: "WeakKeyDictionary[Crawler, Store]" = WeakKeyDictionary()


def open_store(address: str | None, *, must_exist: bool = False) -> Store:
    """Open the store at an address such as `sqlite:///var/videsh.db`; an empty one is forgotten with the run."""
    if not address:
        return SqliteStore(None)
    if not address.startswith(_SCHEME) or address == _SCHEME:
        raise StoreError(f"STORE is {address!r}: write sqlite:///PATH, as sqlite:///var/videsh.db, or leave it empty")
    return SqliteStore(Path(address.removeprefix(_SCHEME)), must_exist=must_exist)


def store_of(crawler: "Crawler") -> Store:
    """Return the one handle that all components of a crawl share, opened by the first that asks."""
    store = _stores.get(crawler)
    if store is None:
        store = _stores[crawler] = open_store(crawler.settings.get("STORE"))
    return store


def close_store(crawler: "Crawler") -> None:
    """Give up the handle of a crawl that has ended."""
    store = _stores.pop(crawler, None)
    if store is not None:
        store.close()
