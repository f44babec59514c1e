"""A part is named relative to its place of exports: its records are delivered once, wherever that is reached."""

import argparse
import os
import signal
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.commands.store import Command
from crawler.exports.export import open_export
from crawler.exports.folder import RunFolder
from crawler.exports.placed_part import PlacedPart
from crawler.exports.publication import Publication
from crawler.exports.storage import LocalStorage
from crawler.store import open_store
from crawler.store.migrations import MIGRATIONS
from tests.commands.running import FORKS
from tests.exports.dying import settings, work
from tests.runs.replaying import lines

DEAD, NEXT, LAST = (f"20261124T06{minutes}00Z-{name}" for minutes, name in ((0, "dead"), (15, "next"), (30, "last")))


def _die_when_listed(folder: Path) -> None:
    RunFolder.list_part = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[method-assign]
    work(folder, DEAD, 0, 5)


def die_with_a_part_in_its_place(folder: Path) -> None:
    process = FORKS.Process(target=_die_when_listed, args=(folder,))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL


def run(folder: Path, run_id: str, exports: Path) -> list[str]:
    """Export nothing new into a place; return the messages of the recovery."""
    store = open_store(f"sqlite:///{folder}/v.db")
    export = open_export(settings(folder, run_id, EXPORTS=str(exports)), store.outbox)
    export.end("complete")
    export.release_locks()
    store.close()
    return export.recovered.messages


def delivered(*places: Path) -> Counter[str]:
    parts = [part for place in places for part in place.rglob("[acw]*.jsonl")]
    return Counter(record["id"] for part in parts for record in lines(part))


def test_a_place_that_is_mounted_elsewhere_is_asked_for_its_open_parts(tmp_path: Path) -> None:
    die_with_a_part_in_its_place(tmp_path)
    (tmp_path / "exports").rename(tmp_path / "mounted")

    run(tmp_path, NEXT, tmp_path / "mounted")

    put = (tmp_path / "put").read_text().split()
    assert delivered(tmp_path / "mounted") == dict.fromkeys((key for key in put if key[0] != "m"), 1)


def test_another_disk_at_the_same_path_is_not_asked_and_the_records_wait(tmp_path: Path) -> None:
    die_with_a_part_in_its_place(tmp_path)
    (tmp_path / "exports").rename(tmp_path / "disk-a")

    messages = run(tmp_path, NEXT, tmp_path / "exports")

    assert any("in another place of exports" in each and str(tmp_path / "exports") in each for each in messages)
    (tmp_path / "exports").rename(tmp_path / "disk-b")
    (tmp_path / "disk-a").rename(tmp_path / "exports")

    run(tmp_path, LAST, tmp_path / "exports")

    put = (tmp_path / "put").read_text().split()
    found = delivered(tmp_path / "exports", tmp_path / "disk-b")
    assert found == dict.fromkeys((key for key in put if key[0] != "m"), 1)


def test_a_place_that_is_no_longer_that_of_the_exports_is_asked_at_its_address(tmp_path: Path) -> None:
    die_with_a_part_in_its_place(tmp_path)

    assert not any("another place" in each for each in run(tmp_path, NEXT, tmp_path / "moved-to"))

    put = (tmp_path / "put").read_text().split()
    found = delivered(tmp_path / "exports", tmp_path / "moved-to")
    assert found == dict.fromkeys((key for key in put if key[0] != "m"), 1)


def scrapy_store(folder: Path, exports: Path, *words: str) -> None:
    command = Command()
    command.settings = Settings({"STORE": f"sqlite:///{folder}/v.db", "EXPORTS": str(exports)})
    command.run([*words], argparse.Namespace(older_than=None, force=False))


