"""Whether there is room for a run on the disks of its store, its exports and its archives, which may be several."""

import logging
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from crawler.program import as_typed
from crawler.store import StoreError
from crawler.store.store import store_path

logger = logging.getLogger(__name__)

DISKS = "all disks"
"""Stands in an outlet's place for what a run has used of its disks, in the history of runs."""
RESERVE = 3
"""How many times what the last run used is to be free."""
_MB = 1_000_000
_TODO = "make room, as with `scrapy clean --keep 30d`"


class Disk(NamedTuple):
    """A disk, or another file system."""

    number: int
    """Tells it from other disks."""
    free: int
    """Bytes that this user may still write."""


def disk_of(path: Path) -> Disk:
    """Return the disk of a path that exists."""
    return Disk(path.stat().st_dev, shutil.disk_usage(path).free)


class Room:
    """The places into which a run writes, by the setting that names them; `disk_of` returns the disk of a path."""

    def __init__(self, settings: BaseSettings, disk_of: Callable[[Path], Disk] = disk_of) -> None:
        self._least, self._low = (settings.getfloat(name) * _MB for name in ("DISK_LEAST_MB", "DISK_LOW_MB"))
        self._disk_of = disk_of
        self.places = dict(_places(settings))
        """The file or folder of each."""
        self._begun = self._store_size()

    def require(self) -> None:
        """Raise UsageError if less than DISK_LEAST_MB is free on one of the disks."""
        for disk, names in self._disks():
            if disk.free < self._least:
                raise UsageError(
                    f"{self._named(names)}: {size_in_words(disk.free)} free on its disk, and no run begins below "
                    f"{size_in_words(self._least)} (DISK_LEAST_MB): {as_typed(_TODO)}",
                    print_help=False,
                )

    def warn(self, last: Mapping[str, int]) -> None:
        """Log a warning for each disk with less free than DISK_LOW_MB, or than three times what the last run used.

        `last` says how many bytes that was, by setting.
        """
        for disk, names in self._disks():
            used = sum(last.get(name, 0) for name in names)
            if self._low and disk.free < max(self._low, RESERVE * used):
                before = f"; the last run used {size_in_words(used)}" if used else ""
                text = "%s: %s free on its disk%s: %s"
                logger.warning(text, self._named(names), size_in_words(disk.free), before, as_typed(_TODO))

    def used(self, folder: Path | None, archives: Iterable[Path]) -> dict[str, int]:
        """Return how many bytes a run has written, by setting: its export's folder, its archives, and the store."""
        written = {"ARCHIVE_RECORD": sum(map(size_of, archives)), "STORE": max(0, self._store_size() - self._begun)}
        exports = next((name for name in self.places if name.startswith("EXPORTS")), None)
        return written | ({exports: size_of(folder)} if exports and folder else {})

    def _store_size(self) -> int:
        store = self.places.get("STORE")
        return sum(size_of(store.with_name(store.name + ending)) for ending in ("", "-wal")) if store else 0

    def _disks(self) -> Iterator[tuple[Disk, list[str]]]:
        """Yield each disk, with the settings whose places are on it."""
        disks: dict[int, tuple[Disk, list[str]]] = {}
        for name, path in self.places.items():
            disk = self._disk_of(next(each for each in (path, *path.absolute().parents) if each.exists()))
            disks.setdefault(disk.number, (disk, []))[1].append(name)
        yield from disks.values()

    def _named(self, names: Iterable[str]) -> str:
        return ", ".join(f"{name} ({self.places[name]})" for name in names)


def size_of(path: Path) -> int:
    """Return the bytes of a file, or of all files below a folder; 0 if there is nothing."""
    if not path.is_dir():
        return path.stat().st_size if path.exists() else 0
    files = (Path(folder) / name for folder, _, names in os.walk(path) for name in names)
    return sum(file.lstat().st_size for file in files)


def _places(settings: BaseSettings) -> Iterator[tuple[str, Path]]:
    with suppress(StoreError):  # whoever opens the store names it
        if settings.get("STORE"):
            yield "STORE", store_path(settings["STORE"])
    exports = str(settings.get("EXPORTS") or "")
    if exports and not settings.getdict("FEEDS"):
        yield ("EXPORTS_SPOOL", Path(settings["EXPORTS_SPOOL"])) if "://" in exports else ("EXPORTS", Path(exports))
    if settings.get("ARCHIVE_RECORD"):
        yield "ARCHIVE_RECORD", Path(settings["ARCHIVE_RECORD"])


def size_in_words(size: float) -> str:
    """Return a number of bytes in megabytes, or in gigabytes from one on."""
    return f"{size / _MB:.0f} MB" if size < 1000 * _MB else f"{size / 1000 / _MB:.1f} GB"
