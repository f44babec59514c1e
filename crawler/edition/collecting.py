"""Collect the entries of the edition from the parts that runs have published."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from crawler.edition.day_rows import DayRows
from crawler.edition.entry import entry_of
from crawler.exports.current_articles import current_articles
from crawler.exports.published import PublishedParts
from crawler.exports.selection import Selection
from crawler.exports.since import Since
from crawler.items import Publisher
from crawler.shelves import Shelf


def collect(published: PublishedParts, publishers: Mapping[str, Publisher], zone: ZoneInfo, rows: DayRows) -> None:
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
    rows.index()
