"""Scores of datelines, credits and cited media on the shared labelled examples, against floors that only rise."""

import json
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.commands.running import ROOT, scrapy

FLOORS = json.loads((ROOT / "tests" / "labelled" / "floors.json").read_text(encoding="utf-8"))
SETS = ("wire", "fresh", "tails", "forms", "tricky")
MEASURES = [(name, measure) for name in SETS for measure in sorted(FLOORS[name])]
Score = Callable[[str], dict[str, float]]

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def score(evidence: Path, tmp_path_factory: pytest.TempPathFactory) -> Score:
    """Score `scrapy extract` on a shared set, without the rows that floors.json leaves out."""
    folder = tmp_path_factory.mktemp("wire")

    @cache
    def scored(name: str) -> dict[str, float]:
        return score_set(name, evidence, folder / name)

    return scored


def score_set(name: str, evidence: Path, folder: Path) -> dict[str, float]:
    fresh = evidence / "fresh" / "wire"
    rows = evidence / "wire" / "examples.jsonl" if name == "wire" else fresh / f"{name}.jsonl"
    places = evidence / "wire" / "places.csv" if name == "wire" else fresh / "fresh_places.csv"
    lines = rows.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if json.loads(line)["id"] not in FLOORS["left_out"]]
    folder.mkdir()
    examples = folder / "examples.jsonl"
    examples.write_text("".join(kept), encoding="utf-8")
    tool = "score_tricky.py" if name == "tricky" else "score_wire.py"
    scorer = [sys.executable, str(evidence.parent / "tools" / tool)]
    subprocess.run([*scorer, "pages", examples, folder / "pages"], check=True)
    read = folder / "read.jsonl"
    read.write_text(scrapy("extract", folder / "pages" / "manifest.jsonl").out, encoding="utf-8")
    arguments = [examples, read] if name == "tricky" else [examples, places, read]
    done = subprocess.run([*scorer, "score", *arguments], check=True, capture_output=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize(("name", "measure"), MEASURES)
def test_a_score_holds_its_floor(name: str, measure: str, score: Score) -> None:
    assert score(name)[measure] >= FLOORS[name][measure], score(name)


def test_every_example_is_read(score: Score) -> None:
    assert score("wire")["unread"] == 0


def test_at_most_two_in_a_hundred_rows_are_left_out() -> None:
    assert len(FLOORS["left_out"]) <= 0.02 * 479
