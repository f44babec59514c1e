"""A recording is standard WARC, and an unfinished one is recognisable by its name."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecordType
from scrapy.exceptions import UsageError
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from crawler.archive.reader import read_answers, read_content
from crawler.archive.writer import ArchiveWriter

AT = datetime(2026, 11, 24, 6, 30, 0, 250000, tzinfo=UTC)
PAGE = "<html><h1>सेतुपुर में नया पुल</h1></html>".encode()


def write(writer: ArchiveWriter, url: str, body: bytes = PAGE, status: str = "200 OK", **headers: str) -> None:
    writer.write_exchange(
        url=url,
        method="GET",
        request_headers=[("User-Agent", "Videsh")],
        status=status,
        response_headers=[("Content-Type", "text/html"), *headers.items()],
        body=body,
        at=AT,
    )


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    path = tmp_path / "crawl.warc.gz"
    writer = ArchiveWriter(path, started=AT)
    write(writer, "https://samachar.example/robots.txt", b"User-agent: *\n")
    write(writer, "https://samachar.example/world/1", gzip.compress(PAGE, mtime=0), **{"Content-Encoding": "gzip"})
    write(writer, "https://samachar.example/world/2", b"", "301 Moved Permanently", Location="/world/3")
    write(writer, "https://samachar.example/world/4?a=1&b=2", b"", "404 Not Found")
    writer.write_failure(url="https://samachar.example/world/5", failure="DownloadTimeoutError: too slow", at=AT)
    writer.close()
    return path


def test_warcio_reads_it_with_digests_that_hold(recorded: Path) -> None:
    with recorded.open("rb") as file:
        records = [
            (record.rec_type, record.rec_headers.get_header("WARC-Date"), record.content_stream().read())
            for record in ArchiveIterator(file, check_digests="raise")
        ]

    assert [kind for kind, _, _ in records] == ["warcinfo", *["response", "request"] * 4, "metadata"]
    assert {date for _, date, _ in records} == {"2026-11-24T06:30:00.250000Z"}
    assert records[3][2] == PAGE


def test_fastwarc_reads_it_with_digests_that_hold(recorded: Path) -> None:
    with recorded.open("rb") as file:
        blocks = [record.verify_block_digest() for record in FastIterator(file, parse_http=False)]
    with recorded.open("rb") as file:
        payloads = [
            record.verify_payload_digest()
            for record in FastIterator(file, record_types=WarcRecordType.response, parse_http=True)
        ]

    assert blocks == [True] * 10
    assert payloads == [True] * 4


def test_warcio_check_finds_nothing_wrong(recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checker = Checker(type("Command", (), {"inputs": [str(recorded)], "verbose": False}))

    checker.process_all()

    assert checker.exit_value == 0
    assert capsys.readouterr().out == ""


def test_each_record_is_a_gzip_member_of_its_own(recorded: Path) -> None:
    for answer in read_answers(recorded):
        with recorded.open("rb") as file:
            file.seek(answer.offset)
            assert file.read(3) == b"\x1f\x8b\x08"


def test_a_redirect_an_error_and_a_failure_are_read_back(recorded: Path) -> None:
    answers = {answer.url.rpartition("/")[2]: answer for answer in read_answers(recorded)}

    assert (answers["2"].status, dict(read_content(answers["2"]).headers)["Location"]) == (301, "/world/3")
    assert answers["4?a=1&b=2"].status == 404
    assert answers["5"].status is None
    assert read_content(answers["5"]).failure == "DownloadTimeoutError: too slow"


def test_the_same_crawl_written_again_has_the_same_bytes(tmp_path: Path) -> None:
    paths = [tmp_path / name / "crawl.warc.gz" for name in ("one", "two")]
    for path in paths:
        writer = ArchiveWriter(path, started=AT)
        write(writer, "https://samachar.example/world/1")
        writer.close()

    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_it_gets_its_name_only_when_it_is_finished(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    writer = ArchiveWriter(path)
    write(writer, "https://samachar.example/world/1")

    assert not path.exists()
    assert len(list(read_answers(writer.aside))) == 1  # as after a kill
    writer.close()
    assert [p.name for p in tmp_path.iterdir()] == ["crawl.warc.gz"]


def test_a_recording_is_never_overwritten(recorded: Path) -> None:
    with pytest.raises(UsageError, match=r"crawl\.warc\.gz: exists already; name another file"):
        ArchiveWriter(recorded)


def test_a_recording_that_was_cut_short_is_never_overwritten(recorded: Path) -> None:
    part = recorded.rename(recorded.with_name("other.warc.gz.part"))

    with pytest.raises(UsageError, match=r"other\.warc\.gz\.part: a recording that was cut short lies here"):
        ArchiveWriter(part.with_suffix(""))


def test_a_crawl_that_never_began_blocks_no_other_recording(tmp_path: Path) -> None:
    (tmp_path / "crawl.warc.gz.part").touch()

    ArchiveWriter(tmp_path / "crawl.warc.gz").close()

    assert list(read_answers(tmp_path / "crawl.warc.gz")) == []


def test_two_crawls_cannot_record_into_one_file(tmp_path: Path) -> None:
    first = ArchiveWriter(tmp_path / "crawl.warc.gz")

    with pytest.raises(UsageError, match="another crawl records into it"):
        ArchiveWriter(tmp_path / "crawl.warc.gz")
    first.close()


def test_a_folder_that_cannot_be_written_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(UsageError, match=r"file/crawl\.warc\.gz: cannot be written: "):
        ArchiveWriter(tmp_path / "file" / "crawl.warc.gz")
