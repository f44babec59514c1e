"""A database that cannot be brought up to date is named, and left as it is."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crawler.exports import sqlite
from crawler.lock import Lock
from tests.exports.databases import ask, contents, database, publish_news, publish_six
from tests.exports.dying_databases import left_behind
from tests.exports.published_runs import exported, run_export


@pytest.fixture
def root(tmp_path: Path) -> Path:
    publish_six(tmp_path / "exports")
    return tmp_path / "exports"


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
    publish_six(other)
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


@pytest.mark.parametrize("change", ["DELETE FROM export", "UPDATE export SET kind = '{'", "DROP TABLE export"])
def test_a_database_whose_cursor_was_changed_is_named_and_left(
    change: str, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "v.db"
    assert database(root, out) == 0
    with closing(sqlite3.connect(out, isolation_level=None)) as theirs:
        theirs.execute(change)
    before = out.read_bytes()

    assert database(root, out) == 3

    assert "export; --force writes it anew" in capsys.readouterr().err.replace(" was changed", "")
    assert out.read_bytes() == before
    assert database(root, out, "--force") == 0


def test_an_export_in_another_format_is_replaced(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "news"
    exported(root, out)

    assert database(root, out) == 0
    assert database(root, out) == 0

    assert len(contents(out)["articles"]) == 6


def test_the_log_of_a_database_that_is_replaced_is_not_applied_to_the_new_one(root: Path, tmp_path: Path) -> None:
    out, log = tmp_path / "v.db", tmp_path / "v.db-wal"
    assert database(root, out) == 0
    whole = contents(out)
    with closing(sqlite3.connect(out, isolation_level=None)) as reader:
        reader.execute("PRAGMA journal_mode = WAL")
        reader.execute("DELETE FROM revisions")
        left = out.read_bytes(), log.read_bytes()
    out.write_bytes(left[0])
    log.write_bytes(left[1])

    assert database(root, out, "--force") == 0

    assert contents(out) == whole
    assert left_behind(out) == set()
