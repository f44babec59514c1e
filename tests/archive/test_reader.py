"""Reading archives: those of other tools, damaged ones, and files that are not archives."""

import gc
import gzip
import re
import sqlite3
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from threading import Thread
from unittest.mock import Mock

import pytest
from fastwarc.warc import WarcRecord, WarcRecordType
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive.reader import ArchiveError, Bodies, archives_of, read_answers, read_content
from crawler.archive.writer import ArchiveWriter

AT = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
PAGE = "<html><h1>सेतुपुर में नया पुल</h1></html>".encode()
URL = "https://samachar.example/world/{}"


def record(path: Path, count: int = 3) -> Path:
    writer = ArchiveWriter(path, started=AT)
    for number in range(count):
        writer.write_exchange(
            url=URL.format(number),
            method="GET",
            request_headers=[],
            status="200 OK",
            response_headers=[("Content-Type", "text/html")],
            body=PAGE * 200 + str(number).encode(),
            at=AT + timedelta(seconds=number),
        )
    writer.close()
    return path


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    return record(tmp_path / "whole.warc.gz")


def urls(path: Path, damaged: list[str] | None = None) -> list[str]:
    return [answer.url for answer in read_answers(path, damaged)]


def test_an_archive_that_is_cut_anywhere_gives_its_intact_answers_and_reports_the_damage(whole: Path) -> None:
    content = whole.read_bytes()
    offsets = [answer.offset for answer in read_answers(whole)]
    ends = [match.start() for match in re.finditer(b"\x1f\x8b\x08", content)]
    cut = whole.with_name("cut.warc.gz")

    for size in range(offsets[0] + 1, len(content), 7):
        cut.write_bytes(content[:size])
        damaged: list[str] = []
        found = list(read_answers(cut, damaged))

        assert [answer.url for answer in found] == [URL.format(n) for n in range(len(found))]
        assert all(read_content(a).body == PAGE * 200 + str(n).encode() for n, a in enumerate(found))
        assert bool(damaged) == (size not in ends)  # a cut between two records cannot be seen
        assert len(found) >= sum(offset < size for offset in offsets) - 1


def test_a_damaged_record_loses_only_itself(whole: Path) -> None:
    content = bytearray(whole.read_bytes())
    second = list(read_answers(whole))[1].offset
    content[second + 60 : second + 90] = bytes(30)
    whole.write_bytes(content)

    damaged: list[str] = []
    assert urls(whole, damaged) == [URL.format(0), URL.format(2)]
    assert damaged == [f"{whole}: cut short or damaged at byte {second}; 6 whole records are read"]


def test_an_uncompressed_archive_is_read_and_a_cut_in_it_is_reported(whole: Path) -> None:
    plain = whole.with_name("plain.warc")
    content = b"".join(gzip.decompress(whole.read_bytes()).partition(b"WARC/1.1")[1:])
    plain.write_bytes(content)
    assert len(urls(plain)) == 3

    plain.write_bytes(content[: len(content) // 2])
    damaged: list[str] = []
    assert urls(plain, damaged) == [URL.format(0)]
    assert "cut short" in damaged[0]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "an empty file, not a WARC"),
        (b"<html></html>", "not a WARC file: it does not begin with a WARC record"),
        (b"PK\x03\x04" + bytes(500), "not a WARC file"),
        (gzip.compress(b"plain words", mtime=0), "not a WARC file"),
        (b"\x1f\x8b\x08not gzip at all", "not a WARC file"),
        (gzip.compress(b"WARC/1.1\r\nWARC-Type: warcinfo\r\n" * 9, mtime=0)[:30], "nothing can be read"),
    ],
)
def test_a_file_that_is_not_an_archive_is_an_error_that_says_why(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "odd.warc.gz"
    path.write_bytes(content)

    with pytest.raises(ArchiveError, match=rf"odd\.warc\.gz: .*{message}"):
        urls(path)


def test_a_gzip_in_one_piece_is_named_with_its_remedy(whole: Path) -> None:
    whole.write_bytes(gzip.compress(gzip.decompress(whole.read_bytes())))

    with pytest.raises(ArchiveError, match="warcio recompress"):
        urls(whole)


def test_a_missing_archive_and_a_folder_without_one_are_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"nowhere: no such archive; record one with ARCHIVE_RECORD"):
        archives_of(tmp_path / "nowhere")
    with pytest.raises(ArchiveError, match=r"no \.warc or \.warc\.gz in this folder"):
        archives_of(tmp_path)


def test_a_folder_is_read_in_order_of_names_without_unfinished_recordings(tmp_path: Path) -> None:
    for name in ("b.warc.gz", "a.warc.gz", "c.warc.gz.part", "notes.txt"):
        (tmp_path / name).touch()

    assert [path.name for path in archives_of(tmp_path)] == ["a.warc.gz", "b.warc.gz"]


