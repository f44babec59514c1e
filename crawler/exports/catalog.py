"""The catalog of an export: all runs, and each part with its sequence numbers and state, in `catalog.json`.

A reader opens the catalog, reads its `files`, and keeps `Catalog.sequence` as its cursor:

    catalog = open_catalog("exports")
    for file in catalog.files(Shelf.ARTICLES, since=cursor):
        ...  # rows whose `sequence` is above the cursor
    cursor = catalog.sequence

No record with a number up to `Catalog.sequence` ever appears later, so the next reading misses none.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Self

from crawler.exports.catalog_rows import CLEANED, CatalogPart, CatalogRun, CompactedFile, ExportFile, PartState
from crawler.exports.storage import Storage, open_storage
from crawler.shelves import Shelf

CATALOG = "catalog.json"
CATALOG_VERSION = "1.0"
MANIFEST = "manifest.json"
COMPACTED = "compacted"
"""Folder of compacted files below the root of exports."""
_ERRORS = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""The errors that reading a damaged catalog or manifest raises."""
_IN_ITS_FOLDER = (PartState.PUBLISHED, PartState.COMPACTED)


@dataclass(slots=True, kw_only=True)
class Catalog:
    """All runs below the root of exports."""

    sequence: int = 0
    """The last sequence number that was given out: a reader's next cursor."""
    runs: dict[str, CatalogRun] = field(default_factory=dict)
    """The runs by folder, in the order of these names."""
    compacted: dict[str, CompactedFile] = field(default_factory=dict)
    """The compacted files by path."""
    _lines: dict[str, tuple[CatalogRun, str]] = field(default_factory=dict, repr=False, compare=False)
    """The lines of the runs when they were last written: over a year, all but one are the same the next time."""

    def parts(self) -> Iterator[tuple[str, CatalogPart]]:
        """Yield each part, after its name below the root."""
        for run in self.runs.values():
            for part in run.parts:
                yield f"{run.folder}/{part.name}", part

    def part(self, path: str) -> CatalogPart | None:
        """Return the part with a name below the root, or None if the catalog does not list it."""
        folder, _, name = path.rpartition("/")
        run = self.runs.get(folder)
        return next((part for part in run.parts if part.name == name), None) if run else None

    def files(self, shelf: Shelf, since: int | None = None) -> list[ExportFile]:
        """Return the files that hold each row of a shelf once, in the order of their sequence numbers.

        `since` leaves out files without a sequence number above it; those that stay may hold rows up to it as well.
        Files without rows and damaged parts are left out; `damaged` names the latter.
        """
        parts = {path: part for path, part in self.parts() if part.shelf == shelf and part.state in _IN_ITS_FOLDER}
        files = {path: file for path, file in self.compacted.items() if file.shelf == shelf}
        files = {path: file for path, file in files.items() if not parts.keys() >= set(file.parts)}
        replaced = {path for file in files.values() for path in file.parts}
        found = [_file(path, file) for path, file in files.items()]
        found += [_file(path, part) for path, part in parts.items() if path not in replaced]
        kept = [each for each in found if each.rows and (since is None or (each.last_sequence or 0) > since)]
        return sorted(kept, key=lambda each: (each.first_sequence or 0, each.path))

    def damaged(self) -> list[str]:
        """Return the names, below the root, of the damaged parts."""
        return [path for path, part in self.parts() if part.state is PartState.DAMAGED]

    def enter(self, run: CatalogRun) -> None:
        """Add or replace a run; a part that is as before keeps its state."""
        before = self.runs.get(run.folder, run).parts
        states = {(part.name, part.sha256): part.state for part in before}
        parts = tuple(replace(part, state=states.get((part.name, part.sha256), part.state)) for part in run.parts)
        self.runs[run.folder] = replace(run, parts=parts)
        self.sequence = max([self.sequence, *(part.last_sequence or 0 for part in parts)])

    def mark(self, paths: Mapping[str, PartState]) -> None:
        """Set the states of parts, by their names below the root."""
        for folder in {path.rpartition("/")[0] for path in paths} & self.runs.keys():
            run = self.runs[folder]
            parts = (replace(part, state=paths.get(f"{folder}/{part.name}", part.state)) for part in run.parts)
            self.runs[folder] = replace(run, parts=tuple(parts))

    def clean(self, folders: Iterable[str]) -> None:
        """Note that the folders of some runs are deleted."""
        for folder in folders:
            self.runs[folder] = replace(self.runs[folder], state=CLEANED)

    def text(self) -> str:
        """Return the catalog as JSON, one run or compacted file a line."""
        runs = (self._line(self.runs[folder]) for folder in sorted(self.runs))
        files = (_json(self.compacted[path]) for path in sorted(self.compacted))
        return (
            f'{{"catalog_version": "{CATALOG_VERSION}", "sequence": {self.sequence},\n'
            f'"runs": [{",".join(runs)}],\n"compacted": [{",".join(files)}]}}\n'
        )

    def _line(self, run: CatalogRun) -> str:
        before, line = self._lines.get(run.folder, (None, ""))
        if before is not run:
            line = _json(run)
            self._lines[run.folder] = run, line
        return line

    @classmethod
    def of_text(cls, text: str | bytes) -> Self:
        """Return the catalog in the text of `catalog.json`; raise ValueError if it is damaged."""
        try:
            found = json.loads(text)
            runs = map(CatalogRun.of_entry, found["runs"])
            files = map(CompactedFile.of_entry, found["compacted"])
            return cls(
                sequence=int(found["sequence"]),
                runs={run.folder: run for run in sorted(runs, key=lambda run: run.folder)},
                compacted={file.path: file for file in files},
            )
        except _ERRORS as error:
            raise ValueError(f"it is no catalog ({error})") from error


