"""scrapy extract reads every page of an archive, and names or counts the rest."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.archive.writer import ArchiveWriter
from crawler.items import Article
from crawler.reading.page import read_page
from tests.archive.test_damaged import written
from tests.commands.extracting import NEPAL, extract, pair_of, url_of
from tests.commands.running import scrapy

AT = datetime(2026, 11, 24, 6, tzinfo=UTC)


def archive_of(path: Path, *pages: tuple[str, dict[str, str], bytes]) -> Path:
    """Return an archive of responses, each with its URL, the headers that differ from a page's, and its body."""
    writer = ArchiveWriter(path, started=AT)
    for url, headers, body in pages:
        sent = {"Content-Type": "text/html; charset=utf-8", **headers}
        writer.write_exchange(
            url=url,
            method="GET",
            request_headers=[],
            status="200 OK",
            response_headers=[header for header in sent.items() if header[1]],
            body=body,
            at=AT,
        )
    writer.close()
    return path


def test_an_exception_of_one_page_does_not_stop_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, body = url_of(NEPAL), NEPAL.read_bytes()
    bad = "https://www.indiatv.in/world/asia/bad-2026-11-23-{}"
    archive = archive_of(
        tmp_path / "a.warc.gz",
        (bad.format(1), {}, body),
        (bad.format(2), {"Content-Encoding": "gzip"}, gzip.compress(body)[:900]),
        (bad.format(3), {"Content-Encoding": "br"}, bytes(range(256)) * 40),
        ("http://[link]/x", {}, body),
        (url, {"Content-Encoding": "zstd"}, body),
    )

    def broken(page: bytes, address: str, *about: Any, **more: Any) -> Article:
        if address == bad.format(1):
            raise RuntimeError("an odd page")
        return read_page(page, address, *about, **more)

    monkeypatch.setattr("crawler.authoring.rereading.read_page", broken)
    done = extract(capsys, archive)

    printed = [line.partition(": ")[2] for line in done.err.splitlines()]
    assert [json.loads(line)["url"] for line in done.out.splitlines()] == [url]
    assert done.code == 3
    assert printed[0] == "refused: unreadable: RuntimeError: an odd page"
    assert printed[1].startswith("refused: cut: the content breaks off")
    assert printed[2].startswith("refused: damaged: ")
    assert printed[3].startswith("refused: unreadable: ValueError: ")


def test_a_page_without_a_type_is_read_and_other_content_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    untyped = {"Content-Type": ""}
    archive = archive_of(
        tmp_path / "a.warc.gz",
        (url_of(NEPAL), untyped, NEPAL.read_bytes()),
        ("https://www.indiatv.in/robots.txt", untyped, b"User-agent: *\nDisallow:\n"),
        ("https://www.indiatv.in/x.png", untyped, b"\x89PNG<p>"),
    )
    done = extract(capsys, archive)

    assert [json.loads(line)["url"] for line in done.out.splitlines()] == [url_of(NEPAL)]
    assert done.code == 0
    assert "2 answers are not HTML" in done.err


def test_records_of_every_kind_are_read_or_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body, url = NEPAL.read_bytes(), url_of(NEPAL)
    html = {"Content-Type": "text/html"}
    archive = written(
        tmp_path / "a.warc.gz",
        ("resource", {"url": url, **html}, None, body),
        ("response", {"url": url, "WARC-Payload-Digest": "sha1:SAME"}, list(html.items()), body),
        ("revisit", {"url": url, "WARC-Payload-Digest": "sha1:SAME"}, list(html.items()), b""),
        ("revisit", {"url": url, "WARC-Payload-Digest": "sha1:OTHER"}, list(html.items()), b""),
        ("conversion", {"url": url, "Content-Type": "text/plain"}, None, b"x"),
        ("continuation", {"url": url, "Content-Type": "text/html"}, None, b"x"),
        ("response", {"url": url, "WARC-Truncated": "length"}, list(html.items()), body),
    )
    done = extract(capsys, archive)

    assert done.out.count("\n") == 4
    assert done.code == 3
    assert "refused: unreadable: ArchiveError: a revisit record repeats a page" in done.err
    assert "1 conversion records are not read" in done.err
    assert "1 continuation records are not read" in done.err
    assert f"{url}: cut: the content breaks off" in done.err


