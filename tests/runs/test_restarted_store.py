"""PostgreSQL is restarted when a run has opened its store, and nothing crawls yet."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.commands.running import ROOT
from tests.runs.lanes import Lanes
from tests.runs.test_workers import check_all_delivered

pytestmark = [pytest.mark.scale, pytest.mark.soak]
_HELD = """
import sys, time
from pathlib import Path
from scrapy.cmdline import execute
from scrapy.crawler import AsyncCrawlerProcess
from crawler.runs.shift import Shift

opened, go, of = Path(sys.argv[1]), Path(sys.argv[2]), {"work": Shift, "start": AsyncCrawlerProcess}[sys.argv[3]]
name = sys.argv[3]
begin = getattr(of, name)

def wait(self, *arguments, **named):
    opened.touch()
    while not go.exists():
        time.sleep(0.02)
    return begin(self, *arguments, **named)

setattr(of, name, wait)
sys.argv = ["scrapy", *sys.argv[4:]]
execute()
"""


@pytest.fixture
def server() -> Iterator[Any]:
    pytest.importorskip("psycopg", reason="needs psycopg, which the extra postgres installs")
    from tests.store.server import missing, running

    if reason := missing():
        pytest.skip(reason)
    with running(durable=True) as server:
        yield server


@pytest.mark.parametrize(
    ("held", "is_back"),
    [("work", True), ("work", False), ("start", True)],
    ids=["workers", "workers-and-no-server", "one-process"],
)
def test_a_restart_before_the_first_crawl_ends_the_run_and_the_next_one_exports_all(
    tmp_path: Path, server: Any, held: str, is_back: bool
) -> None:
    lanes = Lanes(tmp_path, 6, store=server.fresh(), seconds=0.3)
    opened, go = tmp_path / "opened", tmp_path / "go"
    with lanes.publisher:
        workers = ["--workers", "2"] if held == "work" else []
        command = [sys.executable, "-c", _HELD, str(opened), str(go), held, "newsroom", *lanes.options(), *workers]
        environment = {**os.environ, **lanes.environment}
        with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, encoding="utf-8") as run:
            while not opened.exists():
                assert run.poll() is None
                time.sleep(0.02)
            server.stop()
            if is_back:
                server.start()
            go.touch()
            _, said = run.communicate(timeout=100)

        assert run.returncode == 3, said
        assert said.count("the session has ended: see that the server runs, then run again") == 1, said
        assert "Traceback" not in said
        assert lanes.asked() <= 12  # of 36: a worker has a session of its own, until it is told to stop
        if not is_back:
            server.start()
        assert lanes.start().wait().code == 0

    check_all_delivered(lanes)
