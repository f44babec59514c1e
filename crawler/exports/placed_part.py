"""The name of a part in the outbox: relative to its place of exports, with the name of that place.

One place may have another path on another machine, and the same path may be another disk there. Where the place was
reached is noted for people, and to find it when exports go to another place since.
"""

from dataclasses import dataclass
from typing import Self

_PLACE, _AT = "?place=", "&at="


@dataclass(frozen=True, slots=True)
class PlacedPart:
    """A part that was about to be published."""

    name: str
    """Its name in the place: `date=2026-11-24/run=…/articles.jsonl`."""
    place: str
    """Name of the place of exports; empty for a part of a version of Videsh that named no places."""
    at: str
    """Where the place was reached: a folder, or `s3://BUCKET/PREFIX`."""

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the part that a text of the outbox names; earlier versions wrote its whole address."""
        if _PLACE not in text:
            root, *names = text.rsplit("/", 3)
            return cls("/".join(names), "", root)
        name, _, rest = text.partition(_PLACE)
        place, _, at = rest.partition(_AT)
        return cls(name, place, at)

    def __str__(self) -> str:
        return f"{self.name}{_PLACE}{self.place}{_AT}{self.at}"
