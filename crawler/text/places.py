"""Resolve the names of places in datelines with the gazetteer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from crawler.text.gazetteer import KnownPlace, gazetteer
from crawler.text.likeness import find_alike
from crawler.text.parts import Place

Spelling = Literal["curated", "built", "loose"]


@dataclass(frozen=True, slots=True)
class Named:
    """The places that a name may mean."""

    places: tuple[KnownPlace, ...]
    """The places of that name, the most prominent first; never empty."""

    spelling: Spelling
    """`curated`: newsrooms print it; `built`: GeoNames or CLDR has it; `loose`: only its loose key is known."""

    is_word_too: bool
    """Whether the name is an ordinary word too: गया, सागर, मूर, धार."""

    @property
    def is_exact(self) -> bool:
        """Return whether the spelling is in the data (`curated` or `built`)."""
        return self.spelling != "loose"

    @property
    def is_broad(self) -> bool:
        """Return whether the name means a country, a state or a region; before a colon it is then a topic label.

        सिंगापुर does not: that country has a city of the same name.
        """
        first = self.places[0]
        broad = first.kind in ("country", "state", "region")
        return broad and not any(place.is_city and place.country == first.country for place in self.places)


def look_up(name: str) -> Named | None:
    """Return the places that a name may mean, or None if the gazetteer does not know it.

    A name that is an ordinary word too is found only in its exact spelling, not by the loose key.

    >>> look_up("सागर").is_word_too
    True
    """
    exact = look_up_exactly(name)
    if exact is not None:
        return exact
    loose = () if gazetteer().is_word(name) else gazetteer().loosely(name)
    return Named(loose, "loose", False) if loose else None


def look_up_exactly(name: str) -> Named | None:
    """Return the places with exactly this spelling, or None."""
    known = gazetteer()
    exact = known.exactly(name)
    return Named(exact, "curated" if known.is_curated(name) else "built", known.is_word(name)) if exact else None


def find_place(name: str, *, region: str | None = None) -> Place | None:
    """Return the place that a name means, or None if neither the name nor its region is known.

    `region` is the state or country printed beside the name: it decides between places of one name, and it gives the
    country of an unknown place.

    >>> find_place("हैदराबाद", region="पाकिस्तान").country
    'PK'
    """
    named = look_up(name)
    beside = look_up(region) if region else None
    around = beside.places if beside else ()
    best = _choose(named.places, around) if named else find_alike(name)
    printed = clean(name)
    if best is not None:
        return as_place(printed, best)
    country = around[0].country if around else None
    return Place(name=printed, country=country) if country else None


def as_place(name: str, known: KnownPlace) -> Place:
    """Return a place of the gazetteer as a `Place` with the printed name."""
    return Place(
        name=name,
        english=known.english,
        country=known.country,
        geonames_id=known.geonames_id,
        latitude=known.latitude,
        longitude=known.longitude,
    )


def clean(name: str) -> str:
    """Return a printed name without joiners (U+200B to U+200D), its white space collapsed."""
    return " ".join(name.replace("\u200d", "").replace("\u200c", "").replace("\u200b", "").split())


_PROMINENT = 300_000
"""A place with this population is meant even if the region beside its name does not contain it."""
_NEAR = 400.0  # kilometres between a place and the district or state printed beside it


def _choose(places: Sequence[KnownPlace], around: Sequence[KnownPlace]) -> KnownPlace | None:
    for region in around:
        inside = [place for place in places if place.lies_in(region)]
        if inside:
            return inside[0]
    near = [(place.distance(region), place) for place in places for region in around if place.country == region.country]
    close = [(distance, place) for distance, place in near if distance is not None and distance < _NEAR]
    if close and all(region.kind != "state" or region.state is None for region in around):
        return min(close, key=lambda pair: pair[0])[1]
    best = places[0]
    if not around or best.population >= _PROMINENT:
        return best
    return best if any(_may_hold(region, best) for region in around) else None


def _may_hold(region: KnownPlace, place: KnownPlace) -> bool:
    """Return whether a place may lie in a region: their countries and states agree or are unknown."""
    if region.country is None:
        return True
    same_state = region.kind != "state" or None in (region.state, place.state) or region.state == place.state
    return region.country == place.country and same_state
