"""every.sh, which runs a command again and again in a container that stays up."""

import subprocess
import time
from pathlib import Path

from deploy.check.running import DEPLOY

EVERY = DEPLOY / "every.sh"


def lines(path: Path, at_least: int) -> list[str]:
    """Return the lines of a file when it has this many."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        found = path.read_text(encoding="ascii").split() if path.exists() else []
        if len(found) >= at_least:
            return found
        time.sleep(0.02)
    raise TimeoutError(f"{path}: not {at_least} lines")


def test_it_runs_again_whatever_came_of_the_last_run(tmp_path: Path) -> None:
    with subprocess.Popen([EVERY, "0", "sh", "-c", "echo run >> log; sleep 0.05; exit 2"], cwd=tmp_path) as every:
        assert len(lines(tmp_path / "log", 3)) >= 3

        every.terminate()
        assert every.wait(30) == 0


def test_sigterm_ends_the_run_that_is_at_work_and_waits_for_its_end(tmp_path: Path) -> None:
    crawl = "trap 'sleep 0.3; echo ended >> log; exit 3' TERM; echo begun >> log; while :; do sleep 0.05; done"
    with subprocess.Popen([EVERY, "900", "sh", "-c", crawl], cwd=tmp_path) as every:
        lines(tmp_path / "log", 1)

        every.terminate()

        assert every.wait(30) == 0
        assert lines(tmp_path / "log", 2) == ["begun", "ended"]


def test_sigterm_ends_it_while_it_waits(tmp_path: Path) -> None:
    with subprocess.Popen([EVERY, "900", "sh", "-c", "echo run >> log"], cwd=tmp_path) as every:
        lines(tmp_path / "log", 1)

        every.terminate()

        assert every.wait(30) == 0
        assert lines(tmp_path / "log", 1) == ["run"]
