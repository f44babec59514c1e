"""Is an outlet as it usually is? Compared with its past runs; what is out of its band is told apart by cause."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from statistics import median
from typing import Any, Literal

Cause = Literal["blocked", "feed-dead", "redesigned", "no-news"]

BLOCKED = frozenset({"http-401", "http-403", "http-429", "http-451", "http-503", "asked-to-wait", "captcha"})
"""Failures by which a host says that it does not want us."""
UNREADABLE = frozenset({"no-body", "no-headline", "listing", "soft-404", "empty", "not-html", "mojibake"})
"""Refusals of the page reader that come in crowds only when a site was redesigned."""

_ENOUGH_RUNS = 5
_ENOUGH_PAGES = 5
_QUIET_HOURS = 48
_DEVIATIONS = 4
_SMALLEST_FALL = 0.25
"""A field's share that falls by less is no alarm, whatever the statistics say."""
_WATCHED = ("headline", "byline", "dateline", "credits", "published_at", "section", "images", "body", "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One thing that is wrong with an outlet."""

    outlet: str
    cause: Cause
    message: str
    todo: str

    def __str__(self) -> str:
        return f"{self.outlet}: {self.cause}: {self.message}; {self.todo}"


def judge(report: Mapping[str, Any], history: Sequence[Mapping[str, Any]]) -> list[Alarm]:
    """Return what is wrong with an outlet's run, given its earlier ones, newest first.

    A first run, and a day without news, raise no alarm; a host that blocks us does at once.
    """
    found = _blocked(report)
    if not found:
        found = [*_feeds(report, history), *_redesigned(report, history), *_quiet(report, history)]
    return [Alarm(outlet=str(report["outlet"]), cause=cause, message=told, todo=todo) for cause, told, todo in found]


_Found = list[tuple[Cause, str, str]]


def _blocked(report: Mapping[str, Any]) -> _Found:
    by_reason = {**_by_reason(report, "articles", "failed")}
    for reason, count in _by_reason(report, "listings", "failed").items():
        by_reason[reason] = by_reason.get(reason, 0) + count
    refused = sum(count for reason, count in by_reason.items() if reason in BLOCKED)
    answered = sum(sum(report["outcomes"][kind].values()) for kind in ("articles", "listings"))
    answered -= _count(report, "articles", "filtered") + _count(report, "listings", "filtered")
    if refused < 2 or refused * 2 < answered:
        return []
    most = max((reason for reason in by_reason if reason in BLOCKED), key=lambda reason: by_reason[reason])
    told = f"{refused} of {answered} requests were turned away, most by {most}"
    return [("blocked", told, "look at the site in a browser, lower the rate, and ask the outlet")]


def _feeds(report: Mapping[str, Any], history: Sequence[Mapping[str, Any]]) -> _Found:
    found: _Found = [
        ("feed-dead", f"{address} has brought no article for long", "find its new address: scrapy discover")
        for address, told in report["listings"].items()
        if "died" in told
    ]
    read = _count(report, "listings", "read") + _count(report, "listings", "unchanged")
    failed = _count(report, "listings", "failed")
    used_to = any(_count(past, "listings", "read") for past in history)
    if failed and not read and used_to:
        reasons = ", ".join(sorted(_by_reason(report, "listings", "failed")))
        found.append(("feed-dead", f"none of its {failed} listings could be read ({reasons})", "run scrapy doctor"))
    return found


def _redesigned(report: Mapping[str, Any], history: Sequence[Mapping[str, Any]]) -> _Found:
    unreadable = sum(c for reason, c in _by_reason(report, "articles", "refused").items() if reason in UNREADABLE)
    pages = report["articles"] + unreadable
    known = [past for past in history if past["articles"] >= 1]
    if pages < _ENOUGH_PAGES or len(known) < _ENOUGH_RUNS:
        return []
    todo = "look at a page, and give the spider a new Design"
    found: _Found = []
    if unreadable * 2 >= pages:
        found.append(("redesigned", f"{unreadable} of {pages} pages held no article that can be read", todo))
    generic, usual = _generic(report), median(_generic(past) for past in known)
    if generic - usual >= 0.5:
        told = f"the generic reader read {generic:.0%} of the bodies, usually {usual:.0%}: selectors match no more"
        found.append(("redesigned", told, todo))
    found += [("redesigned", told, todo) for told in _fallen(report, known)]
    return found


def _fallen(report: Mapping[str, Any], known: Sequence[Mapping[str, Any]]) -> list[str]:
    count = report["articles"]
    if count < _ENOUGH_PAGES:
        return []
    found = []
    for name in _WATCHED:
        shares = [past["coverage"].get(name, 0.0) for past in known]
        usual, now = median(shares), report["coverage"].get(name, 0.0)
        spread = median(abs(share - usual) for share in shares) * 1.4826
        # What chance alone does to a share of so few articles, and what the outlet's own days differ by.
        band = max(_SMALLEST_FALL, _DEVIATIONS * spread, _DEVIATIONS * sqrt(usual * (1 - usual) / count))
        if usual - now > band:
            found.append(f"{name} is filled in {now:.0%} of the articles, usually {usual:.0%}")
    lengths = [past["body_length"]["median"] for past in known if past["body_length"]]
    if lengths and report["body_length"] and report["body_length"]["median"] * 3 < median(lengths):
        now, usual = report["body_length"]["median"], median(lengths)
        found.append(f"texts are {now} characters long, usually {usual:.0f}")
    return found


def _quiet(report: Mapping[str, Any], history: Sequence[Mapping[str, Any]]) -> _Found:
    """Alarm only when an outlet is silent for longer than two days and three times its longest silence so far."""
    known = [datetime.fromisoformat(past["ended_at"]) for past in history if past["articles"]]
    if report["articles"] or report["outcomes"]["articles"] or len(known) < _ENOUGH_RUNS:
        return []
    if not _count(report, "listings", "read") + _count(report, "listings", "unchanged"):
        return []
    hours = (datetime.fromisoformat(report["ended_at"]) - known[0]).total_seconds() / 3600
    longest = max((later - earlier).total_seconds() / 3600 for later, earlier in zip(known, known[1:], strict=False))
    if hours <= max(_QUIET_HOURS, 3 * longest):
        return []
    told = f"its listings are read, but brought nothing new for {hours:.0f} hours, {longest:.0f} at most before"
    return [("no-news", told, "see in a browser whether its world section is still written")]


def _generic(report: Mapping[str, Any]) -> float:
    return float(report["body_from"].get("generic", 0) / max(1, report["articles"]))


def _by_reason(report: Mapping[str, Any], kind: str, outcome: str) -> dict[str, int]:
    prefix = f"{outcome}/"
    return {n.removeprefix(prefix): c for n, c in report["outcomes"][kind].items() if n.startswith(prefix)}


def _count(report: Mapping[str, Any], kind: str, outcome: str) -> int:
    return sum(c for name, c in report["outcomes"][kind].items() if name.split("/")[0] == outcome)
