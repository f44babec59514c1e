"""The folder of one run: `exports/date=YYYY-MM-DD/run=<id>/`, its parts and its manifest."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler import __version__
from crawler.exports.decoding import decode_row
from crawler.exports.jsonl import PACKING_ERRORS
from crawler.exports.part import Part, PartWriter, listed_part, set_aside, whole_part, write_json
from crawler.items import SCHEMA_VERSION
from crawler.lock import Lock
from crawler.schema import Broken

SHELVES = ("articles", "copies", "refused")
MANIFEST_VERSION = "1.0"
_RUNNING = ".running"
_SPOOL = ".refused.jsonl"
_GATHERED = ".gathered"
_STARTED = re.compile(r"(\d{4})(\d\d)(\d\d)T")


class RunFolder:
    """A run's folder, held by one process at a time."""

    def __init__(self, path: Path, *, suffix: str = ".jsonl") -> None:
        self.path = path
        self.run = path.name.removeprefix("run=")
        self._suffix = suffix
        self._lock = Lock(path / _RUNNING)

    @classmethod
    def of_run(cls, root: Path, run: str, *, suffix: str) -> "RunFolder":
        """Return the folder of a run: the one that is there, or a new one under the day on which the run began."""
        for path in sorted(root.glob(f"date=*/run={run}")):
            return cls(path, suffix=suffix)
        began = _STARTED.match(run)
        day = "-".join(began.groups()) if began else f"{datetime.now(UTC):%Y-%m-%d}"
        return cls(root / f"date={day}" / f"run={run}", suffix=suffix)

    @property
    def spool(self) -> Path:
        """Return the file that refusals are gathered in while the run lasts."""
        return self.path / _SPOOL

    def hold(self, *, wait: bool = False) -> bool:
        """Take hold of the folder, and say whether that was possible: no other process may have it."""
        if self._lock.is_mine:
            return True
        self.path.mkdir(parents=True, exist_ok=True)
        return self._lock.take(wait=wait)

    def release(self) -> None:
        """Let go of the folder: the run has ended."""
        self._lock.release()

    def leave(self) -> None:
        """Let go of the folder, but leave it as that of a run that has not ended."""
        self._lock.release(keep=True)

    def writer(self, shelf: str, *, numbered: bool) -> PartWriter:
        """Return a writer of the shelf's next part, whose name was never used."""
        names = [path.name for path in self.path.glob(f"{shelf}*.jsonl*")]
        if not numbered and not names:
            return PartWriter(self.path / f"{shelf}{self._suffix}", shelf)
        used = [int(found[1]) for name in names if (found := re.match(rf"{shelf}-(\d+)\.", name))]
        return PartWriter(self.path / f"{shelf}-{max(used, default=0) + 1:04}{self._suffix}", shelf)

    def manifest(self) -> dict[str, Any]:
        """Return the manifest as it stands; that of a new run names no part yet."""
        path = self.path / "manifest.json"
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

    def note(self, **told: Any) -> None:
        """Write into the manifest what is known now."""
        write_json(self.path / "manifest.json", self.manifest() | told)

    def list_part(self, part: Part) -> None:
        """List a part in the manifest, once."""
        parts = [each for each in self.manifest()["parts"] if each["name"] != part.name]
        self.note(parts=sorted([*parts, asdict(part)], key=lambda each: str(each["name"])))

    def adopt_part(self, path: Path) -> str | None:
        """List a part that reached its place when its run died before it could be listed.

        One that is damaged is set aside; return what was done, or None.
        """
        if path.name in {part["name"] for part in self.manifest()["parts"]}:
            return None
        try:
            self.list_part(whole_part(path, re.split(r"[-.]", path.name)[0]))
        except (Broken, *PACKING_ERRORS) as error:
            return _told_aside(path, error)
        return None

    def publish_refused(self) -> list[str]:
        """Make a part of the refusals gathered so far, of whole lines only; return what was set aside."""
        if not self.spool.exists():
            return []
        writer = self.writer("refused", numbered=False)
        # Named after its part, so that after a kill the two are not taken for different refusals.
        gathered = self.spool.rename(self.path / f".{writer.path.name}{_GATHERED}")
        broken = list(_write_whole_rows(gathered, writer))
        writer.close()
        self.list_part(writer.publish())
        if broken:
            return [_told_aside(gathered, broken[0])]
        gathered.unlink()
        return []

    def fill_empty(self) -> None:
        """Give each shelf that has no part an empty one."""
        filled = {part["shelf"] for part in self.manifest()["parts"]}
        for shelf in SHELVES:
            if shelf not in filled:
                writer = self.writer(shelf, numbered=False)
                writer.close()
                self.list_part(writer.publish())

    def close_dead(self) -> list[str]:
        """Make a dead run's folder whole, save for its report; return what was set aside."""
        told = self.publish_refused()
        self.fill_empty()
        if self.manifest()["state"] == "running":
            self.note(state="recovered")
        return told

    def set_right(self) -> list[str]:
        """Put in order what a dead run left, and return what was done.

        What is half-written is removed, what is whole is listed, what is damaged is set aside.
        """
        left = sorted(self.path.glob(".*.part"))
        for path in left:
            path.unlink()
        told = [f"removed half-written {', '.join(path.name for path in left)}"] if left else []
        told += filter(None, [self._mend_manifest(), *map(self.adopt_part, sorted(self.path.glob("[!.]*.jsonl*")))])
        for gathered in sorted(self.path.glob(f".*{_GATHERED}")):
            if (self.path / gathered.name.removeprefix(".").removesuffix(_GATHERED)).exists():
                gathered.unlink()
            else:
                gathered.rename(self.spool)
        return told

    def _mend_manifest(self) -> str | None:
        """Set a damaged manifest aside: another is made from the parts; return what was done."""
        path = self.path / "manifest.json"
        try:
            found = self.manifest()
            shelves = {listed_part(part)["shelf"] for part in found["parts"]}
            if not shelves <= set(SHELVES) or not {"state", "started_at"} <= found.keys():
                raise ValueError("it is not as a run writes it")
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            return _told_aside(path, error)
        return None


def _told_aside(path: Path, error: Exception) -> str:
    """Set a damaged file aside, and say so."""
    return f"{path.name} is damaged ({error}): set aside as {set_aside(path).relative_to(path.parent)}"


def _write_whole_rows(gathered: Path, writer: PartWriter) -> Iterator[Broken]:
    """Write the rows of a file, and yield what is wrong with those that are none; a last one that is cut is no loss."""
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
    """Yield the folders of runs that have not ended, dead or alive: their mark, or gathered refusals, lie in them."""
    marks = (mark for name in (_RUNNING, _SPOOL) for mark in root.glob(f"date=*/run=*/{name}"))
    yield from sorted({mark.parent for mark in marks})
