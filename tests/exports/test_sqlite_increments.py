"""A database that `scrapy export --to sqlite` brings up to date is one that it writes at once."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crawler.exports.tables import Tables
from tests.exports.databases import BOTH, ask, contents, database, publish_news, publish_six
from tests.exports.published_runs import edition, exported, publish, write_catalog
from tests.exports.random_newsroom import Newsroom
from tests.soak import sample


def check_increments(folder: Path, seed: int, runs: int) -> None:
    newsroom, root = Newsroom(folder / "exports", seed), folder / "exports"
    for _ in range(runs):
        newsroom.run()
        assert database(root, folder / "kept.db") == 0
    assert database(root, folder / "anew.db") == 0

    kept = contents(folder / "kept.db")
    assert kept == contents(folder / "anew.db")
    found = {row[0]: row[1:] for row in ask(folder / "kept.db", "SELECT id, revision, story_id FROM articles")}
    assert found == newsroom.articles
    assert len(kept["articles"]) == len(exported(root, folder / "all.jsonl", *BOTH))


def test_increments_put_together_are_a_database_written_at_once(tmp_path: Path) -> None:
    check_increments(tmp_path, 0, runs=8)


@pytest.mark.soak
@pytest.mark.parametrize("seed", sample(range(1, 21), least=3))
def test_increments_of_many_runs_are_a_database_written_at_once(seed: int, tmp_path: Path) -> None:
    check_increments(tmp_path, seed, runs=23)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    publish_six(tmp_path / "exports")
    return tmp_path / "exports"


def test_an_export_writes_only_what_is_new(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put: list[str] = []
    original = Tables.put

    def noted(tables: Tables, record: dict[str, Any]) -> None:
        put.append(record["id"])
        original(tables, record)

    monkeypatch.setattr(Tables, "put", noted)
    for _ in range(2):
        assert database(root, tmp_path / "v.db") == 0
    assert sorted(put) == [f"a{number}" for number in range(1, 7)]
    put.clear()
    publish_news(root)

    assert database(root, tmp_path / "v.db") == 0

    assert sorted(put) == ["a2", "a4", "a8"]
    assert ask(tmp_path / "v.db", "SELECT cursor FROM export") == [(10,)]


def test_rows_without_numbers_are_not_missed(tmp_path: Path) -> None:
    root, out = tmp_path / "exports", tmp_path / "v.db"
    publish(root, 1, articles=[edition("a1"), edition("a2", sequence=1)])
    write_catalog(root)
    assert database(root, out) == 0
    publish(root, 2, copies=[edition("a3")])
    write_catalog(root)

    assert database(root, out) == 0

    assert ask(out, "SELECT id FROM articles ORDER BY id") == [("a1",), ("a2",), ("a3",)]


def test_a_database_of_an_earlier_layout_is_written_anew(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "v.db"
    assert database(root, out) == 0
    whole = contents(out)
    with closing(sqlite3.connect(out)) as database_:
        database_.execute("UPDATE export SET layout = 'earlier'")
        database_.execute("DROP TABLE media")
        database_.commit()

    assert database(root, out) == 0

    assert contents(out) == whole


def test_what_damaged_parts_hold_is_added_when_they_are_restored(root: Path, tmp_path: Path) -> None:
    out, part = tmp_path / "v.db", next(root.glob("date=*/run=*/articles.jsonl"))
    publish_news(root)
    kept = part.read_bytes()
    part.write_bytes(kept[:-40])

    assert database(root, out, "--skip-damaged") == 3
    assert len(contents(out)["articles"]) == 2
    part.write_bytes(kept)
    assert database(root, out) == 0

    assert len(contents(out)["articles"]) == 6
