"""The published parts that an export reads, in the order of their publication: all of the catalog, or of some runs."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Self

from scrapy.settings import BaseSettings

from crawler.exports.catalog import CATALOG, MANIFEST, Catalog, read_catalog
from crawler.exports.catalog_rows import PartState
from crawler.exports.decoding import decode_row
from crawler.exports.jsonl import BadLine, read_rows
from crawler.exports.part import listed_part, sha256_of
from crawler.exports.storage import LocalStorage, Storage, storage_at
from crawler.shelves import Shelf, shelf_of_file

_OTHER: dict[str, Any] = {}
"""Stands for a row that is not of the part."""
_CHANGED = "was lost or changed since it was published; restore it"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPart:
    """A part of a run, or a file of rows that belongs to no run."""

    place: str
    """The file as users write it: a path, or its address on S3."""
    opened: Callable[[], AbstractContextManager[Path]]
    """Returns a context with the file on this machine; raises OSError if it cannot be had."""
    shelf: Shelf
    rows: int | None = None
    """Number of rows that the manifest states; None without a manifest."""
    last_sequence: int | None = None
    """Highest sequence number of its rows, 0 if they have none; None if nothing says it."""
    sha256: str | None = None
    """SHA-256 of the file in hexadecimal; None if nothing says it."""
    run: str | None = None
    """Identifier of the run of all its rows; None if nothing says it."""
    takes: Callable[[dict[str, Any]], bool] | None = None
    """Returns whether a row of the file belongs to the part; None: each does."""

    def read(self, read: Callable[[bytes], dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Yield what `read` returns for each line; raise BadLine at the first bad line, and for a wrong number."""
        count = 0
        with self._opened() as path:
            try:
                for row in read_rows(path, partial(self._row, read)):
                    if row is not _OTHER:
                        yield row
                        count += 1
            except BadLine as error:
                raise BadLine(str(error).replace(str(path), self.place)) from error
        if self.rows is not None and count != self.rows:
            raise BadLine(f"{self.place}: has {count} rows, and {self.rows} in the manifest; restore it")

    def _row(self, read: Callable[[bytes], dict[str, Any]], line: bytes) -> dict[str, Any]:
        """Return what `read` returns for a line; _OTHER for a line of another part, which `read` does not get."""
        return read(line) if self.takes is None or self.takes(decode_row(line)) else _OTHER

    def is_as_published(self) -> bool:
        """Return whether the file is there, with the hash that is listed."""
        with suppress(OSError), self.opened() as path:
            return self.sha256 is None or sha256_of(path) == self.sha256
        return False

    @contextmanager
    def _opened(self) -> Iterator[Path]:
        with ExitStack() as stack:
            try:
                path = stack.enter_context(self.opened())
                path.open("rb").close()
            except FileNotFoundError:
                todo = "as after scrapy compact --drop: export again"
                raise BadLine(f"{self.place}: was deleted since the export began, {todo}") from None
            except OSError as error:
                raise BadLine(f"{self.place}: cannot be read ({error.strerror or error})") from error
            yield path


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedParts:
    """What an export reads."""

    parts: list[PublishedPart]
    ended: Mapping[str, datetime | None]
    """When each run ended, by its identifier; None for one that is running, and for one that died."""
    sequence: int | None = None
    """The last sequence number that was given out; None if the parts are not those of a catalog."""
    damaged: list[str] = field(default_factory=list)
    """A sentence for each part or run that cannot be read, and is not in `parts`."""

    def whole(self) -> Self:
        """Return the same without the parts whose bytes are not those that were published; `damaged` names them."""
        whole = [(part, part.is_as_published()) for part in self.parts]
        changed = [f"{part.place}: {_CHANGED}" for part, is_whole in whole if not is_whole]
        return replace(self, parts=[part for part, is_whole in whole if is_whole], damaged=self.damaged + changed)


def all_published(storage: Storage) -> PublishedParts:
    """Return the parts of all runs of a root of exports, as its catalog lists them.

    In a folder, runs that the catalog does not list and parts that are not there count as damaged at once. Raise
    BadLine if the catalog cannot be read.
    """
    root = storage.spool if isinstance(storage, LocalStorage) else None
    manifests = list(root.glob(f"date=*/run=*/{MANIFEST}")) if root else []  # first: the catalog then has these runs
    try:
        catalog = read_catalog(storage)
    except OSError as error:
        raise BadLine(f"{storage.address}/{CATALOG}: cannot be read ({error.strerror or error})") from error
    files = [file for shelf in Shelf for file in catalog.files(shelf)]
    lost = {file.path for file in files if root and not (root / file.path).is_file()}
    unlisted = _unlisted(root, catalog, manifests) if root else ()
    return PublishedParts(
        parts=[
            PublishedPart(
                place=f"{storage.address}/{file.path}",
                opened=partial(storage.opened, file.path),
                shelf=file.shelf,
                rows=file.rows,
                sha256=file.sha256,
                last_sequence=file.last_sequence or 0,
                run=_run_of(file.path, catalog),
            )
            for file in sorted(files, key=lambda file: (file.first_sequence or 0, file.path))
            if file.path not in lost
        ],
        ended={run.run_id: _moment(run.ended_at) for run in catalog.runs.values()},
        sequence=catalog.sequence,
        damaged=[*(f"{storage.address}/{path}: {_CHANGED}" for path in (*catalog.damaged(), *sorted(lost))), *unlisted],
    )


