"""Withdrawals over simulated runs: an exported article that is gone, an outage, an article that comes back."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from crawler.exports.verification import check_run
from crawler.shelves import Shelf
from tests.crawling.site import NOW, SITEMAP, address, articles, listings
from tests.runs.replaying import archive, crawl, lines, run_folders, settings_of
from tests.site.publisher import Answer

COUNT = 10
GONE, NOT_FOUND = Answer(status=410, body=b"gone"), Answer(status=404, body=b"not found")
SECTION = "https://www.indiatv.in/"
LISTING = Answer(
    body="<html><body>{}</body></html>".format(
        "".join(f'<h3><a href="{address(n)}">पहाड़ों के बीच {n} गांवों को जोड़ने वाला नया पुल खुला</a></h3>' for n in range(20))
    ).encode()
)
MOVED = Answer(status=302, headers={"Location": SECTION})


class Newsroom:
    """Runs of one outlet at chosen hours after the first, against a site that changes between them."""

    def __init__(self, folder: Path, count: int = COUNT, *, store: str | None = None) -> None:
        self.folder = folder
        self._store = {"STORE": store} if store else {}
        self.answers = {**listings(count), **articles(count), SECTION: LISTING}
        self._number = 0

    def run(self, hour: int, **more: Any) -> dict[str, int]:
        """Crawl `hour` hours after 10:00 of 24 November; return the outcomes of the articles."""
        self._number += 1
        replay = archive(self.folder / f"{self._number}.warc.gz", self.answers)
        crawler = crawl(self.settings(hour, replay, RUN_ID=f"run-{self._number}", **more))
        prefix = "outcome/articles/"
        return {
            name.removeprefix(prefix): count
            for name, count in crawler.stats.get_stats().items()
            if name.startswith(prefix)
        }

    def settings(self, hour: int, replay: Path, **more: Any) -> Settings:
        now = datetime.fromisoformat(NOW) + timedelta(hours=hour)
        return settings_of(self.folder, replay, CRAWL_TIME=now.isoformat(), **self._store, **more)

    def rows(self, shelf: Shelf) -> list[dict[str, Any]]:
        """Return the rows of a shelf over all runs; each run's folder is sound."""
        for folder in run_folders(self.folder):
            assert list(check_run(folder)) == []
        files = sorted((self.folder / "exports").rglob(f"{shelf}*.jsonl"))
        return [row for path in files for row in lines(path)]

    def withdrawn(self) -> list[tuple[str, str, int]]:
        """Return URL, reason and revision of each withdrawal, in order."""
        return [(row["url"], row["reason"], row["revision"]) for row in self.rows(Shelf.WITHDRAWN)]


@pytest.fixture
def newsroom(tmp_path: Path, new_address: Callable[[], str]) -> Newsroom:
    room = Newsroom(tmp_path, store=new_address())
    assert room.run(0) == {"exported": COUNT}
    return room


def test_an_article_that_answers_410_is_withdrawn_once_and_is_never_a_failure(newsroom: Newsroom) -> None:
    newsroom.answers[address(3)] = GONE

    outcomes = [newsroom.run(hour) for hour in (1, 6, 24)]

    assert outcomes == [{"unchanged": COUNT - 1, "gone/http-410": 1}] * 3
    assert newsroom.withdrawn() == [(address(3), "http-410", 1)]
    (row,) = newsroom.rows(Shelf.WITHDRAWN)
    (article,) = [each for each in newsroom.rows(Shelf.ARTICLES) if each["url"] == address(3)]
    assert row == {
        "id": article["id"],
        "outlet": "indiatv",
        "url": address(3),
        "revision": 1,
        "withdrawn_at": "2026-11-24T05:30:00Z",
        "gone_since": "2026-11-24T05:30:00Z",
        "reason": "http-410",
        "run_id": "run-2",
        "sequence": COUNT + 1,
    }


def test_an_article_that_answers_404_is_withdrawn_after_two_rechecks_six_hours_apart(newsroom: Newsroom) -> None:
    newsroom.answers[address(3)] = NOT_FOUND

    seen = []
    for hour in (1, 6, 7):
        newsroom.run(hour)
        seen.append(newsroom.withdrawn())

    assert seen == [[], [], [(address(3), "http-404", 1)]]


def test_an_article_that_leads_to_a_listing_is_withdrawn_like_one_that_answers_404(newsroom: Newsroom) -> None:
    newsroom.answers[address(3)] = MOVED

    first = newsroom.run(1)
    early = newsroom.withdrawn()
    newsroom.run(7)

    assert first == {"unchanged": COUNT - 1, "gone/listing": 1}
    assert early == []
    assert newsroom.withdrawn() == [(address(3), "listing", 1)]


def test_an_article_that_was_there_in_between_is_not_withdrawn(newsroom: Newsroom) -> None:
    page = newsroom.answers[address(3)]
    for hour, answer in ((1, NOT_FOUND), (6, page), (24, NOT_FOUND)):
        newsroom.answers[address(3)] = answer
        newsroom.run(hour)

    assert newsroom.withdrawn() == []


