"""The articles of an export as they are now: one record for each, from its last edition, or only those that are new.

The parts are read twice: first to find the last editions, then to yield them, in the order of their publication.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import closing
from functools import partial
from itertools import count
from typing import Any

from crawler.exports.decoding import decode_row, lift
from crawler.exports.last_editions import LastEdition, LastEditions
from crawler.exports.published import PublishedPart
from crawler.exports.selection import Selection
from crawler.exports.shelf_rows import read_line
from crawler.exports.since import Since
from crawler.items import Publisher
from crawler.shelves import Shelf


def current_articles(
    parts: Sequence[PublishedPart],
    shelves: Set[Shelf],
    publishers: Mapping[str, Publisher],
    *,
    since: Since,
    selection: Selection,
    one_per_story: bool,
    with_withdrawn: bool,
) -> Iterator[dict[str, Any]]:
    """Yield one record for each selected article on some shelves about which something is new.

    That is an edition, a withdrawal or a move to another story; `sequence` becomes the number of the last of them.
    `parts` are those of all shelves, in the order of their publication; `publishers` are those of the outlets, by slug.
    With `one_per_story`, yield one article of each story. With `with_withdrawn`, yield those that were withdrawn too,
    which have a `withdrawn_at`. Raise BadLine if a part is damaged.
    """
    with closing(LastEditions()) as editions:
        index = _Index(parts, shelves, editions, since, selection)
        if one_per_story or since.is_the_beginning:
            index.add(Since())
        else:
            index.add(since)
            index.add_older()
        editions.apply(one_per_story=one_per_story)
        for number, part in enumerate(parts):
            yield from _records(part, editions.taken(number, with_withdrawn=with_withdrawn), publishers)


class _Index:
    """Adds rows of parts to the table of last editions."""

    def __init__(
        self,
        parts: Sequence[PublishedPart],
        shelves: Set[Shelf],
        editions: LastEditions,
        since: Since,
        selection: Selection,
    ) -> None:
        self._parts = [(number, part) for number, part in enumerate(parts) if part.shelf is not Shelf.REFUSED]
        self._shelves = shelves
        self._editions = editions
        self._since = since
        self._selection = selection

    def add(self, since: Since) -> None:
        """Add the rows since a point: those on the selected shelves, withdrawals and moves."""
        for number, part in self._parts:
            if since.has_new(part) and (part.shelf in self._shelves or not part.shelf.has_records):
                self._add(number, part, since.is_new)

    def add_older(self) -> None:
        """Add what was published earlier of the articles that were withdrawn or moved since, on whatever shelf.

        Read the newest part first, until no other can hold the last edition of one of them.
        """
        wanted = left = self._editions.wanted()
        for number, part in sorted(self._parts, key=_newest, reverse=True) if wanted else ():
            if not left and (part.last_sequence or 0) < self._editions.lowest():
                return
            if part.shelf is not Shelf.STORY_MOVES:
                self._add(number, part, lambda row: row["id"] in wanted and not self._since.is_new(row))
                left = self._editions.wanted()

    def _add(self, number: int, part: PublishedPart, is_wanted: Callable[[dict[str, Any]], bool]) -> None:
        for line, row in enumerate(part.read(partial(read_line, part.shelf))):
            if not is_wanted(row):
                continue
            is_new = self._since.is_new(row)
            if part.shelf is Shelf.WITHDRAWN:
                self._editions.withdraw(row, is_new=is_new)
            elif part.shelf is Shelf.STORY_MOVES:
                self._editions.move(row, is_new=is_new)
            else:
                is_taken = part.shelf in self._shelves and self._selection.takes(row)
                self._editions.add(row, part=number, line=line, is_taken=is_taken, is_new=is_new)


def _newest(numbered: tuple[int, PublishedPart]) -> tuple[int, int]:
    return numbered[1].last_sequence or 0, numbered[0]


def _records(
    part: PublishedPart, taken: Iterator[LastEdition], publishers: Mapping[str, Publisher]
) -> Iterator[dict[str, Any]]:
    edition = next(taken, None)
    if edition is None:
        return
    numbers = count()

    def read(line: bytes) -> dict[str, Any]:
        nonlocal edition
        if edition is None or next(numbers) != edition.line:
            return {}
        record = _brought_up_to_date(lift(decode_row(line), publishers), edition)
        edition = next(taken, None)
        return record

    yield from filter(None, part.read(read))


def _brought_up_to_date(record: dict[str, Any], edition: LastEdition) -> dict[str, Any]:
    if record["story"]:
        record["story"]["id"] = edition.story
    return record | {"sequence": edition.sequence, "withdrawn_at": edition.withdrawn_at}
