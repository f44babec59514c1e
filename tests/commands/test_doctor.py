"""`scrapy doctor --live` tells offline from blocked from redesigned from dead, and says what to type next."""

from pathlib import Path

import pytest

from crawler.reports.advice import ADVICE, advice_for
from crawler.reports.health import Health
from spiders.indiatv import IndiatvSpider
from tests.commands.running import Done, scrapy
from tests.runs.replaying import NOW, archive
from tests.runs.test_no_network import run as run_without_names
from tests.site.pages import site_of
from tests.site.publisher import Answer

LISTINGS = [listing.url for listing in IndiatvSpider.listings]
WALL = Answer(body=b"<!doctype html><html><head><title>Just a moment...</title></head><body><p>Wait.")
EMPTY = Answer(
    body=b"<!doctype html><html><body><div id='app'></div></body></html>", headers={"Content-Type": "text/html"}
)
NO_ENTRIES = Answer(body=b"<rss version='2.0'><channel><title>x</title></channel></rss>")


def doctor(folder: Path, answers: dict[str, Answer]) -> Done:
    replay = archive(folder / "now.warc.gz", answers)
    settings = ("-s", "STORE=", "-s", f"CRAWL_TIME={NOW}", "-s", "RETRY_ENABLED=False")
    return scrapy("doctor", "indiatv", "--live", "--replay", replay, *settings)


def pages_of(answers: dict[str, Answer]) -> list[str]:
    return [url for url in answers if url.rstrip("/").rsplit("-", 1)[-1].isdigit()]


@pytest.mark.parametrize(
    ("kind", "state", "words"),
    [
        ("well", "well", "All is as usual."),
        ("forbidden", "blocked", "turns this crawler away"),
        ("wall", "blocked", "scrapy crawl indiatv -s DOWNLOAD_DELAY=5"),
        ("silent", "dead", "open https://www.indiatv.in/ in a browser"),
        ("not found", "dead", "scrapy discover https://www.indiatv.in/"),
        ("no entries", "feed-dead", "scrapy discover https://www.indiatv.in/ finds where it lists them now"),
        ("other pages", "redesigned", "scrapy explain page.html --url https://www.indiatv.in/"),
    ],
)
def test_the_doctor_tells_what_has_happened_and_what_to_type_next(
    kind: str, state: str, words: str, tmp_path: Path
) -> None:
    site = dict(site_of("indiatv"))
    pages = pages_of(site)
    assert pages
    answers = {
        "well": site,
        "forbidden": {**dict.fromkeys(site, Answer(status=403, body=b"no"))},
        "wall": {**dict.fromkeys(site, WALL)},
        "silent": {**dict.fromkeys(site, Answer(seconds=60))},
        "not found": {**dict.fromkeys(site, Answer(status=404, body=b"no"))},
        "no entries": {**site, **dict.fromkeys([*LISTINGS, *(url for url in site if "sitemap" in url)], NO_ENTRIES)},
        "other pages": {**site, **dict.fromkeys(pages, EMPTY)},
    }[kind]

    done = doctor(tmp_path, answers)

    assert f"indiatv, now: {state}\n" in done.out, done.out
    assert words in done.out
    assert done.code == (0 if state == "well" else 4)
    assert "Traceback" not in done.err


def test_without_a_network_the_machine_is_named_and_no_outlet(tmp_path: Path) -> None:
    done = run_without_names(tmp_path, "doctor", "indiatv", "--live")

    assert "this machine, now: offline\n" in done.out
    assert "the network is down here, and the outlets may be well" in done.out
    assert "indiatv, now:" not in done.out
    assert done.code == 5


def test_that_the_last_run_had_no_network_is_remembered_until_one_has(tmp_path: Path) -> None:
    run_without_names(tmp_path, "newsroom", "indiatv", "bbc_hindi")
    told = run_without_names(tmp_path, "doctor")
    settings = ("-s", f"STORE=sqlite:///{tmp_path}/v.db", "-s", f"EXPORTS={tmp_path}/exports")
    scrapy("newsroom", "zee", "--replay", "demo/demo.warc.gz", *settings)
    later = scrapy("doctor", "zee", *settings)

    assert told.out.startswith("this machine, in its last run: offline\n  This machine reaches no site at all")
    assert told.code == 5
    assert "offline" not in later.out


def test_every_state_has_words_and_a_next_step_without_placeholders() -> None:
    assert {*map(str, Health)} <= {*map(str, ADVICE)}
    for state in ADVICE:
        said = advice_for(state, "zee", "https://zeenews.india.com/")
        assert said.meaning.endswith(".")
        assert said.todo
        assert not {"NAME", "SITE", "PAGE"} & {*said.todo.split()}
