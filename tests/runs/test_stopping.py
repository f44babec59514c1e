"""SIGTERM ends a command with --every at once while it waits, and no round begins after it."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from scrapy.utils.project import get_project_settings

from crawler.lock import NamedLock
from crawler.store import open_store
from tests.commands.running import FORKS, LONGEST, Running, start
from tests.runs.replaying import run_folders

LOCAL = ("indiatv", "--replay", "demo/demo.warc.gz")


def stopped(run: Running, said: str) -> int:
    """Send SIGTERM to a command that has written a text to standard error, and return its exit code."""
    while said not in run.said():
        assert run.poll() is None, run.wait()
        time.sleep(0.02)
    run.send_signal(signal.SIGTERM)
    return run.wait(timeout=30).code


def test_sigterm_ends_the_wait_for_the_lock_of_the_store(tmp_path: Path) -> None:
    lock = NamedLock(tmp_path / "v.db.lock")
    lock.take_over()
    places = ("--out", str(tmp_path / "exports"), "-s", f"STORE=sqlite:///{tmp_path}/v.db")

    code = stopped(start("newsroom", *LOCAL, *places, "--every", "1h", "--wait"), "waiting for its end")

    assert code == 0
    assert not (tmp_path / "exports").exists()
    lock.release()


def test_sigterm_ends_the_wait_for_the_lanes_of_the_store(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/v.db"
    with closing(open_store(address)) as store:
        assert store.lanes.take_all()

        code = stopped(start("newsroom", "zee", "--share", "--every", "1h", "--wait", "-s", f"STORE={address}"), "wait")

    assert code == 0


def test_sigterm_ends_the_wait_for_the_next_delivery(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/v.db"
    run = start("deliver", "--every", "1h", "-s", f"STORE={address}", "--out", str(tmp_path / "exports"))

    assert stopped(run, "there is no store yet") == 0


@pytest.fixture
def begun_late(tmp_path: Path) -> Iterator[int | None]:
    """The exit code of a process in which SIGTERM came between the opening of a run and the start of its workers."""
    process = FORKS.Process(target=_stopped_before_its_workers, args=(tmp_path,))
    process.start()
    process.join(LONGEST)
    process.kill()
    process.join()
    yield process.exitcode
    process.close()


def test_a_run_that_is_stopped_before_its_workers_begin_starts_none(tmp_path: Path, begun_late: int | None) -> None:
    assert begun_late == 3  # as any run that was stopped
    (folder,) = run_folders(tmp_path)
    assert '"requests": 0' in (folder / "report.json").read_text(encoding="utf-8")
    with closing(open_store(f"sqlite:///{tmp_path}/v.db")) as store:
        assert store.lanes.held() == []


def _stopped_before_its_workers(folder: Path) -> None:
    from crawler.runs.components import prepare_settings
    from crawler.runs.shift import Shift
    from crawler.runs.stop import Stop

    settings = get_project_settings()
    places = {
        "STORE": f"sqlite:///{folder}/v.db",
        "EXPORTS": str(folder / "exports"),
        "RUN_ID": "20261124T060000Z-0000",
    }
    settings.setdict({**places, "ARCHIVE_REPLAY": str(Path("demo/demo.warc.gz").absolute())}, priority="cmdline")
    prepare_settings(settings)
    asyncio.set_event_loop(asyncio.new_event_loop())
    stop = Stop()
    stop.listen()
    shift = Shift(settings, ["indiatv"], {}, workers=1, is_shared=False, waits=False, again=None, stop=stop)
    os.kill(os.getpid(), signal.SIGTERM)

    shift.work()

    assert not shift.team._hands
    sys.exit(shift.end(strict=False))
