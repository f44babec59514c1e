"""Crawls after earlier runs: an article is fetched once, rechecked when due, and its edits become revisions."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.crawling.crawls import Crawls, site
from tests.crawling.site import HOME, SITEMAP, address, articles, listings
from tests.site.publisher import Answer

NewAddress = Callable[[], str]


def test_a_second_run_fetches_listings_only_and_delivers_nothing(tmp_path: Path, new_address: NewAddress) -> None:
    crawls = Crawls(tmp_path, site(12), store=new_address())
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


def test_an_edit_is_a_revision_and_its_first_edition_stays(tmp_path: Path, new_address: NewAddress) -> None:
    answers = site(3)
    crawls = Crawls(tmp_path, answers, store=new_address())
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


def test_a_second_run_fetches_no_article_that_the_first_run_fetched_while_it_read_the_listing(
    tmp_path: Path, new_address: NewAddress
) -> None:
    crawls = Crawls(tmp_path, site(400), store=new_address())
    quickly = ("-s", "CONCURRENT_REQUESTS_PER_DOMAIN=16", "-s", "CONCURRENT_REQUESTS=16")
    with crawls.publisher:
        first, _ = crawls.run(*quickly)
        second, _ = crawls.run(*quickly)

    assert (len(first), len(second)) == (400, 0)


def test_an_article_older_than_since_is_fetched_once_and_again_by_a_crawl_without_since(
    tmp_path: Path, new_address: NewAddress
) -> None:
    answers = site(3)
    since = ("-a", "since=2026-11-24")
    crawls = Crawls(tmp_path, answers, store=new_address())
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


def test_new_articles_are_requested_before_known_ones_that_are_due(tmp_path: Path, new_address: NewAddress) -> None:
    answers = site(60)
    crawls = Crawls(tmp_path, answers, store=new_address())
    with crawls.publisher:
        crawls.run()
        answers.update({**listings(65), **articles(65)})
        slowly = ("-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1", "-s", "DOWNLOAD_DELAY=0.05")
        asked, _ = crawls.run(*slowly, now="2026-11-24T12:00:00+05:30")

    assert sorted(asked) == sorted(address(number) for number in range(65))
    assert max(asked.index(address(number)) for number in range(60, 65)) < 30


def test_force_reads_every_article_again_and_delivers_only_changed_ones(
    tmp_path: Path, new_address: NewAddress
) -> None:
    answers = site(5)
    crawls = Crawls(tmp_path, answers, store=new_address())
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


def test_a_failed_recheck_never_shortens_a_stored_article(tmp_path: Path, new_address: NewAddress) -> None:
    answers = site(1)
    own, second = address(0), f"{address(0)}?page=2"
    page = answers[own].body.decode()
    answers[own] = Answer(body=page.replace("</head>", f'<link rel="next" href="{second}"></head>').encode())
    answers[second] = Answer(body=articles(2)[address(1)].body.replace(address(1).encode(), own.encode()))
    whole = dict(answers)
    crawls = Crawls(tmp_path, answers, store=new_address())
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


def test_a_limit_counts_new_articles_only(tmp_path: Path, new_address: NewAddress) -> None:
    answers = site(3)
    crawls = Crawls(tmp_path, answers, store=new_address())
    with crawls.publisher:
        crawls.run()
        answers.update({**listings(5), **articles(5)})
        asked, _ = crawls.run("-a", "limit=2", now="2026-11-24T12:00:00+05:30")

    assert sorted(asked) == [address(3), address(4)]
