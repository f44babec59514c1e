"""Archives in other formats are recognised by their bytes, whatever their names, and the message says what to do."""

import gzip
from pathlib import Path

import pytest

from crawler.archive.other_formats import other_format
from crawler.archive.reader import ArchiveError, check_archive
from tests.commands.running import scrapy

ARC = b"filedesc://KHABAR-2006.arc 0.0.0.0 20060101 text/plain 77\n1 1 InternetArchive\n"
WARC = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"


OTHERS = {
    "arc": (ARC, "warcio recompress"),
    "arc.gz": (gzip.compress(ARC, mtime=0), "warcio recompress"),
}


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("suffix", [".warc.gz", ".bin"])
def test_each_is_named_with_what_to_do(name: str, suffix: str, tmp_path: Path) -> None:
    content, todo = OTHERS[name]
    path = tmp_path / f"crawl{suffix}"
    path.write_bytes(content)

    with pytest.raises(ArchiveError, match=f"crawl{suffix}: not a WARC file: ") as error:
        check_archive(path)
    extracted = scrapy("extract", path)

    assert todo in str(error.value)
    assert extracted.code == 2
    assert todo in extracted.err.splitlines()[-1]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        WARC,
        b"\x28\xb5\x2f\xfd\x04",
        gzip.compress(WARC, mtime=0),
        b"<!doctype html><p>filedesc://</p>",
        b"PK",
        b"PKhabar",
        b"\x28\xb5",
        b"\x1f\x8b\x08\xff\xff",
        gzip.compress(b"<html>filedesc://", mtime=0),
        "फ़ाइल".encode(),
    ],
)
def test_nothing_else_is_taken_for_one(content: bytes) -> None:
    assert other_format(content) is None


def test_a_wacz_is_for_extract_and_is_unpacked_for_a_replay(tmp_path: Path) -> None:
    path = tmp_path / "crawl.wacz"
    path.write_bytes(b"PK\x03\x04" + bytes(600))

    with pytest.raises(ArchiveError, match="scrapy extract reads one that is a file by itself; for a replay unpack it"):
        check_archive(path)
