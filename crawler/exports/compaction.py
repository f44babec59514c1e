"""Compaction: the parts of a day become one Parquet file a shelf, are compared with it, and may then be dropped.

The file is named after its content, and the write of the catalog that lists it marks its parts as compacted; parts are
marked as dropped before they are deleted. So the catalog leads to each row once at every moment, and a process that
dies leaves only files that the catalog does not lead to; the next compaction deletes them.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from functools import partial
from heapq import merge
from itertools import chain, zip_longest
from typing import Any

from crawler.exports.catalog import COMPACTED, Catalog
from crawler.exports.catalog_rows import CatalogPart, CompactedFile, PartState
from crawler.exports.decoding import lift
from crawler.exports.jsonl import BadLine, read_rows
from crawler.exports.part import sha256_of
from crawler.exports.publication import Publication
from crawler.exports.shelf_rows import read_line
from crawler.items import SCHEMA_VERSION, Publisher
from crawler.lock import Lock
from crawler.shelves import Shelf

_LOCK = ".compacting.lock"
_TEMPORARY = ".compacting.parquet"
_BEGUN = ".compacting.json"
"""File below the root that names the days that are being compacted: what a process leaves that dies is on these."""


class CompactionError(Exception):
    """A shelf of a day cannot be compacted, and is as before; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class _Job:
    """What one compaction reads."""

    shelf: Shelf
    date: str
    parts: Mapping[str, CatalogPart]
    """The parts that no compacted file holds yet, by name, in the order of their numbers."""
    before: tuple[CompactedFile, ...]
    """The compacted file of the day that is to be replaced, if there is one."""

    @property
    def files(self) -> dict[str, CatalogPart | CompactedFile]:
        """Return all files to read, by name."""
        return {**{file.path: file for file in self.before}, **self.parts}


