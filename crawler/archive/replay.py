"""Replay a crawl: with `ARCHIVE_REPLAY=path` every response comes from an archive, and no socket is opened."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    NotConfigured,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
    UsageError,
)
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.statscollectors import StatsCollector
from w3lib.url import canonicalize_url

from crawler.archive.reader import Answer, ArchiveError, ArchiveFile, Bodies, archives_of, read_answers, read_content
from crawler.archive.turns import Turns
from crawler.notes import notes_of
from crawler.reasons import ProxyFailedError, Reason, RequestRefused
from crawler.url_parts import is_url

_log = logging.getLogger(__name__)

_FAILURES: dict[str, type[Exception]] = {
    kind.__name__: kind
    for kind in (
        CannotResolveHostError,
        DownloadCancelledError,
        DownloadConnectionRefusedError,
        DownloadTimeoutError,
        ProxyFailedError,
        ResponseDataLossError,
        UnsupportedURLSchemeError,
    )
}
"""Failures that a replay raises again by their names; any other one is raised as DownloadFailedError."""


Stamp = tuple[tuple[Path, int, int], ...]
"""Path, size and modification time of each file of an archive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveIndex:
    """The best answer for each URL of an archive."""

    path: Path
    stamp: Stamp
    answers: dict[str, Answer]
    """By canonical URL."""
    damaged: int
    """The number of damaged parts."""


_INDEXES: list[ArchiveIndex] = []
"""The index that this process made, or was given, last."""


class ReplayMiddleware:
    """Answers each request from an archive, in place of the network; a URL that the archive lacks is refused.

    If a URL was fetched more than once, the last good answer counts: a page or a redirect, but no failure, no error
    and no 304, which has no body. Without a good one, the last answer counts.
    """

    def __init__(self, answers: dict[str, Answer], crawler: Crawler) -> None:
        self._answers = answers
        self._stats: StatsCollector = crawler.stats
        self._crawler = crawler
        self._turns = Turns(self._is_idle)
        self._is_open = False
        crawler.signals.connect(self.open, signals.spider_opened)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        path = crawler.settings.get("ARCHIVE_REPLAY")
        if not path:
            raise NotConfigured
        try:
            known = index_of(Path(path))
        except ArchiveError as error:
            raise UsageError(str(error), print_help=False) from error
        crawler.stats.set_value("archive/answers", len(known.answers))
        crawler.stats.set_value("archive/damaged", known.damaged)
        crawler.stats.set_value("archive/moment", moment_of(known.answers.values()))
        return cls(known.answers, crawler)

    async def process_request(self, request: Request) -> Response:
        """Return the archived response in its recorded order, or raise the recorded failure.

        Raise RequestRefused for a URL that is not in the archive.
        """
        answer = self._answers.get(_key(request.url))
        if answer is None:
            self._stats.inc_value("archive/missing")
            _log.info("%s: not in the archive", request.url)
            raise RequestRefused(Reason.NOT_IN_ARCHIVE, "not in the archive, and a replay fetches nothing")
        await self._turns.take((answer.at, answer.path, answer.offset))
        self._stats.inc_value("archive/answered")
        notes_of(request).fetched_at = answer.at
        return response_to(request, answer)

    def open(self) -> None:
        """Note that the crawl's engine exists."""
        self._is_open = True

    def _is_idle(self) -> bool:
        """Return whether the crawl can do nothing until it gets another response."""
        engine = self._crawler.engine if self._is_open else None
        if engine is None or engine.scraper.slot is None or engine._slot is None:
            return True
        is_full = engine.needs_backout()
        return engine.scraper.slot.is_idle() and (is_full or not engine._slot.scheduler.has_pending_requests())


def response_to(request: Request, answer: Answer) -> Response:
    """Return an archived answer as the response to a request, or raise the recorded failure."""
    content = read_content(answer)
    if content.failure is not None:
        raise _failure(content.failure)
    headers = Headers(content.headers)
    kind = responsetypes.from_args(headers=headers, url=request.url, body=content.body)
    return kind(url=request.url, status=answer.status or 200, headers=headers, body=content.body, request=request)


def index(path: Path, damaged: list[str]) -> dict[str, Answer]:
    """Return the best answer for each URL of an archive or a folder of archives, by canonical URL, without bodies.

    Append sentences about damaged parts to `damaged`. Raise ArchiveError if there is nothing to read.
    """
    answers: dict[str, Answer] = {}
    bodies = Bodies()
    others = 0
    for archive in archives_of(path):
        for answer in read_answers(archive, damaged, bodies):
            if not _is_answer(answer):
                others += 1
                continue
            key = _key(answer.url)
            if key not in answers or _rank(answer) >= _rank(answers[key]):
                answers[key] = answer
    if others:
        _log.info(
            "%s: %d records are not replayed: no answers, or revisits of pages that it does not hold", path, others
        )
    return answers


def _is_answer(answer: Answer) -> bool:
    """Return whether an answer can be replayed: no conversion, no revisit without its body, and a valid URL."""
    is_whole = answer.is_answer and (answer.kind != "revisit" or answer.body_in is not None)
    return is_whole and is_url(answer.url)


def index_of(path: Path) -> ArchiveIndex:
    """Return the index of an archive; all crawls of a process share it. Raise ArchiveError if there is none to read."""
    stamp = _stamp(path)
    if not any((known.path, known.stamp) == (path, stamp) for known in _INDEXES):
        damaged: list[str] = []
        answers = index(path, damaged)
        for message in damaged:
            _log.warning("%s", message)
        share_index(ArchiveIndex(path=path, stamp=stamp, answers=answers, damaged=len(damaged)))
    return _INDEXES[0]


def share_index(known: ArchiveIndex) -> None:
    """Let the crawls of this process use an index that another process has made."""
    _INDEXES[:] = [known]


def _stamp(path: Path) -> Stamp:
    """Return path, size and modification time of each file, so that a changed archive is read again."""
    found = ((archive, archive.stat()) for archive in archives_of(path))
    return tuple((archive, stat.st_size, stat.st_mtime_ns) for archive, stat in found)


def moment_of(answers: Iterable[Answer]) -> datetime | None:
    """Return the start of the recorded crawl, or of the latest of several; None without answers.

    A replay takes it as its current time.
    """
    began: dict[ArchiveFile, datetime] = {}
    for answer in answers:
        began[answer.path] = min(answer.at, began.get(answer.path, answer.at))
    return max(began.values(), default=None)


def _key(url: str) -> str:
    return canonicalize_url(url)


def _rank(answer: Answer) -> tuple[bool, float]:
    good = answer.status is not None and 200 <= answer.status < 400 and answer.status != 304
    return good, answer.at.timestamp()


def _failure(recorded: str) -> Exception:
    name, _, detail = recorded.partition(": ")
    return _FAILURES[name](detail) if name in _FAILURES else DownloadFailedError(recorded)
