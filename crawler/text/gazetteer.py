"""The gazetteer: places of GeoNames (`places.tsv`), newsroom spellings (`place_spellings.tsv`), India's districts."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from math import cos, hypot, radians
from typing import Literal, cast, get_args

from crawler.text.fold import fold, fold_name, fold_place, loosen

PlaceKind = Literal["city", "capital", "state", "country", "region", "sea", "site"]

_KINDS = frozenset(get_args(PlaceKind))
_LATIN = 100_000  # least population of a town that is found by its English name too: `PATNA:`
_TOWN = 50_000  # an Indian town of this population ranks before each foreign place of its name
_WORLD = 10**10  # more than the population of any place
_SHORTEST = 4  # characters; a shorter loose key fits too many names


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPlace:
    """One place of the gazetteer."""

    english: str
    """English name."""

    country: str | None
    """ISO 3166-1 alpha-2, or None for a place that does not lie in one country."""

    kind: PlaceKind
    """`city` (a settlement or district), `capital` (of a country), `state`, `country`, `region`, `sea` or `site`."""

    state: str | None
    """GeoNames' code of the first-order division, such as `36`, or None."""

    geonames_id: int | None
    """Identifier at GeoNames, or None."""

    latitude: float | None
    """Degrees north, WGS 84."""

    longitude: float | None
    """Degrees east, WGS 84."""

    population: int
    """Population, which ranks places of one name; 0 if unknown."""

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
        """Return the distance to another place in kilometres, or None if one of them has no coordinates."""
        if self.latitude is None or self.longitude is None or other.latitude is None or other.longitude is None:
            return None
        east = (self.longitude - other.longitude) * cos(radians(self.latitude))
        return 111.2 * hypot(self.latitude - other.latitude, east)


@dataclass(slots=True)
class Gazetteer:
    """The rows of the tables, parsed on demand, and two indexes of them by name."""

    rows: list[str]
    curated: int
    """Number of curated rows (spellings that newsrooms print, districts); they come first."""
    exact: dict[str, tuple[int, ...]]
    """Folded spelling → indexes of rows, the most prominent place first."""
    loose: dict[str, tuple[int, ...]]
    """Loose key (`fold_place`) → indexes of rows, the most prominent place first."""
    words: frozenset[str]
    """Folded names that are ordinary words too."""

    def exactly(self, name: str) -> tuple[KnownPlace, ...]:
        """Return the places with this spelling, the most prominent first."""
        return self._places(self.exact.get(fold_name(name), ()))

    def loosely(self, name: str) -> tuple[KnownPlace, ...]:
        """Return the places with the same loose key, the most prominent first."""
        key = fold_place(name)
        return self._places(self.loose.get(key, ())) if len(key) >= _SHORTEST else ()

    def is_curated(self, name: str) -> bool:
        """Return whether the first place of this spelling, else of its loose key, is in a curated row."""
        numbers = self.exact.get(fold_name(name)) or self.loose.get(fold_place(name), ())
        return bool(numbers) and numbers[0] < self.curated

    def large(self, people: int) -> Iterator[tuple[KnownPlace, list[str]]]:
        """Yield the capitals and the places with a population of at least `people`, each with its spellings."""
        for row in self.rows:
            if _population(row) >= people or "\tcapital\t" in row:
                yield _read_row(row), row[row.rindex("\t") + 1 :].split("|")

    def is_word(self, name: str) -> bool:
        """Return whether a name is an ordinary word too: गया, सागर."""
        return fold_name(name) in self.words

    def _places(self, numbers: tuple[int, ...]) -> tuple[KnownPlace, ...]:
        if not numbers:
            return ()
        places = {place.geonames_id or place: place for place in (_read_row(self.rows[n]) for n in reversed(numbers))}
        return tuple(reversed(places.values()))


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Return the gazetteer; the first call reads its files."""
    data = resources.files("crawler.data")
    spelled, districts, built = (
        _lines(data.joinpath(name).read_text(encoding="utf-8"), name)
        for name in ("place_spellings.tsv", "districts.tsv", "places.tsv")
    )
    words = tomllib.loads(data.joinpath("place_words.toml").read_text(encoding="utf-8"))
    also = frozenset(fold(word) for key in ("also", "refused", "alike", "topics") for word in words[key])
    return build_gazetteer(spelled + districts, built, also)


def build_gazetteer(curated: list[str], built: list[str], words: frozenset[str]) -> Gazetteer:
    """Index the rows of newsroom spellings and districts (`curated`) and of GeoNames (`built`).

    Places of one name are ranked: curated rows first, then capitals, then by population. `words` are ordinary words.
    """
    rows = curated + built
    populations = [_population(row) for row in rows]
    names: list[str] = []
    owners: list[int] = []
    for number, row in enumerate(rows):
        spelled = row[row.rindex("\t") + 1 :].split("|")
        if number < len(curated) or populations[number] >= _LATIN:
            spelled.append(row[: row.index("\t")])
        names += spelled
        owners += [number] * len(spelled)
    folded = fold("\n".join(names))

    def rank(number: int) -> tuple[bool, bool, int]:
        return number >= len(curated), "\tcapital\t" not in rows[number], -_weight(rows[number], populations[number])

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


def _population(row: str) -> int:
    return int(row.split("\t", 7)[6])


def _weight(row: str, people: int) -> int:
    """Return the rank of a place: its population, raised for an Indian town, which a Hindi newsroom means first."""
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
