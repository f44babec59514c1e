"""Deadlines: an outlet that stalls, fails or asks for long pauses delays neither the run nor the other outlets."""

from dataclasses import replace
from pathlib import Path

import pytest

from crawler.store import open_store
from tests.crawling.site import articles, listings
from tests.runs.live import Done, Newsroom
from tests.runs.replaying import manifest
from tests.site.pages import site_of
from tests.site.publisher import Answer

OUTLETS = ("indiatv", "dw_hindi", "ndtv", "zee", "bbc_hindi")
GOOD = {"bbc_hindi": 4}
_GOOD_PAGES = ("/c5d7r9tw0k3o", "/c8x2dkv41m7o", "/cj0e6q2pn94o", "/international-71840265")
COUNT = 12
_TEXT = {"Content-Type": "text/plain"}


def well() -> dict[str, Answer]:
    """Return the working sites of all five outlets."""
    sites = [site_of(name) for name in OUTLETS[1:]]
    return {url: answer for site in [listings(COUNT), articles(COUNT), *sites] for url, answer in site.items()}


def _articles(site: dict[str, Answer], part: str, **changed: object) -> dict[str, Answer]:
    return {url: replace(answer, **changed) for url, answer in site.items() if part in url and ".xml" not in url}  # type: ignore[arg-type]


def _robots(host: str, text: str, seconds: float = 0) -> dict[str, Answer]:
    return {f"https://{host}/robots.txt": Answer(body=text.encode(), headers=_TEXT, seconds=seconds)}


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    return Newsroom(tmp_path_factory.mktemp("time"), *OUTLETS)


@pytest.fixture(scope="module")
def first(newsroom: Newsroom) -> Done:
    """Run when one outlet stalls, one fails, two ask for long pauses, and one works."""
    site = well()
    answers = {
        **site,
        **_articles(site, "indiatv.in/world/asia", seconds=60),
        **_articles(site, "www.dw.com/hi/", status=503, body=b"later"),
        **_robots("www.dw.com", "User-agent: *\n"),
        **_robots("ndtv.in", "User-agent: *\nCrawl-delay: 86400\n"),
        **_articles(site, "zeenews.india.com/hindi/world/", status=429, headers={"Retry-After": "7200"}),
    }
    return newsroom.run(answers, OUTLET_MINUTES="0.1", HOST_LEFT_ALONE_AFTER="3", EXPORT_PART_MINUTES="0.03")


def test_a_run_in_which_an_outlet_stalls_ends_in_time_with_3_and_delivers_the_others(first: Done) -> None:
    assert first.code == 3
    assert first.seconds < 60
    assert first.delivered() == GOOD
    assert manifest(first.folder)["state"] == "interrupted"
    assert "Traceback" not in first.text
    assert " ERROR" not in first.text


def test_articles_are_published_while_another_outlet_stalls(first: Done) -> None:
    parts = [part["name"] for part in manifest(first.folder)["parts"] if part["shelf"] == "articles"]

    assert "articles-0001.jsonl" in parts, "what is published at the end alone has no number"


def test_an_outlet_closed_at_its_deadline_is_named_with_its_received_and_waiting_articles(first: Done) -> None:
    stalled = first.report["outlets"]["indiatv"]
    warnings = [each for each in first.report["warnings"] if each["outlet"] == "indiatv"]

    assert "its time ran out, 0 articles came, 12 wait for the next run" in first.text
    assert (stalled["met_deadline"], stalled["waits"], stalled["state"]) == (True, COUNT, "deadline")
    assert warnings[0]["text"] == "its time ran out: 0 articles came, 12 wait for the next run"
    assert "its time ran out" in (first.folder / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("outlet", "host", "why"),
    [
        ("dw_hindi", "www.dw.com", "failed 3 times in a row, last with http-503"),
        ("ndtv", "ndtv.in", "asks in robots.txt for 86400 seconds between requests"),
        ("zee", "zeenews.india.com", "asks to wait 7200 seconds"),
    ],
)
def test_hosts_that_are_left_alone_are_named_once_in_the_log_and_in_the_report(
    first: Done, outlet: str, host: str, why: str
) -> None:
    logged = [line for line in first.text.splitlines() if f" WARNING: {host} " in line]

    assert len(logged) == 1
    assert why in logged[0]
    assert first.report["outlets"][outlet]["left_alone"][host].startswith(why)


def test_the_next_run_fetches_waiting_articles_and_leaves_the_same_hosts_alone(newsroom: Newsroom, first: Done) -> None:
    done = newsroom.run(well())

    assert done.delivered() == {"indiatv": COUNT}
    assert not [url for url in done.asked if any(host in url for host in ("//www.dw.com", "//ndtv.in", "zeenews"))]
    assert done.code == 3
    store = open_store(f"sqlite:///{newsroom.folder}/v.db")
    assert store.addresses.waiting("indiatv", 0) == []
    assert len(store.addresses.waiting("dw_hindi", 0)) == 2  # those of its sitemap; its section failed too
    assert sum(each.tries for each in store.addresses.waiting("dw_hindi", 0)) <= 4
    store.close()


def test_a_sigterm_ends_a_run_in_five_seconds_whatever_is_pending(tmp_path: Path) -> None:
    site = well()
    pending = {
        **site,
        **_articles(site, "indiatv.in/world/asia", seconds=60),
        **_robots("www.dw.com", "User-agent: *\n", seconds=60),
        **_robots("ndtv.in", "User-agent: *\nCrawl-delay: 50\n"),
        **_articles(site, "zeenews.india.com/hindi/world/", status=503, headers={"Retry-After": "60"}),
    }
    newsroom = Newsroom(tmp_path, *OUTLETS)

    asked = ("indiatv.in/world/asia", "dw.com/robots", "ndtv.in/robots", "zeenews.india.com/hindi/world/", *_GOOD_PAGES)
    done = newsroom.run(pending, stop_after=asked, HOST_LEFT_ALONE_AFTER="0")

    assert done.seconds < 5
    assert done.code == 3
    assert manifest(done.folder)["state"] == "interrupted"
    assert done.delivered() == GOOD
    assert done.report["outlets"]["indiatv"]["waits"] == COUNT
    assert "Traceback" not in done.text
    assert " ERROR" not in done.text


@pytest.mark.soak
@pytest.mark.parametrize("outlet", ["hanging", "looking_up"])
def test_a_sigterm_ends_a_run_that_hangs_where_nothing_can_be_cancelled(tmp_path: Path, outlet: str) -> None:
    newsroom = Newsroom(tmp_path, outlet, "bbc_hindi")

    done = newsroom.run(well(), SPIDER_MODULES="spiders,tests.runs.oddities")

    assert done.seconds < 40, "it hangs for a minute"
    assert done.code == 3
    assert manifest(done.folder)["state"] == "interrupted"
    assert outlet in done.report["outlets"]
