"""How much an article takes on the disk while its story may go on, and after that: the README says what is measured."""

import re
from pathlib import Path

import pytest

from tools.store_growth import measure_growth

ROOT = Path(__file__).resolve().parent.parent.parent


def test_an_article_takes_as_much_room_as_the_readme_says(tmp_path: Path) -> None:
    growth = measure_growth(tmp_path)

    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    said = re.search(r"grows by about (\d+) MB for a million articles, and by ([\d.]+) KB more for each", readme)
    assert growth.later <= 1_000
    assert growth.later + growth.more <= 3_150
    assert said is not None
    assert growth.later == pytest.approx(int(said[1]), rel=0.1)
    assert growth.more == pytest.approx(float(said[2]) * 1_000, rel=0.1)
