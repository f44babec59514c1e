"""Run, back up, run, restore, run: no edition is exported twice or lost, and no sequence number is given out again."""

import argparse
import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

import pytest
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from crawler.commands.store import Command
from crawler.exports.catalog import open_catalog
from crawler.exports.verification import check_exports
from crawler.lock import NamedLock
from crawler.settings import EXTENSIONS
from crawler.shelves import Shelf
from crawler.store import SHARED, open_store
from crawler.store.catch_up import CaughtUp, catch_up
from tests.crawling.site import address, articles, listings
from tests.crawling.test_withdrawals import GONE, Newsroom
from tests.exports.compacting import compact
from tests.exports.published_runs import edition, move


def store_command(room: Newsroom, *args: str | Path, is_forced: bool = False) -> int:
    """Run `scrapy store` on the store and the exports of a newsroom."""
    command = Command()
    command.settings = room.settings(0, room.folder)
    command.run([*map(str, args)], argparse.Namespace(older_than=None, force=is_forced))
    return int(command.exitcode)


class BackUpMeanwhile:
    """An extension that backs the store up while a crawl writes into it: at its fourth article."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._count = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler)
        crawler.signals.connect(extension.item_scraped, signals.item_scraped)
        return extension

    def item_scraped(self) -> None:
        """Back the store up, once."""
        self._count += 1
        if self._count == 4:
            command = Command()
            command.settings = self._crawler.settings
            out = Path(self._crawler.settings["EXPORTS"]).parent / "copy.db"
            command.run(["backup", str(out)], argparse.Namespace(older_than=None, force=False))


def edited(room: Newsroom, number: int, text: str) -> None:
    """Change the headline of an article."""
    page = articles(number + 1)[address(number)]
    room.answers[address(number)] = replace(page, body=page.body.replace("झूला पुल".encode(), text.encode()))


def announce(room: Newsroom, count: int) -> None:
    """Let the site announce `count` articles, as they are first published."""
    room.answers |= {
        **listings(count),
        **{url: page for url, page in articles(count).items() if url not in room.answers},
    }


def editions(room: Newsroom) -> list[tuple[str, int]]:
    rows = [*room.rows(Shelf.ARTICLES), *room.rows(Shelf.COPIES)]
    return sorted((row["url"], row["revision"]) for row in rows)


def moved_on(room: Newsroom) -> None:
    """Run after the copy was made: two new articles, an edit, a withdrawal."""
    announce(room, 12)
    edited(room, 1, "पैदल पुल")
    room.answers[address(3)] = GONE
    room.run(1)


def numbers(room: Newsroom) -> list[int]:
    rows = [row for shelf in Shelf if shelf is not Shelf.REFUSED for row in room.rows(shelf)]
    return sorted(row["sequence"] for row in rows)


EXPECTED = sorted([*((address(number), 1) for number in range(13)), (address(1), 2), (address(1), 3), (address(2), 2)])


@pytest.mark.parametrize("is_lost", [False, True])
def test_a_restored_store_exports_no_edition_twice_and_loses_none(tmp_path: Path, is_lost: bool) -> None:
    room = Newsroom(tmp_path)
    room.run(0, EXPORT_PART_ROWS=3, EXTENSIONS={**EXTENSIONS, BackUpMeanwhile: 1000})
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(copy)) as store:
        assert [store.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("articles", "outbox")] == [
            4,
            1,
        ]
    moved_on(room)
    cursor = open_catalog(tmp_path / "exports").sequence
    if is_lost:
        (tmp_path / "v.db").unlink()

    assert store_command(room, "restore", copy) == 0
    announce(room, 13)
    edited(room, 1, "लकड़ी का पुल")
    edited(room, 2, "रेल पुल")
    room.run(6)
    room.run(7)

    assert editions(room) == EXPECTED
    assert [url for url, *_ in room.withdrawn()] == [address(3)]
    assert numbers(room) == list(range(1, len(EXPECTED) + 2))
    assert open_catalog(tmp_path / "exports").sequence > cursor
    assert list(check_exports(tmp_path / "exports")) == []


@pytest.mark.soak
def test_a_store_of_which_all_was_compacted_and_dropped_exports_nothing_twice(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    room.run(0, EXPORT_PART_ROWS=3, EXTENSIONS={**EXTENSIONS, BackUpMeanwhile: 1000})
    assert compact(tmp_path / "exports", "--before", "9999-01-01", "--drop") == 0

    assert store_command(room, "restore", tmp_path / "copy.db") == 0
    room.run(6)

    assert [file.rows for file in open_catalog(tmp_path / "exports").files(Shelf.ARTICLES)] == [10]


def test_a_part_that_cannot_be_read_is_named_and_the_rest_is_restored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    room = Newsroom(tmp_path)
    room.run(0, EXPORT_PART_ROWS=3, EXTENSIONS={**EXTENSIONS, BackUpMeanwhile: 1000})
    part = sorted((tmp_path / "exports").rglob("articles-0002.jsonl"))[0]
    part.unlink()

    assert store_command(room, "restore", tmp_path / "copy.db") == 3

    assert f"{part}: was lost or changed" in (said := capsys.readouterr().err)
    assert "what it holds may be exported again" in said
    assert room.run(6) == {"exported": 2, "unchanged": 8}  # one of the three waited in the copy, and goes out first


def test_a_move_that_the_exports_do_not_know_is_told_and_one_that_they_know_is_not(tmp_path: Path) -> None:
    with closing(open_store(f"sqlite:///{tmp_path}/v.db")) as store:
        rows = [edition(name, text="पुल खुल गया और चालीस गांवों के लोग बाजार पहुंचे", story="s-old") for name in "ab"]
        delivered = [(Shelf.ARTICLES, row | {"sequence": number}) for number, row in enumerate(rows, start=1)]
        story = "story-a"
        moved = (Shelf.STORY_MOVES, move("a", "s-old", story, sequence=3))

        catch_up(store, None, [*delivered, moved], 7)

        told = store.database.connection.execute("SELECT article, old, new FROM moves WHERE NOT exported").fetchall()
        assert told == [("b", "s-old", store.articles.kept("b") and story)]


def test_a_restoration_waits_for_no_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    room = Newsroom(tmp_path, count=1)
    room.run(0)
    assert store_command(room, "backup", tmp_path / "copy.db") == 0
    lock = NamedLock(tmp_path / "v.db.lock")
    lock.take_over()

    code = store_command(room, "restore", tmp_path / "copy.db")

    lock.release()
    assert code == 75
    assert "a run is already writing into" in capsys.readouterr().err
    assert not list(tmp_path.glob("v.db.before*"))


@pytest.mark.parametrize(
    ("args", "wrong"),
    [
        (("backup",), "backup needs one file"),
        (("restore", "a", "b"), "restore needs one file"),
        (("restore", "none.db"), r"none\.db: no such file"),
        (("backup", "none/copy.db"), "there is no folder"),
        (("backup", "here.db"), r"here\.db: is there already; name another file, or say --force"),
        (("backup", "."), "is there already"),
        (("backup", "v.db.lock"), "is the name of a file that the store itself uses"),
        (("backup", "v.db-wal"), "is the name of a file that the store itself uses"),
    ],
)
def test_a_wrong_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], wrong: str
) -> None:
    monkeypatch.chdir(tmp_path)
    open_store(f"sqlite:///{tmp_path}/v.db").close()
    Path("here.db").touch()

    with pytest.raises(UsageError, match=wrong):
        store_command(Newsroom(tmp_path, count=1), *args)

    assert Path("here.db").read_bytes() == b""


def test_a_pipe_is_no_place_for_a_backup(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, count=1)
    open_store(f"sqlite:///{tmp_path}/v.db").close()
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(UsageError, match="pipe: is a device or a pipe"):
        store_command(room, "backup", tmp_path / "pipe", is_forced=True)

    assert (tmp_path / "pipe").is_fifo()


def test_links_stay_and_the_files_that_they_lead_to_are_replaced(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, count=1)
    real, out = tmp_path / "real.db", tmp_path / os.fsdecode(b"copy\xff.db")
    open_store(f"sqlite:///{real}").close()
    (tmp_path / "v.db").symlink_to(real)
    (tmp_path / "last.db").symlink_to(out)

    store_command(room, "backup", tmp_path / "last.db")
    store_command(room, "restore", out)

    assert (tmp_path / "v.db").readlink() == real
    assert (tmp_path / "last.db").readlink() == out
    assert [path.name.partition("-")[0] for path in tmp_path.glob("*.before*")] == ["real.db.before"]


def test_a_backup_replaces_another_if_told_and_never_the_store(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, count=1)
    open_store(f"sqlite:///{tmp_path}/v.db").close()

    for _ in range(2):
        store_command(room, "backup", tmp_path / "copy.db", is_forced=True)
    for verb in ("backup", "restore"):
        with pytest.raises(UsageError, match="is the store itself"):
            store_command(room, verb, tmp_path / "v.db", is_forced=True)


def test_no_store_is_restored_under_a_run_that_holds_outlets(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    room = Newsroom(tmp_path, count=1)
    room.run(0)
    assert store_command(room, "backup", tmp_path / "copy.db") == 0
    before = (tmp_path / "v.db").stat().st_ino
    with closing(open_store(f"sqlite:///{tmp_path}/v.db", serves=SHARED)) as worker:
        assert worker.lanes.take({"zee": ["zee.example"], "jagran": ["jagran.example"]}, 0, most=2) != []

        assert store_command(room, "restore", tmp_path / "copy.db") == 75

        assert "v.db: a run is at work (jagran, zee); wait for its end, or stop it" in capsys.readouterr().err
        assert (tmp_path / "v.db").stat().st_ino == before
    assert store_command(room, "restore", tmp_path / "copy.db") == 0


def test_no_run_begins_while_a_store_is_restored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = Newsroom(tmp_path, count=1)
    room.run(0)
    assert store_command(room, "backup", tmp_path / "copy.db") == 0
    taken = []

    def catching_up(*args: Any) -> CaughtUp:
        with closing(open_store(f"sqlite:///{tmp_path}/v.db", serves=SHARED)) as worker:
            taken.append(worker.lanes.take({"zee": ["zee.example"]}, 0))
        return catch_up(*args)

    monkeypatch.setattr("crawler.store.catch_up.catch_up", catching_up)

    assert store_command(room, "restore", tmp_path / "copy.db") == 0
    assert taken == [[]]
