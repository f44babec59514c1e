"""A record as rows of the tables of a database: its article, credits, places, cited media, and edition."""

import json
from typing import Any

_COPIED = (
    "id outlet url headline deck published_at published_on published_precision modified_at section text word_count "
    "language kind access revision first_seen_at fetched_at run_id sequence"
).split()
_OF_EDITION = "revision headline deck text modified_at fetched_at run_id sequence".split()


def article_row(record: dict[str, Any]) -> dict[str, Any]:
    """Return the row of `articles` for a record, without its `number`."""
    dateline, publisher = record["dateline"] or {}, record["publisher"] or {}
    agencies = [credit["agency"] for credit in record["credits"]]
    return {
        **{name: record[name] for name in _COPIED},
        **{
            f"story_{name}": (record["story"] or {}).get(name)
            for name in ("id", "relation", "of", "similarity", "because")
        },
        "publisher_name": publisher.get("name"),
        "publisher_name_hi": publisher.get("name_hi"),
        "byline": json.dumps(record["byline"], ensure_ascii=False),
        "tags": json.dumps(record["tags"], ensure_ascii=False),
        "dateline_raw": dateline.get("raw"),
        "country": next((place["country"] for place in dateline.get("places") or ()), None),
        "agency": next(iter(agencies), dateline.get("agency")),
    }


def rows_beside(record: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of the tables that list parts of a record."""
    places = (record["dateline"] or {}).get("places") or ()
    credited = ({**credit, "found_in": credit["where"]} for credit in record["credits"])
    return {
        "credits": _numbered(record, credited, "agency name raw found_in"),
        "places": _numbered(record, places, "name english country geonames_id latitude longitude"),
        "media": _numbered(record, ({"medium": medium} for medium in record["cited_media"]), "medium"),
    }


def edition_row(record: dict[str, Any]) -> dict[str, Any]:
    """Return the row of `revisions` for a record, without its `number`."""
    story = record["story"] or {}
    return {
        "article": record["id"],
        **{name: record[name] for name in _OF_EDITION},
        "dateline_raw": (record["dateline"] or {}).get("raw"),
        "story_relation": story.get("relation"),
        "story_because": story.get("because"),
    }


def _numbered(record: dict[str, Any], values: Any, names: str) -> list[dict[str, Any]]:
    return [
        {"article": record["id"], "position": number, **{name: value.get(name) for name in names.split()}}
        for number, value in enumerate(values, 1)
    ]
