"""The report of one outlet in one run: plain values that JSON holds, kept in the store as its history."""

from collections import defaultdict
from datetime import datetime
from typing import Any, TypedDict

from crawler.extensions.outcomes import Ledger
from crawler.reports.gathering import Gathering

_LISTING = ("announced", "articles", "new", "unseen", "known", "offsite", "too_old", "gone", "read", "unchanged")


class OutletReport(TypedDict):
    """One outlet's crawl; the keys are part of report.json's promise."""

    outlet: str
    run: str
    started_at: str
    ended_at: str
    finish_reason: str
    requests: dict[str, int]
    outcomes: dict[str, dict[str, int]]
    balanced: bool
    articles: int
    coverage: dict[str, float]
    body_from: dict[str, int]
    body_length: dict[str, int] | None
    lag_minutes: dict[str, int] | None
    hours: dict[str, int]
    countries: dict[str, int]
    agencies: dict[str, int]
    listings: dict[str, dict[str, Any]]
    hosts: dict[str, dict[str, float]]
    errors: int


def outlet_report(
    *, outlet: str, run: str, began: datetime, ended: datetime, reason: str, stats: dict[str, Any], ledger: Ledger,
    gathering: Gathering,
) -> OutletReport:  # fmt: skip
    """Return what an outlet's crawl came to."""
    over_limit = int(stats.get("article/over_limit", 0))
    outcomes = {"articles": ledger.outcomes("articles"), "listings": ledger.outcomes("listings")}
    if over_limit:
        outcomes["articles"]["filtered/limit"] = over_limit
    return OutletReport(
        outlet=outlet,
        run=run,
        started_at=began.isoformat(timespec="seconds"),
        ended_at=ended.isoformat(timespec="seconds"),
        finish_reason=reason,
        requests={
            "articles": ledger.requests["articles"] + over_limit,
            "listings": ledger.requests["listings"],
        },
        outcomes=outcomes,
        balanced=ledger.is_balanced(),
        articles=gathering.articles,
        coverage=gathering.coverage(),
        body_from=dict(gathering.body_from.most_common()),
        body_length=gathering.body_length(),
        lag_minutes=gathering.lag(),
        hours=dict(sorted(gathering.hours.items())),
        countries=dict(gathering.countries.most_common()),
        agencies=dict(gathering.agencies.most_common()),
        listings=_listings(outlet, stats),
        hosts=_hosts(gathering),
        errors=int(stats.get("log_count/ERROR", 0)),
    )


def _listings(outlet: str, stats: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what each listing yielded, from `listing/<outlet>/<address>/<what>`."""
    found: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    prefix = f"listing/{outlet}/"
    for name, value in stats.items():
        if name.startswith(prefix):
            address, _, what = name.removeprefix(prefix).rpartition("/")
            if what in _LISTING or what in ("dead", "broken", "died"):
                found[address][what] = value
    return {address: dict(sorted(told.items())) for address, told in sorted(found.items())}


def _hosts(gathering: Gathering) -> dict[str, dict[str, float]]:
    return {
        host: {"answers": int(count), "mean_seconds": round(total / count, 3), "longest_seconds": round(longest, 3)}
        for host, (count, total, longest) in sorted(gathering.hosts.items())
    }
