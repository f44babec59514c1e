"""`scrapy export --since latest` that is killed at any moment: its file is absent or whole, and its cursor is true."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from scrapy.cmdline import execute

from crawler.exports.cursor import cursor_file
from crawler.exports.last_editions import LastEditions
from crawler.exports.published import PublishedPart
from crawler.lock import Lock
from tests.exports.dying import die_in
from tests.exports.published_runs import edition, exported, move, publish, withdrawal
from tests.runs.replaying import lines

STEPS = (
    (Lock, "take"),
    (Lock, "release"),
    (LastEditions, "add"),
    (LastEditions, "withdraw"),
    (LastEditions, "move"),
    (LastEditions, "apply"),
    (LastEditions, "taken"),
    (PublishedPart, "read"),
    (Path, "replace"),
    (Path, "unlink"),
)
"""The process dies before or after a call of one of these."""
OUT = "out.jsonl"


def export_latest(root: str, out: str) -> None:
    """Run `scrapy export --since latest` in this process."""
    execute(["scrapy", "export", "-s", f"EXPORTS={root}", "--since", "latest", "--to", "jsonl", out])


def state_of(*increments: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the articles that increments leave, put together."""
    last = {row["id"]: row for increment in increments for row in increment}
    return {name: row for name, row in last.items() if not row["withdrawn_at"]}


def try_steps(folder: Path, steps: Iterable[int]) -> int:
    """Kill an export at each of the steps, check what it left, export again, and return the number of deaths."""
    deaths = 0
    for step in steps:
        place = folder / str(step)
        root, out = place / "exports", place / OUT
        publish(root, 1, articles=[edition(f"a{number}", sequence=number) for number in range(1, 7)])
        first = exported(root, out, "--since", "latest")
        before = out.read_bytes()
        publish(root, 2, articles=[edition("a2", 2, sequence=7), edition("a8", sequence=8)])
        publish(root, 3, withdrawn=[withdrawal("a3", sequence=9)], story_moves=[move("a4", "s-a4", "s", sequence=10)])
        whole = exported(root, place / "whole.jsonl", "--since", "6")

        died = die_in(step, STEPS, export_latest, str(root), str(out))

        left = lines(out)
        cursor = json.loads(cursor_file(out).read_bytes())["cursor"]
        assert out.read_bytes() == before or left == whole
        assert cursor == 6 or (cursor, left) == (10, whole)
        publish(root, 4, articles=[edition("a11", sequence=11)])
        after = exported(root, out, "--since", "latest")
        assert state_of(first, left, after) == state_of(exported(root, place / "all.jsonl"))
        assert sorted(path.name for path in place.iterdir()) == sorted(
            [cursor_file(out).name, "all.jsonl", "exports", OUT, "whole.jsonl"]
        )
        if not died:
            break
        deaths += 1
    return deaths


def test_an_export_that_is_killed_leaves_a_whole_file_and_a_true_cursor(tmp_path: Path) -> None:
    assert try_steps(tmp_path, range(4, 1_000, 10)) >= 5


@pytest.mark.soak
def test_an_export_that_is_killed_at_any_step_leaves_a_whole_file_and_a_true_cursor(tmp_path: Path) -> None:
    assert try_steps(tmp_path, range(1_000)) >= 50
