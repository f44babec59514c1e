"""From the store's outbox into parts: each record once, whenever a run dies."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from crawler.exports.folder import RunFolder, unfinished
from crawler.store import Delivery, Outbox

_FEEDS = "feeds"


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
    folder_of: Callable[[Delivery], RunFolder],
    *,
    rows: int = 0,
    numbered: bool = False,
    together: bool = False,
) -> Counter[str]:
    """Write what waits in the outbox into parts of at most `rows` (0: any number); return how many a shelf got.

    `together` puts copies among the articles.
    """
    filling: dict[tuple[Path, str], _Filling] = {}
    counts: Counter[str] = Counter()
    for delivery in outbox.waiting():
        folder = folder_of(delivery)
        shelf = "articles" if together else delivery.shelf
        key = folder.path, shelf
        if key not in filling:
            filling[key] = _Filling(folder, shelf, numbered=numbered or bool(rows))
        if filling[key].add(delivery) == rows:
            filling.pop(key).publish(outbox)
        counts[shelf] += 1
    for part in filling.values():
        part.publish(outbox)
    return counts


def forget(outbox: Outbox) -> None:
    """Forget what waits in the outbox, because somebody else has delivered it."""
    outbox.assign(_FEEDS, [delivery.number for delivery in outbox.waiting()])
    outbox.delivered(_FEEDS)


def recover(root: Path, outbox: Outbox, *, run: str, suffix: str, together: bool = False) -> Iterator[str]:
    """Finish what dead runs left half-written, and yield what was done, for people.

    A record goes into the folder of the run that read it. The run named `run` is about to begin, or to be resumed.
    """
    held: dict[Path, RunFolder] = {}

    def hold(folder: RunFolder) -> RunFolder:
        if folder.path not in held:
            folder.hold(wait=True)
            folder.set_right()
            held[folder.path] = folder
        return held[folder.path]

    def folder_of(delivery: Delivery) -> RunFolder:
        own = str(json.loads(delivery.line).get("run_id") or run)
        return hold(RunFolder.of_run(root, own, suffix=suffix))

    adopted = outbox.adopt()
    for name in outbox.open_parts():
        path = Path(name)
        is_whole = path.is_absolute() and path.exists()
        if is_whole:
            hold(RunFolder(path.parent, suffix=suffix)).adopt_part(path)
        (outbox.delivered if is_whole else outbox.returned)(name)
    if adopted:
        counts = deliver(outbox, folder_of, together=together)
        told = ", ".join(f"{count} {shelf}" for shelf, count in sorted(counts.items())) or "nothing"
        yield f"{root}: an earlier run died with {adopted} records undelivered or not noted as such; delivered {told}"
    for folder in held.values():
        _close(folder, run)
    for path in unfinished(root):
        folder = RunFolder(path, suffix=suffix)
        if folder.run != run and folder.hold():
            removed = folder.set_right()
            _close(folder, run)
            yield f"{path}: its run died; closed{', removed half-written ' + ', '.join(removed) if removed else ''}"


def _close(folder: RunFolder, current: str) -> None:
    """Close the folder of a dead run; that of the current one, which is resumed, is only let go."""
    if folder.run != current:
        folder.publish_refused()
        folder.fill_empty()
        folder.note(state="recovered")
    folder.release()
