"""Compare an outlet's run with its past runs, and find out what happened if it is unusual.

If an outlet brought fewer articles, the cause is one of: it published nothing new (`no-news`), it refused our requests
(`blocked`), its pages changed (`redesigned`), or its listings announced nothing (`feed-dead`). A day without news
raises no alarm, and neither do the first runs of an outlet, which have no baseline.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import median
from typing import Any

from crawler.program import as_typed
from crawler.reports.figures_kept import Summary

WINDOW = 14
"""Number of past runs in the baseline."""

HISTORY = 60
"""How far back to look for healthy runs, in runs, so that an outage never becomes the baseline."""

FIRST_RUNS = 5
"""With fewer runs than this in the baseline, no finding raises an alarm."""

_FEW = 4
"""With fewer articles than this, shares and medians mean nothing."""


class Health(StrEnum):
    """The state of an outlet in a run, and the kind of a finding."""

    WELL = "well"
    """as usual"""
    NO_NEWS = "no-news"
    """nothing was announced that earlier runs had not seen"""
    UNKNOWN = "unknown"
    """no run has crawled the outlet, or nothing answered"""
    BROKE = "broke"
    """the crawl could not start, or ended before its end"""
    STOPPED = "stopped"
    """somebody stopped the run: Ctrl-C, SIGTERM"""
    FAULT = "fault"
    """the program logged an error: a fault of Videsh, of a plug-in or of the disk"""
    BLOCKED = "blocked"
    """at least half of the answers turned the crawler away: 401, 403, 429, 451, a wall"""
    FEED_DEAD = "feed-dead"
    """no listing announced an article, though they usually do"""
    REDESIGNED = "redesigned"
    """most pages could not be read, or only by the generic reader"""
    FIELD_LOST = "field-lost"
    """far fewer articles than usual have a field, such as the byline"""
    SHORT = "short"
    """texts have less than half of their usual length"""
    STALE = "stale"
    """articles are far older than usual"""
    PROXY = "proxy"
    """the outlet's own proxy (PROXIES) is not reached, or refuses; of the outlet nothing is known"""
    DEADLINE = "deadline"
    """the outlet or the run had no more time (OUTLET_MINUTES, RUN_MINUTES)"""
    RESTING = "resting"
    """a host failed several times in a row, or asked for a long pause, and is left alone"""
    FAILING = "failing"
    """requests failed in a way, or more than twice as often as usual, that its last runs did not: one timeout"""


CUT_OFF = "no-network"
"""Kind of the warning of a run that had no network, which says nothing about outlets."""
CALM = (Health.WELL, Health.NO_NEWS, Health.UNKNOWN)
"""States in which there is nothing to fix."""

_OUTAGES = (
    Health.BROKE,
    Health.STOPPED,
    Health.BLOCKED,
    Health.FEED_DEAD,
    Health.REDESIGNED,
    Health.PROXY,
    Health.DEADLINE,
    Health.RESTING,
)
"""States that keep a run out of the baseline."""

REMEDIES: dict[str, str] = {
    Health.BROKE: "see why: scrapy crawl NAME",
    Health.STOPPED: "the next run fetches what is left",
    Health.FAULT: "read the error in the log; if it is not of your disk or your plug-in, report it",
    Health.BLOCKED: "wait some hours, crawl more slowly (DOWNLOAD_DELAY), and see whether a browser is let in",
    Health.FEED_DEAD: (
        "find the outlet's feed or sitemap (`scrapy discover SITE`), and correct `listings` in its spider"
    ),
    Health.REDESIGNED: "read a page with `scrapy explain`, and give the outlet's spider a new Design",
    Health.FIELD_LOST: "read a page with `scrapy explain`, and correct the rule of that field in the outlet's spider",
    Health.SHORT: "read a page with `scrapy explain`: is the end of the text cut off, or behind a wall?",
    Health.STALE: "see whether the listing still names the newest articles",
    Health.PROXY: "see whether the proxy runs, and whether its address and password in PROXIES are right",
    Health.DEADLINE: "the next run asks for what waits; if it happens often, see why, or raise OUTLET_MINUTES",
    Health.RESTING: "it is asked again in time; `scrapy store forget HOST` lets the next run ask it",
    Health.FAILING: "refused.jsonl names each URL; what failed is tried again",
}
"""What to do about each kind of finding outside `CALM`; NAME stands for the outlet's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One difference from the baseline."""

    kind: Health

    text: str
    """The figure of this run and the usual one, in words."""

    alarm: bool = True
    """Whether it is out of the usual band, or has stood for long; with `--strict` it ends the run with exit code 4."""

    fails: bool = False
    """Whether it is a new failure, which ends the run with exit code 3."""


def is_bad(finding: Mapping[str, Any]) -> bool:
    """Return whether a finding, as reports and the store hold it, is an alarm or a new failure.

    What versions of before 0.2 stored is an alarm unless it says otherwise.
    """
    return bool(finding.get("alarm", True) or finding.get("fails"))


