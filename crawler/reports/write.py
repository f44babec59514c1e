"""At the end of a run, write its report beside its records, and keep its figures in the store."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from crawler.exports.jsonl import parts_of, read_rows
from crawler.reports.advice import OFFLINE
from crawler.reports.alarms import ALL_OUTLETS
from crawler.reports.build import build_report
from crawler.reports.facts import RunFacts
from crawler.reports.falls import fallen, largest
from crawler.reports.figures_kept import summary_of
from crawler.reports.health import CALM, CUT_OFF, HISTORY, REMEDIES, Finding, Health, remedy_for, state_of
from crawler.reports.html import report_page
from crawler.reports.judgement import judge_outlet
from crawler.reports.page_links import page_links
from crawler.reports.tally import RunTally, time_with_offset
from crawler.shelves import Shelf
from crawler.store.interface import Runs, Store
from crawler.whole_files import write_json, write_whole

NO_NETWORK = {
    "outlet": ALL_OUTLETS,
    "kind": CUT_OFF,
    "text": "this machine reaches no outlet",
    "alarm": True,
    "fails": True,
    "todo": "look at its network, its DNS and its proxy; no listing is counted as dead for it",
}
"""The only warning of a run without a network."""


def write_report(
    folder: Path, facts: RunFacts, store: Store | None = None, *, edition: Path | None = None
) -> dict[str, Any]:
    """Write report.json and report.html of a finished run into its folder, and return the report.

    Without a store the run is compared with no earlier run. `edition` is the folder to whose index the page leads.
    """
    report = build_report(facts, _tally_of(folder))
    _judge(report, store.runs if store is not None else None, facts)
    write_json(folder / "report.json", report)
    write_whole(folder / "report.html", report_page(report, page_links(folder, edition)))
    return report


def keep_history(facts: RunFacts, tally: RunTally, store: Store) -> dict[str, Any]:
    """Return the report of a run whose records went to feeds, as with `-O`; store its figures."""
    report = build_report(facts, tally)
    _judge(report, store.runs, facts)
    return report


def report_of_fault(facts: RunFacts, text: str) -> dict[str, Any]:
    """Return the report of a run that cannot write one: it says why, and nothing about outlets."""
    return build_report(replace(facts, outlets={}), RunTally()) | {"warnings": [_fault(text)]}


def read_run(folder: Path) -> dict[str, Any]:
    """Return a run's report: its report.json, or, if the run died before it wrote one, a report from its records."""
    path = folder / "report.json"
    if path.exists():
        report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return report
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    facts = RunFacts(
        run_id=manifest["run_id"],
        started=manifest.get("started_at"),
        ended=manifest.get("ended_at"),
        reader_version=manifest.get("reader_version"),
    )
    return build_report(facts, _tally_of(folder))


def finish_report(folder: Path, *, edition: Path | None = None) -> None:
    """Write the report of a run that died before it wrote one, from its records; the counts of its crawls are lost."""
    report = read_run(folder)
    write_json(folder / "report.json", report)
    write_whole(folder / "report.html", report_page(report, page_links(folder, edition)))


def _judge(report: dict[str, Any], runs: Runs | None, facts: RunFacts) -> None:
    """Compare each outlet with its past runs; set states, warnings and fallen figures; store the run's figures.

    A run without a network says nothing about outlets: it gets one warning, and only that the machine was offline is
    stored, until a run has a network again.
    """
    if facts.is_cut_off:
        report["warnings"].append(NO_NETWORK)
        for listing in report["listings"]:
            listing["state"] = "unread"
        if runs is not None:
            _keep(runs, report["run"], ALL_OUTLETS, {"state": OFFLINE, "findings": []})
        return
    if runs is not None and any(run["state"] == OFFLINE for run in runs.last(ALL_OUTLETS, 1)):
        _keep(runs, report["run"], ALL_OUTLETS, {"state": Health.WELL.value, "findings": []})
    if facts.errors:
        report["warnings"].append(_fault(f"{facts.errors} errors of the program"))
    report["warnings"] += map(_fault, facts.deaths)
    rows: list[dict[str, Any]] = []
    for name, outlet in report["outlets"].items():
        now = summary_of(outlet)
        past = [] if runs is None else [run for run in runs.last(name, HISTORY) if run["run"] != report["run"]["id"]]
        found = judge_outlet(now, past)
        outlet["state"] = state_of(now, found)
        report["warnings"] += _warnings(name, outlet, found)
        rows += fallen(name, now, past)
        if runs is not None:
            _keep(runs, report["run"], name, now | {"state": outlet["state"], "findings": [asdict(f) for f in found]})
    report["fallen"] = largest(rows)


def _fault(text: str) -> dict[str, Any]:
    finding = Finding(kind=Health.FAULT, text=text, alarm=False, fails=True)
    return {"outlet": ALL_OUTLETS, **asdict(finding), "kind": finding.kind.value, "todo": REMEDIES[Health.FAULT]}


def _warnings(name: str, outlet: dict[str, Any], found: Iterable[Finding]) -> Iterator[dict[str, Any]]:
    for each in found:
        if each.kind not in CALM:
            yield {"outlet": name, **asdict(each), "todo": remedy_for(each.kind, name)}
    if not outlet["balanced"]:
        text = f"{outlet['requests']} addresses were asked for, and {sum(outlet['outcomes'].values())} have an outcome"
        yield {
            "outlet": name,
            "kind": "unbalanced",
            "text": text,
            "alarm": True,
            "fails": True,
            "todo": "report it: an address was lost or counted twice, which is a fault of the program",
        }


def _keep(runs: Runs, run: dict[str, Any], outlet: str, summary: dict[str, Any]) -> None:
    ended = time_with_offset(run["ended"])
    runs.keep(run["id"], outlet, int(ended.timestamp()) if ended else 0, {"run": run["id"], **summary})


def _tally_of(folder: Path) -> RunTally:
    tally = RunTally()
    for shelf in Shelf:
        for part in parts_of([folder], shelf):
            for record in read_rows(part):
                tally.add(record, shelf)
    return tally
