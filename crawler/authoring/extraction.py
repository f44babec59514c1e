"""Turn pages into lines of JSON, in several processes, and name those that hold no article."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar, Protocol, TypeVar

from crawler.authoring.in_order import Ready, Work
from crawler.authoring.rereading import OtherLanguage, Page, Rereader, read_page_of
from crawler.authoring.warming import warm
from crawler.items import json_line
from crawler.reasons import NotAnArticle, Reason


class KeptPage(Protocol):
    """A page that is kept somewhere, and can be sent to another process."""

    @property
    def url(self) -> str:
        """Its address."""

    @property
    def offset(self) -> int:
        """Where it lies in what it is kept in."""

    @property
    def weight(self) -> int:
        """About how many bytes are sent with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """A page in a file."""

    url: str
    file: Path
    offset: int = 0
    """Its number in a list of pages."""
    weight: ClassVar[int] = 0

    def load(self) -> Page:
        """Read the file."""
        return Page(url=self.url, body=self.file.read_bytes())


@dataclass(frozen=True, slots=True, kw_only=True)
class PageResult:
    """What came of a page: a line, or a reason why there is none."""

    url: str
    offset: int
    line: bytes | None = None
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


_Kept = TypeVar("_Kept", bound=KeptPage)
_Between = TypeVar("_Between")


def extract_pages(
    pages: Iterable[_Kept | Ready[_Between]], load: Callable[[_Kept], Page], rereader: Rereader, jobs: int
) -> Iterator[PageResult | _Between]:
    """Yield what came of pages, and what else is `Ready` between them, in order, from `jobs` processes."""
    if jobs > 1:
        warm(rereader)
    work: Work[_Kept, PageResult] = Work(do=partial(_result, load=load, rereader=rereader), lost=_lost, weigh=_weight)
    with closing(work.in_order(pages, jobs)) as found:
        yield from found


def _result(page: _Kept, load: Callable[[_Kept], Page], rereader: Rereader) -> PageResult:
    try:
        found, damage = read_page_of(partial(load, page), partial(_line, rereader))
    except OtherLanguage:
        return PageResult(url=page.url, offset=page.offset, is_wanted=False)
    if isinstance(found, NotAnArticle):
        return PageResult(url=page.url, offset=page.offset, reason=str(found.reason), detail=found.detail)
    reason, detail = (str(damage), damage.meaning) if damage else ("", "")
    return PageResult(url=page.url, offset=page.offset, line=found, reason=reason, detail=detail)


def _line(rereader: Rereader, page: Page) -> bytes:
    return json_line(rereader.article(page))


def _lost(page: KeptPage, why: str) -> PageResult:
    detail = f"the process that read it {why}"
    return PageResult(url=page.url, offset=page.offset, reason=str(Reason.UNREADABLE), detail=detail)


def _weight(page: KeptPage) -> int:
    return page.weight
