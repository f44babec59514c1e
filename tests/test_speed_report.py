"""docs/speed.md, and the verdicts of the benchmarks that write it."""

import json
from pathlib import Path
from random import Random

import pytest

from crawler.reading.page import read_page
from tools import bench
from tools.bench import Bench, Figure, interleaved, ratios
from tools.bench_crawl import flat, not_measured, of_gaps
from tools.made_pages import made_pages
from tools.prose import Prose
from tools.speed import DOCUMENT, document, names, section, sections


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Bench, "others", lambda self: 0.0)


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize(
    ("figure", "status"),
    [
        (Figure(name="within", values=[1.0, 1.2, 5.0], most=1.2), 0),
        (Figure(name="above", values=[1.0, 1.3, 5.0], most=1.2), 1),
        (Figure(name="below", values=[900.0], unit="/s", least=1000), 1),
        (Figure(name="without a limit", values=[900.0]), 0),
    ],
    ids=lambda value: value.name if isinstance(value, Figure) else "",
)
def test_a_benchmark_fails_if_a_median_passes_its_limit(figure: Figure, status: int) -> None:
    assert Bench("Tests").verdict([figure]) == status


def test_a_measurement_on_a_busy_machine_is_shown_and_not_judged(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(Bench, "others", lambda self: 0.5)
    monkeypatch.setenv(bench.FOUND, str(tmp_path / "found.jsonl"))
    assert Bench("Tests").verdict([Figure(name="slow", values=[2.0], most=1.0)], ["A note."]) == 0
    assert "not judged: other processes used 0.50 cores" in capsys.readouterr().out
    found = json.loads((tmp_path / "found.jsonl").read_text())
    assert found["rows"] == [{"name": "slow", "shown": "2.00 x", "limit": "at most 1.00", "verdict": "not judged"}]
    assert found["notes"] == ["A note."]


def test_each_round_runs_each_work_once_and_is_compared_with_its_own_floor() -> None:
    ran: list[str] = []

    def work(name: str, seconds: float) -> float:
        ran.append(name)
        return seconds * len(ran)

    found = interleaved({"floor": lambda: work("floor", 1.0), "ours": lambda: work("ours", 2.0)}, 3)
    assert [sorted(ran[at : at + 2]) for at in range(0, 8, 2)] == [["floor", "ours"]] * 4
    turns = {name: [at for at, each in enumerate(ran, 1) if each == name][1:] for name in found}
    expected = [2 * ours / floor for ours, floor in zip(turns["ours"], turns["floor"], strict=True)]
    assert ratios(found, "ours", "floor") == expected


def test_the_document_keeps_what_it_says_of_benchmarks_that_did_not_run() -> None:
    table = {"title": "T", "rows": [{"name": " a", "shown": "1 x", "limit": "", "verdict": "ok"}], "notes": ["N."]}
    said = {"reading": "## Reading\n\nold", "text": section([table], "2 cores.")}
    assert sections(document(said)) == said
    assert said["text"].endswith("| a | 1 x |  | ok |\n\nN.\n\n2 cores.")


def test_the_document_speaks_of_no_other_benchmark() -> None:
    assert set(sections(DOCUMENT.read_text(encoding="utf-8"))) == set(names())


def test_made_pages_have_the_size_of_real_ones_and_are_read() -> None:
    for page in made_pages(5):
        article = read_page(page.body, page.url)
        assert 60_000 < len(page.body) < 140_000
        assert 9 <= len(article.body) <= 14
        assert (article.published_precision, len(article.byline)) == ("second", 1)


def test_prose_is_the_same_for_the_same_chance() -> None:
    assert (
        Prose(Random(1)).paragraphs("लीमा")
        == Prose(Random(1)).paragraphs("लीमा")
        != Prose(Random(2)).paragraphs("लीमा")
    )


def test_a_crawl_s_memory_is_flat_if_the_most_pages_peak_where_the_fewest_do() -> None:
    (ours,) = flat([5_000, 1_000], {"ours": [132.0, 120.0], "Scrapy's defaults": [200.0, 100.0]})

    assert (ours.values, ours.most, ours.is_kept) == ([1.1], 1.05, False)
    assert list(flat([1_000], {"ours": [120.0]})) == []


def test_gaps_between_requests_are_judged_by_the_shortest_and_by_the_mean() -> None:
    early = {figure.name: figure.is_kept for figure in of_gaps("hosts", [1.0, 1.0, 1.0, 0.9])}
    late = {figure.name: figure.is_kept for figure in of_gaps("hosts", [1.0, 1.0, 1.0, 1.3])}

    assert early == {"hosts: shortest gap": False, "hosts: median gap": True, "hosts: mean gap": True}
    assert late == {"hosts: shortest gap": True, "hosts: median gap": True, "hosts: mean gap": False}


def test_limits_of_fast_crawls_that_cannot_be_measured_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.bench_crawl.find_spec", lambda name: None)

    assert list(not_measured()) == ["FAST=1 not measured: uvloop is not installed."]
