"""Files of articles are read as texts, from wherever they come."""

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from crawler.bulk.story_files import ReadRow, read_story_file

_ROW = {"id": "नाव-1", "body": ["नाव द्वीप पर पहुंची।"], "published_at": "2026-11-20T10:00:00Z"}


def write(path: Path, row: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist([row]), path)
    else:
        path.write_text(json.dumps(row), encoding="utf-8")
    return path


@pytest.mark.parametrize("ending", ["parquet", "txt"])
@pytest.mark.parametrize(
    ("folder", "own", "outlet"),
    [
        ("date=2026-11-20/outlet=dw_hindi", {}, "dw_hindi"),
        ("date=2026-11-20/outlet=dw_hindi", {"outlet": "ndtv"}, "ndtv"),
        ("outlet=dw_hindi/old", {}, None),
        ("outlet=", {}, None),
        ("no-outlet=dw_hindi", {}, None),
    ],
)
def test_a_row_without_an_outlet_has_that_of_its_folder(
    folder: str, own: dict[str, str], outlet: str | None, ending: str, tmp_path: Path
) -> None:
    (found,) = read_story_file(write(tmp_path / folder / f"part-0.{ending}", {**_ROW, **own}))

    assert isinstance(found, ReadRow)
    assert found.text.outlet == outlet


def test_a_copy_has_the_outlet_of_the_place_that_it_comes_from(tmp_path: Path) -> None:
    path = write(tmp_path / "part-0.parquet", _ROW)

    (found,) = read_story_file(path, "s3://videsh/articles/batch=1/date=2026-11-20/outlet=dw_hindi/part-0.parquet")

    assert isinstance(found, ReadRow)
    assert found.text.outlet == "dw_hindi"


@pytest.mark.parametrize("sources", [None, "meta", [], [{"field": "headline"}], [("headline", "meta")]])
def test_parquet_of_another_program_is_read_whatever_its_other_columns_hold(sources: Any, tmp_path: Path) -> None:
    types = [("provenance", pa.map_(pa.string(), pa.string()))] if sources and type(sources[0]) is tuple else []
    other = {"provenance": sources, "page": b"\xff", "price": Decimal("1.5"), "at": dt.time(10, 30)}
    table = pa.Table.from_pylist([{**_ROW, **other}])
    for name, kind in types:
        table = table.set_column(table.schema.get_field_index(name), name, pa.array([sources], kind))
    pq.write_table(table, tmp_path / "other.parquet")

    (found,) = read_story_file(tmp_path / "other.parquet")

    assert isinstance(found, ReadRow)
    assert found.text.id == "नाव-1"
