"""The rests of hosts outlive their run, end in time, and are shown, forgotten and pruned."""

import argparse
import time

import pytest
from scrapy.settings import Settings

from crawler.commands.store import Command
from crawler.store import Rest, open_store

HOST = "khabar.example"


def rest(until: int, detail: str = "asks to wait 7200 seconds") -> Rest:
    return Rest(host=HOST, until=until, reason="asked-to-wait", detail=detail)


def test_a_rest_outlives_the_handle_that_stored_it_and_ends_in_time(address: str) -> None:
    store = open_store(address)
    store.hosts.rest(rest(until=100))
    store.close()
    store = open_store(address)

    assert store.hosts.resting(HOST, 99) == rest(until=100)
    assert store.hosts.resting(HOST, 100) is None
    assert store.hosts.resting("other.example", 99) is None
    store.close()


@pytest.mark.parametrize("ends", [(100, 300, 200), (300, 100), (300,)])
def test_the_later_of_two_ends_counts(address: str, ends: tuple[int, ...]) -> None:
    store = open_store(address)
    for until in ends:
        store.hosts.rest(rest(until=until))

    assert store.hosts.resting(HOST, 0) == rest(until=300)
    store.close()


def run(address: str, *args: str, older_than: str | None = None) -> None:
    command = Command()
    command.settings = Settings({"STORE": address, "SPIDER_MODULES": ["spiders"]})
    command.run(list(args), argparse.Namespace(older_than=older_than))


def test_stats_name_the_hosts_left_alone_and_forget_ends_a_rest(
    address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    store = open_store(address)
    store.hosts.rest(rest(until=int(time.time()) + 3600))
    store.close()

    run(address, "stats")
    shown = capsys.readouterr().out
    run(address, "forget", HOST)
    forgotten = capsys.readouterr().out
    run(address, "stats")

    assert f"{HOST}: not asked before 20" in shown
    assert "it asks to wait 7200 seconds" in shown
    assert forgotten == f"{HOST}: forgotten\n"
    assert HOST not in capsys.readouterr().out


def test_prune_deletes_rests_that_ended_long_ago(address: str) -> None:
    store = open_store(address)
    store.hosts.rest(rest(until=1))
    store.close()

    run(address, "prune", older_than="1h")

    store = open_store(address)
    assert store.hosts.all(0) == []
    store.close()
