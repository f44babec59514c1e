"""`scrapy export --to duckdb`: views over Parquet that say what the SQLite database says."""

import sqlite3
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.exports.databases import TABLES, database
from tests.exports.published_runs import edition, publish, run_export, withdrawal, write_catalog
from tests.exports.random_newsroom import Newsroom

duckdb = pytest.importorskip("duckdb")

VIEWS = (*TABLES, "latest", "one_per_story", "by_country")


def export(root: Path, out: Path, *args: str) -> int:
    return run_export(*args, "-s", f"EXPORTS={root}", "--to", "duckdb", out)


def rows(out: Path, view: str, columns: str = "*") -> list[tuple[Any, ...]]:
    with closing(duckdb.connect(str(out), read_only=True)) as connection:
        found = connection.execute(f"SELECT {columns} FROM {view}").fetchall()
    return sorted((tuple(_text(value) for value in row) for row in found), key=repr)


def _text(value: Any) -> Any:
    """Return a value as SQLite holds it."""
    if isinstance(value, datetime):
        return f"{value.isoformat()}Z"
    if isinstance(value, list):
        return "[" + ", ".join(f'"{each}"' for each in value) + "]"
    return value.isoformat() if isinstance(value, date) else value


def test_its_views_have_the_rows_of_the_sqlite_database(tmp_path: Path) -> None:
    newsroom, root = Newsroom(tmp_path / "exports", 3), tmp_path / "exports"
    for _ in range(5):
        newsroom.run()
    for _ in range(2):
        assert export(root, tmp_path / "news.duckdb") == 0
    assert database(root, tmp_path / "news.db") == 0

    assert [path.name for path in (tmp_path / "news.duckdb.parquet").iterdir()] == ["2"]
    with closing(sqlite3.connect(tmp_path / "news.db")) as connection:
        for view in VIEWS:
            wanted = sorted(connection.execute(f"SELECT * FROM {view}").fetchall(), key=repr)
            assert rows(tmp_path / "news.duckdb", view) == wanted, view


@pytest.fixture
def root(tmp_path: Path) -> Path:
    publish(tmp_path / "exports", 1, articles=[edition("a1", sequence=1), edition("a2", sequence=2)])
    write_catalog(tmp_path / "exports")
    return tmp_path / "exports"


def test_what_was_withdrawn_leaves_the_parquet_too(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "news.duckdb"
    assert export(root, out) == 0
    publish(root, 2, withdrawn=[withdrawal("a2", sequence=3)])
    write_catalog(root)

    assert export(root, out) == 0

    assert rows(out, "articles", "id") == rows(out, "revisions", "article") == [("a1",)]
    assert [path.parent.name for path in tmp_path.rglob("*.parquet") if path.is_file()] == ["2"] * len(TABLES)


def test_compacted_runs_and_others_are_in_its_views(root: Path, tmp_path: Path) -> None:
    from scrapy.cmdline import execute

    with pytest.raises(SystemExit) as ended:
        execute(["scrapy", "compact", "--drop", "-s", f"EXPORTS={root}", "-s", "STORE=", "--before", "2026-11-25"])
    assert ended.value.code in (0, None)
    assert list(root.glob("compacted/shelf=articles/*/*.parquet"))
    assert run_export("-s", f"EXPORTS={root}", "--to", "duckdb", tmp_path / "news.duckdb") == 0

    assert rows(tmp_path / "news.duckdb", "articles", "id") == [("a1",), ("a2",)]


def test_a_database_of_others_is_replaced_only_with_force(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "news.duckdb"
    with closing(duckdb.connect(str(out))) as theirs:
        theirs.execute("CREATE TABLE export (made_by TEXT)")

    assert export(root, out) == 2
    assert "is not an export" in capsys.readouterr().err
    assert export(root, out, "--force") == 0
    assert run_export("-s", f"EXPORTS={root}", "--to", "csv", out) == 0


def test_a_path_that_duckdb_takes_for_a_pattern_is_refused(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(root, tmp_path / "news[1].duckdb") == 2

    assert "for a pattern; name another one" in capsys.readouterr().err
    assert list(tmp_path.glob("news*")) == []


def test_a_file_in_the_place_of_its_folder_is_named(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    beside = tmp_path / "v.duckdb.parquet"
    beside.touch()

    assert run_export("-s", f"EXPORTS={root}", "--to", "duckdb", tmp_path / "v.duckdb") == 2

    assert f"{beside}: is no folder" in capsys.readouterr().err
    assert [each.name for each in tmp_path.glob("*v.*")] == [beside.name]


def test_an_export_that_fails_leaves_the_old_views_and_nothing_else(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "it's.duckdb"
    assert export(root, out) == 0
    broken = publish(root, 2, articles=[edition("a3", sequence=3)]) / "articles.jsonl"
    write_catalog(root)
    broken.write_bytes(broken.read_bytes().replace(b'"a3"', b'"a3'))

    assert export(root, out) == 3

    assert rows(out, "articles", "id") == [("a1",), ("a2",)]
    assert {path.name for path in tmp_path.glob("*it*")} == {out.name, f"{out.name}.parquet"}
    assert [path.name for path in (tmp_path / f"{out.name}.parquet").iterdir()] == ["1"]