def by_warcio(path: Path, headers: list[tuple[str, str]], body: bytes) -> None:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        http = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(URL.format(0), "response", BytesIO(body), len(body), http_headers=http)
        )


def by_fastwarc(path: Path, headers: list[tuple[str, str]], body: bytes) -> None:
    with path.open("wb") as file:
        response = WarcRecord()
        response.init_headers(record_type=WarcRecordType.response)
        response.headers["WARC-Target-URI"] = URL.format(0)
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
        response.set_bytes_content(f"HTTP/1.1 200 OK\r\n{lines}\r\n".encode() + body)
        member = BytesIO()
        response.write(member)
        file.write(gzip.compress(member.getvalue()))


MAKERS = pytest.mark.parametrize("make", [by_warcio, by_fastwarc])
Make = Callable[[Path, list[tuple[str, str]], bytes], None]


@MAKERS
def test_archives_of_other_tools_are_read(tmp_path: Path, make: Make) -> None:
    make(tmp_path / "other.warc.gz", [("Content-Type", "text/html")], PAGE)

    (answer,) = read_answers(tmp_path / "other.warc.gz")
    assert (answer.url, answer.status, answer.content_type) == (URL.format(0), 200, "text/html")
    assert read_content(answer).body == PAGE


@MAKERS
def test_a_body_in_chunks_is_put_together(tmp_path: Path, make: Make) -> None:
    packed = gzip.compress(PAGE)
    body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    make(tmp_path / "other.warc.gz", [("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")], body)

    (answer,) = read_answers(tmp_path / "other.warc.gz")
    content = read_content(answer)
    assert content.body == PAGE
    assert content.headers == []


@MAKERS
def test_a_decompressed_body_loses_its_content_encoding(tmp_path: Path, make: Make) -> None:
    make(tmp_path / "crawl-news.warc.gz", [("Content-Encoding", "gzip"), ("Server", "x")], PAGE)

    (answer,) = read_answers(tmp_path / "crawl-news.warc.gz")
    assert read_content(answer).headers == [("Server", "x")]


def test_a_news_archive_of_common_crawl_is_read(tmp_path: Path) -> None:
    """Common Crawl writes WARC/1.0, request before response, times in whole seconds, own metadata, renamed headers."""
    with (tmp_path / "CC-NEWS-20261124063000-00001.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="1.0")
        writer.write_record(writer.create_warcinfo_record("CC-NEWS.warc.gz", {"software": "StormCrawler"}))
        dated = {"WARC-Date": "2026-11-24T06:30:00Z"}
        http = StatusAndHeaders(
            "200 OK", [("Content-Type", "text/html"), ("X-Crawl-Content-Encoding", "gzip")], "HTTP/1.1"
        )
        asked = StatusAndHeaders("GET /world/0 HTTP/1.1", [("Host", "samachar.example")])
        for kind, headers, body in (("request", asked, b""), ("response", http, PAGE)):
            writer.write_record(
                writer.create_warc_record(
                    URL.format(0), kind, BytesIO(body), len(body), warc_headers_dict=dated, http_headers=headers
                )
            )
        fields = b"languages-cld2: {}\r\n"
        writer.write_record(writer.create_warc_record(URL.format(0), "metadata", BytesIO(fields), len(fields)))

    (answer,) = read_answers(tmp_path / "CC-NEWS-20261124063000-00001.warc.gz")
    assert answer.at == AT
    assert read_content(answer).body == PAGE


def test_a_record_without_a_time_is_older_than_all_others(whole: Path) -> None:
    plain = whole.with_name("plain.warc")
    with whole.open("rb") as file:
        kinds = [each.rec_type for each in ArchiveIterator(file)]
    assert kinds.count("response") == 3
    content = gzip.decompress(whole.read_bytes()).replace(
        b"WARC-Date: 2026-11-24T06:30:01", b"WARC-Date: some other day  "
    )
    plain.write_bytes(content)

    assert min(answer.at for answer in read_answers(plain)).year == 1970


def test_the_table_of_places_may_be_collected_in_any_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    faults: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", faults.append)
    held = [Bodies()]

    thread = Thread(target=held.clear)
    thread.start()
    thread.join()
    gc.collect()

    assert not held
    assert not faults


def test_a_table_of_places_that_cannot_be_opened_fails_once(monkeypatch: pytest.MonkeyPatch) -> None:
    faults: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", faults.append)
    monkeypatch.setattr(sqlite3, "connect", Mock(side_effect=sqlite3.OperationalError("unable to open database file")))

    with pytest.raises(sqlite3.OperationalError):
        Bodies()
    gc.collect()

    assert not faults
