"""Build the report of a run, from its records, its refusals and the counts of its crawls."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from crawler.discovery.counts import ListingCounts
from crawler.downloading.answers import HostTime
from crawler.items import SCHEMA_VERSION
from crawler.reports.coverage import Coverage
from crawler.reports.facts import OUTCOMES, OutletFacts, RunFacts
from crawler.reports.health import Health
from crawler.reports.judgement import is_unreachable
from crawler.reports.tally import INDIA, OutletTally, RunTally, ranked, rounded_median, rounded_p90, time_with_offset

REPORT_VERSION = "1.0"
"""Version of the format of report.json."""
_HOURS = 24
_MOST_HOSTS = 10
_STATES = ("broken", "read", "unchanged", "dead")
_COUNTS = ("announced", "articles", "new", "skipped")


def build_report(facts: RunFacts, tally: RunTally) -> dict[str, Any]:
    """Return the report of a run as JSON; it always has all keys."""
    tallies = {name: OutletTally() for name in sorted(facts.outlets)} | tally.outlets
    outlets = {n: _outlet(n, t, facts.outlets.get(n, OutletFacts())) for n, t in sorted(tallies.items())}
    return {
        "report_version": REPORT_VERSION,
        "run": _run(facts),
        "totals": _totals(outlets),
        "outlets": outlets,
        "coverage": _joined(tallies.values()).shares(),
        "freshness": _freshness([lag for tally in tallies.values() for lag in tally.lags]),
        "hours": _hours(tallies, time_with_offset(facts.ended)),
        "listings": [row for outlet in outlets.values() for row in outlet["listings"]],
        "countries": _countries(tallies.values()),
        "agencies": _agencies(tallies),
        "stories": {"count": len(tally.stories), "sizes": tally.stories.histogram(), "moved": tally.moved},
        "reprinted": tally.stories.reprinted(),
        "refused": tally.refused.rows(),
        "withdrawn": tally.withdrawn,
        "slowest_hosts": _hosts(facts),
        "fallen": [],
        "warnings": [],
    }


def _run(facts: RunFacts) -> dict[str, Any]:
    started, ended = time_with_offset(facts.started), time_with_offset(facts.ended)
    seconds = round((ended - started).total_seconds(), 1) if started and ended else None
    return {
        "id": facts.run_id,
        "started": facts.started,
        "ended": facts.ended,
        "seconds": seconds,
        "schema_version": SCHEMA_VERSION,
        "reader_version": facts.reader_version,
    }


def _outlet(name: str, tally: OutletTally, facts: OutletFacts) -> dict[str, Any]:
    outcomes, of_listings = facts.outcomes, facts.listing_outcomes
    if facts.requests is None and not outcomes:  # the crawl left no counts, as after a crash: count its lines
        outcomes = {"exported": tally.articles, "copy": tally.copies, **tally.lost}
        of_listings = dict(sorted(tally.lost_listings.items()))
    reasons = {outcome: _reasons(outcome, outcomes) for outcome in ("gone", "refused", "failed", "filtered")}
    counts = {outcome: _count(outcome, outcomes) for outcome in OUTCOMES}
    requests = sum(counts.values()) if facts.requests is None else facts.requests
    return {
        "name_hi": facts.name_hi or tally.name_hi,
        "requests": requests,
        "outcomes": counts,
        "reasons": reasons,
        "balanced": requests == sum(counts.values()),
        "finish_reason": facts.finish_reason,
        "errors": facts.errors,
        "unreachable": is_unreachable(outcomes, of_listings),
        "met_deadline": facts.met_deadline,
        "waits": facts.waits,
        "left_alone": dict(facts.left_alone),
        "articles": tally.articles,
        "copies": tally.copies,
        "coverage": tally.coverage.shares(),
        "body_chars": rounded_median(tally.chars),
        "freshness": _freshness(tally.lags),
        "generic_share": round(tally.generic / tally.items, 4) if tally.items else None,
        "statuses": {str(status): count for status, count in sorted(facts.answers.statuses.items())},
        "listing_outcomes": dict(of_listings),
        "listings": [listing_row(name, counts) for counts in facts.listings],
        "countries": dict(ranked(tally.countries.items())),
        "agencies": dict(ranked(tally.agencies.items())),
        "state": Health.UNKNOWN.value,
    }


def _count(outcome: str, outcomes: Mapping[str, int]) -> int:
    return sum(count for name, count in outcomes.items() if name.split("/")[0] == outcome)


def _reasons(outcome: str, outcomes: Mapping[str, int]) -> dict[str, int]:
    named = [(name.split("/", 1)[1], count) for name, count in outcomes.items() if name.startswith(f"{outcome}/")]
    return dict(ranked(named))


def _totals(outlets: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    outcomes = {name: sum(outlet["outcomes"][name] for outlet in outlets.values()) for name in OUTCOMES}
    requests = sum(outlet["requests"] for outlet in outlets.values())
    return {
        "outlets": len(outlets),
        "outlets_with_articles": sum(bool(outlet["articles"] + outlet["copies"]) for outlet in outlets.values()),
        "requests": requests,
        **outcomes,
        "balanced": all(outlet["balanced"] for outlet in outlets.values()),
    }


def _freshness(lags: Sequence[float]) -> dict[str, Any]:
    return {"articles": len(lags), "median_hours": rounded_median(lags), "p90_hours": rounded_p90(lags)}


def _joined(tallies: Iterable[OutletTally]) -> Coverage:
    joined = Coverage()
    for tally in tallies:
        joined.join(tally.coverage)
    return joined


def _hours(tallies: Mapping[str, OutletTally], ended: datetime | None) -> dict[str, Any]:
    """Return counts of articles by hour of publication, for the 24 hours that end when the newest page was fetched."""
    fetched = [tally.newest_fetch for tally in tallies.values() if tally.newest_fetch]
    end = max(fetched, default=ended)
    if end is None:
        return {"from": None, "zone": "+05:30", "outlets": {}}
    last = end.astimezone(INDIA).replace(minute=0, second=0, microsecond=0)
    hours = [last - timedelta(hours=back) for back in reversed(range(_HOURS))]
    rows = {name: _row(tally, hours) for name, tally in tallies.items() if tally.items}
    return {"from": hours[0].isoformat(), "zone": "+05:30", "outlets": rows}


def _row(tally: OutletTally, hours: list[datetime]) -> dict[str, Any]:
    counts = [tally.published[hour] for hour in hours]
    known = tally.published.total()
    return {"hours": counts, "other": known - sum(counts), "unknown": tally.items - known}


def _countries(tallies: Iterable[OutletTally]) -> list[dict[str, Any]]:
    counts: Counter[str] = Counter()
    for tally in tallies:
        counts.update(tally.countries)
    return [{"country": country, "articles": count} for country, count in ranked(counts.items())]


def _agencies(tallies: Mapping[str, OutletTally]) -> list[dict[str, Any]]:
    counts: Counter[str] = Counter()
    for tally in tallies.values():
        counts.update(tally.agencies)
    names = {agency: name for tally in tallies.values() for agency, name in tally.names.items()}
    return [
        {
            "agency": agency,
            "name": names[agency],
            "articles": count,
            "outlets": dict(ranked((name, t.agencies[agency]) for name, t in tallies.items() if t.agencies[agency])),
        }
        for agency, count in ranked(counts.items())
    ]


def _hosts(facts: RunFacts) -> list[dict[str, Any]]:
    hosts: dict[str, HostTime] = {}
    for outlet in facts.outlets.values():
        for host, time in outlet.answers.hosts.items():
            joined = hosts.setdefault(host, HostTime())
            joined.answers += time.answers
            joined.seconds += time.seconds
    means = [(round(time.mean, 3), host) for host, time in hosts.items()]
    slowest = sorted(means, key=lambda mean: (-mean[0], mean[1]))[:_MOST_HOSTS]
    return [{"host": host, "requests": hosts[host].answers, "seconds": seconds} for seconds, host in slowest]


def listing_row(outlet: str, counts: ListingCounts) -> dict[str, Any]:
    """Return a listing's row of the report: its state, and the counts of what it announced.

    The state is `read`, `unchanged`, `broken` (read in part), `dead` (not read, or nothing new for days) or `unread`
    (not requested); the reason is set for `broken` and `dead` ones, and for a listing one of whose URLs is dead.
    """
    state = next((state for state in _STATES if getattr(counts, state)), "unread")
    reason = counts.broken or counts.dead
    if counts.died:
        state, reason = "dead", counts.died
    row = {"outlet": outlet, "url": counts.url, "state": state, "reason": str(reason) if reason else None}
    return row | {name: getattr(counts, name) for name in _COUNTS}
