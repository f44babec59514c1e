"""Parquet files have real types, also without a row, and are read without a word of schema."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.exports.pages import page_records

pytest.importorskip("pyarrow")

import pyarrow as pa
import pyarrow.parquet as pq

from crawler.exports.parquet import parquet_schema, write_parquet
from crawler.schema import INSTANT as SCHEMA_INSTANT
from crawler.shelves import Shelf

RECORDS = page_records()
INSTANT = pa.timestamp("us", tz="UTC")


@pytest.fixture(scope="module", params=[0, 1, len(RECORDS)], ids=["no row", "one row", "all pages"])
def rows(request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    return RECORDS[: request.param]


@pytest.fixture
def file(rows: list[dict[str, Any]], tmp_path: Path) -> Path:
    assert write_parquet(iter(rows), tmp_path / "articles.parquet") == len(rows)
    return tmp_path / "articles.parquet"


def test_every_file_has_the_whole_schema_with_real_types(file: Path) -> None:
    schema = pq.read_schema(file)

    assert schema.equals(parquet_schema())
    assert [schema.field(name).type for name in ("published_at", "modified_at", "fetched_at")] == [INSTANT] * 3
    assert schema.field("published_on").type == schema.field("dateline").type.field("date").type == pa.date32()
    assert not any("map<" in str(field.type) for field in schema)


@pytest.mark.parametrize("shelf", [shelf for shelf in Shelf if not shelf.has_records])
def test_the_times_of_other_shelves_are_instants_too(shelf: Shelf, tmp_path: Path) -> None:
    moment = datetime(2026, 11, 24, 4, 30, tzinfo=UTC)
    row: dict[str, Any] = {
        name: 1 if rule["type"] == "integer" else "x" for name, rule in shelf.row_schema["properties"].items()
    }
    times = [column.name for column in shelf.columns if column.pattern == SCHEMA_INSTANT]
    row |= dict.fromkeys(times, "2026-11-24T04:30:00Z") | {"sequence": None}

    assert write_parquet([row], tmp_path / "out.parquet", shelf) == 1

    (read,) = pq.read_table(tmp_path / "out.parquet").to_pylist()
    wanted = row | dict.fromkeys(times, moment)
    assert read == {column.name: wanted[column.name] for column in shelf.columns}
    assert len(times) == {"withdrawn": 2, "story-moves": 1, "refused": 0}[shelf]


def test_nothing_is_lost(file: Path, rows: list[dict[str, Any]]) -> None:
    def plain(value: Any) -> Any:
        if isinstance(value, datetime):
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, dict):
            return {key: plain(inner) for key, inner in value.items()}
        return [plain(each) for each in value] if isinstance(value, list) else value

    read = [plain(row) for row in pq.read_table(file).to_pylist()]

    assert [row | {"provenance": {e["field"]: e["source"] for e in row["provenance"]}} for row in read] == rows


def test_pandas_reads_instants(file: Path, rows: list[dict[str, Any]]) -> None:
    pandas = pytest.importorskip("pandas")

    frame = pandas.read_parquet(file)

    assert len(frame) == len(rows)
    assert str(frame["published_at"].dtype) == "datetime64[us, UTC]"


def test_duckdb_reads_instants_and_days(file: Path, rows: list[dict[str, Any]]) -> None:
    duckdb = pytest.importorskip("duckdb")

    found = duckdb.sql(f"SELECT published_at, published_on, provenance FROM '{file}'")

    assert [str(kind) for kind in found.types[:2]] == ["TIMESTAMP WITH TIME ZONE", "DATE"]
    places = duckdb.sql(f"SELECT unnest(dateline.places).country FROM '{file}'").fetchall()
    expected = [place["country"] for row in rows if row["dateline"] for place in row["dateline"]["places"]]
    assert [country for (country,) in places] == expected


def test_polars_reads_instants_and_days(file: Path, rows: list[dict[str, Any]]) -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed")

    frame = polars.read_parquet(file)

    assert len(frame) == len(rows)
    assert frame.schema["published_at"] == polars.Datetime("us", "UTC")
    assert frame.schema["published_on"] == polars.Date


@pytest.mark.soak
def test_datasets_read_instants_and_days(
    file: Path, rows: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HOME", str(file.parent))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    datasets = pytest.importorskip("datasets", reason="datasets is not installed")

    # datasets take a file without rows for no data, unless they stream it.
    given = {"data_files": str(file), "split": "train", "cache_dir": str(file.parent)}
    found = datasets.load_dataset("parquet", **given, streaming=not rows)

    assert len(list(found)) == len(rows)
    assert str(found.features["published_at"].dtype) == "timestamp[us, tz=UTC]"
