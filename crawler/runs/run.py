"""One run: crawls that share a store, an export, a report and an exit code."""

import asyncio
import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from scrapy import signals
from scrapy.crawler import Crawler, CrawlerRunnerBase
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings
from twisted.internet.defer import Deferred

from crawler.archive.check import recording_of
from crawler.clock import now
from crawler.crawling.bookkeeping import save_postponed_listings
from crawler.crawling.deadline import OUTLET, RUN
from crawler.crawling.handover import exports_to, lend_export
from crawler.crawling.write_guard import CANNOT_WRITE, log_cannot_write, write_error_text
from crawler.downloading.reach import is_cut_off
from crawler.exports.export import RunExport, open_export
from crawler.items import Article, json_line
from crawler.masking import mask
from crawler.reports.tally import RunTally
from crawler.reports.write import finish_report, keep_history, report_of_fault, write_report
from crawler.runs.channels import Channels
from crawler.runs.ended import Ended, ended, run_facts
from crawler.runs.errors import ErrorCounter, count_errors
from crawler.runs.exit_code import ExitCode, exit_code
from crawler.runs.last_lines import log_outlets, log_run
from crawler.runs.room import DISKS, Room
from crawler.runs.store_lock import lock_store
from crawler.runs.watch import Watch
from crawler.shelves import Shelf
from crawler.store import Store, StoreError, lend_store, open_store

logger = logging.getLogger(__name__)


