"""docs/quality.md shows each reader on all sets of pages side by side, and says where the sets come from."""

from pathlib import Path

import pytest

from tools.eval import Pages, report, sets_of
from tools.page_scores import read_fixtures

ROOT = Path(__file__).resolve().parent.parent
OWN = read_fixtures(ROOT / "tests" / "pages")


def of(*outlets: str) -> Pages:
    labels = [label for label in OWN if label.file.parent.name in outlets]
    return Pages(name=outlets[0], labels=labels, seen="yes, by this test")


def test_a_set_tells_its_outlets_its_years_and_who_has_seen_it() -> None:
    row = of("ddnews", "sputnik").row()

    assert row == "| ddnews | 4 | ddnews 2, sputnik 2 | 2026–2026 | yes, by this test |"


def test_a_set_of_many_outlets_tells_how_many() -> None:
    assert "| each of 3" in Pages(name="own", labels=OWN, seen="yes").row()


def test_the_figures_of_a_reader_stand_side_by_side_in_the_order_of_the_sets(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = report([of("ddnews"), of("sputnik")], [], misses=False)

    assert "## The readers: ddnews / sputnik" in text
    ours = next(line for line in text.splitlines() if line.startswith("| **Videsh** |"))
    headline, published = ours.split(" | ")[1:3]
    assert headline.count(" / ") == published.count(" / ") == 1


def test_without_the_shared_pages_the_own_ones_are_measured(tmp_path: Path) -> None:
    (tmp_path / "project" / "tests").mkdir(parents=True)
    (tmp_path / "project" / "tests" / "pages").symlink_to(ROOT / "tests" / "pages")

    assert [each.name for each in sets_of(tmp_path / "project")] == ["own"]


@pytest.mark.shared
def test_old_fresh_and_own_pages_are_measured(evidence: Path) -> None:
    assert [each.name for each in sets_of(ROOT)] == ["old", "fresh", "own"]


def test_the_report_in_the_docs_has_all_three_sets() -> None:
    text = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")

    assert "## The readers: old / fresh / own" in text
    assert text.count("| yes") == 3
