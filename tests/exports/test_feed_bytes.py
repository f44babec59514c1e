"""Feeds are packed by their suffix, and hold the bytes that an export holds."""

from io import BytesIO
from pathlib import Path

import pytest

from crawler.exports.jsonl import ZstdPlugin, read_rows
from tests.exports.exporting import RUN
from tests.runs.replaying import archive, crawl, run_folders, settings_of
from tests.site.pages import site_of


@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_a_feed_is_packed_by_its_suffix(tmp_path: Path, ending: str) -> None:
    replay = archive(tmp_path / "a.warc.gz", site_of("indiatv"))
    out = tmp_path / f"out.jsonl{ending}"

    crawl(settings_of(tmp_path, replay, STORE="", FEEDS={str(out): {}}))

    assert len(list(read_rows(out))) > 0


def test_closing_a_packed_feed_twice_writes_its_end_once() -> None:
    file = BytesIO()
    packed = ZstdPlugin(file, {})

    packed.close()
    once = file.getvalue()
    packed.close()

    assert file.getvalue() == once != b""


def test_the_export_and_scrapys_own_feeds_write_the_same_bytes(tmp_path: Path) -> None:
    replay = archive(tmp_path / "a.warc.gz", site_of("indiatv"))
    out = tmp_path / "out.jsonl"

    crawl(settings_of(tmp_path, replay, STORE="", RUN_ID=RUN, FEEDS={str(out): {"format": "jsonlines"}}))
    crawl(settings_of(tmp_path, replay, STORE="", RUN_ID=RUN))

    (folder,) = run_folders(tmp_path)
    parts = [(folder / f"{shelf}.jsonl").read_bytes() for shelf in ("articles", "copies")]
    assert sorted(b"".join(parts).splitlines()) == sorted(out.read_bytes().splitlines())
