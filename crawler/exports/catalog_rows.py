"""What the catalog lists: runs and their parts, compacted files, and the files to read."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, Self

from crawler.exports.part import Part, listed_part
from crawler.shelves import Shelf

CLEANED = "cleaned"
"""State of a run whose folder `scrapy clean` has deleted: compacted files hold its rows."""


class PartState(StrEnum):
    """Where the rows of a part are."""

    holds: str
    """What the state means, for users."""

    def __new__(cls, name: str, holds: str = "") -> Self:
        state = str.__new__(cls, name)
        state._value_, state.holds = name, holds
        return state

    PUBLISHED = "published", "in the folder of its run"
    COMPACTED = "compacted", "in the folder of its run, and in a compacted file as well: read one of the two"
    DROPPED = "dropped", "in a compacted file alone; the part is deleted, or is about to be"
    DAMAGED = "damaged", "lost or changed since it was published: restore it; `scrapy export` names it"


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogPart(Part):
    """A part as the catalog lists it: as in the manifest of its run, with a state."""

    state: PartState = PartState.PUBLISHED

    @classmethod
    def of_entry(cls, entry: Mapping[str, Any]) -> Self:
        """Return the part in an entry of a catalog; raise ValueError, LookupError or TypeError if that is damaged."""
        part = cls(**_known(cls, entry))
        return replace(part, state=PartState(part.state))


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogRun:
    """A run as the catalog lists it."""

    folder: str
    """Name below the root of exports: `date=2026-11-24/run=20261124T043000Z-3f9a`."""
    run_id: str
    state: str
    """`running`, `complete`, `interrupted` or `recovered`, as in the manifest, or `cleaned`."""
    started_at: str | None
    ended_at: str | None
    parts: tuple[CatalogPart, ...]

    @classmethod
    def of_entry(cls, entry: Mapping[str, Any]) -> Self:
        """Return the run in an entry of a catalog; raise ValueError, LookupError or TypeError if that is damaged."""
        return cls(**_known(cls, entry) | {"parts": tuple(map(CatalogPart.of_entry, entry["parts"]))})

    @classmethod
    def of_manifest(cls, folder: str, manifest: Mapping[str, Any]) -> Self:
        """Return a run as its manifest lists it; raise ValueError, LookupError or TypeError if that is damaged."""
        parts = tuple(CatalogPart.of_entry(listed_part(entry)) for entry in manifest["parts"])
        values: dict[str, Any] = {name: manifest[name] for name in ("run_id", "state", "started_at", "ended_at")}
        return cls(folder=folder, parts=parts, **values)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompactedFile:
    """A Parquet file that holds all rows of one shelf and day."""

    path: str
    """Name below the root of exports: `compacted/shelf=articles/date=2026-11-24/part-….parquet`."""
    shelf: str
    date: str
    """Day of the runs, `2026-11-24`."""
    rows: int
    bytes: int
    sha256: str
    schema_version: str
    first_sequence: int | None
    last_sequence: int | None
    parts: tuple[str, ...]
    """Names, below the root, of the parts whose rows it holds."""

    @classmethod
    def of_entry(cls, entry: Mapping[str, Any]) -> Self:
        """Return the file in an entry of a catalog; raise LookupError or TypeError if that is damaged."""
        return cls(**_known(cls, entry) | {"parts": tuple(entry["parts"])})

    @property
    def manifest(self) -> str:
        """Return the name of the file that says the same; readers of Parquet folders skip names with `_`."""
        folder, _, name = self.path.rpartition("/")
        return f"{folder}/_{name.removesuffix('.parquet')}.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFile:
    """A file to read: a part in JSON lines, or a compacted file in Parquet."""

    path: str
    """Name below the root of exports."""
    shelf: Shelf
    rows: int
    sha256: str
    first_sequence: int | None
    """Lowest sequence number of its rows; None if they have none."""
    last_sequence: int | None


def _known(cls: type, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys of an entry that this version knows: later ones may add keys."""
    names = {each.name for each in fields(cls)}
    return {name: value for name, value in entry.items() if name in names}
