"""Spark's Parquet and JSON Lines hold every value that `scrapy extract` prints; a second job reads what is missing."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from crawler.exports.parquet import parquet_schema
from tests.bulk.archives import write_archives
from tests.bulk.spark_jobs import skip_without_spark, videsh_each
from tests.commands.running import scrapy
from tests.exports.exported_runs import Record, typed

pytestmark = [pytest.mark.soak, pytest.mark.foreign]

FORMATS = ("parquet", "jsonl")
_PLACE = re.compile(r"/articles/(batch=[0-9]{1,9}/date=[0-9-]{10}/outlet=([a-z0-9_]{1,40}))/part-")
FIRST, ALL = 2, 3
"""Archives of the first job, and of the second, which has the same output."""
LEFT = "articles/batch=2/date=2026-11-20/outlet=zee"
"""Where a job that was killed while it wrote its second batch has left a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What two jobs have written in each format, and what `scrapy extract` prints for the same archives."""

    folder: Path
    records: list[tuple[str, Record]]
    """Of each record: the folder in which it must lie, and itself; sorted by id."""
    lines: dict[str, str]
    """The printed line of each id."""

    def parts(self, ending: str) -> list[tuple[Path, str, str]]:
        """Return the files of articles of a format, each with its folder and its outlet."""
        found = [(path, _PLACE.search(path.as_posix())) for path in sorted(self.folder.rglob(f"part-*.{ending}"))]
        return [(path, place[1], place[2]) for path, place in found if place]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    skip_without_spark()
    folder = tmp_path_factory.mktemp("reading")
    archives = write_archives(folder / "warcs", archives=ALL, each=20)
    none = folder / "warcs" / "none.warc.gz"
    none.write_bytes(b"no archive")

    def job(name: str, count: int, *more: str) -> list[str]:
        places = map(str, [*archives[:count], none])
        return ["extract", "--engine", "spark", "--to", name, "--out", name, *more, *places]

    assert videsh_each([job(name, FIRST) for name in FORMATS], folder=folder) == [3, 3]
    for name in FORMATS:
        (folder / name / LEFT).mkdir(parents=True)
        (folder / name / LEFT / f"part-half.{name}").write_bytes(b"half of a batch, as a killed job leaves it")
    again = [*(job(name, ALL) for name in FORMATS), job("jsonl", ALL, "--outlet", "zee")]
    assert videsh_each(again, folder=folder) == [3, 3, 2]

    records: list[tuple[str, Record]] = []
    lines: dict[str, str] = {}
    for batch, chosen in enumerate([archives[:FIRST], archives[FIRST:]], start=1):
        for line in scrapy("extract", "--jobs", "1", *chosen).out.splitlines():
            record = json.loads(line)
            date = record["published_on"] or record["fetched_at"][: len("2026-11-20")]
            records.append((f"batch={batch}/date={date}/outlet={record['outlet']}", record))
            lines[record["id"]] = line
    assert len(lines) == len(records) == 60
    return Read(folder=folder, records=by_id(records), lines=lines)


def by_id(rows: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return sorted(rows, key=lambda row: str(row[1]["id"]))


def test_every_line_is_that_of_extract_in_the_folder_of_its_day_and_outlet(read: Read) -> None:
    lines = [(place, line) for path, place, _ in read.parts("txt") for line in path.read_text("utf-8").splitlines()]

    assert sorted(lines) == sorted((place, read.lines[record["id"]]) for place, record in read.records)


def test_every_value_of_parquet_is_that_of_extract_in_the_folder_of_its_day_and_outlet(read: Read) -> None:
    rows = [
        (place, {**row, "outlet": outlet})
        for path, place, outlet in read.parts("parquet")
        for row in pq.ParquetFile(path).read().to_pylist()
    ]

    assert by_id(rows) == [(place, typed(record, as_pairs)) for place, record in read.records]


def as_pairs(sources: dict[str, str]) -> list[dict[str, str]]:
    """Return a map as Parquet has it."""
    return [{"field": field, "source": source} for field, source in sources.items()]


def test_parquet_has_the_columns_of_an_export(read: Read) -> None:
    exported = [(field.name, type_of(field.type)) for field in parquet_schema() if field.name != "outlet"]

    for path, _, _ in read.parts("parquet"):
        assert [(field.name, type_of(field.type)) for field in pq.read_schema(path)] == exported


def type_of(kind: pa.DataType) -> str:
    """Return a type without the names that programs give to the values of lists, and what is never null."""
    return re.sub(r"list<[a-z]{1,9}: ", "list<", str(kind)).replace(" not null", "")


@pytest.mark.parametrize("name", FORMATS)
def test_what_a_killed_job_left_is_deleted_and_a_job_with_another_filter_refused(read: Read, name: str) -> None:
    assert list((read.folder / name).rglob("*half*")) == []
    assert json.loads((read.folder / name / "job.json").read_text())["outlets"] == []


@pytest.mark.parametrize("name", FORMATS)
def test_a_second_job_reads_what_is_missing(read: Read, name: str) -> None:
    counts = json.loads((read.folder / name / "counts.json").read_text())

    assert counts == {"archives": ALL, "articles": 60, "refused": ALL, "skipped": ALL, "failed": 1}
    done = pq.read_table(read.folder / name / "archives").to_pylist()
    assert sorted((row["batch"], Path(row["archive"]).name) for row in done) == [
        (1, "part-00000.warc.gz"),
        (1, "part-00001.warc.gz"),
        (2, "part-00002.warc.gz"),
    ]


def test_stories_of_parquet_are_those_of_json_lines(read: Read) -> None:
    found = [scrapy("stories", *(path for path, _, _ in read.parts(ending))) for ending in ("parquet", "txt")]

    assert [done.code for done in found] == [0, 0]
    assert sorted(found[0].out.splitlines()) == sorted(found[1].out.splitlines())
    assert len(found[0].out.splitlines()) == 60
