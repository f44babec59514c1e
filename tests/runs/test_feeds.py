"""The file of a feed is checked before anything is fetched; a run into a feed keeps its history in the store."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.runs.checks import check_feeds
from crawler.store import open_store
from tests.commands.running import ROOT, scrapy


def feeds(*uris: object) -> Settings:
    return Settings({"FEEDS": {uri: {"format": "jsonlines"} for uri in uris}})


def test_an_impossible_path_of_a_feed_is_an_error_before_the_crawl(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    out = tmp_path / "taken" / "out.jsonl"
    replay = ("-s", f"ARCHIVE_REPLAY={ROOT / 'demo' / 'demo.warc.gz'}", "-s", "STORE=")

    done = scrapy("crawl", "indiatv", *replay, "-O", out)

    assert done.code == 2
    assert f"{out}: cannot be written (Not a directory); name another file" in done.err
    assert "Traceback" not in done.err
    assert "Spider opened" not in done.err


@pytest.mark.parametrize("spelling", ["{}", "file://{}"])
def test_a_folder_in_place_of_a_feeds_file_is_an_error(tmp_path: Path, spelling: str) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        check_feeds(feeds(spelling.format(tmp_path)))


def test_the_check_changes_no_file_and_leaves_none(tmp_path: Path) -> None:
    (tmp_path / "old.jsonl").write_text("{}\n")

    check_feeds(feeds(tmp_path / "old.jsonl", tmp_path / "below" / "new.jsonl"))

    assert (tmp_path / "old.jsonl").read_text() == "{}\n"
    assert not (tmp_path / "below" / "new.jsonl").exists()


def test_standard_output_remote_storage_and_name_templates_are_left_to_scrapy() -> None:
    check_feeds(feeds("-", "stdout:", "s3://bucket/out.jsonl", "%(name)s/%(time)s.jsonl"))


def test_a_crawl_into_a_file_keeps_the_history_of_one_into_a_folder_and_doctor_knows_the_outlet(tmp_path: Path) -> None:
    stores = {name: f"sqlite:///{tmp_path / name}.db" for name in ("file", "folder")}
    replay = ("crawl", "dw_hindi", "-s", f"ARCHIVE_REPLAY={ROOT / 'demo' / 'demo.warc.gz'}", "-s", "LOG_LEVEL=WARNING")

    into_file = scrapy(*replay, "-s", f"STORE={stores['file']}", "-O", tmp_path / "out.jsonl")
    into_folder = scrapy(*replay, "-s", f"STORE={stores['folder']}", "-s", f"EXPORTS={tmp_path / 'exports'}")
    doctor = scrapy("doctor", "dw_hindi", "-s", f"STORE={stores['file']}")

    assert (into_file.code, into_folder.code, doctor.code) == (0, 0, 0), into_file.err + into_folder.err + doctor.err
    assert doctor.out.splitlines()[0] == "dw_hindi: well"
    kept = {name: last_run(address) for name, address in stores.items()}
    assert kept["file"] == kept["folder"]
    assert (kept["file"]["items"], kept["file"]["coverage"]["headline"]) == (records_in(tmp_path / "out.jsonl"), 1.0)


def last_run(address: str) -> dict[str, Any]:
    store = open_store(address)
    with closing(store):
        (run,) = store.runs.last("dw_hindi")
    return {name: value for name, value in run.items() if name != "run"}


def records_in(path: Path) -> int:
    return len(path.read_bytes().splitlines())
