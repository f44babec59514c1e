"""Crawls that remember: fetched once, delivered once, whatever kills them; edits and lying hosts noticed."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.store import open_store
from crawler.store.upkeep import check, prune
from tests.site.publisher import Answer, Publisher
from tests.store.site import FEED, HOME, NOW, SITEMAP, address, articles, listings, section

ROOT = Path(__file__).resolve().parents[2]
QUICKLY = {
    "CONCURRENT_REQUESTS_PER_DOMAIN": "8",
    "DOWNLOAD_DELAY": "0",
    "AUTOTHROTTLE_ENABLED": "0",
    "RETRY_TIMES": "0",
    "CONTACT": "tests@example.org",
}


class Crawls:
    """Crawls of one site into one store and one export folder."""

    def __init__(self, folder: Path, answers: dict[str, Answer]) -> None:
        self.folder = folder
        self.store = f"sqlite:///{folder}/v.db"
        self.publisher = Publisher(answers, folder)

    def start(self, *arguments: str, now: str = NOW, log: int = subprocess.PIPE) -> "subprocess.Popen[str]":
        settings = {**QUICKLY, "STORE": self.store, "EXPORTS": str(self.folder / "exports"), "CRAWL_TIME": now}
        told = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        command = [sys.executable, "-m", "scrapy", "crawl", "indiatv", *told, *arguments]
        environment = {**os.environ, **self.publisher.environment}
        return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=log, text=True)

    def run(self, *arguments: str, now: str = NOW) -> tuple[list[str], str]:
        """Run a crawl to its end; return the articles that it asked for, and its log."""
        before = len(self.publisher.asked)
        log = self.start(*arguments, now=now).communicate(timeout=120)[1]
        assert "'finish_reason': 'finished'" in log, log[-3000:]
        return [url for url in self.publisher.urls()[before:] if "/world/asia/" in url], log

    def kill_after(self, requests: int, seconds: float) -> None:
        """Start a crawl, and kill it so many seconds after so many requests."""
        goal = len(self.publisher.asked) + requests
        process = self.start(log=subprocess.DEVNULL)  # nobody reads it here: a full pipe would hold the crawl up
        while len(self.publisher.asked) < goal and process.poll() is None:
            time.sleep(0.005)
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=30)

    def listed(self) -> dict[str, dict[str, Any]]:
        """Return what the report of the last run says of each listing, by address."""
        path = max((self.folder / "exports").rglob("report.json"), key=lambda path: path.stat().st_mtime)
        return {row["url"]: row for row in json.loads(path.read_text(encoding="utf-8"))["listings"]}

    def delivered(self) -> list[dict[str, Any]]:
        """Return the records in the export and those that still wait in the outbox, parts that are aside left out."""
        exported = [
            line
            for path in sorted((self.folder / "exports").rglob("*.jsonl"))
            if path.stem.startswith(("articles", "copies"))
            for line in path.read_bytes().splitlines()
        ]
        store = open_store(self.store)
        store.outbox.adopt()
        waiting = [delivery.line for delivery in store.outbox.waiting()]
        assert store.outbox.open_parts() == []
        assert list(check(store))
        store.close()
        return [json.loads(line) for line in [*exported, *waiting]]


def site(count: int) -> dict[str, Answer]:
    answers = {**listings(count), **articles(count)}
    sitemap = answers[SITEMAP]
    answers[SITEMAP] = replace(sitemap, headers={**sitemap.headers, "ETag": '"one"'})
    return answers


def test_a_second_run_fetches_listings_only_and_delivers_nothing(tmp_path: Path) -> None:
    crawls = Crawls(tmp_path, site(12))
    with crawls.publisher:
        first, _ = crawls.run()
        records = crawls.delivered()
        second, log = crawls.run()

    assert sorted(first) == sorted(address(number) for number in range(12))
    assert len(records) == 12
    assert second == []
    assert "'downloader/response_status_count/304': 1" in log
    template = SITEMAP.replace("2026-11-24", "{date:%Y-%m-%d}")
    assert (crawls.listed()[template]["state"], crawls.listed()[template]["reason"]) == ("unchanged", "no-such-day")
    assert len(crawls.delivered()) == 12


def test_an_edit_is_a_revision_and_its_first_edition_stays(tmp_path: Path) -> None:
    answers = site(3)
    crawls = Crawls(tmp_path, answers)
    with crawls.publisher:
        crawls.run()
        page = answers[address(1)].body.decode()
        answers[address(1)] = Answer(body=page.replace("झूला पुल", "पैदल पुल").encode())
        answers[address(2)] = Answer(body=answers[address(2)].body.replace(b"10:41", b"11:52"))
        skipped, _ = crawls.run("-a", "only_new=1", now="2026-11-24T12:00:00+05:30")
        rechecked, log = crawls.run(now="2026-11-24T12:00:00+05:30")
        again, _ = crawls.run(now="2026-11-24T12:10:00+05:30")

    assert skipped == []
    assert sorted(rechecked) == [address(number) for number in range(3)]
    assert again == []
    records = {(record["url"], record["revision"]): record for record in crawls.delivered()}
    assert sorted(records) == [(address(0), 1), (address(1), 1), (address(1), 2), (address(2), 1)]
    revision = records[address(1), 2]
    assert revision["story"]["relation"] == "revision"
    assert revision["story"]["of"] == records[address(1), 1]["id"]
    assert revision["story"]["id"] == records[address(1), 1]["story"]["id"]
    assert "'revision/headline': 1" in log


def test_a_second_run_fetches_no_article_however_many_came_in_while_the_listing_was_read(tmp_path: Path) -> None:
    crawls = Crawls(tmp_path, site(400))
    quickly = ("-s", "CONCURRENT_REQUESTS_PER_DOMAIN=16", "-s", "CONCURRENT_REQUESTS=16")
    with crawls.publisher:
        first, _ = crawls.run(*quickly)
        second, _ = crawls.run(*quickly)

    assert (len(first), len(second)) == (400, 0)


def test_what_since_leaves_out_of_a_listing_is_there_for_a_crawl_without_it(tmp_path: Path) -> None:
    answers = site(3)
    older = answers[SITEMAP].body.replace(b"2026-11-24T06:00:00+05:30", b"2026-11-20T06:00:00+05:30", 1)
    answers[SITEMAP] = replace(answers[SITEMAP], body=older)
    crawls = Crawls(tmp_path, answers)
    with crawls.publisher:
        newer, _ = crawls.run("-a", "since=2026-11-22")
        rest, _ = crawls.run()

    assert (sorted(newer), rest) == ([address(1), address(2)], [address(0)])


def test_what_since_leaves_out_is_fetched_once_and_still_there_for_a_crawl_that_wants_it(
    tmp_path: Path,
) -> None:
    answers = site(3)
    since = ("-a", "since=2026-11-24")
    crawls = Crawls(tmp_path, answers)
    with crawls.publisher:
        first, log = crawls.run(*since)
        unchanged_listing, _ = crawls.run(*since)
        answers.update({**listings(4), **articles(4)})
        changed_listing, _ = crawls.run(*since)
        wanted, _ = crawls.run()

    assert sorted(first) == [address(number) for number in range(3)]
    assert "'article/refused/before-since': 3" in log
    assert (unchanged_listing, changed_listing) == ([], [address(3)])
    assert sorted(wanted) == [address(number) for number in range(4)]
    assert len(crawls.delivered()) == 4


def test_new_articles_do_not_wait_for_the_known_ones_that_are_due(tmp_path: Path) -> None:
    answers = site(60)
    crawls = Crawls(tmp_path, answers)
    with crawls.publisher:
        crawls.run()
        answers.update({**listings(65), **articles(65)})
        slowly = ("-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1", "-s", "DOWNLOAD_DELAY=0.05")
        asked, _ = crawls.run(*slowly, now="2026-11-24T12:00:00+05:30")

    assert sorted(asked) == sorted(address(number) for number in range(65))
    assert max(asked.index(address(number)) for number in range(60, 65)) < 30


def test_force_reads_all_again_and_delivers_what_changed_only(tmp_path: Path) -> None:
    answers = site(5)
    crawls = Crawls(tmp_path, answers)
    with crawls.publisher:
        crawls.run()
        pages = {number: answers[address(number)].body.decode() for number in range(5)}
        paragraph = '<div class="content" id="content">\n<p>'
        advertisement = f'{paragraph[:-3]}<div class="ad">विज्ञापन: नई साइकिल</div>\n<p>\n   '
        changed = {
            0: pages[0].replace(paragraph, advertisement).replace("</aside>", "<p>यह भी पढ़ें</p></aside>"),
            1: pages[1].replace("</p>\n<p>", " \n </p>\n\n<p>  ").replace("नए डिब्बे", "पुराने डिब्बे"),
            2: pages[2].replace("10:41", "11:52").replace("23-1184", "24-1184"),
            3: pages[3].replace(paragraph, f"{paragraph}काठमांडू (एपी): "),
            4: pages[4].replace(paragraph, f"{paragraph}एक और वाक्य जुड़ा। "),
        }
        assert all(changed[number] != pages[number] for number in pages)
        answers.update({address(number): Answer(body=page.encode()) for number, page in changed.items()})
        forced, log = crawls.run("-a", "force=1")

    assert len(forced) == 5
    revised = {record["url"]: record["story"] for record in crawls.delivered() if record["revision"] == 2}
    assert set(revised) == {address(3), address(4)}
    assert revised[address(4)]["because"] == "changed: body"
    assert "credit" in revised[address(3)]["because"]
    assert "'revision/body': 2" in log
    assert log.count("Dropped: unchanged: ") == 3
    assert "Article(" not in log
    assert "'revision/credit': 1" in log


def test_an_article_under_another_address_is_the_same_article(tmp_path: Path) -> None:
    own = address(0)
    twins = [
        own.replace("https:", "http:"),
        f"{own}?utm_source=feed&utm_medium=rss",
        own.replace("www.", "m."),
        own.replace("/world/", "/amp/world/"),
        own.replace("/asia/", "/europe/"),
        own.replace("invented-report", "the-slug-was-changed"),
    ]
    answers = site(1)
    other = answers[own].body
    answers |= {twin: Answer(body=other.replace(own.encode(), twin.encode())) for twin in twins}
    crawls = Crawls(tmp_path, answers)
    with crawls.publisher:
        crawls.run()
        entries = "".join(f"<url><loc>{twin}</loc></url>" for twin in twins).replace("&", "&amp;")
        sitemap = answers[SITEMAP].body.decode().replace("<url>", f"{entries}<url>", 1)
        answers[SITEMAP] = Answer(body=sitemap.encode(), headers={"Content-Type": "application/xml"})
        announced, _ = crawls.run()
        for twin in twins[-3:]:
            crawls.run("-a", f"url={twin}")

    assert announced == []
    assert [(record["url"], record["revision"]) for record in crawls.delivered()] == [(own, 1)]


def test_an_article_that_moved_out_of_the_section_is_the_same_article(tmp_path: Path) -> None:
    answers = site(1)
    own, moved = address(0), address(0).replace("/world/asia/", "/india/national/")
    crawls = Crawls(tmp_path, answers)
    with crawls.publisher:
        crawls.run()
        answers[moved] = Answer(body=answers[own].body.replace(own.encode(), moved.encode()))
        answers[own] = Answer(status=301, headers={"Location": moved})
        crawls.run(now="2026-11-24T12:00:00+05:30")

    assert [(record["url"], record["revision"]) for record in crawls.delivered()] == [(own, 1)]


def test_an_article_whose_slug_was_changed_is_looked_at_once_at_its_new_address(tmp_path: Path) -> None:
    answers = site(1)
    own, renamed = address(0), address(0).replace("invented-report", "the-slug-was-changed")
    crawls = Crawls(tmp_path, answers)
    with crawls.publisher:
        crawls.run()
        answers[renamed] = Answer(body=answers[own].body.replace(own.encode(), renamed.encode()))
        sitemap = answers[SITEMAP].body.replace(own.encode(), renamed.encode())
        answers[SITEMAP] = replace(answers[SITEMAP], body=sitemap, headers={"ETag": '"two"'})
        soon, _ = crawls.run(now="2026-11-24T10:15:00+05:30")
        due, _ = crawls.run(now="2026-11-24T12:00:00+05:30")

    assert (soon, due) == ([], [renamed])
    assert len(crawls.delivered()) == 1


def test_two_listings_that_announce_one_article_both_brought_it(tmp_path: Path) -> None:
    items = "".join(f"<item><link>{address(number)}</link><title>पुल</title></item>" * 2 for number in range(3))
    feed = f'<rss version="2.0"><channel>{items}</channel></rss>'
    crawls = Crawls(tmp_path, {**site(3), FEED: Answer(body=feed.encode(), headers={"Content-Type": "text/xml"})})
    with crawls.publisher:
        crawls.run()

    store = open_store(crawls.store)
    yields = {listed.url: store.listings.yields(listed.url) for listed in store.listings.of("indiatv")}
    daily = SITEMAP.replace("2026-11-24", "{date:%Y-%m-%d}")
    assert [(each.new, each.known) for url in (FEED, daily) for each in yields[url]] == [(3, 0), (3, 0)]
    store.close()


@pytest.mark.parametrize("is_back", [False, True])
def test_an_address_that_leads_to_another_article_leaves_a_sound_store(tmp_path: Path, is_back: bool) -> None:
    answers = site(1)
    other = f"{HOME}/world/europe/another-report-2026-11-24-900001"
    crawls = Crawls(tmp_path, answers)
    with crawls.publisher:
        crawls.run()
        page = answers[address(0)].body.decode().replace(address(0), other)
        english = "The bridge was opened again on Monday, and the people of forty villages crossed it."
        page = re.sub(r'"articleBody": ".*?"', f'"articleBody": "{english}"', page)
        answers[other] = Answer(body=re.sub(r"<p>.*?</p>", f"<p>{english}</p>", page).encode())
        own = answers[address(0)]
        answers[address(0)] = Answer(status=301, headers={"Location": other})
        _, log = crawls.run(now="2026-11-24T12:00:00+05:30")
        answers[address(0)] = own if is_back else answers[address(0)]
        crawls.run(now="2026-11-24T17:00:00+05:30")

    store = open_store(crawls.store)
    assert "'item_dropped_count': 1" in log
    assert list(check(store)) == [f"{store.database.path}: sound"]
    store.close()


def test_a_host_that_says_unchanged_though_nobody_asked_is_asked_once_and_named(tmp_path: Path) -> None:
    answers = site(2)
    crawls = Crawls(tmp_path, answers)
    with crawls.publisher:
        crawls.run()
        answers[SITEMAP] = Answer(status=304)
        before = len(crawls.publisher.asked)
        _, log = crawls.run("-s", "LISTING_VERIFY_EVERY=1")

    assert crawls.publisher.urls()[before:].count(SITEMAP) == 2
    assert "not trusted for a month" in log
    assert f"{SITEMAP}: listing is dead: the server answered 304" in log


def test_a_section_s_second_page_that_could_not_be_read_is_read_later(tmp_path: Path) -> None:
    pages = section(range(3), range(3, 6))
    second = f"{HOME}/world?page=2"
    answers = {f"{HOME}/robots.txt": Answer(status=404), **articles(6), **pages, second: Answer(status=503)}
    crawls = Crawls(tmp_path, answers)
    with crawls.publisher:
        first, _ = crawls.run()
        answers[second] = pages[second]
        later, _ = crawls.run()

    assert (sorted(first), sorted(later)) == ([address(n) for n in range(3)], [address(n) for n in range(3, 6)])


def test_an_address_that_cannot_be_fetched_is_let_go_whatever_is_wrong_with_it(tmp_path: Path) -> None:
    answers = site(4)
    answers[address(0)] = Answer(status=301, headers={"Location": f"{address(0)}?x=1"})
    answers[f"{address(0)}?x=1"] = Answer(status=301, headers={"Location": address(0)})
    answers[address(1)] = Answer(status=300, headers={})
    answers[address(2)] = Answer(body=b"\x1f\x8bx", headers={"Content-Type": "text/html", "Content-Encoding": "gzip"})
    answers[address(3)] = Answer(status=304)
    crawls = Crawls(tmp_path, answers)
    with crawls.publisher:
        for _ in range(3):
            crawls.run()

    store = open_store(crawls.store)
    assert [known.tries for known in store.addresses.waiting("indiatv", 2**40)] == [2, 2, 2, 2]
    store.close()


def test_a_known_article_is_not_cut_by_a_bad_recheck_however_it_went_before(tmp_path: Path) -> None:
    answers = site(1)
    own, second = address(0), f"{address(0)}?page=2"
    page = answers[own].body.decode()
    answers[own] = Answer(body=page.replace("</head>", f'<link rel="next" href="{second}"></head>').encode())
    answers[second] = Answer(body=articles(2)[address(1)].body.replace(address(1).encode(), own.encode()))
    whole = dict(answers)
    crawls = Crawls(tmp_path, answers)
    with crawls.publisher:
        crawls.run("-a", f"url={own}")
        crawls.run(now="2026-11-24T10:15:00+05:30")
        answers[own] = Answer(body="<html><body><h1>रखरखाव जारी है</h1></body></html>".encode())
        crawls.run(now="2026-11-24T12:00:00+05:30")
        answers.update({**whole, second: Answer(status=500)})
        crawls.run(now="2026-11-24T17:00:00+05:30")
        crawls.run("-a", f"url={own}", now="2026-11-24T17:15:00+05:30")
        other = f"{HOME}/world/asia/another-slug-2026-11-24-900001"
        answers[other] = Answer(status=301, headers={"Location": own})
        answers[SITEMAP] = replace(answers[SITEMAP], body=answers[SITEMAP].body.replace(own.encode(), other.encode()))
        crawls.run("-a", "force=1", now="2026-11-24T17:30:00+05:30")

    assert [record["revision"] for record in crawls.delivered()] == [1]


def test_an_address_kept_under_an_older_rule_of_the_outlet_is_settled(tmp_path: Path) -> None:
    answers = site(2)
    crawls = Crawls(tmp_path, answers)
    with crawls.publisher:
        crawls.run("-a", "limit=1")
        store = open_store(crawls.store)
        (later,) = store.addresses.waiting("indiatv", 2**40)
        store.database.connection.execute("UPDATE addresses SET id = 'older' WHERE state = 'waiting'")
        store.close()
        own, second = later.url, f"{later.url}?page=2"
        page = answers[own].body.decode()
        answers[own] = Answer(body=page.replace("</head>", f'<link rel="next" href="{second}"></head>').encode())
        answers[second] = Answer(body=articles(9)[address(8)].body.replace(address(8).encode(), own.encode()))
        asked = [crawls.run()[0] for _ in range(2)]

    assert asked == [[own, second], []]
    assert later.id in {record["id"] for record in crawls.delivered()}
    assert len(crawls.delivered()) == 2


def test_a_limit_is_for_new_articles(tmp_path: Path) -> None:
    answers = site(3)
    crawls = Crawls(tmp_path, answers)
    with crawls.publisher:
        crawls.run()
        answers.update({**listings(5), **articles(5)})
        asked, _ = crawls.run("-a", "limit=2", now="2026-11-24T12:00:00+05:30")

    assert sorted(asked) == [address(3), address(4)]


def test_a_host_that_says_unchanged_to_whatever_it_is_asked_is_caught(tmp_path: Path) -> None:
    answers = site(2)
    answers[SITEMAP] = replace(answers[SITEMAP], claims_unchanged=True)
    crawls = Crawls(tmp_path, answers)
    asked, caught = [], []
    with crawls.publisher:
        for count in range(2, 8):
            etag = {"Content-Type": "application/xml", "ETag": f'"{count}"'}
            answers.update(articles(count))
            answers[SITEMAP] = replace(answers[SITEMAP], body=listings(count)[SITEMAP].body, headers=etag)
            fetched, log = crawls.run("-s", "LISTING_VERIFY_EVERY=3")
            asked.append(len(fetched))
            caught.append("not trusted for a month" in log)

    assert asked == [2, 0, 0, 3, 1, 1]
    assert caught == [False, False, False, True, False, False]


def test_a_host_that_lies_about_changes_is_caught_and_no_longer_trusted(tmp_path: Path) -> None:
    answers = site(3)
    crawls = Crawls(tmp_path, answers)
    with crawls.publisher:
        crawls.run()
        answers.update(articles(5))
        answers[SITEMAP] = replace(listings(5)[SITEMAP], headers=answers[SITEMAP].headers)
        believed, _ = crawls.run()
        verified, log = crawls.run("-s", "LISTING_VERIFY_EVERY=1")
        answers.update(articles(6))
        answers[SITEMAP] = replace(listings(6)[SITEMAP], headers=answers[SITEMAP].headers)
        afterwards, _ = crawls.run()

    assert believed == []
    assert sorted(verified) == [address(3), address(4)]
    assert "not trusted for a month" in log
    assert afterwards == [address(5)]


def test_a_listing_that_has_died_is_named(tmp_path: Path) -> None:
    crawls = Crawls(tmp_path, site(2))
    with crawls.publisher:
        logs = [crawls.run()[1] for _ in range(3)]

    assert "has died" not in logs[0] + logs[1]
    assert f"indiatv: listing {FEED} has died" in logs[2]
    assert (crawls.listed()[FEED]["state"], crawls.listed()[FEED]["reason"]) == ("dead", "last alive never")


@pytest.mark.parametrize(
    "dead",
    [
        b'<rss version="2.0"><channel><title>x</title></channel></rss>',
        "<!doctype html><html><body><h1>यह पन्ना अब यहां नहीं है</h1></body></html>".encode(),
    ],
    ids=["empty", "web-page"],
)
def test_a_listing_that_has_died_is_named_though_it_says_unchanged(tmp_path: Path, dead: bytes) -> None:
    crawls = Crawls(tmp_path, {**site(1), FEED: Answer(body=dead, headers={"ETag": '"dead"'})})
    with crawls.publisher:
        logs = [crawls.run()[1] for _ in range(3)]

    assert f"indiatv: listing {FEED} has died" in logs[2]


def test_a_feed_that_announces_old_articles_only_is_named_when_others_bring_new_ones(tmp_path: Path) -> None:
    item = f"<item><link>{address(0)}</link><title>पुल</title></item>"
    feed = Answer(body=f'<rss version="2.0"><channel>{item}</channel></rss>'.encode(), headers={"ETag": '"frozen"'})
    answers = {**site(1), FEED: feed}
    crawls = Crawls(tmp_path, answers)
    with crawls.publisher:
        crawls.run()
        answers.update(articles(2))
        answers[SITEMAP.replace("2026-11-24", "2026-12-20")] = listings(2)[SITEMAP]
        asked, log = crawls.run("-a", "only_new=1", now="2026-12-20T10:00:00+05:30")

    assert asked == [address(1)]
    assert f"indiatv: listing {FEED} has died: it announces nothing newer than 2026-11-24" in log
    assert log.count("has died") == 1
    assert (crawls.listed()[FEED]["state"], crawls.listed()[FEED]["reason"]) == ("dead", "nothing new since 2026-11-24")


def test_an_old_article_that_a_feed_still_announces_is_not_new_again_after_a_prune(tmp_path: Path) -> None:
    item = f"<item><link>{address(0)}</link><title>पुल</title></item>"
    feed = f'<rss version="2.0"><channel>{item}</channel></rss>'
    crawls = Crawls(tmp_path, {**site(1), FEED: Answer(body=feed.encode(), headers={"Content-Type": "text/xml"})})
    with crawls.publisher:
        first, _ = crawls.run()
        crawls.run("-a", "only_new=1", now="2027-03-01T10:00:00+05:30")
        store = open_store(crawls.store)
        list(prune(store, before=int(datetime.fromisoformat("2026-12-01T10:00:00+05:30").timestamp())))
        store.close()
        again, _ = crawls.run("-a", "only_new=1", now="2027-03-01T10:15:00+05:30")

    assert (first, again) == ([address(0)], [])
    assert len(crawls.delivered()) == 1


def kill_often(folder: Path, seed: int, kills: int, count: int) -> None:
    chance = random.Random(seed)
    paged = section(range(count, count + 8), range(count + 8, count + 16))
    count += 16
    crawls = Crawls(folder, {**site(count - 16), **articles(count), **paged})
    with crawls.publisher:
        for _ in range(kills):
            crawls.kill_after(chance.randint(0, count // 2), chance.random() * 0.2)
        crawls.run()
        last, _ = crawls.run()

    counts = Counter(record["url"] for record in crawls.delivered())
    assert counts == {address(number): 1 for number in range(count)}
    assert last == []


def test_each_article_is_delivered_once_whenever_crawls_are_killed(tmp_path: Path) -> None:
    kill_often(tmp_path, seed=1, kills=4, count=40)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 12))
def test_each_article_is_delivered_once_over_fifty_kills(tmp_path: Path, seed: int) -> None:
    kill_often(tmp_path, seed, kills=5, count=150)
