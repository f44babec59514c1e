"""Turn pages into lines of JSON, in several processes, and name those that hold no article."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from crawler.archive.reader import ArchiveError, ArchiveFile, KeptContent
from crawler.archive.whole_answers import KeptAnswer
from crawler.authoring.archived_pages import OtherLanguage, Pass, read_page_of
from crawler.authoring.in_order import Ready, Work
from crawler.authoring.rereading import Page, Rereader
from crawler.items import json_line
from crawler.reasons import NotAnArticle, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """A page in a file."""

    url: str
    file: Path
    offset: int = 0
    """Its number in a list of pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageResult:
    """What came of a page: a line, or a reason why there is none."""

    url: str
    offset: int
    line: str | None = None
    reason: str = ""
    """One of docs/reference.md; of a page with a line, what is damaged in it."""
    detail: str = ""
    is_wanted: bool = True
    """Whether it is in a language that is wanted."""

    @property
    def complaint(self) -> str | None:
        """What a person should hear about the page; None if it was read whole."""
        if self.line is None:
            return f"{self.url}: refused: {self.reason}: {self.detail.replace(f'{self.url}: ', '', 1)}"
        return f"{self.url}: {self.reason}: {self.detail}; what came of it is read" if self.reason else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveEnd:
    """All pages of an archive have come."""

    archive: ArchiveFile
    pages: int
    damaged: tuple[str, ...]
    """A sentence about each damage."""
    failure: str | None
    """Why it could not be read, or not to its end."""


Extracted = PageResult | ArchiveEnd | str
"""A page, the end of an archive, or a sentence about something that is no page."""


def extract_archives(archives: Iterable[ArchiveFile], through: Pass, jobs: int) -> Iterator[Extracted]:
    """Yield what came of the pages of archives, in order, and the end of each archive."""
    return extract_pages(_pages(archives, through), through, jobs)


def extract_pages(
    pages: Iterable[KeptAnswer | SavedPage | Ready[Extracted]], through: Pass, jobs: int
) -> Iterator[Extracted]:
    """Yield what came of pages, in their order, from `jobs` processes."""
    do = partial(_result, through=through)
    work: Work[KeptAnswer | SavedPage, Extracted] = Work(do=do, lost=_lost, weigh=_weight)
    with closing(work.in_order(pages, jobs)) as found:
        yield from found


def _pages(archives: Iterable[ArchiveFile], through: Pass) -> Iterator[KeptAnswer | Ready[Extracted]]:
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


def _result(page: KeptAnswer | SavedPage, through: Pass) -> PageResult:
    try:
        found, damage = read_page_of(partial(_load, page, through), partial(_line, through.rereader))
    except OtherLanguage:
        return PageResult(url=page.url, offset=page.offset, is_wanted=False)
    if isinstance(found, NotAnArticle):
        return PageResult(url=page.url, offset=page.offset, reason=str(found.reason), detail=found.detail)
    reason, detail = (str(damage), damage.meaning) if damage else ("", "")
    return PageResult(url=page.url, offset=page.offset, line=found, reason=reason, detail=detail)


def _load(page: KeptAnswer | SavedPage, through: Pass) -> Page:
    return through.load(page) if isinstance(page, KeptAnswer) else Page(url=page.url, body=page.file.read_bytes())


def _line(rereader: Rereader, page: Page) -> str:
    line = json_line(rereader.article(page))
    line.encode()  # half a surrogate pair is no text
    return line


def _lost(page: KeptAnswer | SavedPage, why: str) -> PageResult:
    detail = f"the process that read it {why}"
    return PageResult(url=page.url, offset=page.offset, reason=str(Reason.UNREADABLE), detail=detail)


def _weight(page: KeptAnswer | SavedPage) -> int:
    return len(page.kept.body) if isinstance(page, KeptAnswer) and isinstance(page.kept, KeptContent) else 0
