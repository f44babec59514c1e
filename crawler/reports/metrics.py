"""The figures of a run as metrics in OpenMetrics text, for the textfile collector of Prometheus' node_exporter."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.openmetrics.exposition import generate_latest
from prometheus_client.registry import Collector

from crawler.reports.health import is_bad
from crawler.reports.tally import time_with_offset
from crawler.whole_files import write_whole


def write_metrics(path: Path, report: Mapping[str, Any], exit_code: int) -> None:
    """Write the metrics of a finished run, atomically; the file is of the last run alone."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures(report, exit_code))
    path.parent.mkdir(parents=True, exist_ok=True)
    text: bytes = generate_latest(registry)  # type: ignore[no-untyped-call]
    write_whole(path, text.decode("utf-8"))


class _Figures(Collector):
    """All figures are gauges of the last run: a command that ends has no counters that only grow."""

    def __init__(self, report: Mapping[str, Any], exit_code: int) -> None:
        self._report = report
        self._exit_code = exit_code

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield each metric with its samples."""
        run, outlets = self._report["run"], self._report["outlets"]
        ended = time_with_offset(run["ended"])
        since_1970 = ended.timestamp() if ended else 0
        yield GaugeMetricFamily("videsh_run_end_seconds", "When the last run ended, since 1970", since_1970)
        yield GaugeMetricFamily("videsh_run_duration_seconds", "How long the last run took", run["seconds"] or 0)
        yield GaugeMetricFamily("videsh_run_exit_code", "With which exit code the last run ended", self._exit_code)
        yield GaugeMetricFamily("videsh_run_outlets", "Number of outlets in the last run", len(outlets))
        yield self._by_outlet("articles", "Requested articles by outcome", "outcome", lambda each: each["outcomes"])
        yield self._by_outlet("failures", "Failed articles by reason", "reason", lambda each: each["reasons"]["failed"])
        yield self._by_outlet("responses", "Responses by HTTP status", "status", lambda each: each["statuses"])
        yield self._by_outlet("listings", "Listings by state", "state", _listing_states)
        yield self._by_outlet("state", "1 for the state of the outlet", "state", lambda each: {each["state"]: 1})
        yield self._by_outlet("field_share", "Share of articles that have a field", "field", _fields)
        yield self._one_each("waiting_articles", "Articles that wait for the next run", lambda each: each["waits"])
        yield self._one_each("age_seconds", "Median age of the articles", _age)
        yield self._one_each("body_characters", "Median length of the texts", lambda each: each["body_chars"])
        yield self._warnings()

    def _by_outlet(self, name: str, help: str, label: str, read: Any) -> GaugeMetricFamily:
        family = GaugeMetricFamily(f"videsh_outlet_{name}", help, labels=("outlet", label))
        for outlet, row in self._report["outlets"].items():
            for value, count in sorted(read(row).items()):
                family.add_metric((outlet, value), count)
        return family

    def _one_each(self, name: str, help: str, read: Any) -> GaugeMetricFamily:
        family = GaugeMetricFamily(f"videsh_outlet_{name}", help, labels=("outlet",))
        for outlet, row in self._report["outlets"].items():
            if (value := read(row)) is not None:
                family.add_metric((outlet,), value)
        return family

    def _warnings(self) -> GaugeMetricFamily:
        """Return 1 for each alarm and each new failure, and 0 for each outlet that has none."""
        family = GaugeMetricFamily("videsh_outlet_alarm", "Alarms of the last run", labels=("outlet", "kind"))
        bad = {(each["outlet"], each["kind"]) for each in self._report["warnings"] if is_bad(each)}
        named = {outlet for outlet, _ in bad}
        for outlet, kind in sorted(bad | {(name, "none") for name in self._report["outlets"] if name not in named}):
            family.add_metric((outlet, kind), kind != "none")
        return family


def _listing_states(outlet: Mapping[str, Any]) -> dict[str, int]:
    states = [listing["state"] for listing in outlet["listings"]]
    return {state: states.count(state) for state in states}


def _fields(outlet: Mapping[str, Any]) -> dict[str, float]:
    """Return the shares of the top fields; those of nested fields would be too many series."""
    return {name: share for name, share in outlet["coverage"].items() if share is not None and "." not in name}


def _age(outlet: Mapping[str, Any]) -> float | None:
    hours: float | None = outlet["freshness"]["median_hours"]
    return None if hours is None else hours * 3600
