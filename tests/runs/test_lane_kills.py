"""Workers, the publisher and the server are killed at random moments: each article is exported once, none is lost."""

import random
import signal
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crawler.store import open_store
from crawler.store.store import is_file
from tests.commands.running import Running
from tests.runs.lanes import Lanes, kill, workers_of
from tests.runs.test_workers import check_all_delivered
from tests.soak import times

pytestmark = [pytest.mark.scale, pytest.mark.soak]
_ENDS = (0, 3)
"""A run in which a worker died ends with 3."""

_LATER = ("-s", "CRAWL_TIME=2026-11-25T16:00:00+05:30", "-s", "RECHECK_AFTER=")

_ON_THE_WAY = 96
"""Most requests that may be sent after the session of a worker was lost, until it knows: four to each of six hosts, as
many to take the place of those answered, and on a busy machine as often again, while answers wait to be read."""


def wait_for(lanes: Lanes, more: int, run: Running) -> bool:
    """Wait until so many articles more were asked for; return whether the run still works."""
    goal = lanes.asked() + more
    while lanes.asked() < goal and run.poll() is None:
        time.sleep(0.005)
    return run.poll() is None


def finish(lanes: Lanes, *arguments: str) -> None:
    """Crawl what is left, three times and a day later.

    A page on which two workers died waits for its next try; a listing on which three died is left alone for a day.
    """
    for _ in range(3):
        assert lanes.start(*arguments, *_LATER).wait().code in _ENDS
    check_all_delivered(lanes)


def test_nothing_is_lost_or_exported_twice_however_often_workers_are_killed(tmp_path: Path, address: str) -> None:
    chance, kills = random.Random(7), times(100 if is_file(address) else 40)
    lanes = Lanes(tmp_path, max(40, kills * 4), store=address, seconds=0.01)
    with lanes.publisher:
        while kills > 0:
            run = lanes.start("--workers", "3")
            while kills > 0 and wait_for(lanes, chance.randint(1, 20), run):
                time.sleep(chance.random() * 0.1)
                if workers := workers_of(run):
                    kill(chance.choice(workers))
                    kills -= 1
            assert run.wait().code in _ENDS
        finish(lanes, "--workers", "3")


def test_nothing_is_lost_or_exported_twice_however_often_the_publisher_is_killed(tmp_path: Path, address: str) -> None:
    chance, kills = random.Random(8), times(10, least=2 if is_file(address) else 1)
    lanes = Lanes(tmp_path, kills * 40, store=address, seconds=0.01)
    with lanes.publisher:
        for _ in range(kills):
            run = lanes.start("--workers", "2", "--wait")
            wait_for(lanes, chance.randint(5, 30), run)
            time.sleep(chance.random() * 0.3)
            kill(run.pid)
            assert run.wait().code == -signal.SIGKILL
        finish(lanes, "--workers", "2", "--wait")


def test_nothing_is_lost_or_exported_twice_however_often_a_delivery_is_killed(tmp_path: Path, address: str) -> None:
    chance, kills = random.Random(9), times(10, least=2)
    lanes = Lanes(tmp_path, max(30, kills * 10), store=address, seconds=0.02)
    with lanes.publisher:
        shared = lanes.start("--share")
        lanes.wait_for(shared, 20)
        with closing(open_store(address)) as store:
            for _ in range(kills):
                kill_a_delivery(lanes, store, chance)
        assert shared.wait().code == 0
        deliver(lanes)

    check_all_delivered(lanes)


def kill_a_delivery(lanes: Lanes, store: Any, chance: random.Random) -> None:
    """Start a delivery, and kill it in the middle of a part: it has assigned records to it, and not confirmed them."""
    dead = publishing(store)
    delivery = lanes.start("--every", "1s", command="deliver")
    until = time.monotonic() + 60
    while not stopped_in_a_part(delivery, store, dead, chance):
        assert time.monotonic() < until, "no part was seen that is being published"
    delivery.send_signal(signal.SIGKILL)
    assert delivery.wait().code == -signal.SIGKILL
    assert publishing(store) - dead


def stopped_in_a_part(delivery: Running, store: Any, dead: set[str], chance: random.Random) -> bool:
    """Stop a delivery that publishes a part, at a random step; return False, and let it go on, if it came too late."""
    if not publishing(store) - dead:
        time.sleep(0.0005)
        return False
    time.sleep(chance.random() * 0.01)
    delivery.send_signal(signal.SIGSTOP)
    if publishing(store) - dead:
        return True
    delivery.send_signal(signal.SIGCONT)
    return False


def publishing(store: Any) -> set[str]:
    """Return who has assigned records to a part and not confirmed them: deliveries at work, and dead ones."""
    query = "SELECT DISTINCT owner FROM outbox WHERE part IS NOT NULL"
    return {owner for (owner,) in store.database.connection.execute(query).fetchall()}


def test_nothing_is_lost_or_exported_twice_however_often_the_server_is_killed(tmp_path: Path) -> None:
    pytest.importorskip("psycopg", reason="needs psycopg, which the extra postgres installs")
    from tests.store.server import missing, running

    if reason := missing():
        pytest.skip(reason)
    with running(durable=True) as server:
        kill_the_server(tmp_path, server)


def kill_the_server(tmp_path: Path, server: Any) -> None:
    chance, kills = random.Random(10), times(10, least=2)
    lanes = Lanes(tmp_path, 60, store=server.fresh(), seconds=0.02)
    with lanes.publisher:
        for _ in range(kills):
            runs = [lanes.start("--share") for _ in range(2)]
            wait_for(lanes, chance.randint(5, 30), runs[0])
            server.stop(signal.SIGQUIT)  # at once, without a checkpoint: it recovers when it starts
            before, sent = lanes.asked(), lanes.sent()
            server.start()
            codes = [run.wait().code for run in runs]
            assert set(codes) <= {0, 3}, codes  # 0: it had found no lane, and had ended before
            new = sum(count for process, count in lanes.sent().items() if process not in sent)
            assert lanes.asked() - before - new <= _ON_THE_WAY  # a new worker has a new session
        for _ in range(3):
            assert lanes.start("--share", "-s", "LANE_MINUTES=0").wait().code in _ENDS
        deliver(lanes)

    check_all_delivered(lanes)


def deliver(lanes: Lanes) -> None:
    done = lanes.start(command="deliver").wait()
    assert done.code == 0, done
