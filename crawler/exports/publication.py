"""Publication: one process at a time gives out sequence numbers, puts a part in place, and enters it in the catalog.

The steps, under the lock of the storage: the lines of a part get the numbers after the last one of the catalog; the
part is announced in `.publishing.json`; it is put in its place; the catalog lists it. A process that dies after the
part reached its place leaves the announcement: whoever publishes next enters that part before it gives out a number.
So numbers appear in their order, whoever dies.
"""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from uuid import uuid4

from crawler.exports.catalog import CATALOG, Catalog, catalog_of_manifests
from crawler.exports.catalog_rows import CatalogPart, CatalogRun
from crawler.exports.decoding import lift
from crawler.exports.storage import ChangedError, Storage
from crawler.items import SCHEMA_VERSION

logger = logging.getLogger(__name__)

_ANNOUNCED = ".publishing.json"
"""File that announces the part that is being published: the entry of its run, with it, for the catalog."""
_PLACE = ".place"
"""File with the name of a place of exports, by which it is known wherever it is mounted."""
_CURRENT, _UNNUMBERED = f'{{"schema_version": "{SCHEMA_VERSION}"'.encode(), b'"sequence": null'
"""The beginning of a record of the current version, and what stands once in it: quotes inside a text are escaped."""
_TRIES = 10
"""Most writes of the catalog after each of which another process turns out to have written it."""


class Publication:
    """Publishes the parts of one process into a root of exports."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self._catalog: Catalog | None = None
        self._version: str | None = None
        self._place: str | None = None

    def place(self) -> str | None:
        """Return the name of this place of exports, or None if nothing was published here yet."""
        if self._place is None and self.storage.is_there:
            stored = self.storage.read(_PLACE)
            self._place = stored.content.decode("utf-8", "replace").strip() if stored else None
        return self._place

    def named_place(self) -> str:
        """Return the name of this place of exports; the first that publishes here names it. Call it within `alone`."""
        while not self.place():
            with suppress(ChangedError):
                self.storage.write(_PLACE, f"{uuid4().hex}\n", self.storage.version(_PLACE))
        return str(self._place)

    @contextmanager
    def alone(self) -> Iterator[Catalog]:
        """Return a context with the current catalog, in which no other process publishes."""
        with self.storage.alone():
            self._settle(self._loaded())
            yield self._loaded()

    def put(self, file: Path, name: str, run: CatalogRun, *, first: int | None = None) -> None:
        """Put a part in its place and enter its run, which lists the part, in the catalog; call it within `alone`.

        `first` is the first sequence number of the part. Raise ChangedError, and take the part away, if another process
        has given out that number: this one took so long that it counted as dead.
        """
        announced = {"part": name, "run": asdict(run)}
        self.storage.write(_ANNOUNCED, json.dumps(announced, ensure_ascii=False), self.storage.version(_ANNOUNCED))
        self.storage.put(file, name)
        while not _lists(self._loaded(), name, run):
            if first is not None and self._loaded().sequence >= first:
                if any(self.storage.holds(name, size=part.bytes, sha256=part.sha256) for part in _named(run, name)):
                    self.storage.delete(name)  # another process may have put a part of its own there since
                raise ChangedError(f"{self.storage.place_of(name)}: its sequence numbers were given out again")
            with suppress(ChangedError):
                self._enter(run)

    def enter(self, run: CatalogRun) -> None:
        """Add or replace a run in the catalog; call it within `alone`."""
        for left in reversed(range(_TRIES)):
            try:
                self._enter(run)
                return
            except ChangedError:
                if not left:
                    raise

    def _enter(self, run: CatalogRun) -> None:
        catalog = self._loaded()
        catalog.enter(run)
        self.write(catalog)

    def write(self, catalog: Catalog) -> None:
        """Write the catalog that `alone` gave, changed; call it within `alone`."""
        self._catalog = None  # is read again if it cannot be written
        self._version = self.storage.write(CATALOG, catalog.text(), self._version)
        self._catalog = catalog

    def _loaded(self) -> Catalog:
        version = self.storage.version(CATALOG)
        if self._catalog is None or version != self._version:
            stored = self.storage.read(CATALOG)
            self._version = stored.version if stored else None
            try:
                self._catalog = Catalog.of_text(stored.content) if stored else catalog_of_manifests(self.storage)
            except ValueError as error:
                logger.warning("%s/%s: %s: made anew from the manifests", self.storage.address, CATALOG, error)
                self._catalog = catalog_of_manifests(self.storage)
        return self._catalog

    def _settle(self, catalog: Catalog) -> None:
        """Enter the part that a dead process announced and put in its place."""
        stored = self.storage.read(_ANNOUNCED)
        if stored is None:
            return
        try:
            announced = json.loads(stored.content)
            name, run = announced["part"], CatalogRun.of_manifest(announced["run"]["folder"], announced["run"])
            part = next(part for part in run.parts if f"{run.folder}/{part.name}" == name)
        except (ValueError, LookupError, TypeError, AttributeError, StopIteration):
            return  # it was cut short by a power cut, so the part is not in its place
        if not _lists(catalog, name, run) and self.storage.holds(name, size=part.bytes, sha256=part.sha256):
            self.enter(run)


def _named(run: CatalogRun, name: str) -> list[CatalogPart]:
    return [part for part in run.parts if f"{run.folder}/{part.name}" == name]


def _lists(catalog: Catalog, name: str, run: CatalogRun) -> bool:
    """Return whether the catalog lists the part with a name as a run does."""
    found = catalog.part(name)
    return found is not None and any(part.name == found.name and part.sha256 == found.sha256 for part in run.parts)


def with_sequence(line: bytes, sequence: int | None) -> bytes:
    """Return a line of the outbox, which ends in a newline, with its sequence number; None leaves it as it is.

    A record that an earlier version of Videsh put into the outbox becomes one of the current schema version.
    """
    if sequence is None:
        return line
    before, unnumbered, after = line.partition(_UNNUMBERED)
    if unnumbered and line.startswith(_CURRENT):
        return b'%b"sequence": %d%b' % (before, sequence, after)
    row = json.loads(line)
    if "schema_version" in row:
        row = lift(row)
    row["sequence"] = sequence
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"
