"""A machine that is cut off from its PostgreSQL: its lanes are free within 30 s, and it asks no more of outlets."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from crawler.store import StoreError, open_store
from tests.runs.lanes import Lanes
from tests.runs.test_workers import check_all_delivered
from tests.store import cable

pytestmark = [pytest.mark.scale, pytest.mark.soak]

_MOST = 30
"""Seconds after which what a vanished machine held is free, and after which it knows itself."""
_ON_THE_WAY = 48
"""Most requests that may be on their way when the cable is pulled: four to a host, and their answers."""


class Machines:
    """A PostgreSQL at the other end of a cable, and stores in it: `far` ones over the cable, `near` ones without it."""

    def __init__(self, server: Any, pull: Callable[[], None]) -> None:
        self._server = server
        self.pull = pull

    def far(self, schema: str) -> str:
        return f"{self._server.address(is_local=False)}?options=-csearch_path%3D{schema}"

    def waits_for_a_lock(self) -> bool:
        found: list[object] = self._server.run("SELECT pid FROM pg_locks WHERE NOT granted")
        return bool(found)

    def near(self, schema: str) -> str:
        return f"{self._server.address()}?options=-csearch_path%3D{schema}"


@pytest.fixture
def machines() -> Iterator[Machines]:
    pytest.importorskip("psycopg", reason="needs psycopg, which the extra postgres installs")
    from tests.store import server

    if reason := server.missing() or cable.missing():
        pytest.skip(reason)
    with cable.cable() as laid, server.running(cable=laid) as running:
        yield Machines(running, laid.pull)


def wait_until(is_so: Callable[[], bool], *, most: float) -> None:
    until = time.monotonic() + most
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.1)


def is_lost(store: Any) -> bool:
    try:
        store.require()
    except StoreError as error:
        return "the session has ended" in str(error)
    return False


def test_a_run_that_is_cut_off_asks_for_nothing_more_and_others_crawl_what_it_held(
    tmp_path: Path, machines: Machines
) -> None:
    lanes = Lanes(tmp_path, 12, store=machines.far("cut"), seconds=0.1)
    with lanes.publisher, ExitStack() as undo:
        run = lanes.start("--share")
        lanes.wait_for(run, 10)
        store = undo.enter_context(closing(open_store(machines.near("cut"))))
        assert store.lanes.held()
        machines.pull()
        asked = lanes.asked()

        wait_until(lambda: store.lanes.held() == [], most=_MOST)
        assert lanes.asked() - asked <= _ON_THE_WAY
        lanes.store = machines.near("cut")
        assert lanes.start("--share").wait().code == 0
        cut_off = run.wait()
        assert cut_off.code == 3
        assert "the session has ended: see that the server runs, then run again" in cut_off.err
        assert lanes.start(command="deliver").wait().code == 0

    check_all_delivered(lanes)


def test_sessions_that_rest_wait_for_a_lock_or_ask_are_free_and_know_it_when_they_are_cut_off(
    machines: Machines,
) -> None:
    hosts = {name: [f"{name}.example"] for name in ("rests", "waits", "asks")}
    is_cut = Event()
    with ExitStack() as undo:
        near = undo.enter_context(closing(open_store(machines.near("held"))))
        far = {name: undo.enter_context(closing(open_store(machines.far("held")))) for name in hosts}
        for name, store in far.items():
            assert store.lanes.take({name: hosts[name]}, 100) == [name]
        decides, waits = (
            undo.enter_context(closing(open_store(where("other")))) for where in (machines.far, machines.near)
        )
        undo.enter_context(suppress(StoreError))
        undo.enter_context(decides.alone())  # for the rest of the test, in a schema of its own

        def wait() -> None:
            with suppress(StoreError), far["waits"].alone():
                pass

        def ask() -> None:
            is_cut.wait()
            with suppress(StoreError):
                far["asks"].articles.kept("a")

        others = [Thread(target=wait), Thread(target=ask)]
        with near.alone():  # all the while: what waits for its end is free before
            for other in others:
                other.start()
            wait_until(machines.waits_for_a_lock, most=_MOST)
            machines.pull()
            is_cut.set()

            wait_until(lambda: near.lanes.held() == [], most=_MOST)
            wait_until(lambda: all(is_lost(store) for store in far.values()), most=_MOST)
        with waits.alone():  # what was decided in the middle was undone
            assert is_lost(decides)
        for other in others:
            other.join()
