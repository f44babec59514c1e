"""The rows that exports have published since a sequence number, as a store that lags behind needs them."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from crawler.exports.decoding import lift
from crawler.exports.jsonl import BadLine
from crawler.exports.publication import Publication
from crawler.exports.published import all_published
from crawler.exports.shelf_rows import read_line
from crawler.exports.since import Since
from crawler.exports.storage import Storage
from crawler.shelves import Shelf


def delivered_since(storage: Storage, sequence: int, damaged: list[str]) -> Iterator[tuple[Shelf, dict[str, Any]]]:
    """Yield each row with a higher sequence number, after its shelf; of refused addresses none.

    0 stands for all rows, also those without a number. A sentence for each part that cannot be read is added to
    `damaged`. Raise OSError if the catalog cannot be read.
    """
    with Publication(storage).alone():
        """The catalog now lists what a process put in its place before it died."""
    since, published = Since(sequence=sequence), all_published(storage)
    damaged += published.damaged
    for part in published.parts:
        if part.shelf is Shelf.REFUSED or not since.has_new(part):
            continue
        try:
            for row in filter(since.is_new, part.read(partial(read_line, part.shelf))):
                yield part.shelf, lift(row) if part.shelf.has_records else row
        except BadLine as error:
            damaged.append(str(error))
