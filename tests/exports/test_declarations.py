"""What `scrapy schema --for` prints makes each program read the lines whole and with real types, empty files too."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.exports.declarations import READERS, declaration
from crawler.items import Article
from crawler.shelves import Shelf
from tests.commands.running import scrapy
from tests.exports.exported_runs import KINDS, json_lines, rows_of, typed, write_runs

MOVE = {"article": "a", "from": "s1", "to": "s2", "moved_at": "2026-11-24T04:30:00Z", "because": "b", "run_id": None}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def run(kind: str, tmp_path: Path) -> str:
    return write_runs(kind, tmp_path)


def names_in(python: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(python, names)
    return names


def test_duckdb_reads_every_value(run: str, kind: str) -> None:
    duckdb = pytest.importorskip("duckdb")
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")

    connection.execute(declaration(Shelf.ARTICLES, "duckdb"))
    connection.execute(f"COPY articles FROM '{run}/articles*.jsonl*' (FORMAT json)")

    found = connection.sql("FROM articles")
    assert found.columns == list(Article.__dataclass_fields__)
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    assert sorted(rows, key=by_id) == sorted((typed(row) for row in rows_of(kind)), key=by_id)


def test_polars_reads_every_value(run: str, kind: str) -> None:
    polars = pytest.importorskip("polars")
    schema = names_in(declaration(Shelf.ARTICLES, "polars"))["SCHEMA"]

    frame = polars.read_ndjson(f"{run}/articles*.jsonl*", schema=schema)

    assert frame.schema == schema
    rows = [row | {"provenance": json.loads(row["provenance"])} for row in frame.to_dicts()]
    assert sorted(rows, key=by_id) == sorted((typed(row) for row in rows_of(kind)), key=by_id)


def test_pandas_has_the_same_types_whatever_the_rows(kind: str) -> None:
    pandas = pytest.importorskip("pandas")
    types = names_in(declaration(Shelf.ARTICLES, "pandas"))["DTYPES"]

    frame = pandas.DataFrame(rows_of(kind), columns=list(types)).astype(types)

    assert {name: str(kind) for name, kind in frame.dtypes.items()} == types
    plain = frame[[name for name in types if types[name] != "object"]].to_dict("records")
    wanted = [{name: row[name] for name in plain[0]} for row in map(typed, rows_of(kind))] if plain else []
    assert [{name: as_python(value, pandas) for name, value in row.items()} for row in plain] == wanted


def as_python(value: Any, pandas: Any) -> Any:
    if value is pandas.NaT or value is pandas.NA:
        return None
    if isinstance(value, pandas.Timestamp):
        return value.to_pydatetime() if value.tzinfo else value.date()
    return value


def by_id(row: dict[str, Any]) -> str:
    return str(row["id"])


@pytest.mark.parametrize("reader", ["duckdb", "polars"])
def test_another_shelf_is_declared_too_and_its_keys_may_be_words_of_sql(reader: str, tmp_path: Path) -> None:
    program = pytest.importorskip(reader)
    (tmp_path / "story-moves.jsonl").write_text(json_lines([MOVE]), encoding="utf-8")
    text = scrapy("schema", "story-moves", "--for", reader).out

    if reader == "duckdb":
        connection = program.connect()
        connection.execute(text)
        connection.execute(f"COPY story_moves FROM '{tmp_path}/story-moves.jsonl' (FORMAT json)")
        connection.execute("SET TimeZone = 'UTC'")
        read = connection.sql('SELECT "from", "to", moved_at FROM story_moves').fetchall()
    else:
        read = program.read_ndjson(tmp_path / "story-moves.jsonl", schema=names_in(text)["SCHEMA"])
        read = read.select("from", "to", "moved_at").rows()

    assert read == [("s1", "s2", datetime(2026, 11, 24, 4, 30, tzinfo=UTC))]


def test_bigquery_gets_a_name_a_type_and_a_mode_for_each_field() -> None:
    types = {"STRING", "INTEGER", "FLOAT", "BOOLEAN", "TIMESTAMP", "DATE", "RECORD", "JSON"}
    columns = json.loads(declaration(Shelf.ARTICLES, "bigquery"))

    assert [column["name"] for column in columns] == list(Article.__dataclass_fields__)
    for column in [*columns, *(inner for each in columns for inner in each.get("fields", ()))]:
        assert column["type"] in types
        assert column["mode"] in {"NULLABLE", "REPEATED"}
        assert len(column["description"]) <= 1024, "BigQuery allows no more"
        assert ("fields" in column) == (column["type"] == "RECORD")
    kinds = {column["name"]: (column["type"], column["mode"]) for column in columns}
    assert kinds["published_at"] == ("TIMESTAMP", "NULLABLE")
    assert kinds["published_on"] == ("DATE", "NULLABLE")
    assert kinds["credits"] == ("RECORD", "REPEATED")
    assert kinds["provenance"] == ("JSON", "NULLABLE")


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("shelf", Shelf)
def test_every_key_of_every_shelf_is_declared_to_every_program(shelf: Shelf, reader: str) -> None:
    keys = [column.name for column in shelf.columns] or list(Article.__dataclass_fields__)
    text = declaration(shelf, reader)

    assert all(f'"{key}"' in text or text.startswith(f"{key} ") or f"\n{key} " in text for key in keys)
    assert text.endswith("\n")


def test_the_command_prints_the_declaration_and_nothing_else() -> None:
    printed = scrapy("schema", "--for", "spark")
    wrong = scrapy("schema", "--for", "excel")

    assert (printed.code, printed.out, printed.err) == (0, declaration(Shelf.ARTICLES, "spark"), "")
    assert wrong.code == 2
    assert "duckdb" in wrong.err
