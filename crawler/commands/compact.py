"""scrapy compact: turn the parts of each day into one Parquet file a shelf."""

from __future__ import annotations

import argparse
import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError

from crawler.printing import PrintingCommand

if TYPE_CHECKING:
    from crawler.exports.compaction import Compaction

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Command(PrintingCommand):
    def syntax(self) -> str:
        return "[--day DAY | --before DAY] [--drop]"

    def short_desc(self) -> str:
        return "Turn the parts of each day into one Parquet file a shelf"

    def long_desc(self) -> str:
        return (
            "Reads the parts of all runs of a day below EXPORTS, writes compacted/shelf=…/date=…/part-….parquet, and "
            "compares every row. Without --day or --before, all days before today (UTC) are compacted. A later call "
            "adds what was published since; runs that have not ended are left for it."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        days = parser.add_mutually_exclusive_group()
        days.add_argument("--day", metavar="DAY", help="compact this day of runs: 2026-11-24")
        days.add_argument("--before", metavar="DAY", help="compact all days before this one; default: today, in UTC")
        parser.add_argument("--drop", action="store_true", help="then delete the parts that compacted files hold")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.exports.compaction import Compaction
        from crawler.exports.publication import Publication
        from crawler.exports.storage import storage_of
        from crawler.outlets import publishers_of

        assert self.settings is not None
        if args:
            raise UsageError("name days by --day or --before; EXPORTS says where the runs are", print_help=False)
        day = _day(opts.day) if opts.day else None
        before = _day(opts.before) if opts.before else f"{datetime.now(UTC):%Y-%m-%d}"
        storage = storage_of(self.settings)
        root = storage.address
        if not storage.is_there:
            raise UsageError(f"{root}: no such folder of exports; say where they are: -s EXPORTS=…", print_help=False)
        publishers = publishers_of(self.settings)
        compaction = Compaction(Publication(storage), publishers)
        with self.writing(root):
            if not compaction.start():
                raise UsageError(f"{root}: another process compacts it; wait for its end", print_help=False)
            try:
                days = [each for each in compaction.days() if each == day or (day is None and each < before)]
                to_do = {day} if day else compaction.days_to_do(drop=opts.drop)
                for each in (each for each in days if each in to_do):
                    with compaction.working_on(each, drop=opts.drop):
                        self._compact(compaction, each, drop=opts.drop)
                if not days:
                    print(f"{root}: nothing to compact: there is no run of {day or f'a day before {before} (UTC)'}")
            finally:
                compaction.end()
        for damaged in compaction.damaged:
            self.fail(damaged)

    def _compact(self, compaction: Compaction, day: str, *, drop: bool) -> None:
        """Compact a day, and print a line for each file; what fails ends only its shelf, or the dropping of the day."""
        from crawler.exports.compaction import CompactionError
        from crawler.shelves import Shelf

        for shelf in Shelf:
            try:
                if file := compaction.compact(shelf, day):
                    print(f"{file.path}: {file.rows} rows of {len(file.parts)} parts")
            except CompactionError as error:
                self.fail(str(error))
        try:
            if drop and (count := compaction.drop(day)):
                print(f"date={day}: {count} parts dropped")
        except CompactionError as error:
            self.fail(str(error))


def _day(text: str) -> str:
    """Return a day as runs are named after it; raise UsageError if the text is none."""
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise UsageError(f'"{text}" is not a day; write it as 2026-11-24', print_help=False)
