"""Deliver records from the outbox into parts, exactly once."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import SpooledTemporaryFile

from crawler.exports.catalog import Catalog
from crawler.exports.folder import RunFolder
from crawler.exports.part import PartWriter
from crawler.exports.placed_part import PlacedPart
from crawler.exports.publication import with_sequence
from crawler.exports.storage import ChangedError
from crawler.shelves import Shelf
from crawler.store import Delivery, Outbox

_IN_MEMORY = 64 * 1024
"""Bytes of a part that is being filled above which its lines are kept on disk."""
FEEDS = "feeds"
"""The part that records are assigned to in the outbox when Scrapy's own feeds have delivered them."""


class _Filling:
    """The lines of a part that is being filled, and the outbox numbers of its records."""

    def __init__(self, folder: RunFolder, shelf: Shelf, *, numbered: bool, sequenced: bool) -> None:
        self._folder = folder
        self._shelf = shelf
        self._numbered = numbered
        self._sequenced = sequenced
        self._lines = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - `publish` and `close` close it
        self._numbers: list[int] = []

    def add(self, delivery: Delivery) -> int:
        """Add one record, and return the number of records in the part."""
        self._lines.write(delivery.line)
        self._numbers.append(delivery.number)
        return len(self._numbers)

    def publish(self, outbox: Outbox) -> None:
        """Write the part and move it to its place."""
        with self._lines:
            while not self._is_published(outbox):
                pass

    def _is_published(self, outbox: Outbox) -> bool:
        """Publish the part; return False, with the records back in the outbox, if another process took its numbers.

        The order of these steps makes delivery exactly-once.
        """
        with self._folder.publication.alone() as catalog:
            writer = self._writer(catalog)
            try:
                self._write(writer, catalog.sequence)
            except OSError:  # as on a full disk: the records stay in the outbox
                writer.abandon()
                raise
            name = str(_placed(self._folder, writer))
            outbox.assign(name, self._numbers)
            try:
                self._folder.publish(writer)
            except ChangedError:
                outbox.returned(name)
                return False
        outbox.delivered(name)
        return True

    def _writer(self, catalog: Catalog) -> PartWriter:
        """Return the writer of the part; on S3, where no lock is certain, its name has the sequence numbers.

        What lies there by that name and was never listed is of a process that died, or that counts as dead.
        """
        storage = self._folder.publication.storage
        if not storage.is_remote or not self._is_sequenced:
            return self._folder.writer(self._shelf, numbered=self._numbered)
        first, last = catalog.sequence + 1, catalog.sequence + len(self._numbers)
        writer = self._folder.writer_of_numbers(self._shelf, first, last)
        name = f"{self._folder.name}/{writer.path.name}"
        if catalog.part(name) is None and storage.version(name) is not None:
            storage.delete(name)
        return writer

    @property
    def _is_sequenced(self) -> bool:
        return self._sequenced and self._shelf is not Shelf.REFUSED

    def close(self) -> None:
        """Discard the part: its records stay in the outbox."""
        self._lines.close()

    def _write(self, writer: PartWriter, last: int) -> None:
        """Write the lines, with the sequence numbers after `last`."""
        self._lines.seek(0)
        for number, line in enumerate(self._lines, start=last + 1):
            sequence = number if self._is_sequenced else None
            writer.write(with_sequence(line, sequence), sequence)
        writer.close()


def deliver(
    outbox: Outbox,
    folder_of: Callable[[Delivery], RunFolder | None],
    *,
    rows: int = 0,
    numbered: bool = False,
    together: bool = False,
    sequenced: bool = True,
) -> Counter[Shelf]:
    """Write the records in the outbox into parts of at most `rows` records (0: no limit); return counts by shelf.

    `folder_of` returns the folder for a record, or None to leave it in the outbox. `numbered` numbers the first part of
    a folder too. `together` puts copies into the parts of articles. `sequenced` gives each record its sequence number.
    Raise OSError if a part cannot be written.
    """
    filling: dict[tuple[Path, Shelf], _Filling] = {}
    counts: Counter[Shelf] = Counter()
    try:
        for delivery in outbox.waiting():
            folder = folder_of(delivery)
            if folder is None:
                continue
            shelf = Shelf.ARTICLES if together and delivery.shelf is Shelf.COPIES else delivery.shelf
            key = folder.path, shelf
            if key not in filling:
                filling[key] = _Filling(folder, shelf, numbered=numbered, sequenced=sequenced)
            if filling[key].add(delivery) == rows:
                filling.pop(key).publish(outbox)
            counts[shelf] += 1
        for part in filling.values():
            part.publish(outbox)
    finally:
        for part in filling.values():
            part.close()
    return counts


def forget_outlet(outbox: Outbox, outlet: str) -> None:
    """Delete an outlet's records from the outbox, because Scrapy's own feeds have delivered them."""
    outbox.assign(
        FEEDS,
        [each.number for each in outbox.waiting() if each.shelf.has_records and field_of(each, "outlet") == outlet],
    )
    outbox.delivered(FEEDS)


def _placed(folder: RunFolder, writer: PartWriter) -> PlacedPart:
    """Return the name of a part that is about to be published; call it within `alone`."""
    publication = folder.publication
    at = publication.storage.place_of("")
    return PlacedPart(f"{folder.name}/{writer.path.name}", publication.named_place(), at)


def field_of(delivery: Delivery, name: str) -> str | None:
    """Return the text of a field of a record, or None."""
    value = json.loads(delivery.line).get(name)
    return None if value is None else str(value)
