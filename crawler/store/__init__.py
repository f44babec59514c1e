"""What earlier runs saw, and what is still to be delivered: one small interface, kept in one SQLite file."""

from crawler.store.interface import Delivery, Outbox, Shelf, Store, StoreError
from crawler.store.line import json_line
from crawler.store.opening import open_store, store_of

__all__ = ["Delivery", "Outbox", "Shelf", "Store", "StoreError", "json_line", "open_store", "store_of"]