@pytest.mark.parametrize("answer", [Answer(status=500), Answer(status=403), Answer(body=b"", status=503)])
def test_a_host_in_trouble_is_no_withdrawal(newsroom: Newsroom, answer: Answer) -> None:
    newsroom.answers[address(3)] = answer

    outcomes = [newsroom.run(hour) for hour in (1, 7, 24)]

    assert newsroom.withdrawn() == []
    assert all(f"failed/http-{answer.status}" in each for each in outcomes[:1])


@pytest.mark.parametrize(("gone", "withdrawn"), [(2, 2), (3, 0), (10, 0)])
def test_nothing_is_withdrawn_while_more_than_a_fifth_of_the_known_articles_are_gone(
    newsroom: Newsroom, gone: int, withdrawn: int, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(gone):
        newsroom.answers[address(number)] = GONE

    newsroom.run(1)

    assert len(newsroom.withdrawn()) == withdrawn
    assert (f"{gone} of 10 known articles answer as if they were gone" in caplog.text) == (not withdrawn)


def test_after_an_outage_only_what_is_still_gone_is_withdrawn(newsroom: Newsroom) -> None:
    pages = dict(newsroom.answers)
    for number in range(COUNT):
        newsroom.answers[address(number)] = NOT_FOUND
    newsroom.run(1)
    newsroom.run(7)
    newsroom.answers.update(pages)
    newsroom.answers[address(4)] = NOT_FOUND

    newsroom.run(13)

    assert newsroom.withdrawn() == [(address(4), "http-404", 1)]


def test_a_crawl_that_asks_for_one_gone_article_alone_asks_for_others_to_tell_it_from_an_outage(
    newsroom: Newsroom,
) -> None:
    newsroom.run(168)  # the last recheck of all
    newsroom.answers[address(3)] = NOT_FOUND
    newsroom.run(169, RECHECK_AFTER="169")
    newsroom.answers[SITEMAP] = replace(newsroom.answers[SITEMAP], body=b"<urlset></urlset>")

    outcomes = newsroom.run(176)

    assert outcomes == {"gone/http-404": 1, "unchanged": 4}
    assert newsroom.withdrawn() == [(address(3), "http-404", 1)]


@pytest.mark.parametrize("is_changed", [False, True])
def test_an_article_that_comes_back_is_exported_with_a_higher_revision(newsroom: Newsroom, is_changed: bool) -> None:
    page = newsroom.answers[address(3)]
    newsroom.answers[address(3)] = GONE
    newsroom.run(1)
    body = page.body.decode().replace("झूला पुल", "पैदल पुल") if is_changed else page.body.decode()
    newsroom.answers[address(3)] = replace(page, body=body.encode())
    newsroom.run(7)
    newsroom.run(24)

    editions = [each for each in newsroom.rows(Shelf.ARTICLES) if each["url"] == address(3)]
    assert [each["revision"] for each in editions] == [1, 2]
    assert editions[1]["story"]["relation"] == "revision"
    assert editions[1]["story"]["because"].startswith("came back after it was withdrawn")
    assert ("changed: headline" in editions[1]["story"]["because"]) == is_changed

    newsroom.answers[address(3)] = GONE
    newsroom.run(168)
    assert newsroom.withdrawn() == [(address(3), "http-410", 1), (address(3), "http-410", 2)]


def test_a_new_article_that_is_not_there_is_a_failure_as_before(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    room.answers[address(3)] = GONE

    assert room.run(0) == {"exported": COUNT - 1, "failed/http-410": 1}
    assert room.withdrawn() == []


def test_a_run_into_a_feed_withdraws_nothing_and_the_next_run_into_a_folder_does(newsroom: Newsroom) -> None:
    newsroom.answers[address(3)] = GONE
    feed = newsroom.folder / "out.jsonl"

    newsroom.run(1, FEEDS={str(feed): {"format": "jsonlines"}})
    before = newsroom.withdrawn()
    newsroom.run(7)

    assert before == []
    assert newsroom.withdrawn() == [(address(3), "http-410", 1)]
    assert feed.read_bytes() == b""


@pytest.mark.parametrize("moment", ["assign", "delivered"])
def test_a_withdrawal_is_delivered_once_when_its_run_dies_while_it_publishes(
    newsroom: Newsroom, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.answers[address(3)] = GONE

    def die(self: Any, part: str, *_: Any) -> None:
        if "withdrawn" in part:
            raise SystemError(part)

    with monkeypatch.context() as patch:
        patch.setattr(f"crawler.store.outbox.OutboxTable.{moment}", die)
        newsroom.run(1)
    newsroom.run(2)
    newsroom.run(7)

    assert newsroom.withdrawn() == [(address(3), "http-410", 1)]
    assert [row["run_id"] for row in newsroom.rows(Shelf.WITHDRAWN)] == ["run-2"]


def test_the_report_names_what_was_withdrawn(newsroom: Newsroom) -> None:
    newsroom.answers[address(3)] = GONE
    newsroom.run(1)

    manifest = json.loads((run_folders(newsroom.folder)[-1] / "manifest.json").read_bytes())
    rows = {part["shelf"]: part["rows"] for part in manifest["parts"]}
    assert rows == {"articles": 0, "copies": 0, "withdrawn": 1, "story-moves": 0, "refused": 0}
