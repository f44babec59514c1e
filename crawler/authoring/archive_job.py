"""One call of `scrapy extract` for archives: to standard output, or to a folder of parts."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from crawler.archive.files import archive_names, archives_in, share_of
from crawler.archive.named_files import each_once
from crawler.archive.reader import ArchiveError, ArchiveFile
from crawler.archive.whole_answers import KeptAnswer
from crawler.authoring.archive_parts import Parts, Printed
from crawler.authoring.archived_pages import OTHER_LANGUAGES, Pass
from crawler.authoring.extraction import PageResult, extract_pages
from crawler.authoring.in_order import Ready
from crawler.authoring.pages_bar import PagesBar

_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveEnd:
    """All pages of an archive have come."""

    archive: ArchiveFile
    pages: int
    damaged: tuple[str, ...]
    """A sentence about each damage."""
    failure: str | None
    """Why it could not be read, or not to its end."""


class ArchiveJob:
    """Reads archives through one pass, and writes the articles; `fail` is called with what went wrong."""

    def __init__(self, through: Pass, jobs: int, fail: Callable[[str], None]) -> None:
        self._through = through
        self._jobs = jobs
        self._fail = fail

    def run(self, places: Sequence[str], out: Path | None, settings: BaseSettings, base: str | None = None) -> None:
        """Print the articles of the archives that words name, or write them into parts in the folder `out`.

        The relative paths of lists begin at `base`. Raise UsageError if a word alone names none. `settings` may have
        Scrapy's settings of S3.
        """
        given = [self._tried(partial(archive_names, place, settings, base), places) for place in places]
        names = each_once(name for some in given for name in some)
        archives = [each for name in names for each in self._tried(partial(archives_in, name, settings), names)]
        if out is None:
            self._read(archives, Printed())
        else:
            parts = Parts(out, archives)
            with parts.alone():
                missing = [archive for archive in archives if not parts.path_of(archive).exists()]
                self._read(missing, parts)
            if len(missing) < len(archives):
                print(f"{out}: {len(archives) - len(missing)} parts were there, and stay", file=sys.stderr)
        for what, count in sorted(self._through.skipped.items()):
            print(f"{places[0] if len(places) == 1 else 'all archives'}: {count} {what}", file=sys.stderr)

    def _tried(self, find: Callable[[], list[_Found]], of: Sequence[str]) -> list[_Found]:
        """Return what is found; of several words or files, one that holds no archive is named, and passed over."""
        try:
            return find()
        except ArchiveError as error:
            if len(of) == 1:
                raise UsageError(str(error), print_help=False) from error
            self._fail(str(error))
            return []

    def _read(self, archives: Sequence[ArchiveFile], written: Parts | Printed) -> None:
        done, bar = 0, PagesBar(len(archives))
        with bar.shown():
            for each in extract_archives(archives, self._through, self._jobs):
                if isinstance(each, ArchiveEnd):
                    done += 1
                    self._end(each, written, is_alone=len(archives) == 1)
                    continue
                if each.is_wanted:
                    self._take(each, written)
                else:
                    self._through.skipped[OTHER_LANGUAGES] += 1
                bar.page(done + share_of(archives[done], each.offset))

    def _take(self, result: PageResult, written: Parts | Printed) -> None:
        if result.complaint:
            self._fail(result.complaint)
        written.write(result)

    def _end(self, end: ArchiveEnd, written: Parts | Printed, *, is_alone: bool) -> None:
        for sentence in end.damaged:
            self._fail(sentence)
        if end.failure is None:
            written.finish(end.archive)
            return
        written.drop()  # the next run tries it again
        if is_alone and not end.pages:
            raise UsageError(end.failure, print_help=False)
        self._fail(end.failure)


def extract_archives(archives: Iterable[ArchiveFile], through: Pass, jobs: int) -> Iterator[PageResult | ArchiveEnd]:
    """Yield what came of the pages of archives, in order, and the end of each archive."""
    return extract_pages(_pages(archives, through), through.load, through.rereader, jobs)


def _pages(archives: Iterable[ArchiveFile], through: Pass) -> Iterator[KeptAnswer | Ready[ArchiveEnd]]:
    for archive in archives:
        count, failure = 0, None
        try:
            for page in through.pages(archive):
                count += 1
                yield page
        except ArchiveError as error:
            failure = str(error)
        yield Ready(ArchiveEnd(archive=archive, pages=count, damaged=tuple(through.damaged), failure=failure))
        through.damaged.clear()
