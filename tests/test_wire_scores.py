"""Datelines and credits on the shared labelled examples: floors that a change may raise, never lower."""

import json
import subprocess
import sys

import pytest

from tests.commands.running import ROOT, scrapy

FLOORS = json.loads((ROOT / "tests" / "labelled" / "floors.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    """Score `scrapy extract` on the shared examples, without the rows that floors.json leaves out."""
    shared = ROOT.parent / "shared"
    if not shared.is_dir():
        pytest.skip("needs ../shared, which stands beside the founders' checkout only")
    folder = tmp_path_factory.mktemp("wire")
    lines = (shared / "evidence" / "wire" / "examples.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if json.loads(line)["id"] not in FLOORS["left_out"]]
    examples = folder / "examples.jsonl"
    examples.write_text("".join(kept), encoding="utf-8")
    scorer = [sys.executable, str(shared / "tools" / "score_wire.py")]
    subprocess.run([*scorer, "pages", examples, folder / "pages"], check=True)
    read = scrapy("extract", folder / "pages" / "manifest.jsonl")
    (folder / "read.jsonl").write_text(read.out, encoding="utf-8")
    places = shared / "evidence" / "wire" / "places.csv"
    told = subprocess.run([*scorer, "score", examples, places, folder / "read.jsonl"], check=True, capture_output=True)
    found: dict[str, float] = json.loads(told.stdout.splitlines()[-1])
    return found


@pytest.mark.shared
@pytest.mark.parametrize("measure", sorted(FLOORS["wire"]))
def test_a_score_holds_its_floor(measure: str, scores: dict[str, float]) -> None:
    assert scores[measure] >= FLOORS["wire"][measure], scores


@pytest.mark.shared
def test_every_example_is_read(scores: dict[str, float]) -> None:
    assert scores["unread"] == 0


def test_at_most_two_in_a_hundred_rows_are_left_out() -> None:
    assert len(FLOORS["left_out"]) <= 0.02 * 479
