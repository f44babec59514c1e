"""Finish what dead runs began: deliver their records, and complete their folders."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.exports.catalog_rows import CLEANED
from crawler.exports.delivery import FEEDS, deliver, field_of
from crawler.exports.folder import RunFolder, unfinished
from crawler.exports.placed_part import PlacedPart
from crawler.exports.publication import Publication
from crawler.exports.storage import open_storage
from crawler.store import Delivery, Outbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """The result of a recovery after runs that died."""

    messages: list[str]
    """What was done, as lines for the log."""
    folders: list[RunFolder]
    """The folders of dead runs, complete except for their reports; their locks are still held."""


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
        read_by = field_of(delivery, "run_id") or run
        folder = RunFolder.of_run(publication, run if read_by in cleaned else read_by, suffix=suffix)
        return dead.hold(folder) if strays or folder.path.exists() else None

    with dead.released_on_error():
        adopted = outbox.adopt()
        for name in outbox.open_parts():
            if name == FEEDS:
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


def reached(part: PlacedPart, here: Publication | None, settings: Mapping[str, Any] | None) -> Publication | None:
    """Return the place of exports of a part: this one, or the one at its address; None if neither is that place.

    A part of an earlier version has no name of its place: its address decides, unless there is nothing any more.
    """
    if here and (part.place == here.place() if part.place else part.at == here.storage.place_of("")):
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
