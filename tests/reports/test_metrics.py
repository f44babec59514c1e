"""Metrics and traces of a run; the dashboard's queries are put to a real Prometheus."""

import json
import re
import shutil
import socket
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from prometheus_client.parser import text_string_to_metric_families as older_parser

from crawler.reports.build import build_report
from crawler.reports.metrics import write_metrics
from crawler.reports.tally import RunTally
from crawler.reports.write import write_report
from crawler.runs.traces import trace_run
from tests.commands.running import ROOT, scrapy
from tests.reports.runs import FACTS, write_run

DASHBOARD = json.loads((ROOT / "docs" / "grafana.json").read_text(encoding="utf-8"))
_OUTLET_FIRST = ["outlet", "field", "kind", "outcome", "reason", "state", "status"].index
QUERIES = [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return write_report(write_run(tmp_path_factory.mktemp("metrics") / "run=1"), FACTS)


@pytest.fixture
def metrics(report: dict[str, Any], tmp_path: Path) -> Path:
    path = tmp_path / "textfile" / "videsh.prom"
    write_metrics(path, report, 3)
    return path


def samples(path: Path) -> dict[tuple[str, ...], float]:
    families: Any = text_string_to_metric_families(path.read_text(encoding="utf-8"))  # type: ignore[no-untyped-call]
    return values_of(families)


def values_of(families: Any) -> dict[tuple[str, ...], float]:
    """Return the value of each sample by its name, its outlet and its other label."""
    found = [each for family in families for each in family.samples]
    return {
        (each.name, *(each.labels[key] for key in sorted(each.labels, key=_OUTLET_FIRST))): each.value for each in found
    }


def test_the_metrics_are_the_figures_of_the_report(report: dict[str, Any], metrics: Path) -> None:
    found = samples(metrics)

    assert found["videsh_run_exit_code",] == 3
    assert found["videsh_run_outlets",] == len(report["outlets"])
    for name, outlet in report["outlets"].items():
        for outcome, count in outlet["outcomes"].items():
            assert found["videsh_outlet_articles", name, outcome] == count
        assert found["videsh_outlet_state", name, outlet["state"]] == 1
    failing = {each["outlet"] for each in report["warnings"] if each["fails"] or each["alarm"]}
    assert {key[1] for key, value in found.items() if key[0] == "videsh_outlet_alarm" and value} == failing != set()


def test_the_metrics_are_read_as_openmetrics_and_in_the_older_format_of_node_exporter(metrics: Path) -> None:
    text = metrics.read_text(encoding="utf-8")

    assert text.endswith("# EOF\n")
    assert values_of(older_parser(text)) == samples(metrics)


@pytest.mark.foreign
@pytest.mark.skipif(shutil.which("promtool") is None, reason="needs promtool: apt-get install prometheus")
def test_promtool_finds_nothing_to_say_about_the_metrics(metrics: Path) -> None:
    with metrics.open() as text:
        done = subprocess.run(["promtool", "check", "metrics"], stdin=text, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_run_writes_its_metrics_and_goes_on_if_it_cannot(tmp_path: Path) -> None:
    settings = ("-s", f"ARCHIVE_REPLAY={ROOT}/demo/demo.warc.gz", "-s", "STORE=", "-s", f"EXPORTS={tmp_path}/exports")

    done = scrapy("newsroom", "zee", *settings, "-s", f"METRICS={tmp_path}/videsh.prom")
    barred = scrapy("newsroom", "zee", *settings, "-s", f"METRICS={tmp_path}/videsh.prom/no.prom")

    assert (done.code, barred.code) == (0, 0)
    assert samples(tmp_path / "videsh.prom")["videsh_outlet_articles", "zee", "exported"] == 2
    assert "METRICS: " in barred.err
    assert "cannot be written" in barred.err


def test_a_run_is_a_span_with_one_below_it_for_each_outlet(report: dict[str, Any]) -> None:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))

    trace_run(provider, report, [], 3)

    *outlets, run = exporter.get_finished_spans()
    assert run.name == "run"
    assert run.attributes is not None
    assert run.attributes["videsh.exit_code"] == 3
    assert [span.name for span in outlets] == [f"crawl {name}" for name in report["outlets"]]
    assert all(span.parent is not None and span.parent.span_id == run.context.span_id for span in outlets)
    failed = {span.name.removeprefix("crawl ") for span in outlets if span.status.status_code is StatusCode.ERROR}
    assert failed == {each["outlet"] for each in report["warnings"] if each["fails"]} - {"all outlets"}


