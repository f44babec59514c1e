"""The snippets of docs/consuming.md read runs of every kind, and its tables match the schema."""

import re
import shutil
import sys
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest

from crawler.exports.catalog_rows import PartState
from crawler.exports.compaction import Compaction
from crawler.exports.csv import write_csv
from crawler.exports.declarations import declaration
from crawler.exports.jsonl import read_rows
from crawler.exports.ninjs import to_ninjs
from crawler.exports.publication import Publication
from crawler.exports.storage import LocalStorage
from crawler.items import Article
from crawler.reports.coverage import field_paths
from crawler.shelves import Shelf
from crawler.store import open_store
from crawler.text.parts import Dateline, Place
from tests.exports.exported_runs import KINDS, rows_of, write_runs
from tests.exports.exporting import export_of, read_record
from tests.exports.pages import page_records
from tests.exports.published_runs import edition, publish, run_export
from tests.reports.runs import record, write_run
from tools.field_table import up_to_date

FILES = {"pandas": "articles_dtypes.py", "polars": "articles_schema.py", "duckdb": "articles.sql"}
"""The files that the document tells users to make with `scrapy schema --for`."""
ORDER = ["id", "schema_version"]


@pytest.fixture
def page(root: Path) -> str:
    return (root / "docs" / "consuming.md").read_text(encoding="utf-8")


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def rows(kind: str) -> list[dict[str, Any]]:
    return rows_of(kind)


