"""Deliver records from the outbox into parts, exactly once, and finish what dead runs began."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any

from crawler.exports.catalog import Catalog
from crawler.exports.catalog_rows import CLEANED
from crawler.exports.folder import RunFolder, unfinished
from crawler.exports.part import PartWriter
from crawler.exports.placed_part import PlacedPart
from crawler.exports.publication import Publication, with_sequence
from crawler.exports.storage import ChangedError, open_storage
from crawler.shelves import Shelf
from crawler.store import Delivery, Outbox

_IN_MEMORY = 8 * 1024 * 1024
"""Bytes of a part that is being filled above which its lines are kept on disk."""
_FEEDS = "feeds"
"""The part that records are assigned to in the outbox when Scrapy's own feeds have delivered them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """The result of a recovery after runs that died."""

    messages: list[str]
    """What was done, as lines for the log."""
    folders: list[RunFolder]
    """The folders of dead runs, complete except for their reports; their locks are still held."""


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
        _FEEDS,
        [each.number for each in outbox.waiting() if each.shelf.has_records and _field(each, "outlet") == outlet],
    )
    outbox.delivered(_FEEDS)


def recover(
    publication: Publication,
    outbox: Outbox,
    *,
    run: str,
    suffix: str,
    together: bool = False,
    strays: bool = True,
    settings: Mapping[str, Any] | None = None,
) -> Recovered:
    """Deliver the records of dead runs and complete their folders.

    Each record goes into the folder of the run that read it, or, if that was cleaned, into that of `run`. Records of
    runs that used feeds have no folder: create one, or leave them in the outbox if `strays` is False. `run` is the run
    that is about to start or to be resumed; `settings` may have those of S3, for the root of another run.
    """
    dead, cleaned = _DeadFolders(run), set[str]()

    def folder_of(delivery: Delivery) -> RunFolder | None:
        read_by = _field(delivery, "run_id") or run
        folder = RunFolder.of_run(publication, run if read_by in cleaned else read_by, suffix=suffix)
        return dead.hold(folder) if strays or folder.path.exists() else None

    with dead.released_on_error():
        adopted = outbox.adopt()
        for name in outbox.open_parts():
            if name == _FEEDS:
                outbox.delivered(name)
                continue
            part = PlacedPart.read(name)
            its_place = reached(part, publication, settings)
            if its_place is None:
                dead.messages.append(
                    f"{part.name}: a run died while it published this part in another place of exports ({part.at}), "
                    "which cannot be asked from here whether it has it: its records wait until a run publishes there; "
                    f"if that place is gone for good, `scrapy store release {part.at}` gives them to the next run"
                )
                continue
            is_there = _is_in_place(part, its_place, dead, suffix)
            (outbox.delivered if is_there else outbox.returned)(name)
        if adopted:
            with publication.alone() as catalog:  # a compacted file holds parts of the names that a run's new parts get
                cleaned |= {each.run_id for each in catalog.runs.values() if each.state == CLEANED}
            counts = deliver(outbox, folder_of, together=together)
            delivered = ", ".join(f"{count} {shelf}" for shelf, count in sorted(counts.items())) or "nothing"
            dead.messages.append(
                f"{publication.storage.address}: a run died with {adopted} records undelivered or not noted as such; "
                f"delivered {delivered}"
            )
        for path in unfinished(publication.storage.spool):
            dead.close(RunFolder(publication, path, suffix=suffix))
        return dead.recovered()


def _placed(folder: RunFolder, writer: PartWriter) -> PlacedPart:
    """Return the name of a part that is about to be published; call it within `alone`."""
    publication = folder.publication
    at = publication.storage.place_of("")
    return PlacedPart(f"{folder.name}/{writer.path.name}", publication.named_place(), at)


def reached(part: PlacedPart, here: Publication, settings: Mapping[str, Any] | None) -> Publication | None:
    """Return the place of exports of a part: this one, or the one at its address; None if neither is that place.

    A part of an earlier version has no name of its place: its address decides, unless there is nothing any more.
    """
    if part.place == here.place() if part.place else part.at == here.storage.place_of(""):
        return here
    try:
        there = Publication(open_storage(part.at, settings))
        if part.place:
            return there if there.place() == part.place else None
        return there if there.storage.is_there else here
    except (OSError, ValueError, ImportError):
        return None


def _is_in_place(part: PlacedPart, publication: Publication, dead: "_DeadFolders", suffix: str) -> bool:
    """Return whether a part that a dead run assigned was published; list it, or set it aside if it is damaged."""
    storage = publication.storage
    if storage.version(part.name) is None:
        return False
    with publication.alone() as catalog:
        if catalog.part(part.name) is None and storage.address.startswith("s3://"):
            storage.delete(part.name)  # it was uploaded when its process counted as dead already
            return False
    path = storage.spool / part.name
    dead.hold(RunFolder(publication, path.parent, suffix=suffix))
    return path.exists()


class _DeadFolders:
    """Repairs the folders of dead runs; one that cannot be repaired is left as it is, with a message.

    `run` is the run that is about to start or to be resumed: its folder is repaired, but not closed.
    """

    def __init__(self, run: str) -> None:
        self._run = run
        self._held: dict[Path, RunFolder] = {}
        self._left: set[Path] = set()
        self.messages: list[str] = []

    def hold(self, folder: RunFolder) -> RunFolder | None:
        """Lock and repair a folder, once, and return it; return None if it cannot be repaired."""
        if folder.path not in self._held and folder.path not in self._left:
            with self._leaving_on_error(folder):
                folder.hold(wait=True)
                self._held[folder.path] = folder
                self._report(folder, folder.repair())
        return self._held.get(folder.path)

    def close(self, folder: RunFolder) -> None:
        """Repair a folder for which the outbox has no record, unless a living run holds its lock."""
        if folder.path in self._held or folder.path in self._left or folder.run == self._run:
            return
        with self._leaving_on_error(folder):
            if folder.hold():
                self._held[folder.path] = folder
                self.messages.append(", ".join([f"{folder.path}: its run died; closed", *folder.repair()]))

    def recovered(self) -> Recovered:
        """Close the folders, except that of the run that is about to start, and return the result."""
        for folder in list(self._held.values()):
            if folder.run == self._run:
                self._held.pop(folder.path).release_unfinished()
                continue
            with self._leaving_on_error(folder):
                self._report(folder, folder.close_dead())
        return Recovered(messages=self.messages, folders=list(self._held.values()))

    @contextmanager
    def released_on_error(self) -> Iterator[None]:
        """Release the folders after any error: the next run, perhaps of this process, recovers them."""
        try:
            yield
        except BaseException:
            for folder in self._held.values():
                folder.release_unfinished()
            raise

    @contextmanager
    def _leaving_on_error(self, folder: RunFolder) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            folder.release_unfinished()
            self._held.pop(folder.path, None)
            self._left.add(folder.path)
            self.messages.append(f"{folder.path}: cannot be repaired ({error.strerror or error}); left as it is")

    def _report(self, folder: RunFolder, messages: Iterable[str]) -> None:
        self.messages.extend(f"{folder.path}: {message}" for message in messages)


def _field(delivery: Delivery, name: str) -> str | None:
    value = json.loads(delivery.line).get(name)
    return None if value is None else str(value)
