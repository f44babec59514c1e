"""The page of curves shows the numbers that the code uses."""

import re
from pathlib import Path

import pytest

from tools.story_curves import NUMBERS, Number

HEADING = re.compile(r"^## `(\w+)` = (\S+)$", re.MULTILINE)


def test_the_page_has_a_curve_for_each_number_and_no_other(root: Path) -> None:
    page = (root / "docs" / "stories.md").read_text(encoding="utf-8")

    assert [name for name, _ in HEADING.findall(page)] == [number.name for number in NUMBERS]


@pytest.mark.parametrize("number", NUMBERS, ids=[number.name for number in NUMBERS])
def test_the_chosen_point_of_a_curve_is_the_number_of_the_code(number: Number, root: Path) -> None:
    page = (root / "docs" / "stories.md").read_text(encoding="utf-8")
    chosen = f"{getattr(number.module, number.name):g}"
    part = page.split(f"## `{number.name}` = ")[1].split("\n## ")[0]

    assert part.startswith(f"{chosen}\n")
    assert [line for line in part.splitlines() if line.startswith("| **")] == re.findall(
        rf"\| \*\*{chosen}\*\* \|.*", part
    )
    assert len(re.findall(r"^\| [*\d]", part, re.MULTILINE)) == 5
