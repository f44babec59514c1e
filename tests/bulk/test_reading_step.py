"""The step that reads archives yields a row a page, and for each archive whether it was read to its end."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from crawler.authoring.wanted import Wanted
from crawler.bulk.groups import Row
from crawler.bulk.job_files import archives_of_job
from crawler.bulk.reading_step import ArchiveStep
from tests.bulk.archives import write_archives, write_list
from tests.commands.running import scrapy


def rows(*places: str | Path, **wanted: frozenset[str]) -> list[Row]:
    table = pa.table({"path": [str(place) for place in places]})
    return [row for batch in ArchiveStep(wanted=Wanted(**wanted))(table.to_batches()) for row in batch.to_pylist()]


def kinds(found: list[Row]) -> list[str]:
    return [row["kind"] for row in found]


def test_pages_come_in_order_and_the_archive_last(tmp_path: Path) -> None:
    found = rows(*write_archives(tmp_path, archives=1, each=2))

    assert kinds(found) == ["article", "article", "refused", "whole"]
    assert found[0]["offset"] < found[1]["offset"] < found[2]["offset"]
    assert found[0]["line"].startswith("{")
    assert (found[2]["reason"], found[3]["skipped"]) == ("no-headline", 1)


def test_an_archive_that_is_none_fails_alone(tmp_path: Path) -> None:
    (archive,) = write_archives(tmp_path, archives=1, each=1)
    text = tmp_path / "text.warc.gz"
    text.write_bytes(b"no archive")

    found = rows(text, tmp_path / "missing.warc.gz", archive)

    assert kinds(found) == ["failed", "failed", "article", "refused", "whole"]
    assert "not a WARC file" in found[0]["detail"]
    assert "No such file" in found[1]["detail"]


@pytest.mark.parametrize(
    ("wanted", "read"),
    [
        ({"outlets": frozenset(["ndtv"])}, []),
        ({"outlets": frozenset(["aajtak"])}, ["article", "article"]),
        ({"hosts": frozenset(["aajtak.in"])}, ["article"]),
        ({"hosts": frozenset(["indiatv.in", "intoday.in"])}, ["article", "refused"]),
        ({"languages": frozenset(["hi"])}, ["article", "article", "refused"]),
        ({"languages": frozenset(["ta"]), "hosts": frozenset(["www.aajtak.in"])}, []),
    ],
    ids=["outlet-none-has", "outlet", "host", "hosts", "language", "other-language"],
)
def test_other_pages_are_passed_over(tmp_path: Path, wanted: dict[str, frozenset[str]], read: list[str]) -> None:
    found = rows(*write_archives(tmp_path, archives=1, each=2), **wanted)

    assert kinds(found) == [*read, "whole"]
    assert found[-1]["skipped"] == 4 - len(read)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["--outlet", "aajtak", "--language", "hi"], {"outlets": ["aajtak"], "languages": ["hi"]}),
        (["--host", "aajtak.in", "--language", "hi"], {"hosts": ["aajtak.in"], "languages": ["hi"]}),
    ],
    ids=["outlet", "host"],
)
def test_filters_leave_the_lines_that_extract_prints(
    words: list[str], wanted: dict[str, list[str]], tmp_path: Path
) -> None:
    archives = write_archives(tmp_path, archives=2, each=6)

    found = rows(*archives, **{name: frozenset(values) for name, values in wanted.items()})

    printed = scrapy("extract", "--jobs", "1", *archives, *words).out.splitlines()
    assert [row["line"] for row in found if row["kind"] == "article"] == printed
    assert 0 < len(printed) < 12


@pytest.mark.soak
def test_archives_in_a_bucket_are_read_by_a_list_there(tmp_path: Path, bucket: Any) -> None:
    (archive,) = write_archives(tmp_path, archives=1, each=1)
    paths = write_list(tmp_path / "warc.paths.gz", ["crawl/a.warc.gz", "crawl/missing.warc.gz"])
    bucket.upload_file(str(archive), "videsh", "crawl/a.warc.gz")
    bucket.upload_file(str(paths), "videsh", "warc.paths.gz")

    named = archives_of_job(["s3://videsh/warc.paths.gz"], None, {})
    found = rows(*named)

    assert named == ["s3://videsh/crawl/a.warc.gz", "s3://videsh/crawl/missing.warc.gz"]
    assert kinds(found) == ["article", "refused", "whole", "failed"]
    assert found[3]["detail"] == "no such file"
