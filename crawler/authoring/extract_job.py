"""One call of `scrapy extract`: for a page, a list of pages, or archives."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from crawler.archive.beginnings import STDIN, is_archive
from crawler.archive.patterns import is_on_disk, is_pattern
from crawler.authoring.extraction import SavedPage, extract_pages
from crawler.authoring.in_order import Ready
from crawler.authoring.pages_bar import PagesBar
from crawler.authoring.rereading import Rereader
from crawler.authoring.saved_pages import is_manifest, one_page, pages_of_manifest
from crawler.authoring.wanted import Wanted
from crawler.outlets import load_outlets, unknown_outlet

_OF_ONE_PAGE = "--url is for a single page; a manifest or an archive says each page's address"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractOptions:
    """What the command line asks for."""

    url: str | None = None
    jobs: int = 1
    out: Path | None = None
    base: str | None = None
    """Where the relative paths of lists of archives begin."""
    wanted: Wanted = field(default_factory=Wanted)


class Extraction:
    """Reads what the words of a command line name; `fail` is called with each sentence about what went wrong.

    Raise UsageError for what cannot be meant.
    """

    def __init__(self, settings: BaseSettings, options: ExtractOptions, fail: Callable[[str], None]) -> None:
        for slug in sorted(options.wanted.outlets):
            if slug not in (known := load_outlets(settings)):
                raise unknown_outlet(slug, known)
        self._settings = settings
        self._options = options
        self._fail = fail
        self._rereader = Rereader(settings)

    def run(self, places: Sequence[str]) -> None:
        """Read pages or archives."""
        for place in places:
            if "://" not in place and place != STDIN and not is_on_disk(place) and not is_pattern(place):
                raise UsageError(f"{place}: no such file", print_help=False)
        if not all(map(is_archive, places)):
            self._read_pages(places)
            return
        from crawler.authoring.archive_job import ArchiveJob  # what reads archives: not for a page
        from crawler.authoring.archived_pages import Pass

        if self._options.url:
            raise UsageError(_OF_ONE_PAGE)
        through = Pass(rereader=self._rereader, wanted=self._options.wanted)
        ArchiveJob(through, self._options.jobs, self._fail).run(
            places, self._options.out, self._settings, self._options.base
        )

    def _read_pages(self, places: Sequence[str]) -> None:
        """Print the article of one page, or those of a manifest."""
        path = Path(places[0])
        if len(places) > 1:
            raise UsageError("name one page, one manifest, or archives alone")
        if self._options.out is not None or self._options.base or self._options.wanted != Wanted():
            raise UsageError("--out, --base, --outlet, --host and --language are for archives")
        if is_manifest(path) and self._options.url:
            raise UsageError(_OF_ONE_PAGE)
        found = list(pages_of_manifest(path)) if is_manifest(path) else [one_page(path, self._options.url)]
        pages = [Ready(each) if isinstance(each, str) else each for each in found]
        bar = PagesBar(len(found))
        jobs = 1 if len(found) == 1 else self._options.jobs
        with bar.shown():
            for done, each in enumerate(extract_pages(pages, SavedPage.load, self._rereader, jobs), start=1):
                if isinstance(each, str):
                    self._fail(each)
                    continue
                if each.complaint:
                    self._fail(each.complaint)
                if each.line is not None:
                    print(each.line.decode())
                bar.page(done)
