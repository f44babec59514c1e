"""Places as datelines print them, resolved by the gazetteer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place of a dateline."""

    name: str
    """The place as printed, in NFC, without joiners: `सियोल`."""

    english: str | None = None
    """English name in GeoNames: `Seoul`. None when the gazetteer does not know the place."""

    country: str | None = None
    """ISO 3166-1 alpha-2 code: `KR`. None when unknown, or when the place lies in no one country."""

    geonames_id: int | None = None
    """Identifier of the place at GeoNames (CC BY 4.0)."""

    latitude: float | None = None
    """Degrees north, WGS 84."""

    longitude: float | None = None
    """Degrees east, WGS 84."""
