"""The exit code of a run: what it says to a scheduler."""

from collections.abc import Mapping, Sequence
from typing import Any

from crawler.reports.health import UNREADABLE

ALL_WELL, WRONG_USE, PART_FAILED, GATE_FAILED, UNREACHABLE = 0, 2, 3, 4, 5

_AS_ASKED = ("finished", "closespider_")
"""Reasons for which a crawl ends as its user wished."""
_OURS = frozenset({"failed/pipeline-error", "failed/spider-error"})
"""Failures of the program, not of the network."""


def exit_code(outlets: Sequence[Mapping[str, Any]], *, broken: int = 0, alarms: int = 0, strict: bool = False) -> int:
    """Return the exit code for the reports of all outlets; `broken` is how many crawls never began."""
    if outlets and not broken and all(is_unreachable(outlet) for outlet in outlets):
        return UNREACHABLE
    if strict and alarms:
        return GATE_FAILED
    if broken or any(has_failed(outlet) for outlet in outlets):
        return PART_FAILED
    return ALL_WELL


def is_unreachable(outlet: Mapping[str, Any]) -> bool:
    """Say whether nothing came in because nothing could be fetched."""
    articles, listings = outlet["outcomes"]["articles"], outlet["outcomes"]["listings"]
    asked = articles or listings  # where articles were asked for, they are what counts
    fetched = [name for name in asked if not name.startswith("filtered/") or name.startswith("filtered/robots")]
    return bool(fetched) and all(
        (name.startswith("failed/") and name not in _OURS) or name == "filtered/robots-unreachable" for name in fetched
    )


def has_failed(outlet: Mapping[str, Any]) -> bool:
    """Say whether a part of an outlet's crawl failed."""
    articles, listings = outlet["outcomes"]["articles"], outlet["outcomes"]["listings"]
    if not outlet["finish_reason"].startswith(_AS_ASKED):
        return True
    if not outlet["balanced"] or any(name.startswith("failed/") for name in (*articles, *listings)):
        return True
    good = any(name in ("exported", "copy", "unchanged") for name in articles)
    return not good and any(name.removeprefix("refused/") in UNREADABLE for name in articles)
