"""scrapy store backup and restore: copies of one moment, whole or not at all, and a store that is never lost."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crawler.items import record
from crawler.shelves import Shelf
from crawler.store import StoreError, open_store
from crawler.store.catch_up import CaughtUp, catch_up
from crawler.store.migrations import MIGRATIONS
from crawler.store.restoring import restore
from crawler.store.store import DatabaseStore
from crawler.store.values import Mark
from tests.commands.running import FORKS
from tests.exports.dying import Steps, die_in
from tests.store.test_outbox import article


def as_it_is(store: DatabaseStore, before: DatabaseStore | None, mark: Mark) -> None:
    """Bring nothing up to date."""


def write(path: Path, *ids: str) -> None:
    with closing(open_store(f"sqlite:///{path}")) as store:
        for name in ids:
            store.articles.write(article(name), now=1, shelf=Shelf.ARTICLES)


def known(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as store:
        return [name for (name,) in store.execute("SELECT id FROM articles ORDER BY id")]


def copied(path: Path, out: Path, mark: Mark | None = None) -> Path:
    with closing(open_store(f"sqlite:///{path}", must_exist=True)) as store:
        store.upkeep.back_up(out, mark or Mark())
    return out


def test_a_backup_is_one_whole_file_while_another_handle_is_within_a_transaction(tmp_path: Path) -> None:
    path, out = tmp_path / "v.db", tmp_path / "copy.db"
    write(path, "a")
    with closing(open_store(f"sqlite:///{path}")) as crawl, crawl.transaction():
        crawl.articles.write(article("b"), now=1, shelf=Shelf.ARTICLES)
        copied(path, out)

    assert known(out) == ["a"]
    assert known(path) == ["a", "b"]
    assert [each.name for each in tmp_path.glob("*copy*")] == ["copy.db"]


def test_a_backup_that_cannot_be_written_leaves_the_file_of_before(tmp_path: Path) -> None:
    path, out = tmp_path / "v.db", tmp_path / "copy.db"
    write(path, "a")
    copied(path, out)
    with closing(open_store(f"sqlite:///{path}")) as store:
        page = store.database.connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'runs'").fetchone()[0]
        size = store.database.connection.execute("PRAGMA page_size").fetchone()[0]
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)

    with pytest.raises(StoreError, match="is damaged: run `scrapy store check`; no copy is written"):
        copied(path, out)

    assert known(out) == ["a"]
    assert len(list(tmp_path.glob("*copy*"))) == 1


def test_a_restored_store_replaces_the_one_of_before_which_stays_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "v.db"
    write(path, "a")
    out = copied(path, tmp_path / "copy.db")
    write(path, "b")

    kept = restore(out, path, as_it_is)

    assert kept is not None
    assert (known(path), known(kept), known(out)) == (["a"], ["a", "b"], ["a"])
    again = restore(out, path, as_it_is)
    assert again not in (None, kept)


def test_a_store_is_restored_where_there_is_none(tmp_path: Path) -> None:
    write(tmp_path / "v.db", "a")
    out = copied(tmp_path / "v.db", tmp_path / "copy.db")

    assert restore(out, tmp_path / "elsewhere" / "v.db", as_it_is) is None

    assert known(tmp_path / "elsewhere" / "v.db") == ["a"]
    assert [each.name for each in (tmp_path / "elsewhere").iterdir()] == ["v.db"]


def test_a_store_that_cannot_be_read_is_replaced_with_its_log(tmp_path: Path) -> None:
    path = tmp_path / "v.db"
    write(path, "a")
    out = copied(path, tmp_path / "copy.db")
    path.write_bytes(b"not a database at all " * 1000)
    path.with_name("v.db-wal").write_bytes(b"nor is this a log")

    kept = restore(out, path, as_it_is)

    assert kept is not None
    assert known(path) == ["a"]
    assert kept.read_bytes().startswith(b"not a database")
    assert not path.with_name("v.db-wal").exists()


def test_an_older_copy_is_migrated(tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    with closing(sqlite3.connect(old)) as made:
        made.executescript(MIGRATIONS[0] + ";PRAGMA application_id = 1447642181;PRAGMA user_version = 1;")

    restore(old, tmp_path / "v.db", as_it_is)

    with closing(open_store(f"sqlite:///{tmp_path}/v.db")) as store:
        assert store.database.connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    with closing(sqlite3.connect(old)) as kept:
        assert kept.execute("PRAGMA user_version").fetchone() == (1,)


@pytest.mark.parametrize(
    ("made", "wrong"),
    [
        ("PRAGMA user_version = 99; PRAGMA application_id = 1447642181", "written by a newer Videsh"),
        ("PRAGMA application_id = 7; CREATE TABLE t (x)", "is no store of Videsh"),
        ("CREATE TABLE t (x)", "is no store of Videsh"),
        ("", "is no store of Videsh"),
        (None, "is damaged or no store"),
    ],
)
def test_what_is_no_store_of_ours_is_refused_and_the_store_stays(tmp_path: Path, made: str | None, wrong: str) -> None:
    path, file = tmp_path / "v.db", tmp_path / "other.db"
    write(path, "a")
    file.write_bytes(b"" if made is not None else b"a text, and no database " * 50)
    if made:
        with closing(sqlite3.connect(file)) as other:
            other.executescript(made)

    with pytest.raises(StoreError, match=wrong) as raised:
        restore(file, path, as_it_is)

    assert str(file) in str(raised.value)
    assert known(path) == ["a"]
    assert {each.name for each in tmp_path.iterdir()} == {"v.db", "other.db"}


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"none\.db: no such file; name what `scrapy store backup` wrote"):
        restore(tmp_path / "none.db", tmp_path / "v.db", as_it_is)

    assert not (tmp_path / "v.db").exists()


def test_a_folder_in_the_place_of_the_store_is_named_and_stays(tmp_path: Path) -> None:
    write(tmp_path / "v.db", "a")
    out = copied(tmp_path / "v.db", tmp_path / "copy.db")
    (tmp_path / "folder").mkdir()

    with pytest.raises(StoreError, match="folder: is a folder; set STORE to the file"):
        restore(out, tmp_path / "folder", as_it_is)

    assert {each.name for each in tmp_path.iterdir()} == {"v.db", "copy.db", "folder"}


def hold(address: str, is_open: object, may_end: object) -> None:
    store = open_store(address)
    is_open.set()  # type: ignore[attr-defined]
    may_end.wait(60)  # type: ignore[attr-defined]
    store.close()


def test_a_store_that_a_process_uses_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "v.db"
    write(path, "a")
    out = copied(path, tmp_path / "copy.db")
    is_open, may_end = FORKS.Event(), FORKS.Event()
    process = FORKS.Process(target=hold, args=(f"sqlite:///{path}", is_open, may_end))
    process.start()
    is_open.wait(60)

    with pytest.raises(StoreError, match="is in use by another process"):
        restore(out, path, as_it_is)

    may_end.set()
    process.join()
    assert restore(out, path, as_it_is) is not None


def test_what_waits_in_the_store_of_before_is_carried_over_and_what_was_delivered_is_not(tmp_path: Path) -> None:
    path = tmp_path / "v.db"
    with closing(open_store(f"sqlite:///{path}")) as store:
        for name in "ab":
            store.outbox.put(article(name, run_id="r"), Shelf.ARTICLES)
        store.upkeep.back_up(tmp_path / "copy.db", Mark())
        store.outbox.put(article("c", run_id="r"), Shelf.ARTICLES)
    delivered = [(Shelf.ARTICLES, {**record(article("a")), "run_id": "r", "sequence": 1})]
    found = CaughtUp()

    def bring(store: DatabaseStore, before: DatabaseStore | None, mark: Mark) -> None:
        nonlocal found
        found = catch_up(store, before, delivered, 7)

    restore(tmp_path / "copy.db", path, bring)

    assert (found.rows, found.delivered, found.carried) == (1, 1, 1)
    with closing(open_store(f"sqlite:///{path}")) as store:
        store.outbox.adopt()
        assert [each.article for each in store.outbox.waiting()] == ["b", "c"]
        assert store.articles.kept("a") is not None


STEPS: Steps = ((Path, "hardlink_to"), (Path, "replace"))
"""What puts the copy in the store's place."""


def test_a_restoration_that_is_killed_leaves_the_old_store_or_the_new_one(tmp_path: Path) -> None:
    found = []
    for step in range(4):
        path = tmp_path / f"{step}" / "v.db"
        write(path, "a")
        out = copied(path, tmp_path / f"{step}" / "copy.db")
        write(path, "b")

        assert die_in(step, STEPS, restore, out, path, as_it_is)

        found.append(known(path))
        restore(out, path, as_it_is)
        assert known(path) == ["a"]
    assert found == [["a", "b"], ["a", "b"], ["a", "b"], ["a"]]
