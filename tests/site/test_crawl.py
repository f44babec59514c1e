"""Whole crawls over real sockets, of a publisher with faults; the whole export is compared."""

import itertools
import json
import os
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from spiders.indiatv import IndiatvSpider
from tests.commands.running import scrapy
from tests.site import misbehaviour as bad
from tests.site.publisher import Answer, Publisher

EXPECTED = Path(__file__).with_name("expected.jsonl")
OF_THIS_RUN = ("first_seen_at", "sequence", "withdrawn_at", "fetched_at", "run_id", "reader_version", "story")
QUICKLY = {"DOWNLOAD_DELAY": "0", "DOWNLOAD_TIMEOUT": "3", "RETRY_TIMES": "1", "AUTOTHROTTLE_ENABLED": "0"}
SETTINGS = {**QUICKLY, "CRAWL_TIME": "2026-11-24T10:00:00+05:30", "STORE": "", "CONTACT": "tests@example.org"}
SETTINGS |= {"STATS_DUMP": "1"}


@dataclass(frozen=True)
class Crawl:
    """The result of a finished crawl."""

    code: int
    log: str
    records: list[dict[str, Any]]
    asked: list[tuple[float, str]]

    def times(self, url: str) -> list[float]:
        """Return the times at which a URL was requested."""
        return [moment for moment, asked in self.asked if asked == url]


def crawl(publisher: Publisher, folder: Path, *arguments: str) -> Crawl:
    out = folder / "out.jsonl"
    settings = [part for name, value in SETTINGS.items() for part in ("-s", f"{name}={value}")]
    done = scrapy("crawl", "indiatv", "-O", out, *settings, *arguments, environment=publisher.environment)
    lines = out.read_text(encoding="utf-8").splitlines() if out.exists() else []
    return Crawl(done.code, done.out + done.err, [json.loads(line) for line in lines], publisher.asked)


@pytest.fixture(scope="module", params=["FAST=0", pytest.param("FAST=1", marks=pytest.mark.soak)])
def bad_day(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    folder = tmp_path_factory.mktemp("bad_day")
    with Publisher(bad.bad_day(), folder) as publisher:
        yield crawl(publisher, folder, "-s", request.param)


def test_the_whole_export_is_as_expected(bad_day: Crawl) -> None:
    records = [{key: value for key, value in record.items() if key not in OF_THIS_RUN} for record in bad_day.records]
    records.sort(key=lambda record: record["url"])
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)

    if os.environ.get("VIDESH_REWRITE_EXPECTED"):
        EXPECTED.write_text(lines, encoding="utf-8")

    assert lines == EXPECTED.read_text(encoding="utf-8")


def test_a_bad_day_is_no_error_of_the_program(bad_day: Crawl) -> None:
    assert "log_count/ERROR" not in bad_day.log
    assert "Traceback" not in bad_day.log
    assert "'finish_reason': 'finished'" in bad_day.log, "statistics are shown to who sets STATS_DUMP"


def test_what_robots_txt_forbids_is_never_asked_for(bad_day: Crawl) -> None:
    assert bad_day.times(bad.SECRET) == []
    assert len(bad_day.times(f"{bad.HOME}/robots.txt")) == 1


def test_each_article_is_asked_for_once_whoever_announces_it(bad_day: Crawl) -> None:
    articles = [url for _, url in bad_day.asked if "/world/" in url]
    retried = {bad.SLOW, bad.BUSY}

    assert sorted(url for url in articles if articles.count(url) > 1 and url not in retried) == []


def test_the_crawl_delay_lies_between_requests(bad_day: Crawl) -> None:
    moments = sorted(moment for moment, _ in bad_day.asked)[1:]

    # These are times of arrival: on a busy machine two may be closer together, but never half of them.
    assert statistics.median(later - earlier for earlier, later in itertools.pairwise(moments)) > 0.05
    assert moments[-1] - moments[0] > 0.09 * (len(moments) - 1)


def test_nothing_leaves_the_host_while_retry_after_lasts(bad_day: Crawl) -> None:
    first, second = bad_day.times(bad.BUSY)
    between = [moment for moment, _ in bad_day.asked if first < moment < first + 0.95]

    assert between == []
    assert second - first > 0.95


def test_redirects_astray_are_not_followed(bad_day: Crawl) -> None:
    assert all(url.startswith("https://www.indiatv.in/") for _, url in bad_day.asked)
    for url, reason in (
        (bad.TO_PRIVATE, "redirected to http://127.0.0.1:1/admin: 127.0.0.1 is not of the public web"),
        (bad.TO_STRANGER, "redirected to https://login.example.org/: example.org is not the outlet's domain"),
        (bad.TO_FILE, "redirected to file:///etc/passwd: only http and https are followed"),
    ):
        assert f"{url}: failed: {reason}" in bad_day.log


def test_a_broken_listing_is_named_and_the_others_are_read(bad_day: Crawl) -> None:
    assert "generic-articles-2026-11-23.xml: listing is" in bad_day.log
    assert "(cut-short)" in bad_day.log


def test_one_page_is_read_and_nothing_else(tmp_path: Path) -> None:
    page = f"{bad.HOME}/world/pakistan/pakistan-punjab-assembly-walkout-over-water-bill-2026-11-22-1183955"

    with Publisher(bad.bad_day(), tmp_path) as publisher:
        done = crawl(publisher, tmp_path, "-a", f"url={page}?utm_source=whatsapp")

    assert [url for _, url in done.asked] == [f"{bad.HOME}/robots.txt", page]
    assert [record["url"] for record in done.records] == [page]
    assert done.code == 0


def test_a_host_that_asks_for_hours_is_left_alone(tmp_path: Path) -> None:
    busy = Answer(status=503, headers={"Content-Type": "text/html", "Retry-After": "7200"}, body=b"later")
    site = {**bad.bad_day(), IndiatvSpider.listings[0].url: busy}

    with Publisher(site, tmp_path) as publisher:
        done = crawl(publisher, tmp_path, "-s", "DOWNLOAD_DELAY=0.2")

    assert len(done.asked) < 5
    assert "www.indiatv.in asks to wait 7200 seconds: left alone until " in done.log
    assert done.records == []
    assert "Traceback" not in done.log


def test_a_host_whose_robots_txt_fails_is_not_crawled(tmp_path: Path) -> None:
    site = {**bad.bad_day(), f"{bad.HOME}/robots.txt": Answer(status=500, body=b"oops")}

    with Publisher(site, tmp_path) as publisher:
        done = crawl(publisher, tmp_path)

    assert {url for _, url in done.asked} == {f"{bad.HOME}/robots.txt"}
    assert "robots.txt of www.indiatv.in cannot be fetched, so every URL counts as forbidden" in done.log
    assert "Traceback" not in done.log


def test_a_wrong_argument_is_refused_before_anything_is_fetched(tmp_path: Path) -> None:
    with Publisher(bad.bad_day(), tmp_path) as publisher:
        done = crawl(publisher, tmp_path, "-a", "limit=ten")

    assert done.code == 2
    assert 'limit: "ten" is not a number of articles; write a whole number from 1 up, as limit=50' in done.log
    assert "Traceback" not in done.log
    assert done.asked == []
