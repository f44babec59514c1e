"""The rests of hosts outlive their run, end in time, and are shown, forgotten and pruned."""

import argparse
import sqlite3
import time
from pathlib import Path

import pytest
from scrapy.settings import Settings

from crawler.commands.store import Command
from crawler.store import Rest, open_store
from crawler.store.migrations import MIGRATIONS

HOST = "khabar.example"


def rest(until: int, detail: str = "asks to wait 7200 seconds") -> Rest:
    return Rest(host=HOST, until=until, reason="asked-to-wait", detail=detail)


def test_a_rest_outlives_the_handle_that_stored_it_and_ends_in_time(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/v.db")
    store.hosts.rest(rest(until=100))
    store.close()
    store = open_store(f"sqlite:///{tmp_path}/v.db")

    assert store.hosts.resting(HOST, 99) == rest(until=100)
    assert store.hosts.resting(HOST, 100) is None
    assert store.hosts.resting("other.example", 99) is None
    store.close()


@pytest.mark.parametrize("ends", [(100, 300, 200), (300, 100), (300,)])
def test_the_later_of_two_ends_counts(ends: tuple[int, ...]) -> None:
    store = open_store(None)
    for until in ends:
        store.hosts.rest(rest(until=until))

    assert store.hosts.resting(HOST, 0) == rest(until=300)
    store.close()


def test_an_older_store_is_migrated_to_store_rests(tmp_path: Path) -> None:
    path = tmp_path / "v.db"
    old = sqlite3.connect(path)
    old.executescript(";".join(MIGRATIONS[:6]) + ";PRAGMA application_id = 1447642181;PRAGMA user_version = 6;")
    old.close()

    store = open_store(f"sqlite:///{path}")
    store.hosts.rest(rest(until=100))

    assert store.hosts.resting(HOST, 1) == rest(until=100)
    store.close()


def run(path: Path, *args: str, older_than: str | None = None) -> None:
    command = Command()
    command.settings = Settings({"STORE": f"sqlite:///{path}", "SPIDER_MODULES": ["spiders"]})
    command.run(list(args), argparse.Namespace(older_than=older_than))


def test_stats_name_the_hosts_left_alone_and_forget_ends_a_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = open_store(f"sqlite:///{tmp_path}/v.db")
    store.hosts.rest(rest(until=int(time.time()) + 3600))
    store.close()

    run(tmp_path / "v.db", "stats")
    shown = capsys.readouterr().out
    run(tmp_path / "v.db", "forget", HOST)
    forgotten = capsys.readouterr().out
    run(tmp_path / "v.db", "stats")

    assert f"{HOST}: not asked before 20" in shown
    assert "it asks to wait 7200 seconds" in shown
    assert forgotten == f"{HOST}: forgotten\n"
    assert HOST not in capsys.readouterr().out


def test_prune_deletes_rests_that_ended_long_ago(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/v.db")
    store.hosts.rest(rest(until=1))
    store.close()

    run(tmp_path / "v.db", "prune", older_than="1h")

    store = open_store(f"sqlite:///{tmp_path}/v.db")
    assert store.hosts.all(0) == []
    store.close()
