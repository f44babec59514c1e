"""The published parts of runs, in the order in which they were published."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.exports.jsonl import BadLine, read_rows
from crawler.exports.part import listed_part
from crawler.shelves import Shelf, shelf_of_file

_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPart:
    """A part of a run, or a file of rows that belongs to no run."""

    path: Path
    shelf: Shelf
    rows: int | None = None
    """Number of rows that the manifest states; None without a manifest."""
    last_sequence: int | None = None
    """Highest sequence number of its rows; None if they have none."""
    run: str | None = None
    """Identifier of its run; None for a file without a run."""
    ended: datetime | None = None
    """When its run ended; None where nothing says so."""

    def read(self, read: Callable[[bytes], dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Yield what `read` returns for each line; raise BadLine at the first bad line, and for a wrong number."""
        count = 0
        for row in read_rows(self.path, read):
            yield row
            count += 1
        if self.rows is not None and count != self.rows:
            raise BadLine(f"{self.path}: has {count} rows, and {self.rows} in the manifest; restore it")


def runs_below(root: Path) -> list[Path]:
    """Return the folders of all runs in a folder of exports."""
    return [manifest.parent for manifest in root.glob(f"date=*/run=*/{_MANIFEST}")]


def published_parts(runs: Iterable[Path], file_shelf: Shelf) -> list[PublishedPart]:
    """Return the parts of runs, the oldest run first, then the files of rows that are named in place of runs.

    Such a file has rows of `file_shelf`. Raise BadLine if a manifest cannot be read, or lists a part that is not there.
    """
    given = list(runs)
    folders = sorted((_opened(run) for run in given if run.is_dir()), key=lambda each: each[:2])
    found = [part for _, run, manifest in folders for part in _parts(run, manifest)]
    return found + [PublishedPart(path=run, shelf=file_shelf) for run in given if not run.is_dir()]


def _opened(run: Path) -> tuple[str, Path, dict[str, Any] | None]:
    """Return when a run started, its folder, and its manifest; None for a folder without one."""
    path = run / _MANIFEST
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
                yield PublishedPart(path=path, shelf=shelf)
        return
    for listed in manifest["parts"]:
        path = run / listed["name"]
        if path.parent != run or not path.is_file():
            raise BadLine(f"{path}: is in the manifest, and not in the folder; restore it, or leave the run out")
        if shelf := shelf_of_file(path.name):
            yield PublishedPart(
                path=path,
                shelf=shelf,
                rows=listed["rows"],
                last_sequence=listed.get("last_sequence"),
                run=manifest.get("run_id"),
                ended=_moment(manifest.get("ended_at")),
            )


def _moment(text: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
