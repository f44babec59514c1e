"""The gazetteer: places of GeoNames (`places.tsv`), newsroom spellings (`place_spellings.tsv`), India's districts."""

import tomllib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import chain
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


class NameIndex:
    """The numbers of rows by the key of each name.

    It keeps the hashes of the keys, which are those of this process alone, in order, and beside each the number: 12
    bytes a name, where a dict takes 150. Two keys with one hash of 64 bits are not to be expected.
    """

    def __init__(self, lines: Sequence[str], rows: Sequence[int]) -> None:
        """`lines` has the keys of each row, with `|` between them, and `rows` their numbers, which ascend."""
        hashes = [hash(key) for line in lines for key in line.split("|")]
        numbers = [row for line, row in zip(lines, rows, strict=True) for _ in range(line.count("|") + 1)]
        order = sorted(range(len(hashes)), key=hashes.__getitem__)
        self._hashes = array("q", [hashes[at] for at in order])
        self._numbers = array("I", [numbers[at] for at in order])

    def rows_of(self, key: str) -> Sequence[int]:
        """Return the numbers of the rows with a key, from the lowest to the highest."""
        wanted = hash(key)
        first = last = bisect_left(self._hashes, wanted)
        while last < len(self._hashes) and self._hashes[last] == wanted:
            last += 1
        return self._numbers[first:last]


class PlaceRows:
    """The rows of the tables as UTF-8 in one piece, which takes a third of the RAM of strings."""

    def __init__(self) -> None:
        self._text = bytearray()
        self._starts = array("I", [0])

    def append(self, row: str) -> None:
        """Add a row."""
        self._text += row.encode()
        self._starts.append(len(self._text))

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self)))

    def __getitem__(self, number: int) -> str:
        return self._text[self._starts[number] : self._starts[number + 1]].decode()


@dataclass(slots=True)
class Gazetteer:
    """The rows of the tables, parsed on demand, and two indexes of them by name."""

    rows: PlaceRows
    curated: int
    """Number of curated rows (spellings that newsrooms print, districts); they come first."""
    exact: NameIndex
    """By folded spelling."""
    loose: NameIndex
    """By loose key (`fold_place`)."""
    words: frozenset[str]
    """Folded names that are ordinary words too."""

    def exactly(self, name: str) -> tuple[KnownPlace, ...]:
        """Return the places with this spelling, the most prominent first."""
        return self._places(self.exact.rows_of(fold_name(name)))

    def loosely(self, name: str) -> tuple[KnownPlace, ...]:
        """Return the places with the same loose key, the most prominent first."""
        key = fold_place(name)
        return self._places(self.loose.rows_of(key)) if len(key) >= _SHORTEST else ()

    def is_curated(self, name: str) -> bool:
        """Return whether the first place of this spelling, else of its loose key, is in a curated row."""
        numbers = self.exact.rows_of(fold_name(name)) or self.loose.rows_of(fold_place(name))
        return bool(numbers) and numbers[0] < self.curated

    def row(self, number: int) -> tuple[KnownPlace, list[str]]:
        """Return the place of a row and its spellings."""
        row = self.rows[number]
        return _read_row(row), _names(row).split("|")

    def large(self, people: int) -> Iterator[int]:
        """Yield the numbers of the rows of capitals, and of places with a population of at least `people`."""
        for number, row in enumerate(self.rows):
            if _population(row) >= people or "\tcapital\t" in row:
                yield number

    def is_word(self, name: str) -> bool:
        """Return whether a name is an ordinary word too: गया, सागर."""
        return fold_name(name) in self.words

    def _places(self, numbers: Sequence[int]) -> tuple[KnownPlace, ...]:
        return _ranked(tuple((self.rows[number], number < self.curated) for number in numbers)) if numbers else ()


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Return the gazetteer; the first call reads its files."""
    data = resources.files("crawler.data")
    words = tomllib.loads(data.joinpath("place_words.toml").read_text(encoding="utf-8"))
    also = frozenset(fold(word) for key in ("also", "refused", "alike", "topics") for word in words[key])
    return build_gazetteer(chain(_rows("place_spellings.tsv"), _rows("districts.tsv")), _rows("places.tsv"), also)


def build_gazetteer(curated: Iterable[str], built: Iterable[str], words: frozenset[str]) -> Gazetteer:
    """Index the rows of newsroom spellings and districts (`curated`) and of GeoNames (`built`).

    Places of one name are ranked: curated rows first, then capitals, then by population. `words` are ordinary words.
    """
    rows, names = PlaceRows(), []
    for row in curated:
        rows.append(row)
        names.append(f"{_names(row)}|{_english(row)}")
    first_built = len(rows)
    for row in built:
        rows.append(row)
        names.append(f"{_names(row)}|{_english(row)}" if _population(row) >= _LATIN else _names(row))
    folded = fold("\n".join(names))
    exact, loose = (NameIndex(keys.split("\n"), range(len(rows))) for keys in (folded, loosen(folded)))
    return Gazetteer(rows, first_built, exact, loose, words)


def _names(row: str) -> str:
    return row[row.rindex("\t") + 1 :]


def _english(row: str) -> str:
    return row[: row.index("\t")]


def _population(row: str) -> int:
    return int(row.rsplit("\t", 3)[1])


@lru_cache(maxsize=4096)
def _ranked(rows: tuple[tuple[str, bool], ...]) -> tuple[KnownPlace, ...]:
    """Return the places of rows, the most prominent first; of each row is known whether it is curated."""
    found = sorted(((_known_place(row), is_curated) for row, is_curated in rows), key=lambda each: _rank(*each))
    places = {place.geonames_id or place: place for place, _ in reversed(found)}
    return tuple(reversed(places.values()))


def _rank(place: KnownPlace, is_curated: bool) -> tuple[bool, bool, int]:
    """Return the sort key of a place among its namesakes; an Indian town is meant first by a Hindi newsroom."""
    is_town = place.population >= _TOWN and place.country == "IN"
    return not is_curated, place.kind != "capital", -place.population - (_WORLD if is_town else 0)


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


_known_place = lru_cache(maxsize=4096)(_read_row)
"""A cache for the names that reports print: two of them that lead to one row give one object (`lies_in`)."""


def _rows(file: str) -> Iterator[str]:
    """Yield the rows of a table, one at a time: all at once take more RAM than what is made of them."""
    with resources.files("crawler.data").joinpath(file).open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line[0] not in "#\n":
                yield checked_row(line.rstrip("\n"), file, number)


def checked_row(row: str, file: str, number: int) -> str:
    """Return a row; raise ValueError with its file and number if it is wrong."""
    if row.count("\t") != 8 or row.split("\t", 3)[2] not in _KINDS:
        kinds = ", ".join(sorted(_KINDS))
        raise ValueError(f"crawler/data/{file}:{number}: {row!r} must have 9 columns, the third one of {kinds}")
    return row
