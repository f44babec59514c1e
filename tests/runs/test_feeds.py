"""The file of a feed is checked before anything is fetched; a run into a feed keeps its history in the store."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.crawling.handover import kept_files
from crawler.runs.checks import check_feeds
from crawler.runs.last_lines import nothing_came
from crawler.store import open_store
from tests.commands.running import ROOT, scrapy
from tests.runs.replaying import archive, crawl, settings_of
from tests.site.pages import site_of


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
    assert (kept["file"]["coverage"].pop("sequence", 0), kept["folder"]["coverage"].pop("sequence")) == (0, 1.0)
    assert kept["file"] == kept["folder"]
    assert (kept["file"]["items"], kept["file"]["coverage"]["headline"]) == (records_in(tmp_path / "out.jsonl"), 1.0)


DEMO = ("-s", f"ARCHIVE_REPLAY={ROOT / 'demo' / 'demo.warc.gz'}")


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz", "out.csv"])
def test_a_crawl_that_brings_nothing_new_leaves_the_file_as_it_is_and_says_what_to_type(
    tmp_path: Path, name: str
) -> None:
    out = tmp_path / name
    crawl = ("crawl", "indiatv", *DEMO, "-s", f"STORE=sqlite:///{tmp_path}/v.db", "-O", out)

    first = scrapy(*crawl)
    written = out.read_bytes()
    second = scrapy(*crawl)
    kept = out.read_bytes()
    anew = scrapy(*crawl, "-s", "STORE=")

    assert (first.code, second.code, anew.code) == (0, 0, 0), first.err + second.err + anew.err
    assert written
    assert kept == written
    assert "no new article came" not in first.err + anew.err
    nothing, last = second.err.splitlines()[-2:]
    assert f"no new article came; {out} stays as before" in nothing
    assert "WARNING" in nothing
    assert nothing.endswith("add -s STORE= to the command")
    assert last.endswith(f"{out}: 0 articles, 0 copies, 0 unchanged, 0 gone, 0 refused, 0 failed (exit code 0)")
    for done in (first, anew):
        assert done.err.splitlines()[-1].endswith(
            f"{out}: 4 articles, 0 copies, 0 unchanged, 0 gone, 0 refused, 0 failed (exit code 0)"
        )


def test_a_file_that_another_program_wrote_is_replaced_by_articles_and_never_by_nothing(tmp_path: Path) -> None:
    replay = archive(tmp_path / "a.warc.gz", site_of("indiatv"))
    out = tmp_path / "out.jsonl"
    feed = {str(out): {"format": "jsonlines", "overwrite": True}}
    contents = []

    for _ in range(2):
        out.write_text("a shopping list\n", encoding="utf-8")
        crawl(settings_of(tmp_path, replay, FEEDS=feed))
        contents.append(out.read_text(encoding="utf-8"))

    assert "shopping" not in contents[0]
    assert contents[1] == "a shopping list\n"


def test_a_file_that_is_not_there_is_written_empty_when_nothing_new_came(tmp_path: Path) -> None:
    replay = archive(tmp_path / "a.warc.gz", site_of("indiatv"))
    names = [tmp_path / name for name in ("first.jsonl", "second.jsonl")]

    for out in names:
        crawl(settings_of(tmp_path, replay, FEEDS={str(out): {"format": "jsonlines", "overwrite": True}}))

    assert [records_in(out) > 0 for out in names] == [True, False]


def test_appending_adds_nothing_to_a_file_when_nothing_new_came(tmp_path: Path) -> None:
    replay = archive(tmp_path / "a.warc.gz", site_of("indiatv"))
    out = tmp_path / "out.jsonl.gz"
    contents = []

    for _ in range(2):
        settings = settings_of(tmp_path, replay, FEEDS={str(out): {"format": "gz", "overwrite": False}})
        crawl(settings)
        contents.append(out.read_bytes())

    assert contents[0] == contents[1] != b""


def test_a_file_whose_name_is_made_from_the_spiders_is_left_as_it_is_too(tmp_path: Path) -> None:
    replay = archive(tmp_path / "a.warc.gz", site_of("indiatv"))
    feed = {f"{tmp_path}/%(name)s.jsonl": {"format": "jsonlines", "overwrite": True}}

    crawl(settings_of(tmp_path, replay, FEEDS=feed))
    written = (tmp_path / "indiatv.jsonl").read_bytes()
    second = crawl(settings_of(tmp_path, replay, FEEDS=feed))

    assert (tmp_path / "indiatv.jsonl").read_bytes() == written != b""
    assert kept_files(second) == (f"{tmp_path}/indiatv.jsonl",)


def test_a_run_into_a_folder_ends_with_one_line_and_says_when_nothing_new_came(tmp_path: Path) -> None:
    crawl = ("crawl", "indiatv", *DEMO, "-s", f"STORE=sqlite:///{tmp_path}/v.db", "-s", f"EXPORTS={tmp_path}/exports")

    first, second = scrapy(*crawl), scrapy(*crawl)

    assert first.err.splitlines()[-1].endswith(
        ": 4 articles, 0 copies, 0 unchanged, 0 gone, 0 refused, 0 failed (exit code 0)"
    )
    nothing, last = second.err.splitlines()[-2:]
    assert "INFO: no new article came; what earlier runs exported is not exported again" in nothing
    assert last.endswith(": 0 articles, 0 copies, 0 unchanged, 0 gone, 0 refused, 0 failed (exit code 0)")


def test_a_run_without_a_store_that_brings_nothing_names_no_remedy_that_cannot_help() -> None:
    assert nothing_came(Settings({"STORE": ""}), ["out.csv", "out.jsonl"]) == (
        "no article came; out.csv, out.jsonl stay as before"
    )


def test_a_replay_of_an_archive_of_another_outlet_says_so_and_names_no_remedy_that_cannot_help(tmp_path: Path) -> None:
    replay, out = archive(tmp_path / "a.warc.gz", site_of("indiatv")), tmp_path / "out.jsonl"
    out.write_text("{}\n", encoding="utf-8")
    store = f"STORE=sqlite:///{tmp_path}/v.db"

    done = scrapy("crawl", "dw_hindi", "-s", f"ARCHIVE_REPLAY={replay}", "-s", store, "-O", out)

    assert done.code == 5, done.err
    assert (
        "no article came: the archive holds nothing that the outlets were asked for (is it that of other "
        f"outlets?); {out} stays as before"
    ) in done.err
    assert "STORE=" not in done.err.splitlines()[-2]
    assert out.read_text(encoding="utf-8") == "{}\n"


def last_run(address: str) -> dict[str, Any]:
    store = open_store(address)
    with closing(store):
        (run,) = store.runs.last("dw_hindi")
    return {name: value for name, value in run.items() if name != "run"}


def records_in(path: Path) -> int:
    return len(path.read_bytes().splitlines())
