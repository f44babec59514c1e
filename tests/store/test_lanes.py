"""Lanes: an outlet is crawled, and a host asked, by one session at a time; what a dead session held is free at once."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from crawler.shelves import Shelf
from crawler.store import open_store
from crawler.store.store import DatabaseStore
from tests.store.test_outbox import article, die_after

HOSTS = {"zee": ["zee.example"], "ndtv": ["ndtv.example", "feeds.example"], "abp": ["abp.example"]}


@pytest.fixture
def sessions(address: str) -> Iterator[tuple[DatabaseStore, DatabaseStore]]:
    with ExitStack() as ends:
        opened = open_store(address), open_store(address)
        for store in opened:
            ends.callback(store.close)
        yield opened


def test_no_two_sessions_take_one_outlet(sessions: tuple[DatabaseStore, DatabaseStore]) -> None:
    one, other = sessions

    first, second = one.lanes.take(HOSTS, 100, most=2), other.lanes.take(HOSTS, 100, most=2)

    assert (len(first), len(second)) == (2, 1)
    assert {*first, *second} == HOSTS.keys()
    assert one.lanes.take(HOSTS, 100) == []  # nor does a session take what it holds
    assert other.lanes.held() == sorted(first)


def test_outlets_of_one_host_are_not_crawled_at_the_same_time(sessions: tuple[DatabaseStore, DatabaseStore]) -> None:
    one, other = sessions
    hosts = {"hindi": ["shared.example"], "world": ["world.example", "shared.example"]}

    assert one.lanes.take(hosts, 100, most=2) == ["hindi"]
    assert other.lanes.take(hosts, 100, most=2) == []

    one.lanes.leave("hindi", 101, due=1000)

    assert other.lanes.take(hosts, 101, most=2) == ["world"]


def test_an_outlet_that_was_left_is_due_at_its_time(sessions: tuple[DatabaseStore, DatabaseStore]) -> None:
    one, other = sessions
    one.lanes.take(HOSTS, 100, most=3)
    for number, outlet in enumerate(HOSTS):
        one.lanes.leave(outlet, 110, due=700 - number)

    assert other.lanes.take(HOSTS, 697.5, most=3) == []
    assert other.lanes.take(HOSTS, 699, most=3) == ["abp", "ndtv"]  # what is due longest comes first


def test_a_clock_that_was_set_back_stops_no_outlet(sessions: tuple[DatabaseStore, DatabaseStore]) -> None:
    one, _ = sessions
    assert one.lanes.take(HOSTS, 10_000) == ["zee"]
    one.lanes.leave("zee", 10_001, due=10_600)

    assert "zee" not in one.lanes.take(HOSTS, 9_990, most=3)  # two machines are never at the same second
    assert one.lanes.take(HOSTS, 6_000, most=3) == ["zee"]


def test_a_run_makes_all_its_outlets_due(sessions: tuple[DatabaseStore, DatabaseStore]) -> None:
    one, other = sessions
    one.lanes.take(HOSTS, 100, most=3)
    for outlet in HOSTS:
        one.lanes.leave(outlet, 110, due=1e9)
    other.lanes.open(["ndtv"])

    assert other.lanes.take(HOSTS, 111, most=3) == ["ndtv"]


def take_and_hold(address: str) -> None:
    store = open_store(address)
    assert store.lanes.take(HOSTS, 100, most=2) == ["zee", "ndtv"]
    assert store.lanes.hold("zee", "cdn.example", 100) == 0.0
    store.lanes.pace("cdn.example", 7)


def test_the_lanes_and_hosts_of_a_dead_session_are_free_at_once(address: str) -> None:
    die_after(take_and_hold, address)
    store = open_store(address)

    assert store.lanes.held() == []
    assert store.lanes.take(HOSTS, 100, most=3) == ["zee", "ndtv", "abp"]
    # Nobody knows when the dead session asked it last.
    assert store.lanes.hold("abp", "cdn.example", 101, delay=1) == 7
    store.close()


def test_a_host_waits_for_its_delay_whoever_asked_it_last(sessions: tuple[DatabaseStore, DatabaseStore]) -> None:
    one, other = sessions
    one.lanes.take(HOSTS, 100, most=3)
    one.lanes.pace("ndtv.example", 20)
    one.lanes.leave("ndtv", 110, due=0)
    one.lanes.leave("zee", 110, due=0)
    other.lanes.take(HOSTS, 111, most=3)

    assert other.lanes.hold("ndtv", "ndtv.example", 115, delay=1) == 15
    assert other.lanes.hold("ndtv", "feeds.example", 110.25, delay=1) == 0.75
    assert other.lanes.hold("zee", "zee.example", 111.5, delay=1) == 0
    assert other.lanes.hold("zee", "zee.example", 1, delay=1) == 1  # the clock was set back: never more than the delay
    assert other.lanes.hold("zee", "new.example", 111, delay=1) == 0


def test_a_host_of_another_lane_may_not_be_asked(sessions: tuple[DatabaseStore, DatabaseStore]) -> None:
    one, other = sessions
    one.lanes.take(HOSTS, 100, most=2)
    other.lanes.take(HOSTS, 100)

    assert other.lanes.hold("abp", "zee.example", 101) is None
    assert one.lanes.hold("ndtv", "zee.example", 101) is None  # two lanes of one session are no exception
    assert one.lanes.hold("zee", "zee.example", 101) == 0

    one.lanes.leave("zee", 102, due=200)

    assert other.lanes.hold("abp", "zee.example", 103) == 0


def test_a_run_that_crawls_alone_takes_all_lanes_or_none(address: str) -> None:
    with ExitStack() as ends:
        alone, other = open_store(address), open_store(address)
        for store in (alone, other):
            ends.callback(store.close)
        other.lanes.take(HOSTS, 100)
        assert not alone.lanes.take_all()
        other.lanes.leave("zee", 101, due=0)

        assert alone.lanes.take_all()
        assert other.lanes.held() == [""]
        assert other.lanes.take(HOSTS, 102) == []
        assert not other.lanes.take_all()

        worker = open_store(address, serves=alone.outbox.name)
        ends.callback(worker.close)
        assert worker.lanes.take(HOSTS, 103) == ["zee"]


def test_what_a_worker_puts_is_delivered_by_the_session_that_it_serves(address: str) -> None:
    publisher = open_store(address)
    worker = open_store(address, serves=publisher.outbox.name)
    worker.outbox.put(article("a"), Shelf.ARTICLES)
    worker.close()
    other = open_store(address)

    assert other.outbox.adopt() == 0
    assert [each.article for each in publisher.outbox.waiting()] == ["a"]
    publisher.close()
    assert other.outbox.adopt() == 1
    other.close()
