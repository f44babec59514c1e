"""Exports in other formats: no record is lost, and no cell runs as a formula in a spreadsheet."""

import csv
import gzip
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from backports import zstd
from scrapy.cmdline import execute

from crawler.exports.csv import CSV_COLUMNS, cell, flatten, write_csv
from crawler.exports.jsonl import BadLine, parts_of, read_rows
from crawler.items import Article, Block, Image, Related, Story
from crawler.shelves import Shelf
from crawler.text.parts import Credit, Dateline, Place
from tests.exports.exporting import read_record

SEOUL = Place(name="सियोल", english="Seoul", country="KR", geonames_id=1835848, latitude=37.57, longitude=126.98)
ARTICLE = Article(
    id="a1",
    outlet="indiatv",
    url="https://khabar.example/1",
    headline="द्वीप तक पहली नाव सेवा शुरू",
    deck="सप्ताह में तीन फेरे",
    byline=["मीरा जोशी", "डिजिटल डेस्क"],
    dateline=Dateline(raw="सियोल:", places=(SEOUL,)),
    credits=[Credit(agency="ap", name="एसोसिएटेड प्रेस", raw="(एपी)", where="tail")],
    published_at="2024-06-13T04:00:00Z",
    published_on="2024-06-13",
    published_precision="minute",
    body=[Block(kind="paragraph", text="सियोल: नाव चली। (एपी)")],
    text="नाव चली।",
    images=[Image(url="https://khabar.example/1.jpg")],
    related=[Related(title="बंदरगाह का विस्तार")],
    language="hi",
    story=Story(id="s1", relation="original"),
    provenance={"headline": "json-ld"},
)


def record(**changes: Any) -> dict[str, Any]:
    changed: dict[str, Any] = json.loads(json.dumps(asdict(replace(ARTICLE, **changes))))
    return changed


@pytest.fixture
def run(tmp_path: Path) -> Path:
    folder = tmp_path / "run=1"
    folder.mkdir()
    lines = [json.dumps(record(id=str(n)), ensure_ascii=False) + "\n" for n in range(3)]
    (folder / "articles-0001.jsonl").write_text("".join(lines[:2]), encoding="utf-8")
    (folder / "articles-0002.jsonl.gz").write_bytes(gzip.compress(lines[2].encode()))
    (folder / "copies.jsonl.zst").write_bytes(zstd.compress(lines[0].encode()))
    return folder


def export(*args: str) -> int:
    with pytest.raises(SystemExit) as left:
        execute(["scrapy", "export", *args])
    return int(left.value.code or 0)


def test_a_csv_row_has_a_cell_for_each_column() -> None:
    row = flatten(record())

    assert list(row) == list(CSV_COLUMNS)
    assert row["byline"] == "मीरा जोशी | डिजिटल डेस्क"
    assert (row["dateline_places"], row["dateline_countries"], row["credits"]) == ("Seoul", "KR", "ap")
    assert row["modified_at"] == ""


LIMA = Place(name="लीमा", english="Lima", country="PE", geonames_id=3936456, latitude=-12.04, longitude=-77.03)
NOWHERE = Place(name="वरुणपुर")


def test_coordinates_and_the_agency_of_the_dateline_have_columns() -> None:
    three = Dateline(raw="लीमा, सियोल, वरुणपुर (एपी):", places=(LIMA, SEOUL, NOWHERE), agency="ap")
    row = flatten(record(dateline=three))
    one = flatten(record(dateline=Dateline(raw="लीमा:", places=(LIMA,))))
    none = flatten(record(dateline=None))

    assert (row["dateline_latitudes"], row["dateline_longitudes"]) == ("-12.04 | 37.57 | ", "-77.03 | 126.98 | ")
    assert (one["dateline_latitudes"], one["dateline_longitudes"]) == ("-12.04", "-77.03")
    assert (row["dateline_agency"], one["dateline_agency"], none["dateline_latitudes"]) == ("ap", "", "")


@pytest.mark.parametrize("text", ["-12.04", "-12.04 | 37.57", "-5", " | -12.04", " | "])
def test_a_minus_before_nothing_but_numbers_is_no_formula(text: str) -> None:
    assert cell(text) == text


@pytest.mark.parametrize("text", ["-12+3", "-1.", "-१२", "-12.04 | =A1", "--1", "-1e3", "-1 |", "-12.04\n"])
def test_a_minus_before_anything_else_is_quoted(text: str) -> None:
    assert cell(text) == f"'{text}"


WIDE = ["\uff1d", "\uff0b", "\uff0d", "\uff20"]
UNSEEN = [" =", "\xa0+", "\ufeff@", "\u200b=", "\x00-", " \u200d ="]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "|", "%", *WIDE, *UNSEEN])
def test_a_cell_that_starts_like_a_formula_is_quoted(start: str) -> None:
    row = flatten(record(headline=f"{start}HYPERLINK(1)"))

    assert row["headline"] == f"'{start}HYPERLINK(1)"


@pytest.mark.parametrize("start", ["", " ", "\u200d", "नई ", "(", '"', "'", "–", "−", "1-", "x=", "#"])
def test_a_cell_that_does_not_is_as_it_was(start: str) -> None:
    assert cell(f"{start}सूची = 1 + 1") == f"{start}सूची = 1 + 1"


