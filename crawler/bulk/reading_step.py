"""The step of bulk reading that is Python: read archives, and yield a row for each page and for each archive."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from crawler.archive.files import archives_in
from crawler.archive.reader import ArchiveError
from crawler.authoring.archived_pages import Pass, Reading, readings
from crawler.authoring.rereading import Rereader
from crawler.authoring.wanted import Wanted
from crawler.bulk.groups import Row, batches_of, rows_of
from crawler.home import HomeFolder, settings_at
from crawler.items import Article, json_line

ARTICLE, REFUSED, WHOLE, FAILED = "article", "refused", "whole", "failed"
"""Kinds of rows: of a page, and, last of each archive, whether it was read to its end."""
PAGE_ROWS = pa.schema(
    {
        "kind": pa.string(),
        "archive": pa.string(),
        "offset": pa.int64(),
        "url": pa.string(),
        "date": pa.string(),
        "outlet": pa.string(),
        "line": pa.string(),
        "reason": pa.string(),
        "detail": pa.string(),
        "skipped": pa.int64(),
    }.items()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveStep:
    """Reads archives as `scrapy extract` does; it is pickled to where they are read."""

    wanted: Wanted
    settings: tuple[tuple[str, Any], ...] = ()
    """Settings that the user gave for this job."""

    def __call__(self, archives: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield batches of `PAGE_ROWS` for archives by their paths or URLs."""
        return batches_of((row for each in rows_of(archives) for row in self._rows_of(each["path"])), PAGE_ROWS)

    def _rows_of(self, place: str) -> Iterator[Row]:
        through = Pass(rereader=_rereader(self.settings), wanted=self.wanted)
        try:
            for archive in archives_in(place, dict(self.settings)):  # a WACZ holds several
                for reading in readings(archive, through):
                    yield {"archive": place, **_row_of(reading)}
        except (ArchiveError, OSError) as error:
            yield {"kind": FAILED, "archive": place, "detail": str(error).removeprefix(f"{place}: ")}
        else:
            yield {"kind": WHOLE, "archive": place, "skipped": through.skipped.total()}


def _row_of(reading: Reading) -> Row:
    found = reading.found
    row = {"offset": reading.offset, "url": reading.url}
    if not isinstance(found, Article):
        return {**row, "kind": REFUSED, "reason": str(found.reason), "detail": found.detail}
    day = found.published_on or (found.fetched_at or "")[: len("2025-11-28")] or None
    return {**row, "kind": ARTICLE, "date": day, "outlet": found.outlet, "line": json_line(found).decode()}


@cache
def _rereader(given: tuple[tuple[str, Any], ...]) -> Rereader:
    """Return the reader with its outlets; building it takes a second, so a process does it once."""
    settings = settings_at(HomeFolder(Path.cwd()))
    settings.update(dict(given), priority="cmdline")
    return Rereader(settings)
