"""Locks: one running holder, which is named; none that is dead; no race during a release."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crawler.lock import Lock, LockedError, NamedLock
from tests.commands.running import FORKS

TURNS = 150


def test_one_holds_and_the_other_sees_it(tmp_path: Path) -> None:
    mine, other = Lock(tmp_path / "a.lock"), Lock(tmp_path / "a.lock")

    assert mine.take()
    assert not other.take()
    mine.release()
    assert not (tmp_path / "a.lock").exists()
    assert other.take()
    other.release()


def test_the_holder_is_named_until_it_releases_the_lock(tmp_path: Path) -> None:
    lock, other = NamedLock(tmp_path / "a.lock"), NamedLock(tmp_path / "a.lock")
    assert lock.take_over() is None

    with pytest.raises(LockedError, match=f"process {os.getpid()}, running since"):
        other.take_over()

    lock.release()
    assert list(tmp_path.iterdir()) == []


def test_a_dead_process_holds_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    program = (
        f"import time; from pathlib import Path; from crawler.lock import NamedLock\n"
        f"lock = NamedLock(Path({str(path)!r})); lock.take_over(); print('held', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    lock = NamedLock(path)
    with pytest.raises(LockedError, match=f"process {process.pid}"):
        lock.take_over()

    process.kill()
    process.wait()
    process.stdout.close()

    dead = lock.take_over()
    assert dead is not None
    assert dead.pid == process.pid
    lock.release()


def _take_turns(path: Path, log: Path) -> None:
    lock = Lock(path)
    for _ in range(TURNS):
        while not lock.take():
            time.sleep(0)
        with log.open("a") as file:
            file.write("in\n")
            file.flush()
            file.write("out\n")
        lock.release()


def test_two_processes_never_hold_the_lock_at_once(tmp_path: Path) -> None:
    passed = (tmp_path / "a.lock", tmp_path / "log")
    processes = [FORKS.Process(target=_take_turns, args=passed, daemon=True) for _ in range(3)]

    for process in processes:
        process.start()
    for process in processes:
        process.join(60)

    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert (tmp_path / "log").read_text().split() == ["in", "out"] * (3 * TURNS)
