"""Collect the entries of the edition from the parts that runs have published."""

import re
from collections.abc import Container, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from crawler.edition.day_rows import DayRows, EarlierEdition
from crawler.edition.entry import entry_of
from crawler.edition.marked_text import marked_text
from crawler.edition.shown_text import shown_headline, shown_lead
from crawler.exports.current_articles import current_articles
from crawler.exports.decoding import decode_row
from crawler.exports.published import PublishedParts
from crawler.exports.selection import Selection
from crawler.exports.since import Since
from crawler.items import Publisher
from crawler.shelves import Shelf

_ID = re.compile(rb'"id": "([^"\\]+)"')
_BEGINNING = 400
"""Bytes of a line in which its identifier is sought."""


def collect(
    published: PublishedParts, publishers: Mapping[str, Publisher], zone: ZoneInfo, rows: DayRows, *, with_texts: bool
) -> None:
    """Add the last edition of each article that is not withdrawn; raise BadLine if a part is damaged."""
    records = current_articles(
        published.parts,
        {Shelf.ARTICLES, Shelf.COPIES},
        publishers,
        since=Since(),
        selection=Selection(),
        one_per_story=False,
        with_withdrawn=False,
    )
    for record in records:
        rows.add(entry_of(record, zone))
        if with_texts:
            rows.add_text(record["id"], marked_text(record))
    rows.index()
    _collect_earlier(published, rows)


def _collect_earlier(published: PublishedParts, rows: DayRows) -> None:
    """Add the earlier editions of the articles that have several, from whatever shelf and run."""
    last = rows.revised()
    parts = (part for part in published.parts if part.shelf.has_records and last)
    for record in (
        record for part in parts for record in part.read(lambda line: _read_if_one_of(last, line)) if record
    ):
        if record["revision"] < last[record["id"]]:
            headline, lead = shown_headline(record["headline"]), shown_lead(record["text"] or record["deck"])
            edition = EarlierEdition(revision=record["revision"], headline=headline, lead=lead)
            rows.add_earlier(record["id"], edition)


def _read_if_one_of(wanted: Container[str], line: bytes) -> dict[str, Any]:
    """Return the record in a line if its article is one of those wanted, else an empty one; most are not decoded."""
    found = _ID.search(line, 0, _BEGINNING)
    if found is not None and found[1].decode("utf-8", "replace") not in wanted:
        return {}
    record = decode_row(line)
    return record if record["id"] in wanted else {}
