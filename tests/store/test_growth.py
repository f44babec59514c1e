"""How much an article takes on the disk while its story may go on, and after that: documents say what is measured."""

import re
from pathlib import Path
from typing import Any

import pytest

from tools.store_growth import measure_growth, measure_server_growth

ROOT = Path(__file__).resolve().parent.parent.parent


def words_of(name: str) -> str:
    """Return the text of a document without its line breaks."""
    return " ".join((ROOT / name).read_text(encoding="utf-8").split())


def test_an_article_takes_as_much_room_as_the_readme_says(tmp_path: Path) -> None:
    growth = measure_growth(tmp_path)

    readme = words_of("README.md")
    said = re.search(r"grows by about (\d+) MB for a million articles, and by ([\d.]+) KB more for each", readme)
    assert growth.later <= 1_000
    assert growth.later + growth.more <= 3_150
    assert said is not None
    assert growth.later == pytest.approx(int(said[1]), rel=0.1)
    assert growth.more == pytest.approx(float(said[2]) * 1_000, rel=0.1)
    assert f"take {said[1]} B, and its text {said[2]} KB for two weeks" in words_of("docs/scale.md")
    assert f"grows by about {said[1]} MB for a million articles" in words_of("docs/decisions/sqlite.md")


@pytest.mark.soak
def test_an_article_takes_as_much_room_on_a_server_as_the_page_on_scale_says(postgres: Any) -> None:
    growth = measure_server_growth(postgres)

    page = words_of("docs/scale.md")
    said = re.search(r"addresses x (\d+) B = .*? articles x (\d+) B = .*? 28 million x ([\d.]+) KB", page)
    assert said is not None
    assert growth.address == pytest.approx(int(said[1]), rel=0.1)
    assert growth.article == pytest.approx(int(said[2]), rel=0.1)
    assert growth.text == pytest.approx(float(said[3]) * 1_000, rel=0.1)
