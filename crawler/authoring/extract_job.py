"""One call of `scrapy extract`: a page, a list of pages, or archives, to standard output or to a folder of parts."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from crawler.archive.files import archives_at, is_archive, share_of
from crawler.archive.reader import ArchiveError, ArchiveFile
from crawler.authoring.archive_parts import Parts, Printed
from crawler.authoring.archived_pages import OTHER_LANGUAGES, Pass, Wanted
from crawler.authoring.extraction import ArchiveEnd, PageResult, extract_archives, extract_pages
from crawler.authoring.in_order import Ready
from crawler.authoring.pages_bar import PagesBar
from crawler.authoring.rereading import Rereader
from crawler.authoring.saved_pages import is_manifest, one_page, pages_of_manifest
from crawler.outlets import load_outlets, unknown_outlet

_OF_ONE_PAGE = "--url is for a single page; a manifest or an archive says each page's address"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractOptions:
    """What the command line asks for."""

    url: str | None = None
    jobs: int = 1
    out: Path | None = None
    wanted: Wanted = field(default_factory=Wanted)


class Extraction:
    """Reads what the words of a command line name; `fail` is called with each sentence about what went wrong.

    Raise UsageError for what cannot be meant.
    """

    def __init__(self, settings: BaseSettings, options: ExtractOptions, fail: Callable[[str], None]) -> None:
        known = load_outlets(settings)
        for slug in sorted(options.wanted.outlets - known.keys()):
            raise unknown_outlet(slug, known)
        self._settings = settings
        self._options = options
        self._fail = fail
        self._rereader = Rereader(settings)

    def run(self, places: Sequence[str]) -> None:
        """Read pages or archives."""
        for place in places:
            if "://" not in place and place != "-" and not Path(place).exists():
                raise UsageError(f"{place}: no such file", print_help=False)
        if all(map(is_archive, places)):
            self._read_archives(places)
        else:
            self._read_pages(places)

    def _read_pages(self, places: Sequence[str]) -> None:
        """Print the article of one page, or those of a manifest."""
        path = Path(places[0])
        if len(places) > 1:
            raise UsageError("name one page, one manifest, or archives alone")
        if self._options.out is not None or self._options.wanted != Wanted():
            raise UsageError("--out, --outlet, --host and --language are for archives")
        if is_manifest(path) and self._options.url:
            raise UsageError(_OF_ONE_PAGE)
        found = list(pages_of_manifest(path)) if is_manifest(path) else [one_page(path, self._options.url)]
        pages = [Ready(each) if isinstance(each, str) else each for each in found]
        printed, bar = Printed(), PagesBar(len(found))
        jobs = 1 if len(found) == 1 else self._options.jobs
        with bar.shown():
            for done, each in enumerate(extract_pages(pages, Pass(rereader=self._rereader), jobs), start=1):
                if isinstance(each, PageResult):
                    self._take(each, printed)
                    bar.page(done)
                else:
                    self._fail(str(each))

    def _read_archives(self, places: Sequence[str]) -> None:
        """Print the articles of archives, or write them into parts."""
        if self._options.url:
            raise UsageError(_OF_ONE_PAGE)
        archives = [archive for place in places for archive in self._archives_at(place, is_alone=len(places) == 1)]
        through, out = Pass(rereader=self._rereader, wanted=self._options.wanted), self._options.out
        if out is None:
            self._read(archives, through, Printed())
        else:
            parts = Parts(out, archives)
            with parts.alone():
                missing = [archive for archive in archives if not parts.path_of(archive).exists()]
                self._read(missing, through, parts)
            if len(missing) < len(archives):
                print(f"{out}: {len(archives) - len(missing)} parts were there, and stay", file=sys.stderr)
        for what, count in sorted(through.skipped.items()):
            print(f"{places[0] if len(places) == 1 else 'all archives'}: {count} {what}", file=sys.stderr)

    def _archives_at(self, place: str, *, is_alone: bool) -> list[ArchiveFile]:
        """Return the archives in what a word names; one of several may hold none, and is named."""
        try:
            return archives_at(place, self._settings)
        except ArchiveError as error:
            if is_alone:
                raise UsageError(str(error), print_help=False) from error
            self._fail(str(error))
            return []

    def _read(self, archives: Sequence[ArchiveFile], through: Pass, written: Parts | Printed) -> None:
        done, bar = 0, PagesBar(len(archives))
        with bar.shown():
            for each in extract_archives(archives, through, self._options.jobs):
                if isinstance(each, ArchiveEnd):
                    done += 1
                    self._end(each, written, is_alone=len(archives) == 1)
                elif isinstance(each, PageResult):
                    if each.is_wanted:
                        self._take(each, written)
                    else:
                        through.skipped[OTHER_LANGUAGES] += 1
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
