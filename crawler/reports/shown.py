"""What report.html shows of a report: no row, column or part in which there is nothing."""

from collections.abc import Mapping
from typing import Any

from crawler.reports.facts import OUTCOMES
from crawler.reports.health import CALM

_MOST_AGENCIES = 12

CONTENTS = {
    "outcomes": "What became of every address",
    "fallen": "What fell",
    "refused": "What was refused or failed",
    "hours": "When it was published",
    "countries": "Countries",
    "reprinted": "Reprinted copy",
    "agencies": "Agencies",
    "outlets": "Outlets",
    "coverage": "Fields",
    "listings": "Listings",
}
"""The parts of the page, in their order."""
_NOTHING = {
    "fallen": "Nothing fell by a tenth or more, or too few runs are known to say.",
    "refused": "Nothing was refused, and nothing failed.",
    "countries": "No report printed a dateline that is known.",
    "reprinted": "No copy was found.",
    "agencies": "No agency is credited.",
}
"""What the page says at its end where a part is left out."""
_OF_ARTICLES = ("countries", "reprinted", "agencies")


def shown_parts(report: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parts of the page with something in them, by their name in CONTENTS."""
    outlets = report["outlets"]
    parts = {name: report[name] for name in ("fallen", "refused", "countries", "reprinted")}
    parts |= {
        "outcomes": [outcome for outcome in OUTCOMES if report["totals"][outcome]],
        "hours": _hours(report["hours"]["outlets"]),
        "agencies": _agencies(report["agencies"]),
        "outlets": {name: each for name, each in outlets.items() if not _is_silent(each)},
        "coverage": _fields(report["coverage"]),
        "listings": report["listings"] or report["slowest_hosts"],
    }
    return {name: part for name, part in parts.items() if part or name == "outcomes"}


def left_out(report: Mapping[str, Any], shown: Mapping[str, Any]) -> list[str]:
    """Return what the page says of the parts that are left out; without an article, nothing of articles."""
    names = [name for name in _NOTHING if name not in shown]
    if not report["totals"]["outlets_with_articles"]:
        names = [name for name in names if name not in _OF_ARTICLES]
    return [_NOTHING[name] for name in names]


def silent(report: Mapping[str, Any]) -> list[str]:
    """Return the outlets of which there is nothing to say: no address was asked for, and nothing is wrong."""
    return [name for name, outlet in report["outlets"].items() if _is_silent(outlet)]


def _is_silent(outlet: Mapping[str, Any]) -> bool:
    return not any(outlet["outcomes"].values()) and outlet["state"] in CALM


def _hours(outlets: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the outlets that published something in these hours, and which columns beside the hours have a number."""
    rows = {name: row for name, row in outlets.items() if any(row["hours"])}
    if not rows:
        return {}
    busy = [hour for row in rows.values() for hour, count in enumerate(row["hours"]) if count]
    return {
        "rows": rows,
        "first": min(busy),
        "last": max(busy),
        "most": max(max(row["hours"]) for row in rows.values()),
        "outside": [name for name in outlets if name not in rows],
        "other": any(row["other"] for row in rows.values()),
        "unknown": any(row["unknown"] for row in rows.values()),
    }


def _agencies(agencies: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the table of agencies by outlet: the most credited agencies, and the outlets that credit them."""
    if not agencies:
        return {}
    columns = agencies[:_MOST_AGENCIES]
    return {
        "columns": columns,
        "rows": sorted({outlet for agency in columns for outlet in agency["outlets"]}),
        "most": max(count for agency in columns for count in agency["outlets"].values()),
    }


def _fields(coverage: Mapping[str, float | None]) -> dict[str, Any]:
    """Return the fields that some records have, and others lack; and the names of those that all or none have."""
    known = {field: share for field, share in coverage.items() if share is not None}
    if not known:
        return {}
    plain = {field: share for field, share in known.items() if "." not in field}
    some = sorted(((share, field) for field, share in known.items() if 0 < share < 1), reverse=True)
    return {
        "plain": [(field, share) for share, field in some if "." not in field],
        "nested": [(field, share) for share, field in some if "." in field],
        "always": [field for field, share in plain.items() if share == 1],
        "never": [field for field, share in plain.items() if not share],
    }