def test_pandas_reads_every_cell_as_it_was_written(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    texts = ["एक\n\nदो", 'a"b,"c', "a\rb", "NA", "=1+1", " | ", "नोराबाद, नया", "'एक'", "1", "null", "#N/A"]
    rows = [flatten(record(headline=text, tags=[text])) for text in texts]
    write_csv([record(headline=text, tags=[text]) for text in texts], tmp_path / "out.csv", encoding="utf-8-sig")

    frame = pandas.read_csv(tmp_path / "out.csv", keep_default_na=False, na_values=[""], dtype=str)

    assert list(frame.columns) == list(CSV_COLUMNS)
    assert frame.fillna("").to_dict("records") == rows


def test_all_parts_of_a_run_are_read_in_order(run: Path) -> None:
    ids = [r["id"] for part in parts_of([run]) for r in read_rows(part, read_record)]

    assert ids == ["0", "1", "2"]


def test_a_broken_line_is_named_with_file_and_number(tmp_path: Path) -> None:
    part = tmp_path / "articles.jsonl"
    part.write_text(json.dumps(record()) + '\n{"id": \n', encoding="utf-8")

    with pytest.raises(BadLine, match=r"articles\.jsonl: line 2: "):
        list(read_rows(part, read_record))


def test_a_packed_file_cut_short_is_named(tmp_path: Path) -> None:
    part = tmp_path / "articles.jsonl.gz"
    part.write_bytes(gzip.compress(b'{"id": "1"}\n' * 1000)[:-20])

    with pytest.raises(BadLine, match=r"articles\.jsonl\.gz: line \d+: "):
        list(read_rows(part, read_record))


def test_a_csv_for_excel_begins_with_a_byte_order_mark_and_any_other_does_not(run: Path, tmp_path: Path) -> None:
    plain, excel = tmp_path / "plain.csv", tmp_path / "excel.csv"

    assert export(str(run), "--to", "csv", str(plain)) == 0
    assert export(str(run), "--to", "csv", "--bom", str(excel)) == 0

    assert excel.read_bytes() == b"\xef\xbb\xbf" + plain.read_bytes()
    assert export(str(run), "--to", "ninjs", "--bom", str(tmp_path / "out.json")) == 2


REFUSED = [
    {"outcome": "refused", "outlet": "zee", "url": "https://zee.example/1", "reason": "no-body", "where": "page"},
    {
        "url": "=1+1",
        "reason": "http-404",
        "where": "download",
        "detail": "काम नहीं करता",
        "later": 1,
    },
]


@pytest.mark.parametrize("form", ["csv", "parquet"])
@pytest.mark.parametrize("count", [0, 2])
def test_export_writes_a_shelf_without_records_one_column_a_key(run: Path, form: str, count: int) -> None:
    lines = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in REFUSED[:count])
    (run / "refused.jsonl").write_text(lines, encoding="utf-8")
    out = run / f"out.{form}"

    assert export(str(run), "--part", "refused", "--to", form, str(out)) == 0

    names = [column.name for column in Shelf.REFUSED.columns]
    if form == "csv":
        with out.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        assert header == names
        assert [row[names.index("url")] for row in rows] == ["https://zee.example/1", "'=1+1"][:count]
        return
    table = pq.read_table(out)
    assert table.column_names == names
    assert table.column("detail").to_pylist() == [None, "काम नहीं करता"][:count]


def test_a_row_that_is_none_of_its_shelf_is_named_and_ninjs_takes_articles_only(
    run: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (run / "refused.jsonl").write_text('{"url": 1, "reason": "x", "where": "page"}\n', encoding="utf-8")

    assert export(str(run), "--part", "refused", "--to", "csv", str(run / "out.csv")) == 3
    assert "refused.jsonl: line 1: row.url is 1, and must be string" in capfd.readouterr().err
    assert export(str(run), "--part", "refused", "--to", "ninjs", str(run / "out.json")) == 2
    assert not list(run.glob("out.*"))


def test_export_writes_csv(run: Path, tmp_path: Path) -> None:
    assert export(str(run), "--to", "csv", str(tmp_path / "out.csv")) == 0

    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == ["0", "1", "2"]


def test_export_writes_parquet_with_nested_columns(run: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")

    assert export(str(run), "--to", "parquet", str(tmp_path / "out.parquet")) == 0

    rows = parquet.read_table(tmp_path / "out.parquet").to_pylist()
    assert [row["id"] for row in rows] == ["0", "1", "2"]
    assert rows[0]["dateline"]["places"][0]["country"] == "KR"
    assert rows[0]["provenance"] == [{"field": "headline", "source": "json-ld"}]


def test_export_of_an_empty_run_leaves_a_valid_empty_table(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    (tmp_path / "articles.jsonl").touch()

    assert export(str(tmp_path), "--to", "parquet", str(tmp_path / "out.parquet")) == 0

    table = parquet.read_table(tmp_path / "out.parquet")
    assert (table.num_rows, table.schema.names[:3]) == (0, ["schema_version", "id", "outlet"])


def test_export_leaves_no_half_file_after_a_broken_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "articles.jsonl").write_text(json.dumps(record()) + "\n{\n", encoding="utf-8")

    assert export(str(tmp_path), "--to", "csv", str(tmp_path / "out.csv")) == 3

    assert "articles.jsonl: line 2" in capsys.readouterr().err
    assert not list(tmp_path.glob("out.csv*"))


def test_export_refuses_a_folder_that_is_not_a_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(str(tmp_path), "--to", "csv", str(tmp_path / "out.csv")) == 2

    assert "is it the folder of a run?" in capsys.readouterr().err
