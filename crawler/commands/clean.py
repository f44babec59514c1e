"""scrapy clean: delete old archives, folders of old runs, and old days of the edition."""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError

from crawler.clock import now
from crawler.printing import PrintingCommand
from crawler.program import as_typed
from crawler.usage import read_age

if TYPE_CHECKING:
    from crawler.exports.compaction import Compaction
    from crawler.exports.old_runs import OldDay
    from crawler.exports.publication import Publication

_DAY = re.compile(r"(\d{4}-\d\d-\d\d)\b.*", re.ASCII)


class Command(PrintingCommand):
    def syntax(self) -> str:
        return "--keep AGE [--archives FOLDER] [--yes]"

    def short_desc(self) -> str:
        return "Delete old archives, runs and days of the edition; without --yes, say what would go"

    def long_desc(self) -> str:
        return (
            "Deletes what is older than --keep: WARC files below the folder of archives, the folders of runs whose "
            "rows compacted files hold (scrapy compact), and days of the edition. The catalog still leads to each "
            "row. Runs that have not ended, or are not compacted, stay. Without --yes nothing is deleted."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--keep", metavar="AGE", help="what is younger stays: 30d, 12w or 36h")
        archives = "folder of archives; default: ARCHIVE_RECORD, or ARCHIVES"
        parser.add_argument("--archives", metavar="FOLDER", type=Path, help=archives)
        parser.add_argument("--yes", action="store_true", help="delete; without it, what would go is printed")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.runs.room import size_in_words

        assert self.settings is not None
        if args:
            raise UsageError("say how much to keep: scrapy clean --keep 30d; add --yes to delete", print_help=False)
        before = now(self.settings) - read_age("--keep", opts.keep)
        day = datetime.fromtimestamp(before, UTC).date().isoformat()
        archives = opts.archives or Path(self.settings.get("ARCHIVE_RECORD") or self.settings["ARCHIVES"])
        if opts.archives and not archives.is_dir():
            raise UsageError(f"{archives}: no such folder of archives", print_help=False)
        size = self._archives(archives, before, is_meant=opts.yes)
        size += self._runs(day, is_meant=opts.yes)
        size += self._edition(day, is_meant=opts.yes)
        print(f"{size_in_words(size)} {'deleted' if opts.yes else 'would go; add --yes to delete it'}")

    def _archives(self, root: Path, before: int, *, is_meant: bool) -> int:
        """Delete the old archives if that is meant, print a line for each folder, and return their size in bytes."""
        from crawler.archive.old_archives import old_archives
        from crawler.runs.room import size_in_words

        folders, total = defaultdict[Path, dict[Path, int]](dict), 0
        for path, size in old_archives(root, before):
            folders[path.parent][path] = size
        for folder, found in sorted(folders.items()):
            with self._naming_faults(folder):
                for path in found if is_meant else ():
                    path.unlink(missing_ok=True)
                print(f"{folder}: {len(found)} archives, {size_in_words(sum(found.values()))}")
                total += sum(found.values())
            with suppress(OSError):  # it holds something else
                if is_meant and folder != root:
                    folder.rmdir()
        return total

    def _runs(self, day: str, *, is_meant: bool) -> int:
        """Delete the folders of the runs before a day if that is meant, and return their size in bytes."""
        from crawler.exports.old_runs import clean_day, old_days
        from crawler.exports.publication import Publication
        from crawler.exports.storage import storage_of

        assert self.settings is not None
        if not self.settings.get("EXPORTS"):
            return 0
        storage, total = storage_of(self.settings), 0
        if not storage.is_there:
            return 0
        publication = Publication(storage)
        with self._naming_faults(storage.address), self._compaction(publication, is_meant=is_meant) as compaction:
            with publication.alone() as catalog:
                days = old_days(storage, catalog, day)
            for each in days:
                place = f"{storage.address}/date={each.date}"
                with self._naming_faults(place):
                    if is_meant and each.folders:
                        clean_day(publication, compaction, each)
                    self._print_day(place, each)
                    total += sum(each.folders.values())
        return total

    @contextmanager
    def _compaction(self, publication: Publication, *, is_meant: bool) -> Iterator[Compaction]:
        """Return a context in which no other process compacts, if that is meant."""
        from crawler.exports.compaction import Compaction, CompactionError

        compaction = Compaction(publication, {})
        if is_meant and not compaction.start():
            raise CompactionError("another process compacts it; wait for its end")
        try:
            yield compaction
        finally:
            compaction.end()

    def _print_day(self, place: str, day: OldDay) -> None:
        from crawler.runs.room import size_in_words

        if day.folders:
            print(f"{place}: {len(day.folders)} runs, {size_in_words(sum(day.folders.values()))}")
        if day.uncompacted:
            todo = as_typed(f"scrapy compact --day {day.date}")
            print(f"{place}: {day.uncompacted} runs stay, as only their folders hold their rows: {todo} first")
        if day.unended:
            print(f"{place}: {day.unended} runs stay, as they have not ended")

    def _edition(self, day: str, *, is_meant: bool) -> int:
        """Build the edition without the days before a day if that is meant; return the size of their files in bytes.

        The edition is built again as it was; one that cannot be built is named, and stays.
        """
        from crawler.edition.site_folder import own_files
        from crawler.runs.room import size_in_words

        assert self.settings is not None
        root = Path(self.settings.get("EDITION") or "edition")
        dated = ((path, _DAY.match(path.name)) for path in own_files(root))
        old = [path for path, found in dated if found and found[1] < day]
        if not old:
            return 0
        size = sum(path.stat().st_size for path in old)
        print(f"{root}: days of the edition before {day}, {size_in_words(size)}")
        return size if not is_meant or self._build_edition(root, day) else 0

    def _build_edition(self, root: Path, day: str) -> bool:
        """Build the edition without the days before a day, and return whether it is built."""
        from crawler.commands.edition import Command as EditionCommand

        edition = EditionCommand()
        edition.settings = self.settings
        with self._naming_faults(root):
            edition.build_since(day)
            self.exitcode = self.exitcode or edition.exitcode
            return not edition.exitcode
        return False

    @contextmanager
    def _naming_faults(self, place: Path | str) -> Iterator[None]:
        """Print what goes wrong at one place; the others are cleaned all the same."""
        from crawler.exports.compaction import CompactionError

        try:
            yield
        except (CompactionError, OSError, UsageError) as error:
            self.fail(f"{place}: is not cleaned ({error})")
