"""Which articles an export takes: those of some outlets, from some countries, credited to some agencies."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Conditions on a row, which must all hold; an empty one always holds."""

    outlets: frozenset[str] = frozenset()
    """Slugs: the row is of one of these outlets."""
    countries: frozenset[str] = frozenset()
    """ISO 3166-1 alpha-2 codes: a place of the dateline lies in one of these countries."""
    agencies: frozenset[str] = frozenset()
    """Identifiers of agencies: the report is credited to one of them, or its dateline names one."""

    @property
    def named(self) -> dict[str, list[str]]:
        """Return the conditions as they are kept with a cursor."""
        return {"outlet": sorted(self.outlets), "country": sorted(self.countries), "agency": sorted(self.agencies)}

    def takes(self, row: dict[str, Any]) -> bool:
        """Return whether the conditions hold for a row; those on country and agency need a record of an article."""
        if self.outlets and row.get("outlet") not in self.outlets:
            return False
        if self.countries and self.countries.isdisjoint(_countries(row)):
            return False
        return not self.agencies or not self.agencies.isdisjoint(_agencies(row))


def _countries(record: dict[str, Any]) -> set[str | None]:
    return {place["country"] for place in (record["dateline"] or {}).get("places", ())}


def _agencies(record: dict[str, Any]) -> set[str | None]:
    return {(record["dateline"] or {}).get("agency"), *(credit["agency"] for credit in record["credits"])}
