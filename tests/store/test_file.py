"""The store's file: transactions, two processes at once, migrations, and errors that say what to do."""

import sqlite3
import time
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.shelves import Shelf
from crawler.store import StoreError, open_store
from crawler.store.migrations import MIGRATIONS
from crawler.store.sqlite_file import SqliteDatabase
from crawler.stories.rows import read_story_row
from tests.commands.running import FORKS
from tests.store.test_outbox import article
from tests.stories.invented import invent


def test_all_writes_of_a_transaction_succeed_or_none(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/v.db")

    def write_and_fail() -> None:
        with store.transaction():
            store.articles.write(article("a"), now=1, shelf=Shelf.ARTICLES)
            store.outbox.put(article("a"), Shelf.ARTICLES)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()

    assert store.articles.kept("a") is None
    assert list(store.outbox.waiting()) == []
    with store.transaction():
        store.articles.write(article("a"), now=1, shelf=Shelf.ARTICLES)
    assert store.articles.kept("a") is not None
    store.close()


def write_many(address: str, name: str) -> None:
    store = open_store(address)
    for number in range(100):
        with store.transaction():
            store.articles.write(article(f"{name}{number}"), now=1, shelf=Shelf.ARTICLES)
            store.outbox.put(article(f"{name}{number}"), Shelf.ARTICLES)
    store.close()


def test_a_second_process_on_the_same_file_is_safe(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/v.db"
    writers = [FORKS.Process(target=write_many, args=(address, name)) for name in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    store = open_store(address)

    assert [writer.exitcode for writer in writers] == [0, 0]
    assert store.outbox.adopt() == 200
    store.close()


def test_a_store_is_made_with_its_folder(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/var/deep/v.db").close()

    assert (tmp_path / "var/deep/v.db").is_file()


def test_an_older_store_is_migrated(tmp_path: Path) -> None:
    path = tmp_path / "v.db"
    old = sqlite3.connect(path)
    old.executescript(MIGRATIONS[0] + ";PRAGMA application_id = 1447642181;PRAGMA user_version = 1;")
    old.execute("INSERT INTO outbox (owner, shelf, article, revision, line) VALUES ('x', 'articles', 'a', 1, '{}')")
    old.commit()
    old.close()

    store = open_store(f"sqlite:///{path}")

    assert store.outbox.adopt() == 1
    assert store.articles.kept("a") is None
    assert store.database.connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    store.close()


def test_texts_of_an_older_store_are_still_found(tmp_path: Path) -> None:
    path = tmp_path / "v.db"
    old = sqlite3.connect(path)
    old.executescript(";".join(MIGRATIONS[:3]) + ";PRAGMA application_id = 1447642181;PRAGMA user_version = 3;")
    texts = [read_story_row(each.row) for each in invent(10, 3)]
    for number, text in enumerate(texts, start=1):
        known = (text.published, text.digest, text.weight, text.shingles.tobytes(), f"story-{text.id}")
        old.execute(
            "INSERT INTO texts (number, id, agencies, places, by_agency, published, digest, weight, shingles, story) "
            "VALUES (?, ?, '', '', 0, ?, ?, ?, ?, ?)",
            (number, text.id, *known),
        )
        marks = [(mark, number * 2 + text.is_short) for mark in text.marks]
        old.executemany("INSERT INTO marks VALUES (?, ?)", marks)
    old.commit()
    old.close()

    store = open_store(f"sqlite:///{path}")

    for text in texts:
        copy = replace(text, id="copy", outlet="elsewhere")
        assert store.storybook.add(copy, 1)[1].relation == "exact"
        store.storybook.forget("copy")
    store.close()


@pytest.mark.parametrize("version", [4, 5])
def test_articles_of_an_older_store_stay_known_and_its_listings_are_read_in_full(tmp_path: Path, version: int) -> None:
    path = tmp_path / "v.db"
    old = sqlite3.connect(path)
    steps = ";".join(MIGRATIONS[:version])
    old.executescript(f"{steps};PRAGMA application_id = 1447642181;PRAGMA user_version = {version};")
    known = "(id, outlet, url, listing, first_seen, state) VALUES ('a', 'x', 'u', 'l', 1, 'dead')"
    old.execute(f"INSERT INTO addresses {known}")
    old.execute("INSERT INTO listings (url, outlet, etag, digest) VALUES ('l', 'x', '\"1\"', x'00')")
    for key, is_copy in (("a", 0), ("b", 1)):
        old.execute(f"INSERT INTO articles VALUES ('{key}', 'x', 'u', 1, 1, 1, 's', x'', x'', x'', x'')")
        old.execute(
            "INSERT INTO texts (id, agencies, places, by_agency, digest, weight, shingles, is_copy) "
            f"VALUES ('{key}', '', '', 0, x'', 1, x'', {is_copy})"
        )
    old.commit()
    old.close()

    store = open_store(f"sqlite:///{path}")

    listed, kept = store.listings.get("l"), [store.articles.kept(key) for key in ("a", "b")]
    assert listed is not None
    assert (listed.etag, listed.digest) == (None, None)
    assert [each.shelf for each in kept if each] == ["articles", "copies"]
    list(store.upkeep.prune(before=int(time.time()) - 90 * 86_400))
    assert store.addresses.get("a") is not None
    store.close()


def test_a_newer_store_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "v.db"
    store = open_store(f"sqlite:///{path}")
    store.database.connection.execute("PRAGMA user_version = 99")
    store.close()

    with pytest.raises(StoreError, match=r"written by a newer Videsh .*upgrade Videsh, or set STORE"):
        open_store(f"sqlite:///{path}")


def test_a_damaged_store_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "v.db"
    path.write_bytes(b"not a database at all " * 100)

    with pytest.raises(StoreError, match="restore it from a copy, or move it away"):
        open_store(f"sqlite:///{path}")


def test_damaged_text_with_the_word_locked_in_it_is_reported_as_damage(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/v.db")
    store.database.connection.execute("INSERT INTO runs VALUES ('r', 'x', 1, CAST(X'626C6F636B6564FF' AS TEXT))")

    with pytest.raises(StoreError, match="is damaged"):
        store.runs.last("x")
    store.close()


@pytest.mark.parametrize("query", ["SELECT line FROM outbox", "UPDATE outbox SET revision = 2"])
def test_damage_that_shows_late_is_reported_with_the_file_and_what_to_do(tmp_path: Path, query: str) -> None:
    path = tmp_path / "v.db"
    store = open_store(f"sqlite:///{path}")
    for number in range(200):
        store.outbox.put(article(f"a{number}", text="पुल" * 400), Shelf.ARTICLES)
    store.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] + bytes(len(whole) - len(whole) // 2))

    store = open_store(f"sqlite:///{path}")
    with pytest.raises(StoreError, match=rf"{path}: is damaged .*`scrapy store check`.*malformed"):
        store.database.connection.execute(query).fetchall()
    store.close()


def test_a_file_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE t (x)")
    other.commit()
    other.close()
    before = path.read_bytes()

    with pytest.raises(StoreError, match="of another program"):
        open_store(f"sqlite:///{path}")

    assert path.read_bytes() == before


def test_a_file_that_cannot_be_written_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "v.db"
    open_store(f"sqlite:///{path}").close()
    connect = sqlite3.connect
    # The tests may run as root, who can write any file whatever its mode.
    monkeypatch.setattr(
        "crawler.store.sqlite_file.sqlite3.connect",
        lambda name, **options: connect(f"file:{name}?mode=ro", uri=True, **options),
    )

    with pytest.raises(StoreError, match="give this user the right to write"):
        open_store(f"sqlite:///{path}")


def test_a_folder_a_missing_store_and_a_wrong_address_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder"):
        open_store(f"sqlite:///{tmp_path}")
    with pytest.raises(StoreError, match="there is no store yet"):
        open_store(f"sqlite:///{tmp_path}/none.db", must_exist=True)
    with pytest.raises(StoreError, match="write sqlite:///PATH"):
        open_store("redis://localhost")


def test_a_store_that_another_process_holds_too_long_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.store.sqlite_file._BUSY_MS", 10)
    holder, other = SqliteDatabase(tmp_path / "v.db"), SqliteDatabase(tmp_path / "v.db")

    with holder.transaction(), pytest.raises(StoreError, match="another process holds it"), other.transaction():
        pass
    holder.close()
    other.close()


def test_waiting_addresses_are_found_by_an_index_of_their_own(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/v.db")
    query = "EXPLAIN QUERY PLAN SELECT id FROM addresses WHERE outlet = 'x' AND state = 'waiting' AND tries < 5"

    assert "addresses_waiting" in str(store.database.connection.execute(query).fetchall())
    store.close()


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
def test_a_file_of_each_earlier_version_is_migrated_to_the_tables_of_today(tmp_path: Path, version: int) -> None:
    old = sqlite3.connect(tmp_path / "old.db")
    steps = ";".join(MIGRATIONS[:version])
    old.executescript(f"{steps};PRAGMA application_id = 1447642181;PRAGMA user_version = {version};")
    old.execute("INSERT INTO outbox (owner, shelf, article, revision, line) VALUES ('x', 'articles', 'a', 1, '{}')")
    old.commit()
    old.close()
    migrated, new = (open_store(f"sqlite:///{tmp_path}/{name}.db") for name in ("old", "new"))

    query = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite%' ORDER BY name"
    tables, wanted = (store.database.connection.execute(query).fetchall() for store in (migrated, new))
    assert tables == wanted
    assert migrated.outbox.adopt() == 1
    assert list(migrated.upkeep.check())
    migrated.close()
    new.close()
