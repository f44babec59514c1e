"""The folder of one run: `exports/date=YYYY-MM-DD/run=<id>/`, its parts and its manifest."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler import __version__
from crawler.exports.catalog import MANIFEST
from crawler.exports.catalog_rows import CatalogRun
from crawler.exports.decoding import decode_row
from crawler.exports.jsonl import PACKING_ERRORS
from crawler.exports.part import Part, PartWriter, listed_part, set_aside, whole_part
from crawler.exports.publication import Publication
from crawler.exports.storage import RUNNING
from crawler.items import SCHEMA_VERSION
from crawler.lock import Lock
from crawler.schema import Broken
from crawler.shelves import Shelf, number_of_file, shelf_of_file
from crawler.whole_files import write_json

MANIFEST_VERSION = "1.1"
_SPOOL = ".refused.jsonl"
"""File that collects refusals during the run."""
_GATHERED = ".gathered"
"""Suffix of the spool while its lines are copied into a part."""
_STARTED = re.compile(r"(\d{4})(\d\d)(\d\d)T")
"""The day in a default RUN_ID, `20240601T101500Z-…`."""


class RunFolder:
    """A run's folder; one process at a time holds its lock."""

    def __init__(self, publication: Publication, path: Path, *, suffix: str = ".jsonl") -> None:
        self.publication = publication
        self.path = path
        self.name = path.resolve().relative_to(publication.storage.spool.resolve()).as_posix()
        self.run = path.name.removeprefix("run=")
        self._suffix = suffix
        self._lock = Lock(path / RUNNING)

    @classmethod
    def of_run(cls, publication: Publication, run: str, *, suffix: str) -> "RunFolder":
        """Return the folder of a run: the existing one, or a new one under the day on which the run began."""
        root = publication.storage.spool
        for path in sorted(root.glob(f"date=*/run={run}")):
            return cls(publication, path, suffix=suffix)
        began = _STARTED.match(run)
        day = "-".join(began.groups()) if began else f"{datetime.now(UTC):%Y-%m-%d}"
        return cls(publication, root / f"date={day}" / f"run={run}", suffix=suffix)

    @property
    def spool(self) -> Path:
        """Return the file that collects refusals during the run."""
        return self.path / _SPOOL

    def hold(self, *, wait: bool = False) -> bool:
        """Take the folder's lock; return False if another process holds it. `wait` waits for that process."""
        if self._lock.is_mine:
            return True
        self.path.mkdir(parents=True, exist_ok=True)
        is_mine = self._lock.take(wait=wait)
        if is_mine:
            self.publication.storage.restore(self.name)
        return is_mine

    def release(self) -> None:
        """Release the lock of a run that has ended, when its report lies beside its parts."""
        if self._lock.is_mine:
            for path in sorted(self.path.glob("report.*")):
                self.publication.storage.mirror(f"{self.name}/{path.name}")
        self._lock.release()

    def release_unfinished(self) -> None:
        """Release the lock, but keep the lock file, so that the next run finds the folder and repairs it."""
        self._lock.release(keep=True)

    def writer(self, shelf: Shelf, *, numbered: bool) -> PartWriter:
        """Return a writer of the shelf's next part; with `numbered`, or if a part exists, its name gets a number."""
        lying = {path.name for path in self.path.glob("*.jsonl*")}
        listed = {part["name"] for part in self.manifest()["parts"]}  # a compacted part may have been dropped
        names = [name for name in lying | listed if shelf_of_file(name) is shelf]
        if not numbered and not names:
            return PartWriter(self.path / f"{shelf}{self._suffix}", shelf)
        number = max(map(number_of_file, names), default=0) + 1
        return PartWriter(self.path / f"{shelf}-{number:04}{self._suffix}", shelf)

    def writer_of_numbers(self, shelf: Shelf, first: int, last: int) -> PartWriter:
        """Return a writer of a part that is named after its sequence numbers: nobody writes other rows by that name."""
        return PartWriter(self.path / f"{shelf}-{first:09}-{last:09}{self._suffix}", shelf)

    def manifest(self) -> dict[str, Any]:
        """Return the current manifest; that of a new run lists no part."""
        path = self.path / MANIFEST
        if path.exists():
            found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            return found
        return {
            "manifest_version": MANIFEST_VERSION,
            "run_id": self.run,
            "reader_version": __version__,
            "schema_version": SCHEMA_VERSION,
            "state": "running",
            "started_at": None,
            "ended_at": None,
            "outlets": [],
            "store": None,
            "parts": [],
        }

    def update_manifest(self, **entries: Any) -> None:
        """Set entries of the manifest."""
        write_json(self.path / MANIFEST, self.manifest() | entries)
        self.publication.storage.mirror(f"{self.name}/{MANIFEST}")

    def enter(self) -> None:
        """Enter the run in the catalog as its manifest lists it."""
        with self.publication.alone():
            self.publication.enter(CatalogRun.of_manifest(self.name, self.manifest()))

    def publish(self, writer: PartWriter) -> None:
        """Publish a closed part: put it in its place, and list it in the catalog and in the manifest.

        Call it within `publication.alone`.
        """
        part, manifest = writer.part(), self.manifest()
        run = CatalogRun.of_manifest(self.name, manifest | {"parts": [*manifest["parts"], asdict(part)]})
        self.publication.put(writer.temporary, f"{self.name}/{part.name}", run, first=part.first_sequence)
        self.list_part(part)

    def put(self, writer: PartWriter) -> None:
        """Put a closed part without sequence numbers in its place, and list it in the manifest alone; see `enter`."""
        part = writer.part()
        self.publication.storage.put(writer.temporary, f"{self.name}/{part.name}")
        self.list_part(part)

    def list_part(self, part: Part) -> None:
        """List a part in the manifest, once."""
        parts = [each for each in self.manifest()["parts"] if each["name"] != part.name]
        self.update_manifest(parts=sorted([*parts, asdict(part)], key=lambda each: str(each["name"])))

    def adopt_part(self, path: Path) -> str | None:
        """List a part that a run published and did not list before it died; set a damaged one aside.

        Return a message if the part was set aside, else None; a file of no shelf is left alone.
        """
        shelf = shelf_of_file(path.name)
        if shelf is None or path.name in {part["name"] for part in self.manifest()["parts"]}:
            return None
        try:
            self.list_part(whole_part(path, shelf))
        except (Broken, *PACKING_ERRORS) as error:
            return _set_aside(path, error)
        return None

    def publish_refused(self) -> list[str]:
        """Publish the whole lines of the spool as a part; return a message if it was damaged and set aside."""
        if not self.spool.exists():
            return []
        if not self.spool.stat().st_size and any(part["shelf"] == Shelf.REFUSED for part in self.manifest()["parts"]):
            self.spool.unlink()  # what was refused came through the outbox
            return []
        writer = self.writer(Shelf.REFUSED, numbered=False)
        # The name of its part shows `repair` whether the part was published before a kill.
        gathered = self.spool.rename(self.path / f".{writer.path.name}{_GATHERED}")
        broken = list(_write_whole_rows(gathered, writer))
        writer.close()
        self.put(writer)
        if broken:
            return [_set_aside(gathered, broken[0])]
        gathered.unlink()
        return []

    def add_empty_parts(self) -> None:
        """Publish an empty part for each shelf that has none."""
        filled = {part["shelf"] for part in self.manifest()["parts"]}
        for shelf in Shelf:
            if shelf not in filled:
                writer = self.writer(shelf, numbered=False)
                writer.close()
                self.put(writer)

    def close_dead(self) -> list[str]:
        """Complete a dead run's folder, except for its report; return messages about damaged files."""
        messages = self.publish_refused()
        self.add_empty_parts()
        if self.manifest()["state"] == "running":
            self.update_manifest(state="recovered")
        self.enter()
        return messages

    def repair(self) -> list[str]:
        """Repair what a dead run left: remove half-written files, list whole parts, set damaged ones aside.

        Return messages that say what was done.
        """
        left = sorted(self.path.glob(".*.part"))
        for path in left:
            path.unlink()
        messages = [f"removed half-written {', '.join(path.name for path in left)}"] if left else []
        parts = self.path.glob("[!.]*.jsonl*")
        messages += filter(None, [self._check_manifest(), *map(self.adopt_part, sorted(parts))])
        for gathered in sorted(self.path.glob(f".*{_GATHERED}")):
            if (self.path / gathered.name.removeprefix(".").removesuffix(_GATHERED)).exists():
                gathered.unlink()
            else:
                gathered.rename(self.spool)
        return messages

    def _check_manifest(self) -> str | None:
        """Set a damaged manifest aside and return a message; `adopt_part` then makes a new one from the parts."""
        path = self.path / MANIFEST
        try:
            found = self.manifest()
            shelves = {listed_part(part)["shelf"] for part in found["parts"]}
            if not shelves <= set(Shelf) or not {"state", "started_at"} <= found.keys():
                raise ValueError("it is not as a run writes it")
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            return _set_aside(path, error)
        return None


def _set_aside(path: Path, error: Exception) -> str:
    """Set a damaged file aside, and return a message that says so."""
    return f"{path.name} is damaged ({error}): set aside as {set_aside(path).relative_to(path.parent)}"


def _write_whole_rows(gathered: Path, writer: PartWriter) -> Iterator[Broken]:
    """Write the valid rows of a spool, and yield the errors of the others; a last line that is cut short is skipped."""
    with gathered.open("rb") as lines:
        for line in lines:
            if not line.endswith(b"\n"):
                return
            try:
                decode_row(line)
            except Broken as error:
                yield error
            else:
                writer.write(line)


def unfinished(root: Path) -> Iterator[Path]:
    """Yield the folders of runs that have not ended, dead or alive: they hold a lock file or a spool."""
    marks = (mark for name in (RUNNING, _SPOOL) for mark in root.glob(f"date=*/run=*/{name}"))
    yield from sorted({mark.parent for mark in marks})
