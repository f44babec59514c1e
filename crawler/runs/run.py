"""One run: crawls that share a store, an export, a report and an exit code."""

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from scrapy.crawler import Crawler, CrawlerRunnerBase
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from crawler.archive.check import recording_of
from crawler.clock import now
from crawler.crawling.deadline import OUTLET, RUN
from crawler.crawling.handover import exports_to
from crawler.crawling.write_guard import CANNOT_WRITE, log_cannot_write, write_error_text
from crawler.downloading.reach import is_cut_off
from crawler.exports.export import RunExport, open_export
from crawler.masking import mask
from crawler.reports.tally import RunTally
from crawler.reports.write import keep_history, report_of_fault, write_report
from crawler.runs.channels import Channels
from crawler.runs.crawls import Crawls
from crawler.runs.deliver_shared import report_recovered
from crawler.runs.ended import Ended, run_facts
from crawler.runs.errors import ErrorCounter
from crawler.runs.exit_code import ExitCode, exit_code
from crawler.runs.last_lines import log_outlets, log_run
from crawler.runs.room import DISKS, Room
from crawler.runs.stop import Stop
from crawler.runs.store_lock import lock_store, take_lanes
from crawler.runs.watch import Watch
from crawler.shelves import Shelf
from crawler.store import Store, StoreError, open_store

logger = logging.getLogger(__name__)


class Results(Protocol):
    """What crawls the outlets of a run: the crawls of this process, or workers."""

    @property
    def errors(self) -> ErrorCounter:
        """The count of errors in the log."""

    def outlets(self) -> list[Ended]:
        """Return the results of each outlet so far."""

    def save_postponed(self) -> None:
        """Save what listings yielded in the crawls that reached no host: the machine has a network."""

    def close(self) -> None:
        """Count no more errors."""