def remedy_for(kind: str, outlet: str) -> str:
    """Return what to do about a finding of an outlet."""
    return as_typed(REMEDIES[kind].replace("NAME", outlet))


def baseline(past: Sequence[Summary]) -> list[Summary]:
    """Return the last runs without an outage, the newest first, that a run is compared with."""
    return [run for run in past if run.get("state") not in _OUTAGES][:WINDOW]


def findings(now: Summary, past: Sequence[Summary]) -> list[Finding]:
    """Return the findings about a run, the worst first; `past` holds the runs before it, the newest first."""
    past = baseline(past)
    cut = list(cut_short(now))
    found = _blocked(now) or (None if cut else _cause(now, past))
    all_found = ([found] if found else []) + cut or list(_bands(now, [run for run in past if run["items"]]))
    if len(past) >= FIRST_RUNS:
        return all_found
    return [Finding(kind=each.kind, text=each.text, alarm=False) for each in all_found]


def state_of(now: Summary, found: Sequence[Finding]) -> Health:
    """Return an outlet's state: the kind of its worst finding, else `well`, or `unknown` without any response."""
    if found:
        return found[0].kind
    return Health.WELL if now["items"] or now["answers"] else Health.UNKNOWN


def usual(past: Sequence[Summary], key: str) -> float | None:
    """Return the median of a figure over the past runs that have it, or None."""
    values = [run[key] for run in past if run.get(key) is not None]
    return median(values) if values else None


def cut_short(now: Summary) -> Iterator[Finding]:
    """Yield why a crawl did not request all articles; its figures then say nothing about the outlet."""
    came = f"{now['items'] + now['unchanged']} articles came, {now['waits']} wait for the next run"
    if now["met_deadline"]:
        yield Finding(kind=Health.DEADLINE, text=f"its time ran out: {came}", alarm=False)
    for host, why in now["left_alone"].items():
        yield Finding(kind=Health.RESTING, text=f"{host} {why}: {came}", alarm=False)


def _blocked(now: Summary) -> Finding | None:
    if now["blocked"] and now["blocked"] * 2 >= now["answers"]:
        return Finding(kind=Health.BLOCKED, text=f"{now['blocked']} of {now['answers']} answers turned us away")
    return None


def _cause(now: Summary, past: Sequence[Summary]) -> Finding | None:
    """Return why an outlet brought no article, or far fewer than it announced."""
    pages = now["items"] + now["unreadable"]
    if pages >= _FEW and now["unreadable"] * 2 > pages and now["unreadable"] > 4 * (usual(past, "unreadable") or 0):
        return Finding(kind=Health.REDESIGNED, text=f"no article could be read on {now['unreadable']} of {pages} pages")
    announced = usual(past, "announced") or 0
    if announced and not now["announced"] and not now["unchanged"]:
        broken = f"; {now['silent']} of {now['listings']} cannot be read" if now["silent"] else ""
        return Finding(kind=Health.FEED_DEAD, text=f"no listing announced an article, usually {announced:g}{broken}")
    if not now["items"] and now["answers"]:
        return Finding(kind=Health.NO_NEWS, text="nothing was announced that was not known", alarm=False)
    return None


def _bands(now: Summary, past: Sequence[Summary]) -> Iterator[Finding]:
    """Yield the fields, body lengths and ages that are far from their usual values."""
    if not past or now["items"] < _FEW:
        return
    generic, before = now["generic_share"], usual(past, "generic_share") or 0
    if generic is not None and generic - before >= 0.5:
        text = f"the generic reader read {generic:.0%} of the articles, usually {before:.0%}: selectors no longer match"
        yield Finding(kind=Health.REDESIGNED, text=text)
    if lost := [phrase for field in now["coverage"] if (phrase := _lost(field, now, past))]:
        yield Finding(kind=Health.FIELD_LOST, text=f"fewer articles have a field: {', '.join(lost)}")
    chars, before = now["body_chars"], usual(past, "body_chars") or 0
    if chars is not None and chars * 2 < before:
        yield Finding(kind=Health.SHORT, text=f"bodies have {chars:g} characters, usually {before:g}")
    lag, lag_before = now["lag_hours"], usual(past, "lag_hours")
    if lag is not None and lag_before is not None and lag > max(24, 4 * lag_before):
        yield Finding(kind=Health.STALE, text=f"articles are {lag:g} hours old, usually {lag_before:g}")


def _lost(field: str, now: Summary, past: Sequence[Summary]) -> str | None:
    """Return a phrase for a field whose share fell more than chance and the variation of past runs explain, or None."""
    before = [run["coverage"][field] for run in past if field in run["coverage"]]
    if "." in field or not before:
        return None
    share, usually = now["coverage"][field], median(before)
    chance = 3 * sqrt(usually * (1 - usually) / now["items"])
    if usually - share <= max(0.4, chance) or share >= min(before):
        return None
    return f"{field} {share:.0%} (usually {usually:.0%})"
