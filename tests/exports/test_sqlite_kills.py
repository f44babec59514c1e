"""An export into a database that is killed leaves the database of before."""

import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.commands.running import ROOT
from tests.exports.databases import contents, database, publish_news, publish_six
from tests.exports.dying import die_in
from tests.exports.dying_databases import STEPS, export_in_small_steps, left_behind
from tests.exports.published_runs import edition, publish, write_catalog


def check_kills(folder: Path, steps: Iterable[int]) -> tuple[int, int]:
    """Kill an export at each of the steps and check what it left; return the deaths, and those that were undone."""
    deaths = undone = 0
    for step in steps:
        root, out = folder / str(step) / "exports", folder / str(step) / "v.db"
        publish_six(root)
        assert database(root, out) == 0
        before = contents(out)
        publish_news(root)

        died = die_in(step, STEPS, export_in_small_steps, str(root), str(out))

        undone += "-journal" in left_behind(out)
        left = contents(out)
        assert database(root, out) == 0
        after = contents(out)
        assert left in (before, after)
        assert before != after
        assert left_behind(out) == set()
        if not died:
            break
        deaths += 1
    return deaths, undone


def test_an_export_that_is_killed_leaves_the_old_state(tmp_path: Path) -> None:
    assert check_kills(tmp_path, [12]) == (1, 1)


@pytest.mark.soak
def test_an_export_that_is_killed_at_any_step_leaves_the_old_state(tmp_path: Path) -> None:
    deaths, undone = check_kills(tmp_path, range(100))

    assert deaths >= 15
    assert undone >= 5


@pytest.mark.soak
def test_an_export_that_another_process_kills_at_any_moment_leaves_the_old_state(tmp_path: Path) -> None:
    root, out, begun = tmp_path / "exports", tmp_path / "v.db", 0
    texts = {f"a{number}": f"पुल {number} " * 400 for number in range(1, 301)}
    publish(root, 1, articles=[edition(name, sequence=n, text=text) for n, (name, text) in enumerate(texts.items(), 1)])
    write_catalog(root)
    assert database(root, out) == 0
    before = contents(out)
    more = [edition(name, 2, sequence=n, text=text[::-1]) for n, (name, text) in enumerate(texts.items(), 301)]
    publish(root, 2, articles=more)
    write_catalog(root)
    code = "from tests.exports.dying_databases import *; import sys; export_in_small_steps(*sys.argv[1:])"

    for delay in (0.0, 0.02, 0.05, 0.1, 0.2, 0.4):  # seconds after the file has begun to change
        process = subprocess.Popen([sys.executable, "-c", code, str(root), str(out)], cwd=ROOT)
        while process.poll() is None and "-journal" not in left_behind(out):
            time.sleep(0.001)
        time.sleep(delay)
        process.kill()
        process.wait()
        begun += "-journal" in left_behind(out)
        if process.returncode == 0:
            break
        assert contents(out) == before
    assert begun >= 3
    assert database(root, out) == 0
    assert len(contents(out)["revisions"]) == 600
