"""A page that holds no text is read in its AMP form, once and under its own URL; a refused twin changes nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.reading.amp import amp_twin
from spiders.indiatv import IndiatvSpider
from spiders.zee import ZeeSpider
from tests.commands.running import Done, scrapy
from tests.crawling.site import HOME, NOW, address, articles, listings
from tests.site.publisher import Answer, Publisher

OUTLET = IndiatvSpider.outlet
SETTINGS = {"CRAWL_TIME": NOW, "STORE": "", "DOWNLOAD_DELAY": "0", "AUTOTHROTTLE_ENABLED": "0", "RETRY_ENABLED": "0"}
_EMPTY = """<!doctype html><html lang="hi"><head><meta charset="utf-8"><title>वरुणपुर में नया पुल खुला</title>{}</head>
<body><div id="app"></div></body></html>"""


def twin_of(number: int) -> str:
    """Return the AMP form of an article's URL."""
    return address(number).replace(f"{HOME}/", f"{HOME}/amp/")


def empty(twin: str | None) -> bytes:
    """Return a page without text that names an AMP form, if any."""
    return _EMPTY.format(f'<link rel="amphtml" href="{twin}">' if twin else "").encode()


@pytest.mark.parametrize(
    "twin",
    [
        twin_of(1),
        f"{address(1)}/amp",
        f"{address(1)}.amp",
        f"{address(1)}?amp=1",
        f"/amp{address(1).removeprefix(HOME)}",
        address(1).replace("www.", "m."),
        f"https://www-indiatv-in.cdn.ampproject.org/c/s/{twin_of(1).removeprefix('https://')}",
    ],
)
def test_the_amp_form_that_a_page_names_is_its_twin(twin: str) -> None:
    found = amp_twin(empty(twin), address(1), OUTLET)

    assert found is not None
    assert found.startswith("https://")
    assert "ampproject" not in found


@pytest.mark.parametrize(
    "twin",
    [
        None,
        "",
        address(1),
        twin_of(2),
        f"{HOME}/amp/",
        "https://tracker.example/amp/world/asia/invented-report-2026-11-24-700001",
        "http://10.0.0.1/amp/world/asia/invented-report-2026-11-24-700001",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,<p>",
    ],
)
def test_what_is_no_other_address_of_the_same_article_on_the_outlets_hosts_is_no_twin(twin: str | None) -> None:
    assert amp_twin(empty(twin), address(1), OUTLET) is None


def test_an_outlets_own_form_is_used_where_the_page_names_none() -> None:
    url = "https://zeenews.india.com/hindi/world/japan-wooden-satellite-launch/4127387"

    assert amp_twin(b"", url, ZeeSpider.outlet) == url.replace("/hindi/", "/hindi/amp/")


def crawl(folder: Path, answers: dict[str, Answer], *options: str) -> tuple[list[dict[str, Any]], Done, list[str]]:
    out = folder / "out.jsonl"
    given = [part for name, value in SETTINGS.items() for part in ("-s", f"{name}={value}")]
    with Publisher(answers, folder) as publisher:
        done = scrapy("crawl", "indiatv", "-O", out, *given, *options, environment=publisher.environment)
        asked = publisher.urls()
    assert "Traceback" not in done.err, done.err
    lines = out.read_text(encoding="utf-8").splitlines() if out.exists() else []
    return [json.loads(line) for line in lines], done, asked


def test_an_empty_page_is_read_in_its_amp_form_and_a_refused_twin_leaves_the_pages_own_reason(tmp_path: Path) -> None:
    pages = articles(5)
    answers = {
        **listings(5),
        address(0): Answer(body=empty(twin_of(0))),
        twin_of(0): pages[address(0)],
        address(1): Answer(body=empty(twin_of(1))),
        twin_of(1): Answer(status=404, body=b"no"),
        address(2): Answer(body=empty(twin_of(2))),
        twin_of(2): Answer(body=empty(None)),
        address(3): Answer(body=empty(twin_of(3))),
        twin_of(3): pages[address(3)],
        address(4): pages[address(4)],
        f"{HOME}/robots.txt": Answer(body=f"User-agent: *\nDisallow: {twin_of(3).removeprefix(HOME)}\n".encode()),
    }

    read, done, asked = crawl(tmp_path, answers, "-s", "AMP_OUTLETS=indiatv", "-s", "STATS_DUMP=1")

    assert {article["url"] for article in read} == {address(0), address(4)}
    assert [url for url in asked if "/amp/" in url and url == twin_of(3)] == []
    assert asked.count(twin_of(0)) == 1
    for line in (
        "'article/from_amp': 1",
        "'outcome/articles/exported': 2",
        "'outcome/articles/failed/no-body': 2",
        "'outcome/articles/refused/no-body': 1",
    ):
        assert line in done.err, line