class Run:
    """The crawls of one command with what they share: store, export, report and lock.

    Creating it raises UsageError for a store or export that cannot be opened, and StoppedError if `stop` is set before
    it exports anything. With `is_alone` it also takes all lanes of the store, and raises AnotherRunError if another run
    is at work; with `waits` it waits for its end instead. With `is_shared` it exports nothing, and other such runs may
    be at work. `store` is the address of the store if it is not that of the settings.
    """

    def __init__(
        self,
        settings: BaseSettings,
        *,
        is_alone: bool = False,
        is_shared: bool = False,
        waits: bool = False,
        store: str | None = None,
        stop: Stop | None = None,
    ) -> None:
        self.settings = settings
        self.stop = stop or Stop()
        self.started = datetime.now(UTC)
        self.report: dict[str, Any] | None = None
        self.deaths: list[str] = []
        """Sentences about the workers that died."""
        self._fed = RunTally()
        self._channels = Channels(settings)
        with _named_faults(), ExitStack() as undo:
            self._lock = lock_store(settings, wait=waits, stop=self.stop) if is_alone else None
            if self._lock is not None:
                undo.callback(self._lock.release)
            self._room = Room(settings)
            self._room.require()
            window_days = settings.getfloat("STORIES_WINDOW_DAYS", 7)
            self.store: Store = open_store(store or settings.get("STORE"), window_days=window_days)
            undo.callback(self.store.close)
            if is_alone or is_shared:
                take_lanes(self.store, settings, alone=is_alone, wait=waits, stop=self.stop)
            self.stop.check()
            self._room.warn(next((run["bytes"] for run in self.store.runs.last(DISKS, 1)), {}))
            exports = exports_to(settings) if not is_shared else None
            self.export: RunExport | None = open_export(settings, self.store.outbox) if exports else None
            if self.export is not None:
                report_recovered(self.export, self._edition)
            undo.pop_all()
        self._crawls = Crawls(self.store, self.export, self.count if self.export is None else None)
        self.results: Results = self._crawls
        """What crawls the outlets; workers may stand in for the crawls of this process."""

    @property
    def crawls(self) -> list[Crawler]:
        """Return the crawls of this process."""
        return self._crawls.all

    def crawl(self, process: CrawlerRunnerBase, outlet: str, arguments: Mapping[str, str]) -> None:
        """Start an outlet's crawl; one that cannot start is logged and counted, and the others go on."""
        self._crawls.begin(process, outlet, arguments)

    def watch(self, process: CrawlerRunnerBase) -> Watch:
        """Return a context that publishes parts and keeps the run's deadline while the process is running."""
        return Watch(process, self.publish, self._crawls.abandon, self.settings)

    def outlets(self) -> list[Ended]:
        """Return the results of each outlet so far."""
        return self.results.outlets()

    def end(self, *, strict: bool = False) -> ExitCode:
        """Export what is left, write the report, close store and export, and return the exit code.

        `strict` makes an alarm in the report an exit code of its own.
        """
        outlets = self.outlets()
        is_offline = is_cut_off(each.answers.reach for each in outlets)
        report, code = None, ExitCode.PART_FAILED
        try:
            if not is_offline:
                self.results.save_postponed()
                outlets = self.outlets()
            if self.export is not None:
                is_whole = all(each.reason not in (None, "shutdown", OUTLET, RUN, CANNOT_WRITE) for each in outlets)
                self.export.end(
                    "complete" if is_whole else "interrupted", outlets=sorted(each.outlet for each in outlets)
                )
            report = self.report = self._report(outlets, is_cut_off=is_offline)
            code = exit_code(report, strict=strict)
            self._channels.tell(report, code, outlets, self.store)
            self._keep_use(each.outlet for each in outlets)
            self.store.tidy(now(self.settings))
        except (StoreError, OSError) as error:
            place = self.export.address if self.export is not None else "the report"
            log_cannot_write(self.store, error, place)
            if report is None:
                facts = run_facts(self.settings["RUN_ID"], self.started, datetime.now(UTC), ())
                fault = report_of_fault(facts, mask(write_error_text(error, place)))
                self._channels.tell(fault, code, outlets, self.store)
        finally:
            self.close(is_written=report is not None)
        if report is not None:
            log_outlets(report)
        log_run(self.settings, self.export.address if self.export is not None else None, outlets, code)
        return code

    def open_lanes(self, outlets: Iterable[str]) -> None:
        """Make outlets due, for the workers; raise UsageError, and close the run, if the store cannot be written."""
        try:
            with _named_faults():
                self.store.lanes.open(outlets)
        except UsageError:
            self.close(is_written=False)
            raise

    def free(self, outlets: Iterable[str]) -> None:
        """Make the outlets of a run that has ended due, for whoever crawls next."""
        try:
            self.store.lanes.open(outlets)
        except StoreError as error:
            log_cannot_write(self.store, error, "the store")

    def close(self, *, is_written: bool = True) -> None:
        """Close the export and the store; with `is_written=False` the next run recovers this one as a dead run."""
        if self.export is not None:
            self.export.release_locks(is_whole=is_written)
        self.store.close()
        self._crawls.close()
        self.results.close()
        if self._lock is not None:
            self._lock.release()

    def publish(self) -> None:
        """Publish the parts that are due; records that cannot be written stay in the store."""
        try:
            if self.export is not None:
                self.export.publish_due()
        except (StoreError, OSError) as error:
            log_cannot_write(self.store, error, self.export.address if self.export is not None else "the export")

    def _keep_use(self, outlets: Iterable[str]) -> None:
        """Keep in the store how much of its disks the run has used; the next one is warned if that is not free."""
        record = self.settings.get("ARCHIVE_RECORD")
        archives = [recording_of(Path(record), outlet) for outlet in outlets] if record else []
        used = self._room.used(self.export.path if self.export is not None else None, archives)
        self.store.runs.keep(self.settings["RUN_ID"], DISKS, int(datetime.now(UTC).timestamp()), {"bytes": used})

    @property
    def _edition(self) -> Path:
        return Path(self.settings.get("EDITION") or "edition")

    def count(self, line: str) -> None:
        """Count an article that the report cannot read back, by its record; copies count as articles."""
        self._fed.add(json.loads(line), Shelf.ARTICLES)

    def _report(self, outlets: Iterable[Ended], *, is_cut_off: bool) -> dict[str, Any]:
        run_id, ended = self.settings["RUN_ID"], datetime.now(UTC)
        facts = replace(
            run_facts(run_id, self.started, ended, outlets),
            is_cut_off=is_cut_off,
            errors=self.results.errors.counts[""],
            deaths=self.deaths,
        )
        if self.export is None:
            return keep_history(facts, self._fed, self.store)
        return write_report(self.export.path, facts, self.store, edition=self._edition)


@contextmanager
def _named_faults() -> Iterator[None]:
    """Raise UsageError for a store or a disk that cannot be used."""
    try:
        yield
    except (StoreError, OSError) as error:
        raise UsageError(str(error), print_help=False) from error
