"""One article at many URLs, and URLs that change over the years."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from crawler.store import open_store
from tests.crawling.crawls import Crawls, site
from tests.crawling.site import FEED, HOME, SITEMAP, address, articles, listings
from tests.runs.replaying import archive, crawl, lines, run_folders, settings_of
from tests.site.publisher import Answer


def test_an_article_under_another_address_is_the_same_article(tmp_path: Path, new_address: Callable[[], str]) -> None:
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
    crawls = Crawls(tmp_path, answers, store=new_address())
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


def test_an_article_that_moved_out_of_the_section_is_the_same_article(
    tmp_path: Path, new_address: Callable[[], str]
) -> None:
    answers = site(1)
    own, moved = address(0), address(0).replace("/world/asia/", "/india/national/")
    crawls = Crawls(tmp_path, answers, store=new_address())
    with crawls.publisher:
        crawls.run()
        answers[moved] = Answer(body=answers[own].body.replace(own.encode(), moved.encode()))
        answers[own] = Answer(status=301, headers={"Location": moved})
        crawls.run(now="2026-11-24T12:00:00+05:30")

    assert [(record["url"], record["revision"]) for record in crawls.delivered()] == [(own, 1)]


def test_an_article_whose_slug_changed_is_fetched_once_at_its_new_url(
    tmp_path: Path, new_address: Callable[[], str]
) -> None:
    answers = site(1)
    own, renamed = address(0), address(0).replace("invented-report", "the-slug-was-changed")
    crawls = Crawls(tmp_path, answers, store=new_address())
    with crawls.publisher:
        crawls.run()
        answers[renamed] = Answer(body=answers[own].body.replace(own.encode(), renamed.encode()))
        sitemap = answers[SITEMAP].body.replace(own.encode(), renamed.encode())
        answers[SITEMAP] = replace(answers[SITEMAP], body=sitemap, headers={"ETag": '"two"'})
        soon, _ = crawls.run(now="2026-11-24T10:15:00+05:30")
        due, _ = crawls.run(now="2026-11-24T12:00:00+05:30")

    assert (soon, due) == ([], [renamed])
    assert len(crawls.delivered()) == 1


@pytest.mark.parametrize("is_back", [False, True])
def test_a_url_that_redirects_to_another_article_leaves_a_sound_store(
    tmp_path: Path, new_address: Callable[[], str], is_back: bool
) -> None:
    answers = site(1)
    other = f"{HOME}/world/europe/another-report-2026-11-24-900001"
    crawls = Crawls(tmp_path, answers, store=new_address())
    with crawls.publisher:
        crawls.run()
        page = answers[address(0)].body.decode().replace(address(0), other)
        english = (
            "The bridge was opened again on Monday, and the people of forty villages crossed it. The minister said "
            "that the old one had been in use for a hundred years, and that it was to be kept for those who walk."
        )
        page = re.sub(r'"articleBody": ".*?"', f'"articleBody": "{english}"', page)
        answers[other] = Answer(body=re.sub(r"<p>.*?</p>", f"<p>{english}</p>", page).encode())
        own = answers[address(0)]
        answers[address(0)] = Answer(status=301, headers={"Location": other})
        _, log = crawls.run(now="2026-11-24T12:00:00+05:30")
        answers[address(0)] = own if is_back else answers[address(0)]
        crawls.run(now="2026-11-24T17:00:00+05:30")

    store = open_store(crawls.store)
    assert "'item_dropped_count': 1" in log
    assert list(store.upkeep.check()) == [f"{store.database.name}: sound"]
    store.close()


def test_an_address_stored_under_an_older_id_rule_of_the_outlet_is_finished(
    tmp_path: Path, new_address: Callable[[], str]
) -> None:
    answers = site(2)
    crawls = Crawls(tmp_path, answers, store=new_address())
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


def test_failed_attempts_of_a_url_are_counted_whatever_the_failure(
    tmp_path: Path, new_address: Callable[[], str]
) -> None:
    answers = site(4)
    answers[address(0)] = Answer(status=301, headers={"Location": f"{address(0)}?x=1"})
    answers[f"{address(0)}?x=1"] = Answer(status=301, headers={"Location": address(0)})
    answers[address(1)] = Answer(status=300, headers={})
    answers[address(2)] = Answer(body=b"\x1f\x8bx", headers={"Content-Type": "text/html", "Content-Encoding": "gzip"})
    answers[address(3)] = Answer(status=304)
    crawls = Crawls(tmp_path, answers, store=new_address())
    with crawls.publisher:
        for _ in range(3):
            crawls.run()

    store = open_store(crawls.store)
    assert [known.tries for known in store.addresses.waiting("indiatv", 2**40)] == [2, 2, 2, 2]
    store.close()


def test_an_old_article_that_a_feed_still_announces_is_not_new_again_after_a_prune(
    tmp_path: Path, new_address: Callable[[], str]
) -> None:
    item = f"<item><link>{address(0)}</link><title>पुल</title></item>"
    feed = f'<rss version="2.0"><channel>{item}</channel></rss>'
    crawls = Crawls(
        tmp_path,
        {**site(1), FEED: Answer(body=feed.encode(), headers={"Content-Type": "text/xml"})},
        store=new_address(),
    )
    with crawls.publisher:
        first, _ = crawls.run()
        crawls.run("-a", "only_new=1", now="2027-03-01T10:00:00+05:30")
        store = open_store(crawls.store)
        list(store.upkeep.prune(before=int(datetime.fromisoformat("2026-12-01T10:00:00+05:30").timestamp())))
        store.close()
        again, _ = crawls.run("-a", "only_new=1", now="2027-03-01T10:15:00+05:30")

    assert (first, again) == ([address(0)], [])
    assert len(crawls.delivered()) == 1


def _all_call_themselves(canonical: str, pages: dict[str, Answer]) -> dict[str, Answer]:
    """Return the pages with the same canonical URL in each, as a faulty template prints it."""
    mark = '<link rel="canonical" href="{}"'
    return {
        url: Answer(body=page.body.replace(mark.format(url).encode(), mark.format(canonical).encode()))
        for url, page in pages.items()
    }


@pytest.mark.parametrize("canonical", [address(0), address(3), f"{HOME}/world"])
@pytest.mark.parametrize("order", [range(6), range(5, -1, -1), (3, 1, 4, 0, 5, 2)])
def test_six_pages_with_one_canonical_link_are_six_articles(
    tmp_path: Path, order: Sequence[int], canonical: str
) -> None:
    pages = _all_call_themselves(canonical, articles(6))
    answers = listings(6) | {address(number): pages[address(number)] for number in order}

    crawl(settings_of(tmp_path, archive(tmp_path / "site.warc.gz", answers)))

    (run,) = run_folders(tmp_path)
    exported = {record["url"]: record["headline"] for record in lines(run / "articles.jsonl")}
    assert exported.keys() == {address(number) for number in range(6)}
    assert all(f"त्रिशूली {number} " in exported[address(number)] for number in range(6))


def test_a_canonical_link_to_a_known_article_makes_no_revision_of_it(
    tmp_path: Path, new_address: Callable[[], str]
) -> None:
    store = new_address()
    first, second = articles(2), _all_call_themselves(address(0), articles(2))
    second[address(1)] = Answer(body=second[address(1)].body.replace("गांवों".encode(), "बस्तियों".encode()))
    for name, pages in (("first", first), ("second", second)):
        replay = archive(tmp_path / f"{name}.warc.gz", listings(2) | pages)
        crawl(settings_of(tmp_path, replay, RUN_ID=name, STORE=store), force="1")

    records = [record for run in run_folders(tmp_path) for record in lines(run / "articles.jsonl")]
    assert sorted((record["url"], record["revision"]) for record in records) == [
        (address(0), 1),
        (address(1), 1),
        (address(1), 2),
    ]
