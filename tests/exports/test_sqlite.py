"""`scrapy export --to sqlite`: a database that is brought up to date, with Hindi words that are found."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crawler.exports import sqlite
from crawler.exports.tables import Tables
from crawler.lock import Lock
from tests.commands.running import ROOT
from tests.exports.databases import ask, contents, database
from tests.exports.dying import die_in
from tests.exports.dying_databases import STEPS, export_in_small_steps, left_behind
from tests.exports.published_runs import edition, exported, ids, move, publish, run_export, withdrawal, write_catalog
from tests.exports.random_newsroom import Newsroom
from tests.soak import sample

BOTH = ("--part", "articles", "--part", "copies")


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


def publish_two_days(root: Path) -> None:
    """Publish six articles, then an edit, a withdrawal, a move and a new article."""
    publish(root, 1, articles=[edition(f"a{number}", sequence=number, text=f"पुल {number}") for number in range(1, 7)])
    write_catalog(root)


def publish_news(root: Path) -> None:
    publish(root, 2, articles=[edition("a2", 2, sequence=7, text="नया पुल"), edition("a8", sequence=8)])
    publish(root, 3, withdrawn=[withdrawal("a3", sequence=9)], story_moves=[move("a4", "s-a4", "s-a1", sequence=10)])
    write_catalog(root)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    publish_two_days(tmp_path / "exports")
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


def test_what_was_withdrawn_leaves_every_table_and_the_file(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "v.db"
    publish(root, 2, articles=[edition("gone", sequence=7, text="गोपनीयशब्द कहीं नहीं", cited_media=["nhk"])])
    write_catalog(root)
    assert database(root, out) == 0
    assert "गोपनीयशब्द".encode() in out.read_bytes()

    publish(root, 3, withdrawn=[withdrawal("gone", sequence=8)])
    write_catalog(root)
    assert database(root, out) == 0

    assert not any("gone" in str(row) for rows in contents(out).values() for row in rows)
    assert "गोपनीयशब्द".encode() not in out.read_bytes()


def test_each_edition_is_kept_with_the_text_of_the_earlier_ones(root: Path, tmp_path: Path) -> None:
    assert database(root, tmp_path / "v.db") == 0
    publish_news(root)

    assert database(root, tmp_path / "v.db") == 0

    query = "SELECT revision, text FROM revisions WHERE article = 'a2' ORDER BY revision"
    assert ask(tmp_path / "v.db", query) == [(1, "पुल 2"), (2, None)]
    assert ask(tmp_path / "v.db", "SELECT text FROM articles WHERE id = 'a2'") == [("नया पुल",)]


def test_the_view_of_one_article_per_story_is_the_export_of_it(tmp_path: Path) -> None:
    root, out = tmp_path / "exports", tmp_path / "v.db"
    names = {"a1": "s1", "a2": "s2", "a3": "s1", "a4": "s1", "a5": "s2", "a6": "s6"}
    rows = [edition(name, story=story, sequence=number) for number, (name, story) in enumerate(names.items(), 1)]
    rows[0]["story"]["relation"] = rows[5]["story"]["relation"] = "near"
    publish(root, 1, copies=rows[1:3], articles=[rows[0], *rows[3:]])
    publish(root, 2, withdrawn=[withdrawal("a2", sequence=7)], story_moves=[move("a6", "s6", "s1", sequence=8)])
    write_catalog(root)
    assert database(root, out) == 0

    told = ids(exported(root, tmp_path / "one.jsonl", *BOTH, "--one-per-story"))
    assert ask(out, "SELECT id FROM one_per_story ORDER BY id") == [("a4",), ("a5",)] == [(name,) for name in told]
    assert ask(out, "SELECT id, original, articles FROM stories ORDER BY id") == [("s1", "a4", 4), ("s2", "a5", 1)]


def test_rows_without_numbers_are_not_missed(tmp_path: Path) -> None:
    root, out = tmp_path / "exports", tmp_path / "v.db"
    publish(root, 1, articles=[edition("a1"), edition("a2", sequence=1)])
    write_catalog(root)
    assert database(root, out) == 0
    publish(root, 2, copies=[edition("a3")])
    write_catalog(root)

    assert database(root, out) == 0

    assert ask(out, "SELECT id FROM articles ORDER BY id") == [("a1",), ("a2",), ("a3",)]


def test_runs_that_are_named_fill_a_database_of_their_own(root: Path, tmp_path: Path) -> None:
    run = publish(root, 2, articles=[edition("a7", sequence=7)])

    assert run_export(run, "--to", "sqlite", tmp_path / "v.db") == 0

    assert ask(tmp_path / "v.db", "SELECT id FROM articles") == [("a7",)]
    assert ask(tmp_path / "v.db", "SELECT cursor FROM export") == [(0,)]


@pytest.mark.parametrize(
    ("args", "wrong"),
    [
        (("--since", "3"), "knows by itself what is new"),
        (("--part", "copies"), "holds articles and copies"),
        (("--country", "KR"), "selected from with SQL"),
        (("--one-per-story",), "selected from with SQL"),
        (("--bom",), "--bom is for --to csv"),
    ],
)
def test_options_that_a_database_does_not_take_are_refused(
    args: tuple[str, ...], wrong: str, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert database(root, tmp_path / "v.db", *args) == 2

    assert wrong in capsys.readouterr().err
    assert not (tmp_path / "v.db").exists()


def test_another_database_is_replaced_only_with_force(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "v.db"
    with closing(sqlite3.connect(out)) as theirs:
        theirs.execute("CREATE TABLE articles (id)")

    assert database(root, out) == 2
    assert "is there, and is not an export" in capsys.readouterr().err
    assert database(root, out, "--force") == 0
    assert len(contents(out)["articles"]) == 6
    assert run_export("-s", f"EXPORTS={root}", "--to", "csv", out) == 0


@pytest.mark.parametrize("args", [(), ("--outlet", "indiatv")], ids=["other exports", "other outlets"])
def test_a_database_of_other_articles_is_left_alone(
    args: tuple[str, ...], root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other, out = tmp_path / "other", tmp_path / "v.db"
    publish_two_days(other)
    assert database(root, out) == 0
    with closing(sqlite3.connect(out)) as earlier:
        earlier.execute("UPDATE export SET layout = 'earlier'")
        earlier.commit()
    before = out.read_bytes()

    assert database(root if args else other, out, *args) == 2

    assert "was written with another" in capsys.readouterr().err
    assert out.read_bytes() == before


def test_a_damaged_database_is_named_and_left(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "v.db"
    assert database(root, out) == 0
    out.write_bytes(out.read_bytes()[:5000])

    assert database(root, out) == 3

    error = capsys.readouterr().err
    assert f"{out}: cannot be written" in error
    assert "--force writes it anew" in error
    assert out.stat().st_size == 5000
    assert database(root, out, "--force") == 0
    assert len(contents(out)["articles"]) == 6


def test_a_reader_who_does_not_let_go_stops_an_export_that_loses_nothing(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sqlite, "_BUSY", 0.05)
    out = tmp_path / "v.db"
    assert database(root, out) == 0
    before = contents(out)
    publish_news(root)

    with closing(sqlite3.connect(out)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM articles").fetchone()
        assert database(root, out) == 3

    assert "cannot be written (database is locked)" in capsys.readouterr().err
    assert contents(out) == before
    assert database(root, out) == 0
    assert ask(out, "SELECT cursor FROM export") == [(10,)]


@pytest.mark.parametrize("form", ["sqlite", "duckdb"])
def test_two_exports_do_not_write_one_database(
    form: str, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("duckdb")
    other = Lock(tmp_path / ".v.db.lock")
    assert other.take()

    assert run_export("-s", f"EXPORTS={root}", "--to", form, tmp_path / "v.db") == 2
    other.release()

    assert "another export is writing it" in capsys.readouterr().err
    assert list(tmp_path.glob("*v.db*")) == []


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


def check_kills(folder: Path, steps: Iterable[int]) -> tuple[int, int]:
    """Kill an export at each of the steps and check what it left; return the deaths, and those that were undone."""
    deaths = undone = 0
    for step in steps:
        root, out = folder / str(step) / "exports", folder / str(step) / "v.db"
        publish_two_days(root)
        assert database(root, out) == 0
        before = contents(out)
        publish_news(root)

        died = die_in(step, STEPS, export_in_small_steps, str(root), str(out))

        undone += "-journal" in left_behind(out)
        left = contents(out)
        assert database(root, out) == 0
        after = contents(out)
        assert left in (before, after)
        assert before != after
        assert left_behind(out) == set()
        if not died:
            break
        deaths += 1
    return deaths, undone


def test_an_export_that_is_killed_leaves_the_old_state(tmp_path: Path) -> None:
    assert check_kills(tmp_path, [12]) == (1, 1)


@pytest.mark.soak
def test_an_export_that_is_killed_at_any_step_leaves_the_old_state(tmp_path: Path) -> None:
    deaths, undone = check_kills(tmp_path, range(100))

    assert deaths >= 15
    assert undone >= 5


@pytest.mark.soak
def test_an_export_that_another_process_kills_at_any_moment_leaves_the_old_state(tmp_path: Path) -> None:
    root, out, begun = tmp_path / "exports", tmp_path / "v.db", 0
    texts = {f"a{number}": f"पुल {number} " * 400 for number in range(1, 301)}
    publish(root, 1, articles=[edition(name, sequence=n, text=text) for n, (name, text) in enumerate(texts.items(), 1)])
    write_catalog(root)
    assert database(root, out) == 0
    before = contents(out)
    more = [edition(name, 2, sequence=n, text=text[::-1]) for n, (name, text) in enumerate(texts.items(), 301)]
    publish(root, 2, articles=more)
    write_catalog(root)
    code = "from tests.exports.dying_databases import *; import sys; export_in_small_steps(*sys.argv[1:])"

    for delay in (0.0, 0.02, 0.05, 0.1, 0.2, 0.4):  # seconds after the file has begun to change
        process = subprocess.Popen([sys.executable, "-c", code, str(root), str(out)], cwd=ROOT)
        while process.poll() is None and "-journal" not in left_behind(out):
            time.sleep(0.001)
        time.sleep(delay)
        process.kill()
        process.wait()
        begun += "-journal" in left_behind(out)
        if process.returncode == 0:
            break
        assert contents(out) == before
    assert begun >= 3
    assert database(root, out) == 0
    assert len(contents(out)["revisions"]) == 600
