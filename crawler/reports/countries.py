"""Names of countries by ISO 3166 code, from the files of the gazetteer."""

from functools import lru_cache
from importlib import resources

_FILES = ("places.tsv", "place_spellings.tsv")
"""The curated file comes last and replaces spellings of the first: it has those that newsrooms print."""


@lru_cache(maxsize=1)
def country_names() -> dict[str, str]:
    """Return the first Hindi name of each country by code: श्रीलंका for `LK`."""
    return {cells[1]: cells[-1].split("|")[0] for cells in _rows()}


@lru_cache(maxsize=1)
def english_country_names() -> dict[str, str]:
    """Return the English name of each country by code: Sri Lanka for `LK`."""
    return {cells[1]: cells[0] for cells in _rows()}


def _rows() -> list[list[str]]:
    rows: list[list[str]] = []
    for file in _FILES:
        with (resources.files("crawler.data") / file).open(encoding="utf-8") as lines:
            rows += [line.rstrip("\n").split("\t") for line in lines if "\tcountry\t" in line]
    return rows
