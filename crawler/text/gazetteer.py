"""The gazetteer: `crawler/data/places.tsv` from GeoNames, the newsroom spellings beside it, the districts of India."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from math import cos, hypot, radians
from typing import Literal, cast, get_args

from crawler.text.fold import fold, fold_place, loosen

PlaceKind = Literal["city", "capital", "state", "country", "region", "sea", "site"]

_KINDS = frozenset(get_args(PlaceKind))
_LATIN = 100_000  # a town must be this large for its English name to be looked for: `PATNA:`
_TOWN = 50_000  # an Indian town of this size comes before every foreign one of its name
_WORLD = 10**10
_SHORTEST = 4  # a looser key of fewer letters says nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPlace:
    """One place of the gazetteer."""

    english: str
    """English name."""

    country: str | None
    """ISO 3166-1 alpha-2, or None for a place in no one country."""

    kind: PlaceKind
    """`city` for a settlement or a district, `capital` for a country's; `state`, `country`, `region`, `sea`, `site`."""

    state: str | None
    """First-order division in GeoNames' code, where it is known: `36`."""

    geonames_id: int | None
    """Identifier at GeoNames, or None."""

    latitude: float | None
    """Degrees north, WGS 84."""

    longitude: float | None
    """Degrees east, WGS 84."""

    population: int
    """People, for ties; 0 where unknown."""

    @property
    def is_city(self) -> bool:
        """Return whether the place is a settlement or a district."""
        return self.kind in ("city", "capital")

    def lies_in(self, region: "KnownPlace") -> bool:
        """Return whether the place lies in a country or state."""
        if region.country is None or self.country != region.country or self is region:
            return False
        return region.kind == "country" or (region.kind == "state" and region.state == self.state is not None)

    def distance(self, other: "KnownPlace") -> float | None:
        """Return the kilometres to another place, or None when one of them has no coordinates."""
        if self.latitude is None or self.longitude is None or other.latitude is None or other.longitude is None:
            return None
        east = (self.longitude - other.longitude) * cos(radians(self.latitude))
        return 111.2 * hypot(self.latitude - other.latitude, east)


@dataclass(slots=True)
class Gazetteer:
    """Rows of the tables, read when they are asked for, and the keys that lead to them."""

    rows: list[str]
    curated: int
    """How many of the rows are curated; they stand first."""
    exact: dict[str, tuple[int, ...]]
    loose: dict[str, tuple[int, ...]]
    words: frozenset[str]

    def exactly(self, name: str) -> tuple[KnownPlace, ...]:
        """Return the places with this spelling, the most prominent first."""
        return self._places(self.exact.get(_key(name), ()))

    def loosely(self, name: str) -> tuple[KnownPlace, ...]:
        """Return the places that the looser key finds, the most prominent first."""
        key = fold_place(name)
        return self._places(self.loose.get(key, ())) if len(key) >= _SHORTEST else ()

    def is_curated(self, name: str) -> bool:
        """Return whether the spelling is one that newsrooms print."""
        numbers = self.exact.get(_key(name), ())
        return bool(numbers) and numbers[0] < self.curated

    def large(self, people: int) -> Iterator[tuple[KnownPlace, list[str]]]:
        """Yield the capitals and the places of so many people, each with its spellings."""
        for row in self.rows:
            if _population(row) >= people or "\tcapital\t" in row:
                yield _read_row(row), row[row.rindex("\t") + 1 :].split("|")

    def is_word(self, name: str) -> bool:
        """Return whether a name is an ordinary word as well."""
        return _key(name) in self.words

    def _places(self, numbers: tuple[int, ...]) -> tuple[KnownPlace, ...]:
        if not numbers:
            return ()
        places = {place.geonames_id or place: place for place in (_read_row(self.rows[n]) for n in reversed(numbers))}
        return tuple(reversed(places.values()))


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Return the gazetteer, read at its first use."""
    data = resources.files("crawler.data")
    spelled, districts, built = (
        _lines(data.joinpath(name).read_text(encoding="utf-8"), name)
        for name in ("place_spellings.tsv", "districts.tsv", "places.tsv")
    )
    words = tomllib.loads(data.joinpath("place_words.toml").read_text(encoding="utf-8"))
    also = frozenset(fold(word) for key in ("also", "refused", "alike", "topics") for word in words[key])
    return build_gazetteer(spelled + districts, built, also)


def build_gazetteer(curated: list[str], built: list[str], words: frozenset[str]) -> Gazetteer:
    """Return the gazetteer of two lists of rows; a curated spelling comes before every built one."""
    rows = curated + built
    names: list[str] = []
    owners: list[int] = []
    for number, row in enumerate(rows):
        spelled = row[row.rindex("\t") + 1 :].split("|")
        if number < len(curated) or _population(row) >= _LATIN:
            spelled.append(row[: row.index("\t")])
        names += spelled
        owners += [number] * len(spelled)
    folded = fold("\n".join(names))

    def rank(number: int) -> tuple[bool, bool, int]:
        return number >= len(curated), "\tcapital\t" not in rows[number], -_weight(rows[number])

    exact = _index(folded.split("\n"), owners, rank)
    loose = _index(loosen(folded).split("\n"), owners, rank)
    return Gazetteer(rows, len(curated), exact, loose, words)


def _index(
    keys: list[str], owners: list[int], rank: Callable[[int], tuple[bool, bool, int]]
) -> dict[str, tuple[int, ...]]:
    index: dict[str, tuple[int, ...]] = {}
    for key, owner in zip(keys, owners, strict=True):
        before = index.get(key)
        if before is None:
            index[key] = (owner,)
        elif owner not in before:
            index[key] = tuple(sorted((*before, owner), key=rank))
    return index


def _key(name: str) -> str:
    return " ".join(fold(name).split())


def _population(row: str) -> int:
    return int(row.split("\t", 7)[6])


def _weight(row: str) -> int:
    """Return the people of a place; a Hindi newsroom that names no country means the Indian town first."""
    people = _population(row)
    return people + _WORLD if people >= _TOWN and row.split("\t", 2)[1] == "IN" else people


@lru_cache(maxsize=4096)
def _read_row(row: str) -> KnownPlace:
    english, country, kind, state, latitude, longitude, population, number, _ = row.split("\t")
    return KnownPlace(
        english=english,
        country=None if country == "-" else country,
        kind=cast(PlaceKind, kind),
        state=None if state == "-" else state,
        geonames_id=None if number == "-" else int(number),
        latitude=None if latitude == "-" else float(latitude),
        longitude=None if longitude == "-" else float(longitude),
        population=int(population),
    )


def _lines(text: str, file: str) -> list[str]:
    rows = [line for line in text.splitlines() if line and not line.startswith("#")]
    for row in rows:
        if row.count("\t") != 8 or row.split("\t", 3)[2] not in _KINDS:
            number = text.splitlines().index(row) + 1
            kinds = ", ".join(sorted(_KINDS))
            raise ValueError(f"crawler/data/{file}:{number}: {row!r} must have 9 columns, the third one of {kinds}")
    return rows
