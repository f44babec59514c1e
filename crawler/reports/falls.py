"""The figures of an outlet that fell since its last runs, for the report."""

from collections.abc import Mapping, Sequence
from typing import Any

from crawler.reports.figures_kept import Summary
from crawler.reports.health import FIRST_RUNS, baseline, cut_short, usual

_MOST_FALLEN = 40
"""Maximum number of fallen figures in the report."""
_NUMBERS = {"items": "articles", "announced": "announced by listings", "body_chars": "characters of a body"}


def fallen(outlet: str, now: Summary, past: Sequence[Summary]) -> list[dict[str, Any]]:
    """Return a row for each figure of an outlet that is at least a tenth below the median of its last 14 runs."""
    past = baseline(past)
    if len(past) < FIRST_RUNS or any(cut_short(now)):
        return []
    rows = [_row(outlet, what, now[key], usual(past, key)) for key, what in _NUMBERS.items()]
    fields = [field for field in now["coverage"] if "." not in field] if now["items"] else []
    before = [run["coverage"] for run in past if run["items"]]
    rows += [_row(outlet, f"share with {field}", now["coverage"][field], usual(before, field)) for field in fields]
    return [row for row in rows if row is not None]


def _row(outlet: str, what: str, now: float | None, before: float | None) -> dict[str, Any] | None:
    if not before or now is None or now > before * 0.9:
        return None
    return {"outlet": outlet, "what": what, "now": now, "usual": before, "change": round(now / before - 1, 4)}


def largest(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the rows of the deepest falls, the deepest first."""
    return sorted(rows, key=lambda row: (row["change"], row["outlet"], row["what"]))[:_MOST_FALLEN]
