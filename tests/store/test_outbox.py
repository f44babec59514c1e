"""Each record is delivered exactly once, even if a run dies."""

import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import chain
from threading import Barrier

from crawler.items import Article
from crawler.shelves import Shelf
from crawler.store import SHARED, open_store
from crawler.store.store import DatabaseStore
from tests.commands.running import FORKS


def article(id: str, **parts: object) -> Article:
    return Article(id=id, outlet="indiatv", url=f"https://example.in/{id}", headline="पुल खुला", **parts)  # type: ignore[arg-type]


def waiting(store: DatabaseStore) -> list[str]:
    return [delivery.article for delivery in store.outbox.waiting()]


def die_after(work: Callable[[str], None], address: str) -> None:
    """Do the work in a process that is killed right after it."""
    process = FORKS.Process(target=_work_and_die, args=(work, address))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    if address.startswith("postgresql"):
        wait_for_sessions(address)


def wait_for_sessions(address: str) -> None:
    """Wait until the server has noticed that the sessions of dead processes have ended: some milliseconds."""
    import psycopg

    others = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
    deadline = time.monotonic() + 30
    with psycopg.connect(address) as connection:
        while connection.execute(others).fetchone() != (0,):
            assert time.monotonic() < deadline
            time.sleep(0.01)


def _work_and_die(work: Callable[[str], None], address: str) -> None:
    work(address)
    os.kill(os.getpid(), signal.SIGKILL)


def test_records_wait_in_order_as_json_lines(address: str) -> None:
    store = open_store(address)
    for number in range(150):
        store.outbox.put(article(f"a{number}"), Shelf.ARTICLES if number % 2 else Shelf.COPIES)

    found = list(store.outbox.waiting())

    assert [each.article for each in found] == [f"a{number}" for number in range(150)]
    assert found[0].shelf == "copies"
    assert found[0].line.endswith(b'"reader_version": null}\n')
    assert "पुल खुला".encode() in found[0].line
    assert [each.article for each in store.outbox.waiting(after=found[147].number)] == ["a148", "a149"]
    store.close()


def test_a_part_that_is_published_is_delivered_once(address: str) -> None:
    store = open_store(address)
    numbers = [store.outbox.put(article(letter), Shelf.ARTICLES) for letter in "abc"]
    store.outbox.assign("articles.jsonl", numbers[:2])

    assert waiting(store) == ["c"]
    assert store.outbox.open_parts() == ["articles.jsonl"]

    store.outbox.delivered("articles.jsonl")

    assert waiting(store) == ["c"]
    assert store.outbox.open_parts() == []
    store.close()


def test_the_records_of_a_part_that_was_never_published_are_queued_again(address: str) -> None:
    store = open_store(address)
    numbers = [store.outbox.put(article(letter), Shelf.ARTICLES) for letter in "ab"]
    store.outbox.assign("articles.jsonl", numbers)
    store.outbox.returned("articles.jsonl")

    assert waiting(store) == ["a", "b"]
    store.close()


def put_two_and_assign_one(address: str) -> None:
    store = open_store(address)
    first = store.outbox.put(article("a"), Shelf.ARTICLES)
    store.outbox.put(article("b"), Shelf.ARTICLES)
    store.outbox.assign("articles.jsonl", [first])


def test_the_records_of_a_killed_run_are_adopted_with_its_open_parts(address: str) -> None:
    die_after(put_two_and_assign_one, address)
    store = open_store(address)

    assert waiting(store) == []
    assert store.outbox.left_open() == {"articles.jsonl": 1}
    assert store.outbox.adopt() == 2
    assert store.outbox.left_open() == {}
    assert waiting(store) == ["b"]
    assert store.outbox.open_parts() == ["articles.jsonl"]
    assert store.outbox.adopt() == 0
    store.close()


def test_the_records_of_a_living_run_are_not_adopted(address: str) -> None:
    living, other = open_store(address), open_store(address)
    living.outbox.put(article("a"), Shelf.ARTICLES)

    assert other.outbox.adopt() == 0
    assert waiting(other) == []
    living.close()
    assert other.outbox.adopt() == 1
    other.close()


def test_a_store_without_a_file_ends_with_its_run() -> None:
    store = open_store("")
    store.outbox.put(article("a"), Shelf.ARTICLES)

    assert waiting(store) == ["a"]
    store.close()


def test_publishers_that_collect_at_once_share_what_waits(address: str) -> None:
    with closing(open_store(address, serves=SHARED)) as worker:
        for number in range(40):
            worker.outbox.put(article(str(number)), Shelf.ARTICLES)
    together = Barrier(3)

    def collect(_: int) -> list[str]:
        with closing(open_store(address)) as publisher:
            together.wait()
            publisher.outbox.collect()
            return waiting(publisher)

    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(collect, range(3)))

    assert sorted(map(int, chain(*found))) == list(range(40))
