"""Judge an outlet's run by its past runs: what failed, whether that is new, and whether it has stood for long.

The exit code, the report, the alarms and `scrapy doctor` all follow from the findings that `judge_outlet` returns.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from statistics import median
from typing import NamedTuple

from crawler.reasons import Cause, Reason, cause_of
from crawler.reports.figures_kept import Summary
from crawler.reports.health import Finding, Health, findings

RECENT = 7
"""Number of past runs that say which failures of an outlet are usual, and which have stood for long."""
FEWEST = 3
"""With fewer past runs than this, every failure is new."""

_AS_ASKED = ("finished", "closespider_")
"""Prefixes of the reasons for which a crawl ends as its user asked."""
_STANDING = f"so it was in each of its last {RECENT} runs"


class _Verdict(Enum):
    NEW = 1
    STANDING = 2
    USUAL = 3


class _Failure(NamedTuple):
    """One kind of failure in a run."""

    kind: Health
    name: str
    """Its reason, with the listing's URL if it is of a listing; empty where the kind says all."""


def judge_outlet(now: Summary, past: Sequence[Summary]) -> list[Finding]:
    """Return the findings about an outlet's run, the worst first; `past` holds the runs before it, the newest first.

    A finding `fails` if the outlet did not run to its end, is blocked, or failed in a way, or more than twice as often
    as is usual, that none of its last 7 runs shows. What each of its last 7 runs had raises an alarm instead.
    """
    recent = [dict(_failures(run)) for run in past[:RECENT]]
    verdicts = {each: _verdict(each, count, recent) for each, count in _failures(now)}
    kinds = {each.kind: verdict for each, verdict in verdicts.items() if not each.name}
    found = [_judged(Finding(kind=kind, text=text, alarm=False), kinds.get(kind)) for kind, text in _broken(now)]
    is_part = any(each.kind in (Health.BROKE, Health.STOPPED) for each in found)
    for each in findings(now, past):
        if not is_part or each.kind in (Health.BLOCKED, Health.DEADLINE, Health.RESTING):
            found.append(_judged(each, kinds.get(each.kind)))
    for verdict in (_Verdict.NEW, _Verdict.STANDING):
        names = [each.name for each in verdicts if each.name and verdicts[each] is verdict]
        if names:
            counts = ", ".join(f"{now['failures'][name]} {name}" for name in names)
            found.append(_judged(Finding(kind=Health.FAILING, text=counts, alarm=False), verdict))
    return found


def _judged(finding: Finding, verdict: _Verdict | None) -> Finding:
    if verdict is _Verdict.STANDING:
        return replace(finding, text=f"{finding.text}; {_STANDING}", alarm=True)
    return replace(finding, fails=verdict is _Verdict.NEW)


def _verdict(failure: _Failure, count: int, recent: Sequence[Mapping[_Failure, int]]) -> _Verdict:
    before = [run[failure] for run in recent if failure in run]
    is_standing = len(before) == RECENT and failure.kind is not Health.STOPPED
    if failure.kind not in (Health.FAILING, Health.RESTING):
        return _Verdict.STANDING if is_standing else _Verdict.NEW
    if len(recent) < FEWEST or not before or count > 2 * median(before):
        return _Verdict.NEW
    return _Verdict.STANDING if is_standing else _Verdict.USUAL


def _failures(run: Summary) -> Iterator[tuple[_Failure, int]]:
    """Yield each failure of a run with its count."""
    for kind, _ in _broken(run):
        yield _Failure(kind, ""), 1
    if run["met_deadline"]:
        yield _Failure(Health.DEADLINE, ""), 1
    is_blocked = bool(run["blocked"] and run["blocked"] * 2 >= run["answers"])
    if is_blocked:
        yield _Failure(Health.BLOCKED, ""), 1
    if run["left_alone"]:
        yield _Failure(Health.RESTING, ""), len(run["left_alone"])
    for name, count in run.get("failures", {}).items():
        word = name.split()[0]
        is_told = (word == Reason.PROXY and _is_behind_proxy(run)) or (
            is_blocked and cause_of(f"failed/{word}") is Cause.BLOCKED
        )
        if not is_told:  # as `proxy` or `blocked`
            yield _Failure(Health.FAILING, name), count


def _broken(run: Summary) -> Iterator[tuple[Health, str]]:
    """Yield how a crawl did not run as it should: it was stopped, broke, or our own code failed in it."""
    ended = run.get("ended", "finished")
    if not run["met_deadline"]:
        if ended == "shutdown" or run.get("pending"):
            yield Health.STOPPED, f"it was stopped: {run.get('pending', 0)} articles wait for the next run"
        elif ended is None or not ended.startswith(_AS_ASKED):
            yield Health.BROKE, "did not run to its end" if ended is None else f"ended with {ended}"
    if _is_behind_proxy(run):
        yield Health.PROXY, "its proxy failed, and nothing came: nothing is known about the outlet itself"
    if run.get("faults"):
        yield Health.FAULT, f"{run['faults']} errors of the program"


def _is_behind_proxy(run: Summary) -> bool:
    """Return whether nothing of an outlet came, and its own proxy failed."""
    failed = {name.split()[0] for name in run.get("failures", {})}
    return Reason.PROXY in failed and not run["items"] and not run["unchanged"]


def is_unreachable(articles: Mapping[str, int], listings: Mapping[str, int]) -> bool:
    """Return whether an outlet yielded nothing because nothing could be fetched, from its counts by outcome/reason."""
    asked = [name for name, count in (articles or listings).items() if count]  # listings: if no article was requested
    tried = [name for name in asked if name != "pending" and not _is_left_out(name)]
    return bool(tried) and all(map(_yielded_nothing, tried))


def _is_left_out(name: str) -> bool:
    """Return whether a request was left out because the crawl did not want it, as a duplicate or over the limit."""
    return name.startswith("filtered/") and cause_of(name) is Cause.UNWANTED


def _yielded_nothing(name: str) -> bool:
    """Return whether an outcome means that the crawl got no usable response; a wall against crawlers is none."""
    cause = cause_of(name)
    return cause is Cause.BLOCKED or (name.startswith(("failed/", "filtered/")) and cause is not Cause.OURS)
