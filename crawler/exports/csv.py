"""Records as CSV for spreadsheets, one row per article."""

import csv
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_SEPARATOR = " | "
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
"""Beginnings of a cell that spreadsheets take for a formula or a command (OWASP, CSV Injection); `cell` quotes it.

The wide ones are formulas to spreadsheets of East Asia.
"""
_UNSEEN = " \x00\xa0\u200b\u200c\u200d\u2060\ufeff"
"""Blanks and characters without width, which a spreadsheet may drop before it looks for a formula."""
_NUMBERS = re.compile(
    r"""
    (?:-?\d{1,3}(?:\.\d{1,12})?)?           # degrees: -180 to 180; nothing for a place without coordinates
    (?:
        \ \|\                               # the separator of several places
        (?:-?\d{1,3}(?:\.\d{1,12})?)?
    )*
    """,
    re.ASCII | re.VERBOSE,
)
"""Coordinates, whose minus begins no formula: `-12.04`."""

_COPIED = (
    "schema_version id outlet url headline deck byline published_at published_on published_precision modified_at "
    "published_raw modified_raw section tags cited_media language kind access revision pages disagreement "
    "first_seen_at sequence withdrawn_at fetched_at run_id reader_version word_count text"
).split()

CSV_COLUMNS: dict[str, str] = {
    **dict.fromkeys(_COPIED, "the field of the same name"),
    "byline": f"names, joined with `{_SEPARATOR}`",
    "tags": f"tags, joined with `{_SEPARATOR}`",
    "cited_media": f"media ids, joined with `{_SEPARATOR}`",
    "pages": f"addresses of the article's pages, joined with `{_SEPARATOR}`",
    **{f"publisher_{name}": f"`publisher.{name}`" for name in ("name", "name_hi", "host", "group")},
    "dateline_raw": "the dateline as printed",
    "dateline_places": f"English names of the dateline's places (as printed when unknown), joined with `{_SEPARATOR}`",
    "dateline_countries": f"ISO codes of the dateline's places, joined with `{_SEPARATOR}`",
    "dateline_latitudes": f"degrees north of each of these places, joined with `{_SEPARATOR}`; nothing when unknown",
    "dateline_longitudes": f"degrees east of each of these places, joined with `{_SEPARATOR}`; nothing when unknown",
    "dateline_date": "the dateline's date, `YYYY-MM-DD`",
    "dateline_agency": "id of the agency in the dateline",
    "credits": f"agency ids, joined with `{_SEPARATOR}`",
    "images": f"addresses of the images, joined with `{_SEPARATOR}`",
    "related": f"titles of related articles, joined with `{_SEPARATOR}`",
    "story_id": "identifier of the story",
    "story_relation": "how the article relates to its story",
    "story_of": "identifier of the article that it repeats",
}
"""Columns of the CSV in order, each with its description."""

NOT_IN_CSV = ("body", "provenance")
"""Fields of the record without a column: `text` has the words of `body`, and `provenance` is for programs."""


def flatten(record: dict[str, Any]) -> dict[str, str]:
    """Return a record as one row: the text of each cell by column; absent values are empty."""
    dateline = record["dateline"] or {}
    places = dateline.get("places") or []
    publisher, story = record["publisher"] or {}, record["story"] or {}
    row = {name: record[name] for name in _COPIED}
    row |= {
        **{f"publisher_{name}": publisher.get(name) for name in ("name", "name_hi", "host", "group")},
        "dateline_raw": dateline.get("raw"),
        "dateline_places": [place["english"] or place["name"] for place in places],
        "dateline_countries": [place["country"] for place in places if place["country"]],
        "dateline_latitudes": [place["latitude"] for place in places],
        "dateline_longitudes": [place["longitude"] for place in places],
        "dateline_date": dateline.get("date"),
        "dateline_agency": dateline.get("agency"),
        "credits": [credit["agency"] for credit in record["credits"]],
        "images": [image["url"] for image in record["images"]],
        "related": [related["title"] for related in record["related"]],
        **{f"story_{name}": story.get(name) for name in ("id", "relation", "of")},
    }
    return {name: cell(row[name]) for name in CSV_COLUMNS}


def write_csv(records: Iterable[dict[str, Any]], out: Path, *, encoding: str = "utf-8") -> int:
    """Write records as CSV (RFC 4180, a header line); return their number.

    The encoding `utf-8-sig` puts a byte order mark first, without which Excel takes Hindi for Windows-1252.
    """
    return write_cells((flatten(record).values() for record in records), [*CSV_COLUMNS], out, encoding=encoding)


def write_cells(rows: Iterable[Iterable[str]], header: Iterable[str], out: Path, *, encoding: str) -> int:
    """Write rows of cells below a header; return their number."""
    count = 0
    with out.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for row in rows:
            writer.writerow(row)
            count += 1
    return count


def cell(value: Any) -> str:
    """Return a value as the text of a cell; one that a spreadsheet would run as a formula gets an apostrophe."""
    if isinstance(value, list):
        text = _SEPARATOR.join("" if each is None else str(each) for each in value)
    else:
        text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(_UNSEEN).startswith(_FORMULA_STARTS) and not _NUMBERS.fullmatch(text) else text