class Run:
    """The crawls of one command with what they share: store, export, report and lock.

    Creating it raises UsageError for a store or export that cannot be opened. With `is_alone` it also locks the store,
    and raises AnotherRunError if another run uses it; with `waits` it waits for the end of that run instead.
    """

    def __init__(self, settings: BaseSettings, *, is_alone: bool = False, waits: bool = False) -> None:
        self.settings = settings
        self.started = datetime.now(UTC)
        self.crawls: list[Crawler] = []
        self.report: dict[str, Any] | None = None
        self._never_begun: list[str] = []
        self._crawling: list[asyncio.Task[None] | Deferred[None]] = []
        self._fed = RunTally()
        self._errors = ErrorCounter()
        self._channels = Channels(settings)
        self._lock = lock_store(settings, wait=waits) if is_alone else None
        try:
            self._room = Room(settings)
            self._room.require()
            self.store = _open_store(settings)
            self._room.warn(next((run["bytes"] for run in self.store.runs.last(DISKS, 1)), {}))
            self.export: RunExport | None = open_export(settings, self.store.outbox) if exports_to(settings) else None
            self._report_recovered()
        except UsageError:
            if self._lock is not None:
                self._lock.release()
            raise
        logging.root.addHandler(self._errors)

    def crawl(self, process: CrawlerRunnerBase, outlet: str, arguments: Mapping[str, str]) -> None:
        """Start an outlet's crawl; one that cannot start is logged and counted, and the others go on."""
        try:
            crawl = process.create_crawler(outlet)
        except (UsageError, ValueError, ImportError) as error:
            logger.warning("%s: cannot be crawled: %s", outlet, error)
            self._never_begun.append(outlet)
            return
        lend_store(crawl, self.store)
        count_errors(crawl, self._errors)
        if self.export is not None:
            lend_export(crawl, self.export)
        else:
            crawl.signals.connect(self._count, signals.item_scraped)
        self.crawls.append(crawl)
        self._crawling.append(cast(Any, process).crawl(crawl, **arguments))

    def watch(self, process: CrawlerRunnerBase) -> Watch:
        """Return a context that publishes parts and keeps the run's deadline while the process is running."""
        return Watch(process, self._publish, self._abandon, self.settings)

    def outlets(self) -> list[Ended]:
        """Return the results of each outlet so far."""
        return [*map(ended, self.crawls), *(Ended(outlet=name) for name in self._never_begun)]

    def end(self, *, strict: bool = False) -> ExitCode:
        """Export what is left, write the report, close store and export, and return the exit code.

        `strict` makes an alarm in the report an exit code of its own.
        """
        outlets = self.outlets()
        is_offline = is_cut_off(each.answers.reach for each in outlets)
        report, code = None, ExitCode.PART_FAILED
        try:
            if not is_offline:
                for crawl in self.crawls:
                    save_postponed_listings(crawl)
                outlets = self.outlets()
            if self.export is not None:
                is_whole = all(each.reason not in (None, "shutdown", OUTLET, RUN, CANNOT_WRITE) for each in outlets)
                self.export.end(
                    "complete" if is_whole else "interrupted", outlets=sorted(each.outlet for each in outlets)
                )
            report = self.report = self._report(outlets, is_cut_off=is_offline)
            code = exit_code(report, strict=strict)
            self._channels.tell(report, code, self.crawls, self.store)
            self._keep_use()
            self.store.tidy(now(self.settings))
        except (StoreError, OSError) as error:
            place = self.export.address if self.export is not None else "the report"
            log_cannot_write(self.store, error, place)
            if report is None:
                facts = run_facts(self.settings["RUN_ID"], self.started, datetime.now(UTC), ())
                fault = report_of_fault(facts, mask(write_error_text(error, place)))
                self._channels.tell(fault, code, self.crawls, self.store)
        finally:
            self.close(is_written=report is not None)
        if report is not None:
            log_outlets(report)
        log_run(self.settings, self.export.address if self.export is not None else None, self.crawls, outlets, code)
        return code

    def close(self, *, is_written: bool = True) -> None:
        """Close the export and the store; with `is_written=False` the next run recovers this one as a dead run."""
        if self.export is not None:
            self.export.release_locks(is_whole=is_written)
        self.store.close()
        logging.root.removeHandler(self._errors)
        if self._lock is not None:
            self._lock.release()

    def _publish(self) -> None:
        """Publish the parts that are due; records that cannot be written stay in the store."""
        try:
            if self.export is not None:
                self.export.publish_due()
        except (StoreError, OSError) as error:
            log_cannot_write(self.store, error, self.export.address if self.export is not None else "the export")

    def _keep_use(self) -> None:
        """Keep in the store how much of its disks the run has used; the next one is warned if that is not free."""
        record = self.settings.get("ARCHIVE_RECORD")
        outlets = [str(crawl.spidercls.name) for crawl in self.crawls] if record else []
        archives = [recording_of(Path(record), outlet) for outlet in outlets]
        used = self._room.used(self.export.path if self.export is not None else None, archives)
        self.store.runs.keep(self.settings["RUN_ID"], DISKS, int(datetime.now(UTC).timestamp()), {"bytes": used})

    def _abandon(self) -> None:
        """Cancel the crawls that do not end; a runner's loop is its owner's, and goes on."""
        for crawl in self._crawling:
            crawl.cancel()

    @property
    def _edition(self) -> Path:
        return Path(self.settings.get("EDITION") or "edition")

    def _report_recovered(self) -> None:
        """Write the missing reports of runs that died."""
        for folder in self.export.recovered_folders if self.export is not None else ():
            try:
                finish_report(folder, edition=self._edition)
            except (ValueError, LookupError, TypeError, AttributeError, OSError) as error:
                logger.warning("%s: no report can be made of it: %s", folder, error)

    def _count(self, item: Any) -> None:
        """Count an article that goes to Scrapy's feeds, which the report cannot read back; copies count as articles."""
        if isinstance(item, Article):
            self._fed.add(json.loads(json_line(item)), Shelf.ARTICLES)

    def _report(self, outlets: Iterable[Ended], *, is_cut_off: bool) -> dict[str, Any]:
        run_id, ended = self.settings["RUN_ID"], datetime.now(UTC)
        facts = replace(
            run_facts(run_id, self.started, ended, outlets), is_cut_off=is_cut_off, errors=self._errors.counts[""]
        )
        if self.export is None:
            return keep_history(facts, self._fed, self.store)
        return write_report(self.export.path, facts, self.store, edition=self._edition)


def _open_store(settings: BaseSettings) -> Store:
    try:
        return open_store(settings.get("STORE"), window_days=settings.getfloat("STORIES_WINDOW_DAYS", 7))
    except StoreError as error:
        raise UsageError(str(error), print_help=False) from error
