"""Sessions of the store in PostgreSQL: they wait for each other, fail alone, and are noticed when they are lost."""

import threading
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from crawler.shelves import Shelf
from crawler.store import StoreError, open_store
from tests.store.server_addresses import schema_of
from tests.store.test_outbox import article, die_after
from tests.store.test_storybook import COPY, FIRST, stories


def session_of(store: Any) -> Any:
    return store.database.connection.raw


def test_two_sessions_that_place_two_copies_at_once_see_each_other(fresh: str) -> None:
    started, added = threading.Event(), threading.Event()

    def add_copy() -> None:
        with closing(open_store(fresh)) as other:
            started.set()
            other.storybook.add(replace(COPY, published=FIRST.published), 1)
            added.set()

    with closing(open_store(fresh)) as store:
        with store.alone():
            thread = threading.Thread(target=add_copy)
            thread.start()
            assert started.wait(30)
            store.storybook.add(FIRST, 1)
            assert not added.wait(0.2)
        thread.join(30)

        assert len(set(stories(store).values())) == 1


def test_a_transaction_does_not_wait_for_one_that_is_alone(fresh: str) -> None:
    with closing(open_store(fresh)) as store, closing(open_store(fresh)) as other, store.alone():
        with other.transaction():
            other.articles.write(article("a"), 1, Shelf.ARTICLES)

        assert store.articles.kept("a") is not None


def test_a_session_that_waits_too_long_for_another_one_says_so_and_goes_on(fresh: str) -> None:
    with closing(open_store(fresh)) as store, closing(open_store(fresh)) as other:
        other.database.connection.execute("SELECT set_config('lock_timeout', '100ms', false)")
        with (
            store.alone(),
            pytest.raises(StoreError, match="another process holds it for over a minute"),
            other.alone(),
        ):
            pass

        with other.alone():
            other.articles.write(article("a"), 1, Shelf.ARTICLES)
        assert store.articles.kept("a") is not None


def test_an_error_within_a_transaction_undoes_it_and_the_session_goes_on(fresh: str) -> None:
    with closing(open_store(fresh)) as store:

        def write_and_fail() -> None:
            with store.transaction():
                store.articles.write(article("a"), 1, Shelf.ARTICLES)
                store.database.connection.execute("SELECT nothing FROM nowhere")

        with pytest.raises(StoreError):
            write_and_fail()

        assert store.articles.kept("a") is None
        with store.alone():
            store.articles.write(article("a"), 1, Shelf.ARTICLES)
        assert store.articles.kept("a") is not None


def test_a_session_that_ended_is_noticed_at_once_and_stays_lost(postgres: Any, fresh: str) -> None:
    store = open_store(fresh)
    store.require()
    postgres.run(f"SELECT pg_terminate_backend({session_of(store).info.backend_pid}, 5000)")

    for _ in range(2):
        with pytest.raises(StoreError, match="the session has ended: see that the server runs, then run again"):
            store.require()
        with pytest.raises(StoreError, match="the session has ended"):
            store.articles.kept("a")
    store.close()


def read_and_wait(address: str) -> None:
    open_store(address).readings.begin("page")


def test_a_session_that_dies_on_a_page_is_counted_and_one_that_ends_with_its_server_is_not(
    postgres: Any, fresh: str
) -> None:
    die_after(read_and_wait, fresh)
    with closing(open_store(fresh)) as store:
        assert store.readings.sweep() == ["page"]
        assert store.readings.sweep() == []
        assert store.readings.deaths("page") == 1
        die_after(read_and_wait, fresh)
        postgres.run(f"UPDATE {schema_of(fresh)}.being_read SET server_start = server_start - interval '1 hour'")

        assert store.readings.sweep() == []
        assert store.readings.deaths("page") == 1
        store.readings.begin("another")
        store.readings.done("page")
        with closing(open_store(fresh)) as other:
            assert other.readings.sweep() == []
        store.readings.done("another")
        assert postgres.run(f"SELECT count(*) FROM {schema_of(fresh)}.being_read") == [(0,)]


def test_a_machine_that_vanished_is_noticed_within_thirty_seconds(postgres: Any) -> None:
    with closing(open_store(f"{postgres.address(is_local=False)}?options=-csearch_path%3Dvanished")) as store:
        run = store.database.connection.execute
        names = ("tcp_keepalives_idle", "tcp_keepalives_interval", "tcp_keepalives_count", "tcp_user_timeout")
        query = "SELECT setting FROM pg_settings WHERE name = ?"  # in seconds, the last in milliseconds
        idle, interval, count, unanswered = (int(run(query, (name,)).fetchone()[0]) for name in names)
        given = session_of(store).info.get_parameters()

    assert idle + interval * count <= 30
    assert unanswered <= 30_000
    assert int(given["keepalives_idle"]) + int(given["keepalives_interval"]) * int(given["keepalives_count"]) <= 30
    assert int(given["tcp_user_timeout"]) <= 30_000
