"""scrapy store copy: a store moves into another database whole, also after interruptions, or says why it does not."""

import argparse
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.commands.store import Command
from crawler.shelves import Shelf
from crawler.store import SHARED, Address, Listed, Rest, StoreError, copying, open_store
from crawler.store.copying import copy_tables
from crawler.store.database import Database
from crawler.store.store import DatabaseStore
from crawler.store.values import Mark
from tests.store.test_outbox import article, waiting
from tests.store.test_storybook import COPY, FIRST, TEXTS

KINDS = ["sqlite", "postgresql"]


@pytest.fixture
def new(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """Return a function that gives the address of a store of a kind that does not exist yet."""
    numbers = count()

    def address(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path}/{next(numbers)}.db"
        fresh: str = request.getfixturevalue("postgres").fresh()
        return fresh

    return address


def filled(address: str) -> str:
    """Fill each table of a store, and return its address."""
    with closing(open_store(address)) as store:
        for number, letter in enumerate("abcdefg"):
            url = f"https://x/{letter}"
            store.addresses.announce(
                [Address(id=letter, outlet="indiatv", url=url, listing="https://x/feed", title="पुल", first_seen=1)]
            )
            store.articles.write(article(letter), number, Shelf.ARTICLES)
            store.outbox.put(article(letter), Shelf.ARTICLES)
        store.outbox.assign("part", [each.number for each in store.outbox.waiting() if each.article in "fg"])
        store.outbox.delivered("part")
        store.listings.keep(Listed(url="https://x/feed", outlet="indiatv", digest=b"\x00\xff"))
        store.listings.count("https://x/feed", "run-1", 5, new=3)
        store.listings.caught_lying("x", 1)
        store.runs.keep("run-1", "indiatv", 5, {"items": 3})
        store.hosts.rest(Rest(host="x", until=9, reason="asked-to-wait", detail="asks to wait"))
        store.withdrawals.found_gone("a", "http-404", 3)
        store.alarms.change({("indiatv", "blocked"): "x"}, 1, outlets=["indiatv"])
        store.lanes.take({"indiatv": ["x"]}, 1)
        store.lanes.leave("indiatv", 2.5, due=9)
        store.database.connection.execute("INSERT INTO readings (id, deaths) VALUES ('a', 2)")
        for text in (*TEXTS, replace(FIRST, id="late", published=2000), replace(COPY, id="early", published=1000)):
            store.storybook.add(text, 5)
    return address


def rows(store: DatabaseStore) -> dict[str, list[tuple[object, ...]]]:
    return {
        table.name: [row for batch in table.batches(store.database) for row in batch] for table in copying._tables()
    }


def copy(source: str, target: str) -> list[str]:
    with closing(open_store(source)) as one, closing(open_store(target, is_copied=True)) as other:
        return list(copy_tables(one.database, other.database))


@pytest.mark.parametrize("source", KINDS)
@pytest.mark.parametrize("target", KINDS)
def test_all_tables_of_a_store_arrive_and_records_are_numbered_on(
    new: Callable[[str], str], source: str, target: str
) -> None:
    here, there = filled(new(source)), new(target)

    lines = copy(here, there)

    with closing(open_store(here)) as one, closing(open_store(there)) as other:
        assert rows(one) == rows(other)
        assert all(rows(one).values()), "each table of the source has rows"
        assert "articles: 7 rows" in lines
        assert other.outbox.adopt() == 5
        assert waiting(other) == list("abcde")
        assert [each.outbox.put(article("h"), Shelf.ARTICLES) for each in (one, other)] == [8, 8]
        assert other.storybook.add(replace(FIRST, id="one more", outlet="x"), 6) == one.storybook.add(
            replace(FIRST, id="one more", outlet="x"), 6
        )


@pytest.fixture
def dying(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Return a function that lets a copy end after a number of batches of two rows."""
    insert = copying._insert
    monkeypatch.setattr(copying, "_BATCH", 2)

    def after(batches: int) -> None:
        left = iter(range(batches))

        def die(*given: object) -> None:
            if next(left, None) is None:
                raise KeyboardInterrupt
            insert(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(copying, "_insert", die)

    return after


@pytest.mark.parametrize("target", KINDS)
def test_an_interrupted_copy_goes_on_and_is_no_store_until_its_end(
    new: Callable[[str], str], dying: Callable[[int], None], target: str
) -> None:
    here, there = filled(new("sqlite")), new(target)
    for batches in (1, 5, 11):
        dying(batches)
        with pytest.raises(KeyboardInterrupt):
            copy(here, there)
        with pytest.raises(StoreError, match=r"holds a part of a copy of .*: run that `scrapy store copy` again"):
            open_store(there)
    with pytest.raises(StoreError, match=r"holds a part of a copy of .*: go on with that, or name an empty database"):
        copy(filled(new("sqlite")), there)
    dying(1000)
    copy(here, there)

    with closing(open_store(here)) as one, closing(open_store(there)) as other:
        assert rows(one) == rows(other)


@pytest.mark.parametrize("target", KINDS)
def test_a_source_that_changed_while_the_copy_was_interrupted_is_copied_as_it_is_now(
    new: Callable[[str], str], dying: Callable[[int], None], target: str
) -> None:
    here, there = filled(new("sqlite")), new(target)
    dying(3)
    with pytest.raises(KeyboardInterrupt):
        copy(here, there)
    with closing(open_store(here)) as store:
        store.addresses.end("a", "dead", 9)
        store.database.connection.execute("DELETE FROM addresses WHERE id = 'b'")
    dying(1000)
    copy(here, there)

    with closing(open_store(here)) as one, closing(open_store(there)) as other:
        assert rows(one) == rows(other)


@pytest.mark.parametrize("target", KINDS)
def test_a_store_that_is_not_empty_is_left_alone(new: Callable[[str], str], target: str) -> None:
    here, there = filled(new("sqlite")), filled(new(target))
    with closing(open_store(there)) as store:
        before = rows(store)

    with pytest.raises(StoreError, match=r"is not empty \(addresses, alarms, articles.*name an empty database"):
        copy(here, there)

    with closing(open_store(there)) as store:
        assert rows(store) == before


@pytest.mark.soak
def test_text_with_nul_of_an_older_file_arrives_without_it(new: Callable[[str], str], tmp_path: Path) -> None:
    here, there = filled(new("sqlite")), new("postgresql")
    with closing(sqlite3.connect(here.removeprefix("sqlite:///"))) as file:
        file.execute("UPDATE addresses SET title = 'पु' || char(0) || 'ल' WHERE id = 'a'")
        file.commit()
    copy(here, there)

    with closing(open_store(there)) as store:
        known = store.addresses.get("a")
        assert known is not None
        assert known.title == "पुल"


def run(*args: str) -> int | None:
    command = Command()
    command.settings = Settings({"STORE": ""})
    command.run(list(args), argparse.Namespace(older_than=None))
    return command.exitcode


@pytest.mark.soak
def test_the_command_copies_and_says_so(new: Callable[[str], str], capsys: pytest.CaptureFixture[str]) -> None:
    here, there = filled(new("sqlite")), new("postgresql")

    assert run("copy", here, there) == 0
    assert capsys.readouterr().out.endswith(f"{there}: a copy of {here}, compared row by row; set STORE to it\n")


def test_a_store_that_a_run_uses_is_not_copied(new: Callable[[str], str], capsys: pytest.CaptureFixture[str]) -> None:
    here, there = filled(new("postgresql")), new("sqlite")
    with closing(open_store(here)) as store:
        store.lanes.take({"zee": ["zee.example"]}, 100)

        assert run("copy", here, there) == 75
    assert "a run is at work (zee); wait for its end" in capsys.readouterr().err


@pytest.mark.parametrize("kind", KINDS)
def test_no_run_begins_while_a_store_is_copied(
    new: Callable[[str], str], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, taken = filled(new(kind)), []

    def copying_while_a_run_begins(source: Database, target: Database) -> Iterator[str]:
        for line in copy_tables(source, target):
            with closing(open_store(here, serves=SHARED)) as worker:
                taken.extend(worker.lanes.take({"zee": ["zee.example"]}, 100))
            yield line

    monkeypatch.setattr(copying, "copy_tables", copying_while_a_run_begins)

    assert run("copy", here, new("sqlite")) == 0
    assert taken == []


@pytest.mark.parametrize("kind", KINDS)
def test_records_that_are_delivered_meanwhile_are_not_taken_for_waiting_ones(
    new: Callable[[str], str], kind: str
) -> None:
    here, there = filled(new(kind)), new("sqlite")
    with closing(open_store(here)) as one, closing(open_store(there, is_copied=True)) as other:
        lines = copy_tables(one.database, other.database)
        next(lines)
        with closing(open_store(here)) as publisher:
            assert publisher.outbox.adopt() == 5
            publisher.outbox.assign("more", [each.number for each in publisher.outbox.waiting()])
            publisher.outbox.delivered("more")
        with pytest.raises(StoreError, match="records were delivered from it meanwhile: stop that, and copy again"):
            list(lines)

    copy(here, there)

    with closing(open_store(there)) as store:
        assert store.outbox.adopt() == 0


@pytest.mark.parametrize(
    ("args", "fault"),
    [
        ([], "copy needs two stores: scrapy store copy sqlite:///"),
        (["sqlite:///a.db"], "copy needs two stores"),
        (["sqlite:////nowhere/none.db", "sqlite:////nowhere/other.db"], "there is no store yet"),
        (["videsh.db", "sqlite:///b.db"], "write sqlite:///PATH"),
        (["sqlite:///a.db", "sqlite:///a.db"], "sqlite:///a.db: is both stores"),
    ],
)
def test_wrong_places_are_named(args: list[str], fault: str) -> None:
    with pytest.raises(UsageError, match=fault):
        run("copy", *args)


@pytest.mark.soak
def test_a_backup_of_either_kind_is_a_file_that_can_be_copied(new: Callable[[str], str], tmp_path: Path) -> None:
    here, back = filled(new("postgresql")), new("postgresql")
    with closing(open_store(here)) as store:
        store.upkeep.back_up(tmp_path / "backup.db", Mark())
    copy(f"sqlite:///{tmp_path}/backup.db", back)

    with closing(open_store(here)) as one, closing(open_store(back)) as other:
        assert rows(one) == rows(other)


@pytest.mark.soak
def test_tables_are_compared_row_by_row(new: Callable[[str], str]) -> None:
    with closing(open_store(filled(new("sqlite")))) as one, closing(open_store(filled(new("postgresql")))) as other:
        assert rows_differ(one, other) == ["outbox"]  # the names of their owners
        other.database.connection.execute("UPDATE links SET similarity = similarity + 0.0000001")
        assert rows_differ(one, other) == ["links", "outbox"]


def rows_differ(one: DatabaseStore, other: DatabaseStore) -> list[str]:
    return [each.name for each in copying._tables() if each.digest(one.database) != each.digest(other.database)]