def open_catalog(root: str | Path) -> Catalog:
    """Return the catalog of a root of exports: a folder, or `s3://bucket/prefix`.

    Without one, or if it is damaged, return one that is made from the manifests; nothing is written, as the next run
    writes the catalog anew. Raise FileNotFoundError if there is no such folder.
    """
    if "://" not in str(root) and not Path(root).is_dir():
        raise FileNotFoundError(f"{root}: no such folder of exports")
    return read_catalog(open_storage(root))


def read_catalog(storage: Storage) -> Catalog:
    """Return the catalog of a root of exports, or one that is made from the manifests if it is missing or damaged."""
    stored = storage.read(CATALOG)
    try:
        return Catalog.of_text(stored.content) if stored else catalog_of_manifests(storage)
    except ValueError:
        return catalog_of_manifests(storage)


def catalog_of_manifests(storage: Storage) -> Catalog:
    """Return a catalog that is made from the manifests of runs and compacted files; damaged ones are left out.

    A part that is not in its place, or of another size, is damaged, unless a compacted file holds its rows.
    """
    catalog, sizes = Catalog(), storage.sizes("")
    for name in sorted(sizes):
        folder, _, file = name.rpartition("/")
        is_run = file == MANIFEST and folder.count("/") == 1
        is_compacted = folder.startswith(f"{COMPACTED}/") and file.endswith(".json")
        if not (is_run or is_compacted) or not (stored := storage.read(name)):
            continue
        with suppress(*_ERRORS):
            found = json.loads(stored.content)
            if is_run:
                catalog.enter(CatalogRun.of_manifest(folder, found))
            elif sizes.get(found["path"]) == found["bytes"]:
                catalog.compacted[found["path"]] = CompactedFile.of_entry(found)
    _leave_out_replaced(catalog)
    _add_cleaned(catalog)
    held = {path for each in catalog.compacted.values() for path in each.parts}
    catalog.mark({path: _state(part, sizes.get(path), is_held=path in held) for path, part in catalog.parts()})
    catalog.sequence = max([catalog.sequence, *(each.last_sequence or 0 for each in catalog.compacted.values())])
    return catalog


def _leave_out_replaced(catalog: Catalog) -> None:
    """Leave out a compacted file whose rows are all in another one, as a process leaves it that dies meanwhile."""
    parts = {path: set(file.parts) for path, file in catalog.compacted.items()}
    for path in parts:
        if any(parts[path] < parts[other] for other in parts):
            del catalog.compacted[path]


def _add_cleaned(catalog: Catalog) -> None:
    """Add the runs that have no manifest any more, as the compacted files name them; when they ended is lost."""
    folders = {path.rpartition("/")[0] for file in catalog.compacted.values() for path in file.parts}
    for folder in folders - catalog.runs.keys():
        run = folder.rpartition("/run=")[2]
        catalog.enter(CatalogRun(folder=folder, run_id=run, state=CLEANED, started_at=None, ended_at=None, parts=()))


def _state(part: CatalogPart, size: int | None, *, is_held: bool) -> PartState:
    if is_held:
        return PartState.COMPACTED if size == part.bytes else PartState.DROPPED
    return PartState.PUBLISHED if size == part.bytes else PartState.DAMAGED


def _file(path: str, file: CatalogPart | CompactedFile) -> ExportFile:
    return ExportFile(
        path=path,
        shelf=Shelf(file.shelf),
        rows=file.rows,
        sha256=file.sha256,
        first_sequence=file.first_sequence,
        last_sequence=file.last_sequence,
    )


def _json(entry: CatalogRun | CompactedFile) -> str:
    return f"\n{json.dumps(asdict(entry), ensure_ascii=False)}"
