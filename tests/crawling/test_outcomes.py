"""Each requested URL has exactly one outcome, and the outcomes add up to the number of requests."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from scrapy.crawler import Crawler

from crawler.crawling.ledger import Ledger
from crawler.crawling.outcomes import OutcomesMiddleware, ledger_of
from crawler.items import Article
from spiders.indiatv import IndiatvSpider
from tests.runs.replaying import archive, crawl, lines, run_folders, settings_of
from tests.site import misbehaviour as bad
from tests.site.pages import site_of
from tests.site.publisher import Answer


@pytest.fixture(scope="module")
def bad_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bad_day")
    again = bad.address("other-address-of-the-same", 20)
    answers = {**bad.bad_day(), again: bad.bad_day()[bad.BUSY], bad.MISSING: Answer(status=404, body=b"gone")}
    answers[bad._TODAY] = Answer(body=bad._sitemap((*bad.ANNOUNCED, again)), headers={"Content-Type": "text/xml"})
    return archive(folder / "bad_day.warc.gz", answers)


def outcomes(crawler: Crawler, kind: str = "articles") -> dict[str, int]:
    stats = crawler.stats.get_stats()
    prefix = f"outcome/{kind}/"
    return {name.removeprefix(prefix): count for name, count in stats.items() if name.startswith(prefix)}


@pytest.fixture(scope="module")
def crawled(bad_day: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Crawler, Path]:
    folder = tmp_path_factory.mktemp("crawled")
    return crawl(settings_of(folder, bad_day)), folder


def test_each_address_of_a_bad_day_has_its_outcome(crawled: tuple[Crawler, Path]) -> None:
    found = outcomes(crawled[0])

    assert found.pop("exported") + found.pop("copy", 0) == 9
    assert found == {
        "failed/http-404": 1,
        "failed/redirect": 3,
        "failed/timeout": 1,
        "filtered/robots": 1,
        "refused/duplicate-text": 1,
        "refused/empty": 1,
        "refused/no-body": 1,
        "refused/not-html": 1,
        "refused/soft-404": 1,
    }


def test_the_sum_of_the_outcomes_is_the_number_of_requests(crawled: tuple[Crawler, Path]) -> None:
    crawler, _ = crawled
    ledger = ledger_of(crawler)
    assert ledger is not None

    assert ledger.is_balanced()
    assert sum(outcomes(crawler).values()) == ledger.requests["articles"] == 20
    assert sum(outcomes(crawler, "listings").values()) == ledger.requests["listings"]
    # Scrapy's scheduler also counts the three redirects to web pages, which open no ledger entry.
    assert crawler.stats.get_value("scheduler/enqueued") == sum(ledger.requests.values()) + 3


def test_refused_and_failed_addresses_are_listed_with_reason_and_place(crawled: tuple[Crawler, Path]) -> None:
    (folder,) = run_folders(crawled[1])
    refused = {line["url"]: line for line in lines(folder / "refused.jsonl") if line["where"] != "listing"}

    assert len(refused) == 11
    assert refused[bad.PDF]["reason"] == "not-html"
    assert {refused[url]["where"] for url in (bad.PDF, bad.EMPTY)} == {"page"}
    assert (refused[bad.SLOW]["outcome"], refused[bad.SLOW]["where"]) == ("failed", "download")
    assert refused[bad.SECRET]["reason"] == "robots"
    assert all(line["outlet"] == "indiatv" and line["detail"] and line["listing"] for line in refused.values())


def test_a_listing_that_was_cut_short_is_named(crawled: tuple[Crawler, Path]) -> None:
    (folder,) = run_folders(crawled[1])

    (refused,) = [line for line in lines(folder / "refused.jsonl") if line["where"] == "listing"]

    assert refused["reason"] == "cut-short"


@pytest.mark.parametrize("status", [404, 410, 500])
def test_a_day_that_has_no_sitemap_yet_is_no_failure(tmp_path: Path, status: int) -> None:
    answers = {**site_of("indiatv"), bad._YESTERDAY: Answer(status=status, body=b"no")}
    crawler = crawl(settings_of(tmp_path, archive(tmp_path / "midnight.warc.gz", answers)))

    found = outcomes(crawler, "listings")
    assert found.get("filtered/no-such-day", 0) == (status != 500)
    assert [name for name in found if name.startswith("failed/")] == ["failed/http-500"] * (status == 500)


class Forgetful(IndiatvSpider):
    """A spider that is broken on purpose: its callback yields nothing for one page."""

    name = "indiatv"

    def read_article(self, response: Any) -> Iterator[Any]:
        if response.url != bad.BUSY:
            yield from super().read_article(response)


def test_a_page_whose_callback_yields_nothing_is_a_named_failure(
    bad_day: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        crawler = crawl(settings_of(tmp_path, bad_day), Forgetful)

    assert outcomes(crawler)["failed/no-outcome"] == 1
    assert f"{bad.BUSY}: has no outcome" in caplog.text


class Losing(Ledger):
    """A ledger that is broken on purpose: it loses an entry."""

    def close_entry(self, number: int | None) -> Any:
        found = super().close_entry(number)
        return None if found is not None and found.url == bad.BUSY else found


class LosingMiddleware(OutcomesMiddleware):
    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.ledger = Losing()


def test_a_lost_request_unbalances_the_ledger(bad_day: Path, tmp_path: Path) -> None:
    settings = settings_of(tmp_path, bad_day)
    settings["SPIDER_MIDDLEWARES"] = {
        **settings.getdict("SPIDER_MIDDLEWARES"),
        "crawler.crawling.outcomes.OutcomesMiddleware": None,
        LosingMiddleware: 60,
    }
    crawler = crawl(settings)

    ledger = ledger_of(crawler)
    assert ledger is not None
    assert not ledger.is_balanced()
    assert ledger.requests["articles"] - sum(ledger.outcomes("articles").values()) == 1


class Breaking:
    """A pipeline that is broken on purpose."""

    def process_item(self, item: Article) -> Article:
        raise ZeroDivisionError(item.url)


def test_a_pipeline_that_breaks_is_a_failure_of_each_article(bad_day: Path, tmp_path: Path) -> None:
    crawler = crawl(settings_of(tmp_path, bad_day, ITEM_PIPELINES={Breaking: 1}))

    found = outcomes(crawler)
    assert found["failed/pipeline-error"] == 10
    assert "exported" not in found


def test_articles_over_the_limit_are_not_requested(bad_day: Path, tmp_path: Path) -> None:
    crawler = crawl(settings_of(tmp_path, bad_day), limit="2")

    assert sum(outcomes(crawler).values()) == 2
    assert crawler.stats.get_value("article/over_limit") > 0


def test_an_article_that_did_not_change_is_counted_as_unchanged(bad_day: Path, tmp_path: Path) -> None:
    crawl(settings_of(tmp_path, bad_day))
    crawler = crawl(settings_of(tmp_path, bad_day), force="1")

    assert outcomes(crawler)["unchanged"] == 9
    assert "exported" not in outcomes(crawler)


def test_the_ledger_holds_only_open_entries() -> None:
    ledger = Ledger()
    for number in range(10_000):
        ledger.close_entry(ledger.open_entry("articles", f"https://example.in/{number}", "https://example.in/feed"))

    assert ledger.open_entries() == []