class _Collector(BaseHTTPRequestHandler):
    """Counts the spans that OTLP brings."""

    paths: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        """Keep the path of a request."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self.paths.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.mark.parametrize("is_there", [True, False])
def test_a_run_sends_its_spans_and_goes_on_if_nobody_takes_them(is_there: bool, tmp_path: Path) -> None:
    settings = ("-s", f"ARCHIVE_REPLAY={ROOT}/demo/demo.warc.gz", "-s", "STORE=", "-s", f"EXPORTS={tmp_path}/exports")
    _Collector.paths.clear()
    with HTTPServer(("127.0.0.1", 0), _Collector) as collector:
        Thread(target=collector.serve_forever, daemon=True).start()
        port = collector.server_port if is_there else free_port()
        otlp = {"OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{port}", "no_proxy": "127.0.0.1"}
        done = scrapy("newsroom", "zee", *settings, "-s", "TRACES=1", environment=otlp)
        collector.shutdown()

    assert done.code == 0
    assert _Collector.paths == ["/v1/traces"] * is_there


def test_every_metric_of_the_dashboard_is_written(metrics: Path) -> None:
    names = {key[0] for key in samples(metrics)}

    asked = {word for query in QUERIES for word in re.split(r"[^\w]+", query)}
    assert {word for word in asked if word.startswith("videsh_")} <= names


@contextmanager
def serving(*command: str) -> Iterator[None]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            yield
        finally:
            server.kill()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def ask(port: int, query: str) -> list[Any]:
    url = f"http://127.0.0.1:{port}/api/v1/query?{urllib.parse.urlencode({'query': query})}"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=5) as answer:
            rows: list[Any] = json.load(answer)["data"]["result"]
    except OSError:  # it is not up yet
        return []
    return rows


def wait_for(port: int, query: str) -> None:
    until = time.monotonic() + 60
    while not ask(port, query):
        assert time.monotonic() < until, query
        time.sleep(0.2)


@pytest.mark.soak
@pytest.mark.skipif(
    shutil.which("prometheus") is None or shutil.which("prometheus-node-exporter") is None,
    reason="needs Prometheus: apt-get install prometheus prometheus-node-exporter",
)
def test_each_query_of_the_dashboard_has_a_value_in_prometheus_after_three_runs(tmp_path: Path) -> None:
    exporter, server = free_port(), free_port()
    job = {"job_name": "node", "static_configs": [{"targets": [f"127.0.0.1:{exporter}"]}]}
    config = {"global": {"scrape_interval": "1s"}, "scrape_configs": [job]}
    (tmp_path / "prometheus.yml").write_text(json.dumps(config), encoding="utf-8")
    textfile = tmp_path / "textfile" / "videsh.prom"
    with ExitStack() as servers:
        listen = ("--collector.disable-defaults", "--collector.textfile")
        servers.enter_context(
            serving(
                "prometheus-node-exporter",
                *listen,
                f"--collector.textfile.directory={textfile.parent}",
                f"--web.listen-address=127.0.0.1:{exporter}",
            )
        )
        servers.enter_context(
            serving(
                "prometheus",
                f"--config.file={tmp_path / 'prometheus.yml'}",
                f"--storage.tsdb.path={tmp_path / 'data'}",
                f"--web.listen-address=127.0.0.1:{server}",
            )
        )
        for number, minutes in enumerate((0, 15, 30)):
            ended = f"2026-11-24T05:{minutes:02}:00+00:00"
            run = write_run(tmp_path / f"run={number}")
            write_metrics(textfile, write_report(run, replace(FACTS, ended=ended)), number)
            wait_for(server, f"videsh_run_exit_code == {number}")

        silent = [query for query in QUERIES if not ask(server, query.replace("$outlet", ".*"))]

    assert len(QUERIES) > 10
    assert silent == []


def test_an_empty_run_has_metrics(tmp_path: Path) -> None:
    write_metrics(tmp_path / "empty.prom", build_report(replace(FACTS, outlets={}), RunTally()), 5)

    assert samples(tmp_path / "empty.prom")["videsh_run_exit_code",] == 5