class Compaction:
    """Compacts days of one root of exports; `publishers` are those of the outlets, by slug, for records of 1.0."""

    def __init__(self, publication: Publication, publishers: Mapping[str, Publisher]) -> None:
        self.damaged: list[str] = []
        """A sentence for each part that is lost or changed; such parts are left as they are."""
        self._publication = publication
        self._storage = publication.storage
        self._publishers = publishers
        self._lock = Lock(self._storage.spool / _LOCK)
        self._temporary = self._storage.spool / _TEMPORARY
        self._left: frozenset[str] = frozenset()
        """The days that a process has begun, and not ended."""
        self._written: set[str] = set()
        """The compacted files that this process has written and compared."""

    def start(self) -> bool:
        """Take the lock of compaction; return False if another process on this machine compacts."""
        self._storage.spool.mkdir(parents=True, exist_ok=True)
        is_mine = self._lock.take()
        self._left = frozenset(self._begun()) if is_mine else frozenset()
        return is_mine

    def end(self) -> None:
        """Release the lock of compaction."""
        self._temporary.unlink(missing_ok=True)
        self._lock.release()

    def days(self) -> list[str]:
        """Return the days of runs that the catalog lists, in order."""
        with self._publication.alone() as catalog:
            return sorted({_date(run) for run in catalog.runs})

    def days_to_do(self, *, drop: bool) -> set[str]:
        """Return the days with parts to compact, or to drop as well, and those that a dead process has left."""
        with self._publication.alone() as catalog:
            held = {path for file in catalog.compacted.values() for path in file.parts}
            running = {folder for folder, run in catalog.runs.items() if run.state == "running"}
            return {*self._left} | {
                _date(path)
                for path, part in catalog.parts()
                if path.rpartition("/")[0] not in running
                and (path not in held or (drop and part.state is PartState.COMPACTED))
            }

    @contextmanager
    def working_on(self, date: str, *, drop: bool) -> Iterator[None]:
        """Return a context in which a day is compacted; if it is left by a kill, the day is visited again."""
        self._note({*self._begun(), date})
        yield
        if drop or date not in self._left:
            self._note({*self._begun()} - {date})

    def _begun(self) -> list[str]:
        stored = self._storage.read(_BEGUN)
        with suppress(ValueError, TypeError):  # cut short by a power cut
            return [str(day) for day in json.loads(stored.content)] if stored else []
        return []

    def _note(self, days: Collection[str]) -> None:
        if days:
            self._storage.write(_BEGUN, json.dumps(sorted(days)), self._storage.version(_BEGUN))
        else:
            self._storage.delete(_BEGUN)

    def compact(self, shelf: Shelf, date: str) -> CompactedFile | None:
        """Compact what is published of a shelf and day, and return the file; None if there is nothing to compact.

        Parts of running runs are left as they are. Raise CompactionError if rows cannot be read or do not compare.
        """
        job = self._job(shelf, date)
        if not job.parts:
            return None
        try:
            self._write(job)
            self._compare(job)
        except BadLine as error:
            raise CompactionError(str(error)) from error
        return self._commit(job)

    def drop(self, date: str) -> int:
        """Delete the parts of a day that compacted files hold, and return their number.

        Raise CompactionError if a compacted file is lost or changed.
        """
        with self._publication.alone() as catalog:
            files = {path: file for path, file in catalog.compacted.items() if file.date == date}
            states = {name: part.state for name, part in catalog.parts() if _date(name) == date}
        for file in files.values():
            if any(states.get(name) is PartState.COMPACTED for name in file.parts):
                self._check_compacted(file)
        with self._publication.alone() as catalog:
            held = {name for path, file in files.items() if path in catalog.compacted for name in file.parts}
            parts = {name: part.state for name, part in catalog.parts() if _date(name) == date}
            marked = [name for name in held & parts.keys() if parts[name] is PartState.COMPACTED]
            if marked:
                catalog.mark(dict.fromkeys(marked, PartState.DROPPED))
                self._publication.write(catalog)
        dropped = {name for name, state in parts.items() if state is PartState.DROPPED} | {*marked}
        left = sorted(dropped & self._storage.sizes(f"date={date}").keys())
        for path in left:
            self._storage.delete(path)
        return len(left)

    def _job(self, shelf: Shelf, date: str) -> _Job:
        """Return what is to be compacted, without damaged parts; mark these, and those that are whole again."""
        with self._publication.alone() as catalog:
            self._remove_strays(catalog, shelf, date)
            job = _job(catalog, shelf, date)
        for file in job.before if job.parts else ():
            self._check_compacted(file)
        whole, states = {}, {}
        for name, part in job.parts.items():
            if self._storage.holds(name, size=part.bytes, sha256=part.sha256):
                whole[name] = replace(part, state=PartState.PUBLISHED)
            else:
                place = f"{self._storage.address}/{name}"
                self.damaged.append(f"{place}: was lost or changed since it was published; restore it")
            state = PartState.PUBLISHED if name in whole else PartState.DAMAGED
            if part.state is not state:
                states[name] = state
        if states:
            with self._publication.alone() as catalog:
                catalog.mark({name: state for name, state in states.items() if catalog.part(name) == job.parts[name]})
                self._publication.write(catalog)
        return replace(job, parts=whole)

    def _check_compacted(self, file: CompactedFile) -> None:
        is_whole = file.path in self._written or self._storage.holds(file.path, size=file.bytes, sha256=file.sha256)
        if not is_whole:
            raise CompactionError(f"{self._storage.address}/{file.path}: was lost or changed; restore it")

    def _rows(self, job: _Job) -> Iterator[dict[str, Any]]:
        """Yield the rows of all files in the order of their numbers; those of a shelf's rows have all keys."""
        before = chain.from_iterable(self._rows_of(file.path, job.shelf) for file in job.before)
        parts = chain.from_iterable(self._rows_of(path, job.shelf) for path in job.parts)
        yield from merge(before, parts, key=lambda row: row.get("sequence") or 0)

    def _rows_of(self, name: str, shelf: Shelf) -> Iterator[dict[str, Any]]:
        with self._storage.opened(name) as path:
            for row in read_rows(path, partial(read_line, shelf)):
                yield lift(row, self._publishers) if shelf.has_records else row

    def _write(self, job: _Job) -> None:
        try:
            from crawler.exports.parquet import write_parquet
        except ModuleNotFoundError as error:
            raise CompactionError(f"Parquet needs pyarrow ({error}): pip install 'videsh[parquet]'") from error
        write_parquet(self._rows(job), self._temporary, job.shelf)

    def _compare(self, job: _Job) -> None:
        """Raise CompactionError unless the written file holds each row of the others, with all of its values."""
        names = [column.name for column in job.shelf.columns]
        expected, same, total = sum(file.rows for file in job.files.values()), 0, 0
        for row, written in zip_longest(self._rows(job), read_rows(self._temporary)):
            total += 1
            same += written == (row if row is None or job.shelf.has_records else dict.fromkeys(names) | row)
        if not expected == same == total:
            raise CompactionError(
                f"{job.shelf} of {job.date}: {same} of {expected} rows are the same in Parquet, so all stays as it is; "
                "if a later version of Videsh wrote them, upgrade; else report it as a fault"
            )

    def _commit(self, job: _Job) -> CompactedFile:
        """Put the file in its place, and list it in the catalog in place of the one before."""
        file = _compacted(job, sha256_of(self._temporary), self._temporary.stat().st_size)
        with self._publication.alone() as catalog:
            now = _job(catalog, job.shelf, job.date)
            if now.before != job.before or any(now.parts.get(path) != part for path, part in job.parts.items()):
                raise CompactionError(f"{job.shelf} of {job.date}: another process compacted it meanwhile; try again")
            self._storage.put(self._temporary, file.path)
            self._written.add(file.path)
            listed = json.dumps(asdict(file), ensure_ascii=False)
            self._storage.write(file.manifest, listed, self._storage.version(file.manifest))
            for before in job.before:
                del catalog.compacted[before.path]
            catalog.compacted[file.path] = file
            catalog.mark(dict.fromkeys(job.parts, PartState.COMPACTED))
            self._publication.write(catalog)
            self._remove_strays(catalog, job.shelf, job.date)
        return file

    def _remove_strays(self, catalog: Catalog, shelf: Shelf, date: str) -> None:
        """Delete compacted files that the catalog does not list: replaced ones, and those of a process that died."""
        kept = {name for file in catalog.compacted.values() for name in (file.path, file.manifest)}
        for name in sorted(self._storage.sizes(_folder(shelf, date)).keys() - kept):
            self._storage.delete(name)


