"""Hindi names of countries, by their ISO code, from the gazetteer's file."""

from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=1)
def country_names() -> dict[str, str]:
    """Return the first Hindi name of each country: `KR` is दक्षिण कोरिया."""
    rows = (resources.files("crawler.data") / "places.tsv").read_text(encoding="utf-8").splitlines()
    cells = [row.split("\t") for row in rows if "\tcountry\t" in row]
    return {row[1]: row[-1].split("|")[0] for row in cells}
