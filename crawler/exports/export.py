"""The export of one run: open its folder, publish its records in parts, and close the manifest."""

import json
import logging
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from crawler.exports.delivery import deliver
from crawler.exports.folder import RunFolder
from crawler.exports.publication import Publication
from crawler.exports.recovery import Recovered, recover
from crawler.exports.storage import Storage, storage_of
from crawler.masking import mask
from crawler.shelves import Shelf
from crawler.store import Outbox

logger = logging.getLogger(__name__)

SUFFIXES = (".jsonl", ".jsonl.gz", ".jsonl.zst")
"""The valid values of EXPORT_SUFFIX."""
_RUN_ID = re.compile(r"[\w.-]+")
"""A RUN_ID that can name a folder."""


class PlaceError(UsageError):
    """The place of exports cannot be written; it may be there again later."""


class RunExport:
    """Publishes the records of a run in parts; all crawls of the run share it.

    A part is published after EXPORT_PART_ROWS records or EXPORT_PART_MINUTES, and at the end of the run.
    """

    def __init__(self, folder: RunFolder, outbox: Outbox, settings: BaseSettings) -> None:
        self.path = folder.path
        """The run's folder; with S3, the one in the spool from which it is uploaded."""
        self.address = f"{folder.publication.storage.address}/{folder.name}"
        """The run's folder, as users write it."""
        self.delivered: Counter[Shelf] = Counter()
        """Counts of published records, and of refusals, by shelf."""
        self.recovered = Recovered(messages=[], folders=[])
        """What was recovered of dead runs at the start."""
        self._folder = folder
        self._outbox = outbox
        self._store = mask(settings.get("STORE") or "") or None
        self._rows = settings.getint("EXPORT_PART_ROWS", 0)
        self._seconds = settings.getfloat("EXPORT_PART_MINUTES", 0) * 60
        self._together = settings.getbool("EXPORT_TOGETHER", False)
        self._last = time.monotonic()
        self._waiting = 0
        self._is_ended = False
        self._refusals = folder.spool.open("ab")

    @property
    def manifest(self) -> dict[str, Any]:
        """Return the current manifest."""
        return self._folder.manifest()

    @property
    def recovered_folders(self) -> list[Path]:
        """Return the folders of dead runs that were closed and have no report yet."""
        return [folder.path for folder in self.recovered.folders]

    def refuse(self, refusal: dict[str, Any]) -> None:
        """Append a refused or failed URL, with its reason, and flush."""
        self._refusals.write(json.dumps(refusal, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        self._refusals.flush()
        self.delivered[Shelf.REFUSED] += 1

    def count(self, number: int = 1) -> None:
        """Count articles that were put into the outbox, and publish a part if one is due."""
        self.expect(number)
        self.publish_due()

    def expect(self, number: int) -> None:
        """Count articles that others have put into the outbox."""
        self._waiting += number

    def publish_due(self) -> None:
        """Publish a part if enough records wait, or if enough time has passed; a run calls this at intervals."""
        is_full = self._rows and self._waiting >= self._rows
        is_time = self._seconds and time.monotonic() - self._last >= self._seconds
        if self._waiting and (is_full or is_time):
            self._publish(numbered=True)

    def _publish(self, *, numbered: bool) -> None:
        """Publish all records in the outbox; at the end without `numbered`, so that a run's only part has no number."""
        self._waiting, self._last = 0, time.monotonic()
        folder = self._folder
        self.delivered += deliver(
            self._outbox,
            lambda delivery: folder,
            rows=self._rows,
            numbered=numbered,
            together=self._together,
            sequenced=bool(self._store),
        )

    def end(self, state: Literal["complete", "interrupted"], *, outlets: list[str] | None = None) -> None:
        """Publish all records, add an empty part to each empty shelf, and close the manifest; later calls do nothing.

        The folder stays locked until `release_locks`: if the process is killed before the report is written, the next
        run finds the folder and writes the report.
        """
        if self._is_ended:
            return
        self._outbox.put_moves(self._folder.run)
        self._publish(numbered=False)
        self._refusals.close()
        self._folder.publish_refused()
        self._folder.add_empty_parts()
        self._folder.update_manifest(
            state=state,
            ended_at=datetime.now(UTC).isoformat(timespec="seconds"),
            outlets=sorted(outlets or []),
            store={"address": self._store, "waiting": sum(1 for _ in self._outbox.waiting())},
        )
        self._folder.enter()
        self._is_ended = True

    def release_locks(self, *, is_whole: bool = True) -> None:
        """Release the locks of this and the recovered run folders.

        If this folder was not ended, or lacks a file (`is_whole` is False), as after a full disk, the run counts as one
        that died, and the next run repairs the folder.
        """
        with suppress(OSError):
            self._refusals.close()
        for folder in (self._folder, *self.recovered.folders):
            try:
                (folder.release if is_whole and self._is_ended else folder.release_unfinished)()
            except OSError as error:
                folder.release_unfinished()
                logger.warning("%s: its report cannot be written (%s); the next run does it", folder.path, error)


def open_export(settings: BaseSettings, outbox: Outbox) -> RunExport:
    """Recover the dead runs in EXPORTS and open this run's folder.

    Raise UsageError for a setting that is wrong, PlaceError if the place cannot be written, and StoreError.
    """
    storage, run, suffix = _checked(settings)
    publication = Publication(storage)
    try:
        with ExitStack() as undo:
            storage.tidy()
            together = settings.getbool("EXPORT_TOGETHER", False)
            recovered = recover(publication, outbox, run=run, suffix=suffix, together=together, settings=settings)
            folder = RunFolder.of_run(publication, run, suffix=suffix)
            for each in (*recovered.folders, folder):
                undo.callback(each.release_unfinished)  # for the next run, perhaps of this process
            if not folder.hold():
                message = f"{folder.path}: another process is writing this run; give yours another RUN_ID"
                raise UsageError(message, print_help=False)
            folder.repair()
            first = folder.manifest()["started_at"]
            folder.update_manifest(state="running", started_at=first or datetime.now(UTC).isoformat(timespec="seconds"))
            folder.enter()
            export = RunExport(folder, outbox, settings)
            undo.pop_all()
    except OSError as error:
        todo = "make it writable, or name another folder: -s EXPORTS=…"
        what = error.strerror or error
        raise PlaceError(f"{storage.address}: cannot be written ({what}); {todo}", print_help=False) from error
    export.recovered = recovered
    for message in recovered.messages:
        logger.warning("%s", message)
    return export


def recover_for_feeds(settings: BaseSettings, outbox: Outbox, outlet: str) -> Iterator[dict[str, Any]]:
    """Recover the dead runs in EXPORTS, then yield an outlet's records that have no folder; feeds deliver these."""
    if settings.get("EXPORTS"):
        run, suffix = str(settings.get("RUN_ID")), settings.get("EXPORT_SUFFIX") or SUFFIXES[0]
        together = settings.getbool("EXPORT_TOGETHER", False)
        recovered = recover(
            Publication(storage_of(settings)),
            outbox,
            run=run,
            suffix=suffix,
            together=together,
            strays=False,
            settings=settings,
        )
        for folder in recovered.folders:
            folder.release_unfinished()  # the next run that exports writes its report
        for message in recovered.messages:
            logger.warning("%s", message)
    for delivery in outbox.waiting():
        record: dict[str, Any] = json.loads(delivery.line)
        if delivery.shelf.has_records and record["outlet"] == outlet:
            yield record


def check_export(settings: BaseSettings) -> None:
    """Raise UsageError for settings of exports that are wrong, or without what the place needs; nothing is asked."""
    _checked(settings)


def _checked(settings: BaseSettings) -> tuple[Storage, str, str]:
    """Return the storage of exports, the run's id and the suffix of parts; raise UsageError if one is invalid."""
    run, suffix = settings.get("RUN_ID"), settings.get("EXPORT_SUFFIX") or SUFFIXES[0]
    if not run or not _RUN_ID.fullmatch(run):
        message = f"RUN_ID is {run!r}: use letters, digits, dots and dashes only, as it names a folder"
        raise UsageError(message, print_help=False)
    if suffix not in SUFFIXES:
        raise UsageError(f"EXPORT_SUFFIX is {suffix!r}: say one of {', '.join(SUFFIXES)}", print_help=False)
    return storage_of(settings), run, suffix
