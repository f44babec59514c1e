"""Files of articles are found in what our commands write: those that are whole, and no others."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest

from crawler.archive.records import ArchiveError
from crawler.bulk.story_files import ReadRow, read_stories_at
from crawler.bulk.story_places import story_files
from tests.exports.compacting import compact, exports_of
from tests.exports.published_runs import edition, publish, write_catalog

Place = tuple[str, Callable[..., None]]


@pytest.fixture(params=["disk", "url"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Yield a folder, by its path or URL, and a function that makes empty files in it."""
    memory = fsspec.filesystem("memory")

    def put(*names: str) -> None:
        for name in names:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).touch()
            memory.pipe(f"/out/{name}", b"")

    put("never.csv")
    yield {"disk": str(tmp_path), "url": "memory://out"}[request.param], put
    memory.rm("/out", recursive=True)


def found(place: str, *words: str) -> list[str]:
    """Return the names of the files that words below a place name, as they are below it."""
    names = story_files([f"{place}{word}" for word in words], {}, pytest.fail)
    return [name.removeprefix(f"{place}/") for name in names]


def test_what_runs_and_commands_write_beside_articles_is_left_out(place: Place) -> None:
    folder, put = place
    run = "date=2026-11-24/run=1"
    put(*(f"{run}/{name}" for name in ("articles.jsonl", "copies.jsonl.gz", "withdrawn.jsonl", "story-moves.jsonl")))
    put(f"{run}/refused.jsonl", f"{run}/.articles-0001.jsonl.part", f"{run}/manifest.json", f"{run}/report.html")
    put("compacted/shelf=articles/date=1/part.parquet", "compacted/shelf=refused/date=1/part.parquet")
    put("read/a.warc.gz.jsonl", "read/a.warc.gz.refused.jsonl", "own-refused.ndjson.zst", "export.csv")
    kept = [
        "compacted/shelf=articles/date=1/part.parquet",
        f"{run}/articles.jsonl",
        f"{run}/copies.jsonl.gz",
        "own-refused.ndjson.zst",
        "read/a.warc.gz.jsonl",
    ]

    assert found(folder, "") == kept
    assert found(folder, "/**/*") == kept
    assert found(folder, "/date=*/run=*/*.jsonl*") == kept[1:3]
    assert found(folder, f"/{run}/refused.jsonl", "/export.csv") == [f"{run}/refused.jsonl", "export.csv"]  # as named
    with pytest.raises(ArchiveError, match=r"refused\*: no file of articles is there"):
        found(folder, f"/{run}/refused*")


def test_of_a_reading_job_the_articles_of_whole_batches_are_read(place: Place) -> None:
    folder, put = place
    part = "date=2026-11-24/outlet=zee/part-0"
    put("job.json", "counts.json", *(f"articles/batch={n}/{part}.parquet" for n in (1, 2, 10)))
    put("archives/batch=1/part-0.parquet", "archives/batch=1/_SUCCESS", "archives/batch=10/_SUCCESS")
    put("refused/batch=1/part-0.parquet", f"articles/batch=2/_temporary/{part}.parquet", "articles/batch=1/_SUCCESS")
    whole = [f"articles/batch=1/{part}.parquet", f"articles/batch=10/{part}.parquet"]

    for word in ("", "/articles", "/articles/", "/articles/batch=*/", "/**/*.parquet"):
        assert found(folder, word) == whole
    with pytest.raises(ArchiveError, match="no file of articles is there"):
        found(folder, "/articles/batch=2")


def test_of_a_stories_job_the_texts_are_read_once_it_is_done(place: Place) -> None:
    folder, put = place
    put("stories/part-0.parquet", "refused/part-0.parquet", "counts.json")
    with pytest.raises(ArchiveError, match="holds stories and no texts; write them with --keep-texts"):
        found(folder, "")

    put("texts/part-1.parquet", "texts/part-0.parquet", "texts/_SUCCESS")
    assert found(folder, "") == found(folder, "/texts") == ["texts/part-0.parquet", "texts/part-1.parquet"]

    put("stories_job.json")
    with pytest.raises(ArchiveError, match="a stories job is writing it, or was stopped there"):
        found(folder, "")


def test_exports_are_read_by_their_catalog_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    folder = exports_of(tmp_path, 1, 2)
    before = found(str(folder), "")
    assert {name.rpartition("/")[2].partition("-")[0] for name in before} == {"articles", "copies"}

    assert compact(folder, "--drop") == 0

    after = found(str(folder), "")
    assert [name.partition("/")[0] for name in after] == ["compacted"] * len(after)
    assert found(str(folder), "", "/", f"/{after[0]}") == after


def test_a_lost_part_of_exports_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    for number in (1, 2):
        publish(tmp_path, number, articles=[edition(f"a{number}", sequence=number)])
    lost = "date=2026-11-24/run=20261124T010000Z-0001/articles.jsonl"
    (tmp_path / lost).unlink()
    write_catalog(tmp_path)
    said: list[str] = []

    names = story_files([str(tmp_path)], {}, said.append)

    assert names == [f"{tmp_path}/{lost.replace('T01', 'T02').replace('0001', '0002')}"]
    assert said == [f"{tmp_path}/{lost}: was lost or changed since it was published; restore it"]


def test_exports_without_an_article_are_named(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    write_catalog(tmp_path)

    with pytest.raises(ArchiveError, match="no article is in these exports"):
        found(str(tmp_path), "")


@pytest.mark.soak
def test_exports_in_a_bucket_are_read_by_their_catalog(tmp_path: Path, bucket: Any) -> None:
    folder = exports_of(tmp_path, 1)
    for path in (path for path in folder.rglob("*") if path.is_file()):
        bucket.upload_file(str(path), "videsh", f"exports/{path.relative_to(folder)}")

    for word in ("s3://videsh/exports", "s3://videsh/exports/", "s3a://videsh/exports"):
        assert found(word.rstrip("/"), "") == found(str(folder), "")
    assert found("s3://videsh", "/exports/date=*/run=*/*.jsonl") == [
        f"exports/{name}" for name in found(str(folder), "")
    ]
    for name in found(str(folder), ""):
        here, there = (list(read_stories_at(f"{root}/{name}", {})) for root in (folder, "s3a://videsh/exports"))
        assert here == there
        assert any(isinstance(each, ReadRow) for each in here)
