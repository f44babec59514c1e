"""Read files of articles as texts: JSON Lines and Parquet, of exports or of others, or texts that were read before."""

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.archive.records import ArchiveError
from crawler.bulk.job_files import local_file
from crawler.exports.compacted_rows import compacted_lines
from crawler.exports.decoding import decode_row
from crawler.exports.jsonl import PACKING_ERRORS, open_lines
from crawler.schema import Broken
from crawler.stories.rows import BadRow, read_story_row
from crawler.stories.text import Text

PARQUET = ".parquet"
_OUTLET = re.compile(r"(?:^|/)outlet=([a-z0-9_]{1,64})/[^/]{1,255}\Z")
"""The last folder of a file of `scrapy extract --engine spark`, whose rows of Parquet have no column for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """One revision of an article, as a row of a file has it."""

    line: int
    """Number of the row in its file, from 1."""
    revision: int
    text: Text
    row: Mapping[str, Any] | None
    """The row as printed; None if the file holds texts (`crawler/bulk/text_rows.py`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadRow:
    """A row that cannot be read, or the place from which on a damaged file cannot be read."""

    line: int
    reason: str


def read_stories_at(place: str, settings: Mapping[str, Any]) -> Iterator[ReadRow | UnreadRow]:
    """Yield the rows of a file at a path or URL, as `read_story_file` does; one that is not there is an unread row.

    `settings` may have Scrapy's settings of S3.
    """
    try:
        with local_file(place, settings) as path:
            yield from read_story_file(path, place)
    except ArchiveError as error:  # of a server; what the disk says is in the rows
        yield UnreadRow(line=1, reason=str(error).removeprefix(f"{place}: "))


def read_story_file(path: Path, place: str | None = None) -> Iterator[ReadRow | UnreadRow]:
    """Yield the rows of a file in their order; `.gz`, `.zst`, `.bz2` and `.xz` are unpacked on the way.

    A row without an outlet has that of the folder, `outlet=O`. `place` is where the file lies if `path` is a copy.
    """
    line, found = 0, _OUTLET.search(place or str(path))
    known = {"outlet": found[1]} if found else {}
    try:
        if path.suffix == PARQUET and (texts := _texts(path)):
            for line, revision, text in texts:
                if isinstance(text, BadRow):
                    yield _left_out(line, text)
                else:
                    yield ReadRow(line=line, revision=revision, text=text, row=None)
            return
        with closing(compacted_lines(path)) if path.suffix == PARQUET else open_lines(path) as lines:
            for line, row in enumerate(lines, start=1):
                if row.strip():
                    yield _read(line, row, known)
    except (Broken, *PACKING_ERRORS) as error:
        yield UnreadRow(line=line + 1, reason=f"{error}; what follows is not read: restore the file")


def _texts(path: Path) -> Iterator[tuple[int, int, Text | BadRow]] | None:
    try:
        from crawler.bulk.text_rows import texts_in
    except ModuleNotFoundError as error:
        raise Broken(f"Parquet needs pyarrow ({error}): pip install 'videsh[parquet]'") from error
    return texts_in(path)


def _read(line: int, packed: bytes, known: Mapping[str, Any]) -> ReadRow | UnreadRow:
    try:
        row = {**known, **decode_row(packed)}
        revision = row.get("revision", 1)
        if type(revision) is not int:
            raise BadRow('"revision" is not a whole number')
        return ReadRow(line=line, revision=revision, text=read_story_row(row), row=row)
    except (Broken, BadRow) as error:
        return _left_out(line, error)


def _left_out(line: int, error: Exception) -> UnreadRow:
    return UnreadRow(line=line, reason=f"{error}; this row is left out")
