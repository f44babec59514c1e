"""The alarms of a run, from the findings in its report: of its outlets, and of the run itself."""

from collections.abc import Mapping
from typing import Any

from crawler.reports.figures_kept import summary_of
from crawler.reports.health import CUT_OFF, Health, is_bad

ALL_OUTLETS = "all outlets"
"""Stands in an outlet's place for an alarm of the whole run."""
_UNREACHABLE = 5


def alarms_of(report: Mapping[str, Any], exit_code: int) -> dict[tuple[str, str], str]:
    """Return the text of each alarm by outlet and kind: of each new failure, and each finding that raises an alarm."""
    alarms = {(each["outlet"], str(each["kind"])): each["text"] for each in report["warnings"] if is_bad(each)}
    if exit_code == _UNREACHABLE and not any(outlet == ALL_OUTLETS for outlet, _ in alarms):
        alarms[ALL_OUTLETS, "unreachable"] = "nothing came in: each outlet is blocked or unreachable"
    return alarms


def lasting(report: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Return the outlet and kind of failures that occur, new or usual: an alarm of theirs is not over."""
    outlets = report["outlets"].items()
    return {(name, Health.FAILING.value) for name, outlet in outlets if summary_of(outlet)["failures"]}


def judged_outlets(report: Mapping[str, Any]) -> set[str] | None:
    """Return the outlets whose alarms a run can end; None for a run that somebody stopped, which can raise none either.

    A run without a network says nothing about outlets, and one that could not write its report nothing about any alarm.
    """
    if not report["outlets"]:
        return set()
    kinds = {str(each["kind"]) for each in report["warnings"]}
    if Health.STOPPED in kinds:
        return None
    return {ALL_OUTLETS} if CUT_OFF in kinds else {ALL_OUTLETS, *report["outlets"]}
