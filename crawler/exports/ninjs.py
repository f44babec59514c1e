"""Records as IPTC ninjs 2.1 (News in JSON), one object per line, for newsroom systems."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_STANDARD = {
    "name": "ninjs",
    "version": "2.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_2.1.json#",
}
_GEONAMES = "https://sws.geonames.org/{}/"


def to_ninjs(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record as a ninjs object; properties without a value are left out, as ninjs requires."""
    dateline = record["dateline"] or {}
    places = dateline.get("places") or []
    found = {
        "standard": _STANDARD,
        "uri": f"urn:videsh:{record['id']}",
        "type": "text",
        "representationtype": "full" if record["access"] == "full" else "partial",
        "version": str(record["revision"]),
        "contentcreated": record["published_at"],
        "versioncreated": record["modified_at"] or record["published_at"],
        "pubstatus": "usable",
        "language": record["language"],
        "headlines": [{"role": "main", "value": record["headline"]}],
        "descriptions": [{"role": "deck", "value": record["deck"]}] if record["deck"] else None,
        "bodies": [{"role": "main", "contenttype": "text/plain", "value": record["text"] or ""}],
        "by": ", ".join(record["byline"]),
        "located": ", ".join(place["english"] or place["name"] for place in places),
        "places": [_place(place) for place in places],
        "infosources": [_source(credit) for credit in record["credits"]],
        "altids": [{"role": "url", "value": record["url"]}],
    }
    return {name: value for name, value in found.items() if value}


def write_ninjs(records: Iterable[dict[str, Any]], out: Path) -> int:
    """Write records as ninjs, one object per line; return their number."""
    count = 0
    with out.open("w", encoding="utf-8", newline="\n") as file:
        for record in records:
            file.write(json.dumps(to_ninjs(record), ensure_ascii=False) + "\n")
            count += 1
    return count


def _place(place: dict[str, Any]) -> dict[str, str]:
    found = {"name": place["name"], "rel": "dateline"}
    if place["geonames_id"]:
        found["uri"] = _GEONAMES.format(place["geonames_id"])
    return found


def _source(credit: dict[str, Any]) -> dict[str, str]:
    return {"name": credit["name"], "rel": "origin", "literal": credit["agency"]}