def _job(catalog: Catalog, shelf: Shelf, date: str) -> _Job:
    before = tuple(file for file in catalog.compacted.values() if (file.shelf, file.date) == (shelf, date))
    held = {path for file in before for path in file.parts}
    runs = [run for run in catalog.runs.values() if _date(run.folder) == date and run.state != "running"]
    found = {f"{run.folder}/{part.name}": part for run in runs for part in run.parts if part.shelf == shelf}
    parts = {path: part for path, part in found.items() if path not in held and part.state is not PartState.DROPPED}
    ordered = sorted(parts.items(), key=lambda each: (each[1].first_sequence or 0, each[0]))
    return _Job(shelf, date, dict(ordered), before)


def _compacted(job: _Job, sha256: str, size: int) -> CompactedFile:
    files = job.files.values()
    return CompactedFile(
        path=f"{_folder(job.shelf, job.date)}/part-{sha256[:16]}.parquet",
        shelf=job.shelf,
        date=job.date,
        rows=sum(file.rows for file in files),
        bytes=size,
        sha256=sha256,
        schema_version=SCHEMA_VERSION,
        first_sequence=min((file.first_sequence for file in files if file.first_sequence), default=None),
        last_sequence=max((file.last_sequence for file in files if file.last_sequence), default=None),
        parts=tuple(sorted({*job.parts, *(path for file in job.before for path in file.parts)})),
    )


def _folder(shelf: Shelf, date: str) -> str:
    return f"{COMPACTED}/shelf={shelf}/date={date}"


def _date(path: str) -> str:
    return path.partition("/")[0].removeprefix("date=")