def published_at(root: str, settings: BaseSettings) -> PublishedParts | None:
    """Return the parts of all runs of the exports at an address, or None if there is no run.

    Raise UsageError for an address that is none, and BadLine if the catalog cannot be read.
    """
    storage = storage_at(root, settings)
    published = all_published(storage) if storage.is_there else None
    return published if published and (published.ended or published.damaged) else None


def published_by(runs: Iterable[Path], file_shelf: Shelf) -> PublishedParts:
    """Return the parts of some runs, the oldest run first, then the files of rows that are named in place of runs.

    Such a file has rows of `file_shelf`. Raise BadLine if a manifest cannot be read.
    """
    given = list(runs)
    folders = sorted((_opened(run) for run in given if run.is_dir()), key=lambda each: each[:2])
    parts = [part for _, run, manifest in folders for part in _parts(run, manifest)]
    files = [_local(run, shelf=file_shelf) for run in given if not run.is_dir()]
    listed = (manifest for _, _, manifest in folders if manifest is not None)
    found, damaged = _found(parts, file_shelf)
    return PublishedParts(
        parts=found + files,
        ended={str(manifest.get("run_id")): _moment(manifest.get("ended_at")) for manifest in listed},
        damaged=damaged,
    )


def _found(parts: Iterable[PublishedPart], shelf: Shelf) -> tuple[list[PublishedPart], list[str]]:
    """Return the parts of runs, those that were dropped in the compacted files, and a sentence for each lost one.

    Rows of refused addresses have no number by which those of a run could be told from others in a compacted file;
    that matters if `shelf` asks for them.
    """
    found, damaged, catalogs = list[PublishedPart](), list[str](), dict[Path, Catalog]()
    for part in parts:
        path = Path(part.place).resolve()
        root = path.parents[2] if len(path.parents) > 2 else path.parent
        if path.is_file():
            found.append(part)
            continue
        if root not in catalogs:
            catalogs[root] = read_catalog(LocalStorage(root)) if (root / CATALOG).is_file() else Catalog()
        held = _held(part, "/".join(path.parts[-3:]), root, catalogs[root])
        if held is None:
            damaged.append(f"{part.place}: is in the manifest, and not in the folder; restore it")
        elif part.shelf is not Shelf.REFUSED:
            found.append(held)
        elif part.rows and shelf is Shelf.REFUSED:
            damaged.append(f"{part.place}: its rows are in {held.place} with those of other runs: export without RUN")
    return found, damaged


def _held(part: PublishedPart, name: str, root: Path, catalog: Catalog) -> PublishedPart | None:
    """Return a dropped part as rows of the compacted file that holds it; None if the catalog does not say so."""
    listed = catalog.part(name)
    file = next((file for file in catalog.compacted.values() if name in file.parts), None)
    if listed is None or listed.state is not PartState.DROPPED or file is None:
        return None
    first, last = listed.first_sequence, listed.last_sequence

    def takes(row: dict[str, Any]) -> bool:
        if first is None or last is None:
            return row.get("sequence") is None and row.get("run_id") == part.run
        return first <= (row.get("sequence") or 0) <= last

    place = root / file.path
    return replace(part, place=str(place), opened=lambda: nullcontext(place), sha256=file.sha256, takes=takes)


def _run_of(path: str, catalog: Catalog) -> str | None:
    run = catalog.runs.get(path.rpartition("/")[0])
    return run.run_id if run else None


def _unlisted(root: Path, catalog: Catalog, manifests: Iterable[Path]) -> Iterator[str]:
    """Yield a sentence for each run that the catalog does not list, unless it has only just begun."""
    for path in manifests:
        if path.parent.relative_to(root).as_posix() in catalog.runs:
            continue
        try:
            is_running = json.loads(path.read_bytes())["state"] == "running"
        except (ValueError, LookupError, TypeError, RecursionError, OSError) as error:
            yield f"{path}: cannot be read ({error!r}); restore it"
            continue
        if not is_running:
            yield f"{path.parent}: is not in {root / CATALOG}; remove that, and it is made anew from all runs"


def _opened(run: Path) -> tuple[str, Path, dict[str, Any] | None]:
    """Return when a run started, its folder, and its manifest; None for a folder without one."""
    path = run / MANIFEST
    if not path.exists():
        return "", run, None
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        manifest["parts"] = [listed_part(part) for part in manifest["parts"]]
        return str(manifest.get("started_at") or ""), run, manifest
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise BadLine(f"{path}: cannot be read ({error!r}); restore it, or leave the run out") from error


def _parts(run: Path, manifest: dict[str, Any] | None) -> Iterator[PublishedPart]:
    if manifest is None:
        for path in sorted(run.glob("[!.]*.jsonl*")):
            if shelf := shelf_of_file(path.name):
                yield _local(path, shelf=shelf)
        return
    for listed in manifest["parts"]:
        path = run / Path(listed["name"]).name
        if shelf := shelf_of_file(path.name):
            yield _local(
                path,
                shelf=shelf,
                rows=listed["rows"],
                sha256=listed["sha256"],
                last_sequence=listed.get("last_sequence") or 0,
                run=manifest.get("run_id"),
            )


def _local(path: Path, **more: Any) -> PublishedPart:
    return PublishedPart(place=str(path), opened=lambda: nullcontext(path), **more)


def _moment(text: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
