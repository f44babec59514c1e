"""Files of articles are read as texts, from wherever they come."""

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from crawler.bulk.story_files import ReadRow, UnreadRow, read_story_file
from crawler.bulk.text_rows import TEXT_COLUMNS, row_of_text
from tests.bulk.many_texts import many_texts

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


TEXTS = [row_of_text(text) for text in many_texts(6)]


def of_texts(path: Path, first: dict[str, Any], types: dict[str, pa.DataType], *, without: str = "") -> Path:
    """Write texts as Parquet, the first with other values, some columns with other types, and one left out."""
    columns = {name: types.get(name, kind) for name, kind in TEXT_COLUMNS.items() if name != without}
    rows = [{**row, **(first if row is TEXTS[0] else {})} for row in TEXTS]
    pq.write_table(pa.Table.from_pylist(rows, schema=pa.schema(columns.items())), path)
    return path


def texts_and_faults(path: Path) -> tuple[list[str], list[tuple[int, str]]]:
    found = list(read_story_file(path))
    faults = [(each.line, each.reason) for each in found if isinstance(each, UnreadRow)]
    return [each.text.id for each in found if isinstance(each, ReadRow)], faults


@pytest.mark.parametrize(
    ("first", "fault"),
    [
        ({"id": None}, '"id" is missing or empty'),
        ({"id": ""}, '"id" is missing or empty'),
        ({"words": None}, '"words" is null, or holds a null'),
        ({"words": b"abc"}, '"words" or "marks" are not as docs/bulk.md has them'),
        ({"marks": None}, '"marks" is null, or holds a null'),
        ({"marks": [1, None]}, '"marks" is null, or holds a null'),
        ({"marks": [1 << 32]}, '"words" or "marks" are not as docs/bulk.md has them'),
        ({"marks": [-1]}, '"words" or "marks" are not as docs/bulk.md has them'),
        ({"agencies": None}, '"agencies" is null, or holds a null'),
        ({"by_agency": None, "digest": None, "figures": None}, '"by_agency" is null, or holds a null'),
        ({"weight": None}, '"weight" is null, or holds a null'),
    ],
)
def test_a_bad_row_of_texts_is_left_out_alone(first: dict[str, Any], fault: str, tmp_path: Path) -> None:
    ids, faults = texts_and_faults(of_texts(tmp_path / "texts.parquet", first, {}))

    assert ids == [row["id"] for row in TEXTS[1:]]
    ((line, reason),) = faults
    assert line == 1
    assert reason.startswith(fault)
    assert reason.endswith("; this row is left out")


@pytest.mark.parametrize(
    "types",
    [
        {"id": pa.large_string(), "words": pa.large_binary(), "marks": pa.large_list(pa.uint32())},
        {"published": pa.int32(), "weight": pa.uint64()},
        {"outlet": pa.dictionary(pa.int32(), pa.string())},
    ],
    ids=["large", "integers", "dictionary"],
)
def test_texts_of_other_programs_may_have_types_of_another_size(types: dict[str, pa.DataType], tmp_path: Path) -> None:
    ids, faults = texts_and_faults(of_texts(tmp_path / "texts.parquet", {"published": None, "outlet": None}, types))

    assert (ids, faults) == ([row["id"] for row in TEXTS], [])


def test_columns_without_a_value_have_no_type(tmp_path: Path) -> None:
    rows = [{**row, "published": None, "dated": None, "agencies": [], "outlet": None} for row in TEXTS]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "texts.parquet")

    assert texts_and_faults(tmp_path / "texts.parquet") == ([row["id"] for row in TEXTS], [])


@pytest.mark.parametrize(
    ("name", "kind", "values"),
    [
        ("published", pa.string(), "1599963731"),
        ("published", pa.timestamp("us"), dt.datetime(2026, 11, 20, 10)),
        ("published", pa.timestamp("us", "UTC"), dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)),
        ("weight", pa.float64(), 1.5),
        ("marks", pa.list_(pa.string()), ["1"]),
        ("id", pa.int64(), 7),
        ("by_agency", pa.string(), "no"),
    ],
)
def test_texts_with_another_type_of_a_column_are_named_once(
    name: str, kind: pa.DataType, values: Any, tmp_path: Path
) -> None:
    columns = {**TEXT_COLUMNS, name: kind}
    table = pa.Table.from_pylist([{**row, name: values} for row in TEXTS], schema=pa.schema(columns.items()))
    pq.write_table(table, tmp_path / "texts.parquet")

    ids, ((line, reason),) = texts_and_faults(tmp_path / "texts.parquet")

    assert (ids, line) == ([], 1)
    wanted = f'has {kind} in the column "{name}", which is {TEXT_COLUMNS[name]} in texts (docs/bulk.md)'
    assert reason.replace("element: ", "item: ").startswith(wanted)


def test_texts_without_a_column_are_named_once(tmp_path: Path) -> None:
    path = of_texts(tmp_path / "texts.parquet", {}, {}, without="marks")

    ids, ((_, reason),) = texts_and_faults(path)

    assert ids == []
    assert reason.startswith('has no column "marks", which texts have (docs/bulk.md)')
