"""The store: what is kept between runs, and the outbox of records to deliver; in a SQLite file or in PostgreSQL."""

from crawler.store.interface import Outbox, Store
from crawler.store.lanes import ALL
from crawler.store.outbox import SHARED
from crawler.store.store import check_address, close_store, is_lent, lend_store, open_store, shares_hosts, store_of
from crawler.store.values import Address, Delivery, Listed, Rest, StoreError

__all__ = [
    "ALL",
    "SHARED",
    "Address",
    "Delivery",
    "Listed",
    "Outbox",
    "Rest",
    "Store",
    "StoreError",
    "check_address",
    "close_store",
    "is_lent",
    "lend_store",
    "open_store",
    "shares_hosts",
    "store_of",
]