def test_the_records_of_a_place_that_is_gone_are_exported_elsewhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    die_with_a_part_in_its_place(tmp_path)
    gone, new = tmp_path / "exports", tmp_path / "new"
    (tmp_path / "exports").rename(tmp_path / "lost")
    (message,) = [each for each in run(tmp_path, NEXT, new) if "another place of exports" in each]
    assert f"`scrapy store release {gone}` gives them to the next run" in message
    with pytest.raises(UsageError, match=f"no records .* wait for this place of exports; records wait for {gone}"):
        scrapy_store(tmp_path, new, "release", str(tmp_path / "other"))

    scrapy_store(tmp_path, new, "stats")
    waiting = [line for line in capsys.readouterr().out.splitlines() if str(gone) in line]
    scrapy_store(tmp_path, new, "release", f"{gone}/")

    said = capsys.readouterr().out
    assert [line.partition(", which")[0] for line in waiting] == [f"  {gone}: 2 records wait for this place of exports"]
    assert waiting[0].endswith(f"if it is gone for good: scrapy store release {gone}")
    scrapy_store(tmp_path, new, "stats")
    assert str(gone) not in capsys.readouterr().out
    assert said == f"{gone}/: 2 records are exported by the next run or delivery, in its place\n"
    run(tmp_path, LAST, new)
    put = (tmp_path / "put").read_text().split()
    assert delivered(new) == dict.fromkeys((key for key in put if key[0] != "m"), 1)


def test_records_are_not_taken_from_a_place_that_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    die_with_a_part_in_its_place(tmp_path)
    for exports in ("exports", "new"):
        scrapy_store(tmp_path, tmp_path / exports, "stats")
    assert "records wait" not in capsys.readouterr().out

    for exports in ("exports", "new"):
        with pytest.raises(UsageError, match=f"{tmp_path / 'exports'}: is there; `scrapy deliver` or the next run"):
            scrapy_store(tmp_path, tmp_path / exports, "release", str(tmp_path / "exports"))

    run(tmp_path, NEXT, tmp_path / "exports")
    put = (tmp_path / "put").read_text().split()
    assert delivered(tmp_path / "exports") == dict.fromkeys((key for key in put if key[0] != "m"), 1)


@pytest.mark.parametrize("root", ["/srv/news/exports", "s3://bucket/a/prefix", "C:/exports"])
def test_the_parts_of_an_older_store_get_relative_names(tmp_path: Path, root: str) -> None:
    path, name = tmp_path / "v.db", "date=2026-11-24/run=dead/articles-0001.jsonl"
    old = sqlite3.connect(path)
    before = next(number for number, step in enumerate(MIGRATIONS) if "lane_hosts" in step)
    steps = ";".join(MIGRATIONS[:before])
    old.executescript(f"{steps};PRAGMA application_id = 1447642181;PRAGMA user_version = {before};")
    row = "INSERT INTO outbox (owner, shelf, article, revision, line, part) VALUES ('x', 'articles', 'a', 1, '{}', ?)"
    old.executemany(row, [(f"{root}/{name}",), (None,), ("feeds",)])
    old.commit()
    old.close()
    store = open_store(f"sqlite:///{path}")
    store.outbox.adopt()

    feeds, part = sorted(store.outbox.open_parts(), key=len)
    store.close()

    assert feeds == "feeds"
    assert part.startswith(name)
    assert PlacedPart.read(part) == PlacedPart(name, "", root)
    assert PlacedPart.read(f"{root}/{name}") == PlacedPart(name, "", root)


def test_a_place_is_named_once(tmp_path: Path) -> None:
    place = Publication(LocalStorage(tmp_path))
    assert place.place() is None
    with place.alone():
        name = place.named_place()

    again = Publication(LocalStorage(tmp_path))
    with again.alone():
        assert again.named_place() == again.place() == place.place() == name


def test_the_files_of_a_place_are_listed_while_another_process_renames_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day, renamed = tmp_path / "date=2026-03-01", tmp_path / "date=2026-03-01" / ".manifest.json.part"
    day.mkdir()
    (day / "kept").write_text("x")
    renamed.write_text("{}")
    walk = os.walk

    def renamed_after_it_was_listed(top: Path) -> Iterator[tuple[str, list[str], list[str]]]:
        for listed in walk(top):
            renamed.unlink(missing_ok=True)
            yield listed

    monkeypatch.setattr(os, "walk", renamed_after_it_was_listed)

    assert LocalStorage(tmp_path).sizes("") == {"date=2026-03-01/kept": 1}
