"""Name the places of exports that cannot be asked for their parts, and give back the records of one that is gone."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from crawler.exports.delivery import FEEDS
from crawler.exports.placed_part import PlacedPart
from crawler.exports.publication import Publication
from crawler.exports.recovery import reached
from crawler.store import Outbox


def lost_places(outbox: Outbox, here: Publication | None, settings: Mapping[str, Any] | None = None) -> Counter[str]:
    """Return how many records wait for each place of exports, by address, that cannot be asked from here.

    A run died while it published there. `here` is the place of exports of today, None without one. Raise OSError if
    that cannot be reached.
    """
    found = Counter[str]()
    for name, count in outbox.left_open().items():
        part = PlacedPart.read(name)
        if name != FEEDS and not reached(part, here, settings):
            found[part.at] += count
    return found


def release(outbox: Outbox, at: str, here: Publication, settings: Mapping[str, Any] | None = None) -> int:
    """Return to the outbox what dead runs assigned to parts of the place at an address; return the number of records.

    The next run or delivery exports them, whether the parts had reached that place or not. `here` is the place of
    exports of today. Raise ValueError if the place can be asked which parts it has, or if no record waits for it.
    """
    outbox.adopt()
    parts = {name: PlacedPart.read(name) for name in outbox.open_parts()}
    lost = {name: part for name, part in parts.items() if part.at == at.rstrip("/")}
    if not lost:
        places = sorted({part.at for part in parts.values() if part.at and not reached(part, here, settings)})
        known = f"; records wait for {', '.join(places)}" if places else ""
        raise ValueError(f"{at}: no records of a run that died wait for this place of exports{known}")
    for part in lost.values():
        if place := reached(part, here, settings):
            raise ValueError(f"{place.storage.address}: is there; `scrapy deliver` or the next run asks it what it has")
    before = sum(1 for _ in outbox.waiting())
    for name in lost:
        outbox.returned(name)
    return sum(1 for _ in outbox.waiting()) - before
