"""Delete the folders of old runs whose rows compacted files hold; the catalog lists these runs for ever.

The catalog is written before a folder is deleted: a process that dies leaves files of a run that counts as cleaned, and
the next cleaning deletes them.
"""

from dataclasses import dataclass, field

from crawler.exports.catalog import Catalog
from crawler.exports.catalog_rows import CLEANED, CatalogRun, PartState
from crawler.exports.compaction import Compaction, CompactionError
from crawler.exports.publication import Publication
from crawler.exports.storage import RUNNING, Storage

_HELD = (PartState.COMPACTED, PartState.DROPPED)


@dataclass(slots=True)
class OldDay:
    """The runs of one day that is to be cleaned."""

    date: str
    """`2026-11-24`."""
    folders: dict[str, int] = field(default_factory=dict)
    """The folders that may go, each with its size in bytes."""
    uncompacted: int = 0
    """Number of runs that stay, since no compacted file holds their rows yet."""
    unended: int = 0
    """Number of runs that stay, since they have not ended."""


def old_days(storage: Storage, catalog: Catalog, before: str) -> list[OldDay]:
    """Return the days of runs before a day, in order, without those of which nothing is left."""
    sizes: dict[str, int] = {}
    marks = set()
    for name, size in storage.sizes("").items():
        folder, _, file = name.rpartition("/")
        top = "/".join(folder.split("/")[:2])
        sizes[top] = sizes.get(top, 0) + size
        if file == RUNNING:
            marks.add(top)
    days: dict[str, OldDay] = {}
    for folder, run in catalog.runs.items():
        date = folder.partition("/")[0].removeprefix("date=")
        if date >= before or (folder not in sizes and run.state == CLEANED):
            continue
        day = days.setdefault(date, OldDay(date))
        if run.state == "running" or folder in marks or (storage.spool / folder / RUNNING).exists():
            day.unended += 1
        elif run.state == CLEANED or all(part.state in _HELD for part in run.parts):
            day.folders[folder] = sizes.get(folder, 0)
        else:
            day.uncompacted += 1
    return [days[date] for date in sorted(days)]


def clean_day(publication: Publication, compaction: Compaction, day: OldDay) -> None:
    """Drop the parts of a day, note its runs as cleaned, and delete their folders.

    Raise CompactionError if a compacted file that holds their rows is lost or changed; all stays as it is then.
    """
    compaction.drop(day.date)
    with publication.alone() as catalog:
        folders = [folder for folder in day.folders if _is_dropped(catalog.runs.get(folder))]
        catalog.clean(folders)
        publication.write(catalog)
    for folder in folders:
        publication.storage.remove(folder)
    if len(folders) < len(day.folders):
        raise CompactionError(f"date={day.date}: another process wrote into its runs meanwhile; try again")


def _is_dropped(run: CatalogRun | None) -> bool:
    return run is not None and run.state != "running" and all(part.state is PartState.DROPPED for part in run.parts)
