"""`scrapy extract --engine spark` names what does not go together, and what its lists of archives do not hold."""

import gzip
from pathlib import Path
from typing import Any

import pytest
from scrapy.exceptions import UsageError
from scrapy.utils.project import get_project_settings

from crawler.bulk.engine_errors import NoEngineError
from crawler.bulk.job_files import archives_of_job
from crawler.commands.extract import Command
from tests.commands.options import options


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"engine": "spark"}, "--engine spark needs --out"),
        ({"engine": "spark", "out": "x", "jobs": 2}, "--url, --jobs and standard input go without --engine"),
        ({"engine": "spark", "out": "x", "url": "https://a.example/"}, "--url, --jobs and standard input"),
        ({"engine": "spark", "out": "x", "outlet": ["zeee"]}, "zeee.*did you mean"),
        ({"to": "jsonl"}, "--to goes with --engine spark"),
        ({"spark": [("spark.master", "local")]}, "--spark goes with --engine spark"),
    ],
)
def test_options_that_do_not_go_together_are_refused(given: dict[str, Any], fault: str) -> None:
    command = Command()
    command.settings = get_project_settings()

    with pytest.raises(UsageError, match=fault):
        command.run(["a.warc.gz"], options(command, **given))


def test_settings_that_the_user_gave_go_to_the_processes_of_the_engine() -> None:
    command = Command()
    command.settings = get_project_settings()
    command.settings.set("DOWNLOAD_MAXSIZE", "1000", priority="cmdline")

    assert command.given_settings() == (("DOWNLOAD_MAXSIZE", "1000"),)


def test_a_list_names_archives_beside_it_or_below_a_base_each_once(tmp_path: Path) -> None:
    paths = tmp_path / "warc.paths.gz"
    paths.write_bytes(gzip.compress(b"a/1.warc.gz\r\n\n a/2.warc.gz \n/b/3.warc.gz\ns3://c/4.warc.gz\na/1.warc.gz"))
    others = ["/b/3.warc.gz", "s3://c/4.warc.gz"]

    beside = archives_of_job([str(paths), "https://d.example/5.warc.gz", "s3://c/4.warc.gz"], None, {})
    assert beside == [f"{tmp_path}/a/1.warc.gz", f"{tmp_path}/a/2.warc.gz", *others, "https://d.example/5.warc.gz"]
    below = archives_of_job([str(paths)], "s3://commoncrawl/", {})
    assert below == ["s3://commoncrawl/a/1.warc.gz", "s3://commoncrawl/a/2.warc.gz", *others]


def test_a_folder_names_its_archives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b.warc.gz", "a.warc", "c.txt", "d.wacz"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)

    assert archives_of_job(["."], None, {}) == [f"{tmp_path}/a.warc", f"{tmp_path}/b.warc.gz", f"{tmp_path}/d.wacz"]


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("x.paths", b"\n \n", "names no file"),
        ("x.paths.gz", b"a.warc.gz\n", "cannot be read"),
        ("x.paths.gz", gzip.compress(b"a.warc.gz\n" * 99, mtime=0)[:-12], "cannot be read"),
        ("x.paths", b"\xff\xfe", "cannot be read"),
        ("x.paths", None, "cannot be read"),
        ("x.warc.gz", None, "no such file"),
        (".", None, "no file is in this folder or below it that ends in .warc, .wacz "),
    ],
)
def test_a_list_or_archive_that_says_nothing_is_named(
    name: str, content: bytes | None, fault: str, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)

    with pytest.raises(NoEngineError, match=f"{name}: .*{fault}"):
        archives_of_job([str(tmp_path / name)], None, {})
