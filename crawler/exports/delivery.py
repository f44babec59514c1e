"""From the store's outbox into parts: each record once, whenever a run dies."""

import json
from collections import Counter
from collections.abc import Callable
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
    for delivery in outbox.waiting():
        folder = folder_of(delivery)
        if folder is None:
            continue
        shelf = "articles" if together else delivery.shelf
        key = folder.path, shelf
        if key not in filling:
            filling[key] = _Filling(folder, shelf, numbered=numbered)
        if filling[key].add(delivery) == rows:
            filling.pop(key).publish(outbox)
        counts[shelf] += 1
    for part in filling.values():
        part.publish(outbox)
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
    held: dict[Path, RunFolder] = {}
    messages: list[str] = []

    def hold(folder: RunFolder) -> RunFolder:
        if folder.path not in held:
            folder.hold(wait=True)
            folder.set_right()
            held[folder.path] = folder
        return held[folder.path]

    def folder_of(delivery: Delivery) -> RunFolder | None:
        folder = RunFolder.of_run(root, _told(delivery, "run_id") or run, suffix=suffix)
        return hold(folder) if strays or folder.path.exists() else None

    adopted = outbox.adopt()
    for name in outbox.open_parts():
        path = Path(name)
        is_part = name != _FEEDS and path.exists()
        if is_part:
            hold(RunFolder(path.parent, suffix=suffix)).adopt_part(path)
        (outbox.delivered if is_part or name == _FEEDS else outbox.returned)(name)
    if adopted:
        counts = deliver(outbox, folder_of, together=together)
        told = ", ".join(f"{count} {shelf}" for shelf, count in sorted(counts.items())) or "nothing"
        messages.append(f"{root}: a run died with {adopted} records undelivered or not noted as such; delivered {told}")
    for path in unfinished(root):
        folder = RunFolder(path, suffix=suffix)
        if path not in held and folder.run != run and folder.hold():
            held[path] = folder
            removed = ", ".join(folder.set_right())
            messages.append(f"{path}: its run died; closed{', removed half-written ' + removed if removed else ''}")
    dead = [folder for folder in held.values() if folder.run != run]
    for folder in held.values():
        if folder in dead:
            folder.close_dead()
        else:
            folder.leave()
    return Recovered(messages=messages, folders=dead)


def _told(delivery: Delivery, name: str) -> str | None:
    value = json.loads(delivery.line)[name]
    return None if value is None else str(value)
