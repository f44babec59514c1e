"""Deliver what shared runs have read: one export of all that waits in the store, and its report."""

import json
import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scrapy.settings import BaseSettings

from crawler.exports.export import RunExport, open_export
from crawler.reports.write import finish_report
from crawler.shelves import Shelf
from crawler.store import Store, open_store

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedDelivery:
    """What came of a delivery."""

    address: str | None = None
    """The folder of its export; None if nothing waited."""
    counts: Mapping[Shelf, int] = field(default_factory=dict)
    """Number of rows by shelf."""


def deliver_shared(settings: BaseSettings) -> SharedDelivery:
    """Export what waits in the store, each record once, whoever else delivers at the same time.

    Raise StoreError or OSError if the store or the place of exports cannot be used; what was not delivered waits.
    """
    days = settings.getfloat("STORIES_WINDOW_DAYS", 7)
    store = open_store(settings.get("STORE"), must_exist=True, window_days=days)
    try:
        return _deliver(store, settings) if store.outbox.ownerless() else SharedDelivery()
    finally:
        store.close()


def _deliver(store: Store, settings: BaseSettings) -> SharedDelivery:
    export = open_export(settings, store.outbox)
    is_whole = False
    try:
        store.outbox.collect()
        export.end("complete", outlets=_outlets(store))
        edition = Path(settings.get("EDITION") or "edition")
        report_recovered(export, edition)
        finish_report(export.path, edition=edition)
        is_whole = True
    finally:
        export.release_locks(is_whole=is_whole)
    counts = Counter({shelf: count for shelf, count in export.delivered.items() if count})
    return SharedDelivery(address=export.address, counts=counts)


def report_recovered(export: RunExport, edition: Path) -> None:
    """Write the missing reports of runs that died; one that cannot be made is named in the log."""
    for folder in export.recovered_folders:
        try:
            finish_report(folder, edition=edition)
        except (ValueError, LookupError, TypeError, AttributeError, OSError) as error:
            logger.warning("%s: no report can be made of it: %s", folder, error)


def _outlets(store: Store) -> list[str]:
    """Return the outlets of the records that wait."""
    rows = (json.loads(each.line) for each in store.outbox.waiting())
    return sorted({str(row["outlet"]) for row in rows if row.get("outlet")})
