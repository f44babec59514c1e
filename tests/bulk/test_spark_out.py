"""A stories job on Spark deletes nothing in OUT but what the same job left there when it was killed."""

import json
from pathlib import Path

import pytest

from crawler.lock import Lock
from tests.bulk.archives import write_archive, write_archives
from tests.bulk.many_texts import many_texts, rows_in, write_texts
from tests.bulk.spark_jobs import skip_without_spark, videsh_each, videsh_said

pytestmark = [pytest.mark.scale, pytest.mark.soak, pytest.mark.foreign]


def put(folder: Path, marks: dict[str, object]) -> None:
    """Make the output of a job at work: its marks, its tables, and what it has finished."""
    for name in ("_work/read", "articles/batch=1", "stories"):
        (folder / name).mkdir(parents=True)
        (folder / name / "part-0.parquet").write_bytes(b"finished")
    for name, mark in marks.items():
        (folder / name).write_text(json.dumps(mark), encoding="utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_job_refuses_every_folder_but_that_of_the_same_job_that_is_not_at_work(tmp_path: Path) -> None:
    skip_without_spark()
    (file,) = write_texts(many_texts(40), tmp_path, files=1)
    same = {"files": [str(file)], "window_days": 7, "keep_texts": False}
    put(tmp_path / "reading", {"job.json": {"format": "parquet"}})
    put(tmp_path / "unmarked", {})
    put(tmp_path / "other", {"stories_job.json": same | {"files": ["/other.jsonl"]}})
    put(tmp_path / "at_work", {"stories_job.json": same})
    put(tmp_path / "killed", {"stories_job.json": same})
    (tmp_path / "begun").mkdir()
    (tmp_path / "begun" / ".stories_job.json.part").write_text("{", encoding="utf-8")
    put(tmp_path / "read", {"job.json": {"outlets": [], "hosts": [], "languages": [], "format": "parquet"}})
    (archive,) = write_archives(tmp_path, archives=1, each=1)
    held = Lock(tmp_path / ".read.lock")
    assert held.take()
    refused = ["reading", "unmarked", "other", "at_work"]
    others = ["a*", "s3a://bucket/out", "s3://bucket/out"]
    lock = Lock(tmp_path / ".at_work.lock")
    assert lock.take()
    before = {name: tree(tmp_path / name) for name in (*refused, "read")}
    job = ["stories", "--engine", "spark", str(file), "--out"]
    reading = ["extract", "--engine", "spark", str(archive), "--out"]

    codes = videsh_each(
        [
            *([*job, name] for name in (*refused, *others, "killed", "killed", "begun")),
            *([*reading, name] for name in (*refused, *others, "read")),
        ],
        folder=tmp_path,
    )

    lock.release()
    held.release()
    assert codes == [*[2] * 7, 0, 2, 0, *[2] * 8]
    assert {name: tree(tmp_path / name) for name in (*refused, "read")} == before
    assert not (tmp_path / "a*").exists()
    assert len(rows_in(tmp_path / "killed")) == 40
    assert sorted(path.name for path in (tmp_path / "killed").iterdir() if path.name[0] != ".") == [
        "counts.json",
        "refused",
        "stories",
    ]


def test_what_keeps_a_job_from_its_work_is_named(tmp_path: Path) -> None:
    skip_without_spark()
    (file,) = write_texts(many_texts(4), tmp_path, files=1)
    put(tmp_path / "out", {"job.json": {"format": "parquet"}})
    job = ["stories", "--engine", "spark", str(file), "--out"]

    write_archive(tmp_path / "others.warc.gz", [])
    reading = ["extract", "--engine", "spark", "others.warc.gz", "--out", "read"]

    said = videsh_said([[*job, "out"], [*job, "s3a://bucket/out"], reading], folder=tmp_path)

    assert "out: is there, and is not of a stories job that was stopped; name a new folder" in said
    assert "s3a://bucket/out: Spark cannot write there (" in said
    assert "give it hadoop-aws in its version of Hadoop" in said
    assert "read: no page in these archives is of the outlets, hosts and languages asked for, or they are WET" in said