@pytest.fixture
def run(kind: str, page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the folder or pattern of the runs; the current folder holds the files that the snippets read."""
    for reader, name in FILES.items():
        assert f"`scrapy schema --for {reader} > {name}`" in page
        (tmp_path / name).write_text(declaration(Shelf.ARTICLES, reader), encoding="utf-8")
        monkeypatch.delitem(sys.modules, name.removesuffix(".py"), raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    return write_runs(kind, tmp_path / "exports")


@pytest.fixture
def parquet(run: str, tmp_path: Path) -> Path:
    """Return what `--to parquet` writes from the runs."""
    pytest.importorskip("pyarrow")
    from crawler.exports.parquet import write_parquet

    parts = sorted((tmp_path / "exports").glob("date=*/run=*/articles*.jsonl*"))
    write_parquet((each for part in parts for each in read_rows(part, read_record)), tmp_path / "out.parquet")
    return tmp_path / "out.parquet"


def execute(page: str, name: str, **given: Any) -> dict[str, Any]:
    """Run the snippet with this name, with `given` as its variables, and return its variables."""
    snippet = re.search(rf"<!-- run: {name} -->\n```python\n(.*?)```", page, re.DOTALL)
    assert snippet is not None, f"docs/consuming.md has no snippet {name!r}"
    exec(compile(snippet[1], f"docs/consuming.md ({name})", "exec"), given)
    return given


def instants(rows: list[dict[str, Any]]) -> list[datetime | None]:
    """Return the instants of rows, a day as its midnight in UTC, in the order of ORDER."""
    found = [row["published_at"] for row in sorted(rows, key=itemgetter(*ORDER))]
    times = [text and datetime.fromisoformat(text) for text in found]
    return [at and (at if at.tzinfo else at.replace(tzinfo=UTC)) for at in times]


def agencies(rows: list[dict[str, Any]]) -> Counter[tuple[str, str]]:
    return Counter((row["outlet"], credit["agency"]) for row in rows for credit in row["credits"])


def test_pandas_reads_runs(page: str, run: str, rows: list[dict[str, Any]]) -> None:
    pandas = pytest.importorskip("pandas")

    left = execute(page, "pandas", run=run)

    articles = left["articles"].sort_values(ORDER)
    assert [None if at is pandas.NaT else at.to_pydatetime() for at in articles["published_at"]] == instants(rows)
    assert Counter(zip(left["credits"]["outlet"], left["credits"]["agency"], strict=True)) == agencies(rows)


def test_duckdb_reads_runs(page: str, run: str, rows: list[dict[str, Any]]) -> None:
    pytest.importorskip("duckdb")
    places = [place for row in rows if row["dateline"] for place in row["dateline"]["places"]]

    left = execute(page, "duckdb", run=run)

    dated = left["connection"].sql("SELECT published_at FROM articles WHERE published_precision <> 'day' ORDER BY id")
    wanted = instants([row for row in rows if row.get("published_precision") not in (None, "day")])
    assert [at for (at,) in dated.fetchall()] == wanted
    assert left["connection"].sql("SELECT count(*) FROM articles").fetchall() == [(len(rows),)]
    assert dict(left["countries"]) == Counter(place["country"] for place in places)


def test_duckdb_reads_the_days_of_many_runs_from_their_folders(page: str, run: str, rows: list[dict[str, Any]]) -> None:
    pytest.importorskip("duckdb")

    articles = execute(page, "duckdb-folders", run=run)["articles"]

    assert articles.columns[-2:] == ["date", "run"]
    assert sum(count for (count,) in articles.aggregate("count(*)", "date").fetchall()) == len(rows)


def test_polars_reads_runs(page: str, run: str, rows: list[dict[str, Any]]) -> None:
    pytest.importorskip("polars")

    left = execute(page, "polars", run=run)

    assert left["articles"].sort(ORDER)["published_at"].to_list() == instants(rows)
    assert Counter(left["credits"].select("outlet", "agency").rows()) == agencies(rows)


def test_pyarrow_reads_runs(page: str, parquet: Path, rows: list[dict[str, Any]]) -> None:
    left = execute(page, "pyarrow", out=parquet)

    assert len(left["articles"]) == len(rows)
    assert len(left["hindi"]) == sum(row["language"] == "hi" for row in rows)


@pytest.mark.soak
def test_datasets_reads_runs(
    page: str, parquet: Path, rows: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HOME", str(parquet.parent))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    pytest.importorskip("datasets")

    left = execute(page, "datasets", out=parquet)

    assert len(left["articles"]) == len(rows)
    assert len(left["hindi"]) == sum((row["language"], row["access"]) == ("hi", "full") for row in rows)
    assert "timestamp" in str(left["articles"].features["published_at"])


def test_pandas_reads_a_csv_and_namibia_in_it(page: str, kind: str, rows: list[dict[str, Any]], tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    windhoek = Place(name="विंडहोक", english="Windhoek", country="NA")
    known = [row for row in rows if row["schema_version"] == "1.1"]
    known += [] if kind == "an empty run" else [record(dateline=Dateline(raw="विंडहोक:", places=(windhoek,)))]
    write_csv(known, tmp_path / "out.csv")

    left = execute(page, "csv", out=tmp_path / "out.csv")

    countries = [each for each in left["articles"]["dateline_countries"] if isinstance(each, str)]
    assert len(left["articles"]) == len(known)
    assert countries == [text for row in known if (text := " | ".join(countries_of(row)))]
    assert ("NA" in countries) == bool(known)


def test_sqlite_finds_words_however_they_are_spelled(page: str, tmp_path: Path) -> None:
    text = "ईरान ने युद्ध विराम पर बातचीतों का बयान दिया।"
    run = publish(tmp_path / "exports", 1, articles=[edition("a1", text=text), edition("a2", text=text[5:])])
    assert run_export(run, "--to", "sqlite", tmp_path / "news.db") == 0

    left = execute(page, "sqlite", out=tmp_path / "news.db")

    assert [headline for _, _, headline in left["found"]] == [edition("a1")["headline"]]


def countries_of(row: dict[str, Any]) -> list[str]:
    return [place["country"] for place in (row["dateline"] or {"places": ()})["places"] if place["country"]]


def test_the_table_of_fields_matches_the_schema(page: str) -> None:
    assert up_to_date(page) == page, "run: python -m tools.field_table"


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_every_file_of_a_run_is_named(page: str, version: str, tmp_path: Path, root: Path) -> None:
    sample = root / "tests" / "runs" / "samples" / "1.0"
    folder = Path(shutil.copytree(sample, tmp_path / "1.0")) if version == "1.0" else write_run(tmp_path / "run=1")

    for path in folder.iterdir():
        assert f"`{path.name}`" in page


def test_the_last_edition_of_each_article_is_found(page: str, run: str, rows: list[dict[str, Any]]) -> None:
    pytest.importorskip("duckdb")
    connection = execute(page, "duckdb", run=run)["connection"]
    revised = [row["id"] for row in rows[::3]]
    connection.execute(
        "INSERT INTO articles SELECT * REPLACE (2 AS revision) FROM articles WHERE id IN $ids", {"ids": revised}
    )

    last = execute(page, "editions", connection=connection)["last"]

    found = last.project("id, revision").fetchall()
    assert sorted(found) == sorted((each, 1 + (each in revised)) for each in {row["id"] for row in rows})


def test_the_catalog_leads_to_what_is_new(page: str, tmp_path: Path) -> None:
    with closing(open_store(f"sqlite:///{tmp_path}/v.db")) as store:
        export_of(tmp_path, store, 1, 2, STORE="s")

    left = execute(page, "catalog", exports=tmp_path / "exports")

    assert (left["file"].rows, left["cursor"]) == (2, 2)


def test_pyarrow_reads_what_is_compacted(page: str, tmp_path: Path) -> None:
    with closing(open_store(f"sqlite:///{tmp_path}/v.db")) as store:
        export_of(tmp_path, store, 1, 2, STORE="s")
    Compaction(Publication(LocalStorage(tmp_path / "exports")), {}).compact(Shelf.ARTICLES, "2026-11-24")

    left = execute(page, "compacted", exports=tmp_path / "exports")

    assert left["articles"].count_rows() == 2


def test_every_state_of_a_part_is_described(page: str) -> None:
    for state in PartState:
        assert f"| `{state}` | {state.holds} |" in page


def test_the_table_of_other_names_has_every_field_and_every_property_of_ninjs(page: str) -> None:
    table = re.search(r"<!-- elsewhere -->\n(.*?)<!-- /elsewhere -->", page, re.DOTALL)
    assert table is not None
    head, _, *rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table[1].splitlines()]
    fields = [row[0].strip("`").replace("[]", "") for row in rows]
    named = {
        name
        for row in rows
        for name in re.findall(r"`(\w+)`", re.sub(r"\(.*?\)|where `\w+`|without `\w+`", "", row[2]))
    }
    written = {name for each in page_records() for name in to_ninjs(each)}

    assert head == ["field", "schema.org NewsArticle", "ninjs 2.1", "Event Registry", "NewsCatcher v3"]
    assert all(len(row) == len(head) and all(row) for row in rows)
    assert list(dict.fromkeys(field.split(".")[0] for field in fields)) == list(Article.__dataclass_fields__)
    assert set(fields) <= set(field_paths())
    assert named == written - {"type", "standard"}, "the text above the table names these"
