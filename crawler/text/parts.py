"""The parts of a record that its text prints: place, dateline and credit; values alone, without what reads them."""

from dataclasses import dataclass
from typing import Literal

Where = Literal["dateline", "tail", "inline", "byline", "meta"]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """Place, date and agency printed before a report."""

    raw: str
    """The dateline as printed, to its terminator inclusive: `सियोल:`."""

    places: tuple[Place, ...] = ()
    """The places, in printed order."""

    date: str | None = None
    """`YYYY-MM-DD`. Datelines print no year: it comes from the publication date. None when no date is printed."""

    agency: str | None = None
    """Identifier of the agency in the dateline (`agencies.toml`), or None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """One agency that a report is credited to."""

    agency: str
    """Identifier of the agency: `ap`, `reuters`, `pti-bhasha`, ...; `agencies` where none is named."""

    name: str
    """The agency's name in `agencies.toml`: `एसोसिएटेड प्रेस`."""

    raw: str
    """The credit as printed: `(एपी)`."""

    where: Where
    """Where it stood: `dateline`, `tail`, `inline`, `byline` or `meta`."""
