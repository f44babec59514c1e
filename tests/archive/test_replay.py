"""A replay answers from the archive, and never fetches anything."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.exceptions import DownloadFailedError, DownloadTimeoutError, UsageError
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.utils.test import get_crawler

from crawler.archive.check import check_archives, recording_of
from crawler.archive.replay import ReplayMiddleware
from crawler.archive.writer import ArchiveWriter
from crawler.notes import notes_of
from crawler.reasons import Reason, RequestRefused
from crawler.store import close_store

AT = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
HOME = "https://samachar.example"


def record(path: Path, *answers: tuple[str, int, bytes], at: datetime = AT, **headers: str) -> Path:
    writer = ArchiveWriter(path, started=at)
    for number, (url, status, body) in enumerate(answers):
        moment = at + timedelta(seconds=number)
        if status == 0:
            writer.write_failure(url=url, failure=body.decode(), at=moment)
            continue
        writer.write_exchange(
            url=url,
            method="GET",
            request_headers=[],
            status=f"{status} Some Phrase",
            response_headers=[("Content-Type", "text/html; charset=utf-8"), *headers.items()],
            body=body,
            at=moment,
        )
    writer.close()
    return path


def replay(path: Path) -> ReplayMiddleware:
    return ReplayMiddleware.from_crawler(get_crawler(settings_dict={"ARCHIVE_REPLAY": str(path)}))


def answer(middleware: ReplayMiddleware, request: Request) -> Response:
    return asyncio.run(middleware.process_request(request))


def test_a_request_is_answered_with_the_body_and_the_time_of_its_fetch(tmp_path: Path) -> None:
    middleware = replay(record(tmp_path / "a.warc.gz", (f"{HOME}/world?b=2&a=1", 200, b"<html>page")))
    request = Request(f"{HOME}/world?a=1&b=2#top")

    response = answer(middleware, request)

    assert (response.status, response.body, type(response).__name__) == (200, b"<html>page", "HtmlResponse")
    assert notes_of(request).fetched_at == AT


def test_a_url_that_is_not_in_the_archive_is_counted_and_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    crawler = get_crawler(settings_dict={"ARCHIVE_REPLAY": str(record(tmp_path / "a.warc.gz", (HOME, 200, b"")))})
    middleware = ReplayMiddleware.from_crawler(crawler)

    with caplog.at_level("INFO"), pytest.raises(RequestRefused, match=r"^not in the archive") as refused:
        answer(middleware, Request(f"{HOME}/world/9"))

    assert refused.value.reason is Reason.NOT_IN_ARCHIVE
    assert crawler.stats.get_value("archive/missing") == 1
    assert f"{HOME}/world/9: not in the archive" in caplog.text


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([(200, b"old"), (200, b"new")], b"new"),
        ([(503, b"busy"), (200, b"page")], b"page"),
        ([(200, b"page"), (304, b"")], b"page"),
        ([(200, b"page"), (404, b"gone")], b"page"),
        ([(200, b"page"), (0, b"DownloadTimeoutError: slow")], b"page"),
        ([(503, b"busy"), (404, b"gone")], b"gone"),
    ],
)
def test_the_last_good_answer_of_an_address_counts(
    tmp_path: Path, answers: list[tuple[int, bytes]], expected: bytes
) -> None:
    middleware = replay(record(tmp_path / "a.warc.gz", *((HOME, *each) for each in answers)))

    assert answer(middleware, Request(HOME)).body == expected


def test_the_last_good_answer_counts_across_the_files_of_a_folder(tmp_path: Path) -> None:
    record(tmp_path / "1.warc.gz", (HOME, 200, b"later"), at=AT + timedelta(days=1))
    record(tmp_path / "2.warc.gz", (HOME, 200, b"earlier"))

    assert answer(replay(tmp_path), Request(HOME)).body == b"later"


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        ("DownloadTimeoutError: too slow", DownloadTimeoutError),
        ("UsageError: not one of these", DownloadFailedError),
        ("SomethingElse", DownloadFailedError),
    ],
)
def test_a_recorded_failure_is_raised_again(tmp_path: Path, failure: str, kind: type[Exception]) -> None:
    middleware = replay(record(tmp_path / "a.warc.gz", (HOME, 0, failure.encode())))

    with pytest.raises(kind):
        answer(middleware, Request(HOME))


def test_the_moment_is_when_the_last_recorded_crawl_began(tmp_path: Path) -> None:
    record(tmp_path / "1.warc.gz", (f"{HOME}/1", 200, b""), (f"{HOME}/2", 200, b""))
    record(tmp_path / "2.warc.gz", (f"{HOME}/3", 200, b""), (HOME, 200, b""), at=AT + timedelta(days=1))
    crawler = get_crawler(settings_dict={"ARCHIVE_REPLAY": str(tmp_path)})

    ReplayMiddleware.from_crawler(crawler)

    assert crawler.stats.get_value("archive/moment") == AT + timedelta(days=1)


class TinySpider(Spider):
    """A spider that requests the five URLs of an archive, and one that the archive lacks."""

    name = "tiny"

    async def start(self) -> AsyncIterator[Any]:
        for path in ("old", "gone", "failed", "absent"):
            yield Request(f"{HOME}/{path}", callback=self.read, errback=self.fail)

    def read(self, response: Response) -> Iterator[dict[str, Any]]:
        yield {"url": response.url, "at": notes_of(response).fetched_at.isoformat()}  # type: ignore[union-attr]

    def fail(self, failure: Any) -> Iterator[dict[str, Any]]:
        yield {"url": failure.request.url, "failed": type(failure.value).__name__}


def test_a_whole_spider_runs_with_no_socket_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*address: object) -> None:
        raise AssertionError(f"a socket was opened: {address}")

    archive = tmp_path / "a.warc.gz"
    writer = ArchiveWriter(archive, started=AT)
    fields = {"method": "GET", "request_headers": [], "at": AT}
    robots = b"User-agent: *\nDisallow: /secret\nCrawl-delay: 30\n"
    for url, status, headers, body in (
        (f"{HOME}/robots.txt", "200 OK", [("Content-Type", "text/plain")], robots),
        (f"{HOME}/old", "301 Moved Permanently", [("Location", "/new")], b""),
        (f"{HOME}/new", "200 OK", [("Content-Type", "text/html")], b"<html>new"),
        (f"{HOME}/gone", "404 Not Found", [], b""),
    ):
        writer.write_exchange(url=url, status=status, response_headers=headers, body=body, **fields)  # type: ignore[arg-type]
    writer.write_failure(url=f"{HOME}/failed", failure="DownloadTimeoutError: slow", at=AT)
    writer.close()
    settings = Settings()
    settings.setmodule("crawler.settings")
    settings.setdict(
        {
            "ARCHIVE_REPLAY": str(archive),
            "ITEM_PIPELINES": {},
            "SPIDER_MIDDLEWARES": {},
            "EXTENSIONS": {},
            "FEEDS": {tmp_path / "out.jsonl": {"format": "jsonlines"}},
            "TWISTED_REACTOR_ENABLED": False,
            "DOWNLOAD_HANDLERS": {"http": None, "https": None},
            "LOG_ENABLED": False,
        },
        priority="cmdline",
    )
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)

    asyncio.run(_crawl(settings))

    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert sorted(lines, key=lambda line: str(line["url"])) == [
        {"url": f"{HOME}/absent", "failed": "RequestRefused"},
        {"url": f"{HOME}/failed", "failed": "DownloadTimeoutError"},
        {"url": f"{HOME}/gone", "failed": "HttpError"},
        {"url": f"{HOME}/new", "at": AT.isoformat()},
    ]


async def _crawl(settings: Settings) -> None:
    crawl = Crawler(TinySpider, settings)
    await AsyncCrawlerRunner(settings).crawl(crawl)
    close_store(crawl)  # politeness opens the store; this spider has no outlet, so no bookkeeping closes it


def test_invalid_archive_settings_are_refused_before_the_crawl(tmp_path: Path) -> None:
    archive = record(tmp_path / "a.warc.gz", (HOME, 200, b""))
    (tmp_path / "page.html").write_text("<html>")
    for given, outlets, message in (
        ({"ARCHIVE_REPLAY": tmp_path / "nowhere"}, ["indiatv"], "no such archive"),
        ({"ARCHIVE_REPLAY": tmp_path / "page.html"}, ["indiatv"], "not a WARC file"),
        ({"ARCHIVE_RECORD": archive}, ["indiatv"], "exists already"),
        ({"ARCHIVE_RECORD": tmp_path / "b.warc.gz", "ARCHIVE_REPLAY": archive}, ["indiatv"], "both set"),
        ({"ARCHIVE_RECORD": tmp_path / "b.warc.gz"}, ["indiatv", "bbc_hindi"], "each outlet records into a file"),
    ):
        settings = Settings({name: str(value) for name, value in given.items()})
        with pytest.raises(UsageError, match=message):
            check_archives(settings, outlets)
    check_archives(Settings({"ARCHIVE_REPLAY": str(archive)}), ["indiatv", "bbc_hindi"])
    check_archives(Settings({"ARCHIVE_RECORD": str(tmp_path / "new")}), ["indiatv", "bbc_hindi"])


def test_a_folder_takes_one_recording_per_outlet() -> None:
    assert recording_of(Path("archive"), "indiatv") == Path("archive/indiatv.warc.gz")
    assert recording_of(Path("archive/today.warc.gz"), "indiatv") == Path("archive/today.warc.gz")