@pytest.mark.parametrize("line", ["HTTP/1.1", "HTTP/1.1 OK", "HTTP/1.1 2000 OK", f"HTTP/1.1 {'9' * 5_000} OK"])
def test_an_answer_without_a_status_is_named_and_the_next_one_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    archive, url = tmp_path / "a.warc", url_of(NEPAL)
    page = b"Content-Type: text/html\r\n\r\n" + NEPAL.read_bytes()
    archive.write_bytes(
        record(url.replace("-world", "-old"), line.encode() + b"\r\n" + page)
        + record("dns:www.indiatv.in", b"192.0.2.7", kind="text/dns")
        + record(url, b"HTTP/1.1 200 OK\r\n" + page)
    )
    done = extract(capsys, archive)

    assert [json.loads(printed)["url"] for printed in done.out.splitlines()] == [url]
    assert done.code == 3
    assert len(done.err.splitlines()) == 1
    assert "at byte 0 has no HTTP status, and is not read" in done.err


def record(url: str, content: bytes, kind: str = "application/http; msgtype=response") -> bytes:
    """Return the bytes of one record of an archive."""
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-11-24T06:30:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:7>\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


@pytest.mark.shared
def test_archives_after_public_bug_reports_are_read(evidence: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bugs = evidence / "fresh" / "bugs"
    rows = [json.loads(line) for line in (bugs / "index.jsonl").read_text(encoding="utf-8").splitlines()]
    names = {row["file"] for row in rows if row["group"].startswith(("G02", "G16"))}
    two = {name for name in names if "then_good" in name or "manifest" in name}
    assert len(names) == 7
    for name in sorted(names):
        done = extract(capsys, bugs / name)
        assert done.out.count("\n") == (2 if name in two else 1), name
        assert done.code == (3 if "truncated" in name else 0), name
        assert ("cut" in done.err) == ("truncated" in name), name


def record_archive(path: Path) -> Path:
    writer = ArchiveWriter(path, started=AT)
    page = NEPAL.read_bytes()
    for url, status, kind, packing, body in (
        ("https://www.indiatv.in/robots.txt", "200 OK", "text/plain", "", b"User-agent: *\n"),
        ("https://www.indiatv.in/rss", "200 OK", "application/rss+xml", "", b"<rss></rss>"),
        ("https://www.indiatv.in/old", "301 Moved Permanently", "text/html", "", b"<html>moved"),
        ("https://www.indiatv.in/gone", "404 Not Found", "text/html", "", b"<html>gone"),
        (url_of(NEPAL), "200 OK", "text/html; charset=utf-8", "gzip", gzip.compress(page)),
    ):
        headers = [("Content-Type", kind), *([("Content-Encoding", packing)] if packing else [])]
        writer.write_exchange(
            url=url, method="GET", request_headers=[], status=status, response_headers=headers, body=body, at=AT
        )
    writer.close()
    return path


def test_the_pages_of_an_archive_are_read_and_the_rest_is_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = extract(capsys, record_archive(tmp_path / "crawl.warc.gz"))

    (line,) = done.out.splitlines()
    assert done.code == 0
    assert json.loads(line)["headline"] == pair_of(NEPAL)["article"]["headline"]
    assert json.loads(line)["fetched_at"] == "2026-11-24T06:00:00Z"
    assert done.err == f"{tmp_path}/crawl.warc.gz: 4 answers are not HTML (feeds, robots.txt, redirects, errors)\n"


def test_a_truncated_archive_is_read_up_to_its_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = record_archive(tmp_path / "crawl.warc.gz")
    path.write_bytes(path.read_bytes()[:-100])

    done = extract(capsys, path)

    assert done.code == 3
    assert len(done.out.splitlines()) == 1
    assert "cut short or damaged at byte" in done.err


def test_the_same_archive_read_twice_gives_the_same_bytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = record_archive(tmp_path / "crawl.warc.gz")

    assert extract(capsys, path).out == extract(capsys, path).out


def test_a_file_that_is_not_an_archive_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "odd.warc.gz").write_bytes(b"<html>no archive</html>")

    done = scrapy("extract", tmp_path / "odd.warc.gz")

    assert (done.code, done.out) == (2, "")
    assert "odd.warc.gz: not a WARC file" in done.err
