"""From the store's outbox into parts: each record once, whenever a run dies."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from crawler.exports.folder import RunFolder, unfinished
from crawler.store import Delivery, Outbox

_FEEDS = "feeds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """What was set right after runs that died."""

    messages: list[str]
    """What was done, for people."""
    folders: list[RunFolder]
    """The folders of dead runs, whole now save their reports, and still held."""


class _Filling:
    """A part that is being filled, and the numbers of the deliveries in it."""

    def __init__(self, folder: RunFolder, shelf: str, *, numbered: bool) -> None:
        self._folder = folder
        self._writer = folder.writer(shelf, numbered=numbered)
        self._numbers: list[int] = []

    def add(self, delivery: Delivery) -> int:
        """Write one record, and return how many there are."""
        self._writer.write(delivery.line)
        self._numbers.append(delivery.number)
        return len(self._numbers)

    def publish(self, outbox: Outbox) -> None:
        """Move the part to its place; the order of these steps is what makes delivery exactly-once."""
        self._writer.close()
        name = str(self._writer.path.resolve())
        outbox.assign(name, self._numbers)
        self._folder.list_part(self._writer.publish())
        outbox.delivered(name)

    def abandon(self) -> None:
        """Give up a part that cannot be written, as on a full disk: its records wait in the outbox."""
        self._writer.abandon()


def deliver(
    outbox: Outbox,
    folder_of: Callable[[Delivery], RunFolder | None],
    *,
    rows: int = 0,
    numbered: bool = False,
    together: bool = False,
) -> Counter[str]:
    """Write what waits in the outbox into parts of at most `rows` (0: any number); return how many a shelf got.

    What has no folder stays in the outbox. `together` puts copies among the articles.
    """
    filling: dict[tuple[Path, str], _Filling] = {}
    counts: Counter[str] = Counter()
    try:
        for delivery in outbox.waiting():
            folder = folder_of(delivery)
            if folder is None:
                continue
            shelf = "articles" if together else delivery.shelf
            key = folder.path, shelf
            if key not in filling:
                filling[key] = _Filling(folder, shelf, numbered=numbered)
            if filling[key].add(delivery) == rows:
                filling[key].publish(outbox)
                del filling[key]
            counts[shelf] += 1
        for part in filling.values():
            part.publish(outbox)
    except OSError:
        for part in filling.values():
            part.abandon()
        raise
    return counts


def forget_outlet(outbox: Outbox, outlet: str) -> None:
    """Forget what waits of an outlet, because Scrapy's own feeds have delivered it."""
    outbox.assign(_FEEDS, [delivery.number for delivery in outbox.waiting() if _told(delivery, "outlet") == outlet])
    outbox.delivered(_FEEDS)


def recover(
    root: Path, outbox: Outbox, *, run: str, suffix: str, together: bool = False, strays: bool = True
) -> Recovered:
    """Finish what dead runs left half-written.

    A record goes into the folder of the run that read it. One whose run had none, as it was to deliver by feeds, gets
    one, or stays in the outbox without `strays`. The run named `run` is about to begin, or to be resumed.
    """
    dead = _Dead(run)

    def folder_of(delivery: Delivery) -> RunFolder | None:
        folder = RunFolder.of_run(root, _told(delivery, "run_id") or run, suffix=suffix)
        return dead.hold(folder) if strays or folder.path.exists() else None

    adopted = outbox.adopt()
    for name in outbox.open_parts():
        path = Path(name)
        if name != _FEEDS and path.exists():
            dead.hold(RunFolder(path.parent, suffix=suffix))  # lists it, or sets it aside where it is damaged
        is_there = name == _FEEDS or path.exists()
        (outbox.delivered if is_there else outbox.returned)(name)
    if adopted:
        counts = deliver(outbox, folder_of, together=together)
        told = ", ".join(f"{count} {shelf}" for shelf, count in sorted(counts.items())) or "nothing"
        dead.messages.append(
            f"{root}: a run died with {adopted} records undelivered or not noted as such; delivered {told}"
        )
    for path in unfinished(root):
        dead.close(RunFolder(path, suffix=suffix))
    return dead.recovered()


class _Dead:
    """The folders of dead runs while they are set right; one that cannot be is left as it is, and stops no other."""

    def __init__(self, run: str) -> None:
        self._run = run
        self._held: dict[Path, RunFolder] = {}
        self._left: set[Path] = set()
        self.messages: list[str] = []

    def hold(self, folder: RunFolder) -> RunFolder | None:
        """Return a folder that is held and set right; None for one that cannot be."""
        if folder.path not in self._held and folder.path not in self._left:
            with self._leaving(folder):
                folder.hold(wait=True)
                self._held[folder.path] = folder
                self._tell(folder, folder.set_right())
        return self._held.get(folder.path)

    def close(self, folder: RunFolder) -> None:
        """Set a folder right that no record waits for, unless a living run holds it."""
        if folder.path in self._held or folder.path in self._left or folder.run == self._run:
            return
        with self._leaving(folder):
            if folder.hold():
                self._held[folder.path] = folder
                self.messages.append(", ".join([f"{folder.path}: its run died; closed", *folder.set_right()]))

    def recovered(self) -> Recovered:
        """Make the folders whole, save that of the run that begins, and return what was done."""
        for folder in list(self._held.values()):
            if folder.run == self._run:
                self._held.pop(folder.path).leave()
                continue
            with self._leaving(folder):
                self._tell(folder, folder.close_dead())
        return Recovered(messages=self.messages, folders=list(self._held.values()))

    @contextmanager
    def _leaving(self, folder: RunFolder) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            folder.leave()
            self._held.pop(folder.path, None)
            self._left.add(folder.path)
            self.messages.append(f"{folder.path}: cannot be set right ({error.strerror or error}); left as it is")

    def _tell(self, folder: RunFolder, told: Iterable[str]) -> None:
        self.messages.extend(f"{folder.path}: {each}" for each in told)


def _told(delivery: Delivery, name: str) -> str | None:
    value = json.loads(delivery.line)[name]
    return None if value is None else str(value)
