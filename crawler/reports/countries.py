"""Hindi names of countries, by their ISO code, from the gazetteer's files."""

from functools import lru_cache
from importlib import resources

_FILES = ("places.tsv", "place_spellings.tsv")
"""The curated file comes last: its spelling is the one that newsrooms print."""


@lru_cache(maxsize=1)
def country_names() -> dict[str, str]:
    """Return the first Hindi name of each country: `LK` is श्रीलंका."""
    data = resources.files("crawler.data")
    rows = [row for file in _FILES for row in (data / file).read_text(encoding="utf-8").splitlines()]
    countries = [row.split("\t") for row in rows if "\tcountry\t" in row]
    return {cells[1]: cells[-1].split("|")[0] for cells in countries}
