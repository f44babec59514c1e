"""Diagnose an outlet from its last runs: its state, the findings, and what to do about each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crawler.reports.health import CALM, FIRST_RUNS, Health, is_bad, remedy_for, usual


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """The state of one outlet, from its last runs."""

    outlet: str
    state: str
    """A value of `Health`, such as `well` or `blocked`; `unknown` for an outlet that no run has crawled."""
    runs: int
    """Number of runs that the diagnosis is from."""
    findings: tuple[tuple[str, str], ...] = ()
    """Pairs of what was found in the last run and what to do about it."""

    needs_action: bool = False
    """Whether the last run failed in a new way, or raised an alarm."""


def diagnose(outlet: str, runs: Sequence[dict[str, Any]]) -> Diagnosis:
    """Return the diagnosis of an outlet from the summaries of its last runs, the newest first."""
    if not runs:
        unseen = ("no run has crawled it", f"crawl it once: scrapy crawl {outlet}")
        return Diagnosis(outlet=outlet, state=Health.UNKNOWN, runs=0, findings=(unseen,))
    last = runs[0]
    ill = [each for each in last["findings"] if each["kind"] not in CALM]
    found = [(each["text"], remedy_for(each["kind"], outlet)) for each in ill]
    if since := _since(runs):
        found.append((f"this has been so for {since} runs", "it will not repair itself"))
    if len(runs) < FIRST_RUNS:
        found.append((f"known from {len(runs)} runs only", f"judge it again after {FIRST_RUNS}"))
    silent = last["silent"]
    if silent and last["state"] != Health.FEED_DEAD:
        text = f"{silent} of {last['listings']} listings cannot be read, and the others carry the outlet"
        found.append((text, "take the dead ones out of its spider, or correct their addresses"))
    is_to_fix = any(map(is_bad, last["findings"]))
    return Diagnosis(outlet=outlet, state=last["state"], runs=len(runs), findings=tuple(found), needs_action=is_to_fix)


def _since(runs: Sequence[dict[str, Any]]) -> int:
    """Return how many consecutive runs had the problem of the last one; 0 if it is new or the outlet is healthy."""
    state, count = runs[0]["state"], 0
    for run in runs:
        if run["state"] != state:
            break
        count += 1
    return count if count > 1 and state not in CALM else 0


def usual_line(runs: Sequence[dict[str, Any]]) -> str:
    """Return a phrase that says how many articles a run of the outlet usually brings, and how old they are."""
    items, lag = usual(runs, "items"), usual(runs, "lag_hours")
    age = "" if lag is None else f", {lag:.0f} hours old" if lag < 72 else f", {lag / 24:.0f} days old"
    return f"usually {items or 0:g} articles a run{age}"
