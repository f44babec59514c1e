"""The snippets of docs/consuming.md run, and its tables match the schema."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from crawler.exports.csv import write_csv
from crawler.exports.ninjs import to_ninjs
from crawler.items import Story
from crawler.reports.coverage import field_paths
from crawler.text.dateline.opening import Dateline
from crawler.text.places import Place
from tests.exports.pages import page_records
from tests.reports.runs import ARTICLES, record, write_run
from tools.field_table import up_to_date


@pytest.fixture
def page(root: Path) -> str:
    return (root / "docs" / "consuming.md").read_text(encoding="utf-8")


@pytest.fixture(params=["a hand-made run", "the released sample"])
def run(request: pytest.FixtureRequest, tmp_path: Path, root: Path) -> Path:
    if request.param == "a hand-made run":
        return write_run(tmp_path / "run=1")
    return Path(shutil.copytree(root / "tests" / "runs" / "samples" / "1.0", tmp_path / "run=2"))


def execute(page: str, name: str, **given: Any) -> dict[str, Any]:
    """Run the snippet with this name, with `given` as its variables, and return its variables."""
    snippet = re.search(rf"<!-- run: {name} -->\n```python\n(.*?)```", page, re.DOTALL)
    assert snippet is not None, f"docs/consuming.md has no snippet {name!r}"
    exec(compile(snippet[1], f"docs/consuming.md ({name})", "exec"), given)
    return given


def lines_of(run: Path) -> int:
    return len((run / "articles.jsonl").read_text(encoding="utf-8").splitlines())


def test_pandas_reads_a_run(page: str, run: Path) -> None:
    pytest.importorskip("pandas")

    left = execute(page, "pandas", run=run)

    assert len(left["articles"]) == lines_of(run)
    assert "ap" in set(left["credits"]["agency"]) or len(left["credits"])


def test_pandas_reads_namibia_in_a_csv(page: str, tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    windhoek = Place(name="विंडहोक", english="Windhoek", country="NA")
    namibian, unknown = record(dateline=Dateline(raw="विंडहोक:", places=(windhoek,))), record(dateline=None)
    write_csv([namibian, unknown], tmp_path / "out.csv")

    left = execute(page, "csv", out=tmp_path / "out.csv")

    assert list(left["articles"]["dateline_countries"].isna()) == [False, True]
    assert left["articles"]["dateline_countries"][0] == "NA"


def test_duckdb_reads_a_run(page: str, run: Path) -> None:
    pytest.importorskip("duckdb")

    left = execute(page, "duckdb", run=run)

    assert left["articles"].aggregate("count(*)").fetchall() == [(lines_of(run),)]
    assert left["countries"]


def test_datasets_reads_a_run(page: str, run: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    pytest.importorskip("datasets")

    left = execute(page, "datasets", run=run)

    assert len(left["articles"]) == lines_of(run)


def test_spark_reads_a_run_where_it_is_installed(page: str, run: Path) -> None:
    pyspark = pytest.importorskip("pyspark.sql")
    spark = pyspark.SparkSession.builder.master("local[1]").getOrCreate()

    left = execute(page, "spark")

    assert left["read_articles"](spark, run).count() == lines_of(run)


def test_sparks_schema_names_the_fields_of_the_record_in_its_order(page: str) -> None:
    written = execute(page, "spark")["SCHEMA"]
    names = re.findall(r"(\w+):?\s+(?:STRING|ARRAY|STRUCT|BIGINT|DOUBLE|MAP)|(\w+):\s", written)

    assert [first or second for first, second in names] == [path.rsplit(".", 1)[-1] for path in field_paths()]


def test_the_table_of_fields_matches_the_schema(page: str) -> None:
    assert up_to_date(page) == page, "run: python -m tools.field_table"


def test_every_file_of_a_run_is_named(page: str, run: Path) -> None:
    for path in run.iterdir():
        assert f"`{path.name}`" in page


def test_the_last_edition_of_each_article_is_found(page: str, tmp_path: Path) -> None:
    revised = record(headline="बदला हुआ शीर्षक", revision=2, story=Story(id="s1", relation="revision", of="a1"))
    for name, records in (("2-late", [revised]), ("1-early", ARTICLES)):
        run = tmp_path / "date=2026-11-24" / f"run={name}"
        run.mkdir(parents=True)
        (run / "articles.jsonl").write_text("".join(f"{json.dumps(each)}\n" for each in records), encoding="utf-8")

    last = execute(page, "editions")["last_editions"](tmp_path)

    assert {key: each["revision"] for key, each in last.items()} == {"a1": 2, "a2": 1}
    assert last["a1"]["headline"] == "बदला हुआ शीर्षक"


def test_the_table_of_other_names_names_fields_of_the_record_and_properties_of_ninjs(page: str) -> None:
    table = re.search(r"<!-- elsewhere -->\n(.*?)<!-- /elsewhere -->", page, re.DOTALL)
    assert table is not None
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table[1].splitlines()[2:]]
    properties = {name for each in page_records() for name in to_ninjs(each)}

    assert len(rows) > 20
    for field, _, ninjs, _, _ in rows:
        assert field.strip("`") in field_paths()
        assert set(re.findall(r"`(\w+)`", re.sub(r"\(.*?\)", "", ninjs))) <= properties, ninjs
