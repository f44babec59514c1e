"""The export of one run in one process: its folder, and what it has delivered."""

import json
import logging
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from crawler.exports.delivery import Recovered, deliver, recover
from crawler.exports.folder import RunFolder
from crawler.store import Outbox

logger = logging.getLogger(__name__)

SUFFIXES = (".jsonl", ".jsonl.gz", ".jsonl.zst")
_RUN_ID = re.compile(r"[\w.-]+")


class RunExport:
    """Publishes records in parts, by rows or minutes or at the end; all crawls of a run share it."""

    def __init__(self, folder: RunFolder, outbox: Outbox, settings: BaseSettings) -> None:
        self.path = folder.path
        self.delivered: Counter[str] = Counter()
        self.recovered = Recovered(messages=[], folders=[])
        """What was set right at the start."""
        self._folder = folder
        self._outbox = outbox
        self._store = settings.get("STORE") or None
        self._rows = settings.getint("EXPORT_PART_ROWS", 0)
        self._seconds = settings.getfloat("EXPORT_PART_MINUTES", 0) * 60
        self._together = settings.getbool("EXPORT_TOGETHER", False)
        self._last = time.monotonic()
        self._waiting = 0
        self._is_ended = False
        self._refusals = folder.spool.open("ab")

    @property
    def manifest(self) -> dict[str, Any]:
        """Return the manifest as it stands."""
        return self._folder.manifest()

    @property
    def recovered_folders(self) -> list[Path]:
        """Return the folders of dead runs that were closed, and have no report yet."""
        return [folder.path for folder in self.recovered.folders]

    def refuse(self, told: dict[str, Any]) -> None:
        """Note an address that was refused or could not be had; the line leaves the process at once."""
        self._refusals.write(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        self._refusals.flush()
        self.delivered["refused"] += 1

    def count(self) -> None:
        """Note that an article was put into the outbox; publish a part when one is full or its time has come."""
        self._waiting += 1
        self.publish_due()

    def publish_due(self) -> None:
        """Publish what waits when it fills a part, or when the time of a part is over; a run asks now and then."""
        is_full = self._rows and self._waiting >= self._rows
        is_time = self._seconds and time.monotonic() - self._last >= self._seconds
        if self._waiting and (is_full or is_time):
            self._publish(numbered=True)

    def _publish(self, *, numbered: bool) -> None:
        """Move what waits in the outbox to its place in the run's folder; a run's only part has no number."""
        self._waiting, self._last = 0, time.monotonic()
        folder = self._folder
        self.delivered += deliver(
            self._outbox, lambda delivery: folder, rows=self._rows, numbered=numbered, together=self._together
        )

    def end(self, state: Literal["complete", "interrupted"], *, outlets: list[str] | None = None) -> None:
        """Deliver everything, give empty shelves a valid empty part, and close the manifest; once.

        The folder stays that of a run under way until `let_go`, so that a report that is missing after a kill is seen.
        """
        if self._is_ended:
            return
        self._publish(numbered=False)
        self._refusals.close()
        self._folder.publish_refused()
        self._folder.fill_empty()
        self._folder.note(
            state=state,
            ended_at=datetime.now(UTC).isoformat(timespec="seconds"),
            outlets=sorted(outlets or []),
            store={"address": self._store, "waiting": sum(1 for _ in self._outbox.waiting())},
        )
        self._is_ended = True

    def let_go(self, *, is_whole: bool = True) -> None:
        """Let go of the run's folder, and of those that were recovered: all that belongs into them is there.

        Where it is not, as after a full disk, the run counts as one that died, and the next one sets it right.
        """
        with suppress(OSError):
            self._refusals.close()
        for folder in (self._folder, *self.recovered.folders):
            (folder.release if is_whole and self._is_ended else folder.leave)()


def open_export(settings: BaseSettings, outbox: Outbox) -> RunExport:
    """Finish what dead runs left in EXPORTS, and begin this run's folder; raise UsageError when that cannot be."""
    root, run, suffix = _checked(settings)
    try:
        together = settings.getbool("EXPORT_TOGETHER", False)
        recovered = recover(root, outbox, run=run, suffix=suffix, together=together)
        folder = RunFolder.of_run(root, run, suffix=suffix)
        if not folder.hold():
            told = f"{folder.path}: another process is writing this run; give yours another RUN_ID"
            raise UsageError(told, print_help=False)
        folder.set_right()
        first = folder.manifest()["started_at"]
        folder.note(state="running", started_at=first or datetime.now(UTC).isoformat(timespec="seconds"))
        export = RunExport(folder, outbox, settings)
    except OSError as error:
        told = f"{root}: cannot be written ({error.strerror}); make it writable, or name another folder: -s EXPORTS=…"
        raise UsageError(told, print_help=False) from error
    export.recovered = recovered
    for message in recovered.messages:
        logger.warning("%s", message)
    return export


def recover_for_feeds(settings: BaseSettings, outbox: Outbox, outlet: str) -> Iterator[dict[str, Any]]:
    """Finish what dead runs left in EXPORTS, then yield an outlet's records that have no folder: feeds deliver them."""
    root = settings.get("EXPORTS")
    if root and "://" not in str(root):
        run, suffix = str(settings.get("RUN_ID")), settings.get("EXPORT_SUFFIX") or SUFFIXES[0]
        together = settings.getbool("EXPORT_TOGETHER", False)
        recovered = recover(Path(root), outbox, run=run, suffix=suffix, together=together, strays=False)
        for folder in recovered.folders:
            folder.leave()  # the next run that exports writes its report
        for message in recovered.messages:
            logger.warning("%s", message)
    for delivery in outbox.waiting():
        record: dict[str, Any] = json.loads(delivery.line)
        if record["outlet"] == outlet:
            yield record


def _checked(settings: BaseSettings) -> tuple[Path, str, str]:
    """Return the folder of exports, the run's name and the suffix of parts, or raise UsageError."""
    root, run, suffix = settings.get("EXPORTS"), settings.get("RUN_ID"), settings.get("EXPORT_SUFFIX") or SUFFIXES[0]
    if not root or "://" in str(root):
        told = f"EXPORTS is {root!r}: name a folder; to write elsewhere, as to S3, set FEEDS or use -O s3://…"
        raise UsageError(told, print_help=False)
    if not run or not _RUN_ID.fullmatch(run):
        told = f"RUN_ID is {run!r}: use letters, digits, dots and dashes only, as it names a folder"
        raise UsageError(told, print_help=False)
    if suffix not in SUFFIXES:
        raise UsageError(f"EXPORT_SUFFIX is {suffix!r}: say one of {', '.join(SUFFIXES)}", print_help=False)
    return Path(root), run, suffix
