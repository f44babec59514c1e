"""Each recorded page and listing is read as its JSON file says; one test per field, so that a failure names it."""

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from scrapy.utils.project import get_project_settings

from crawler.authoring.listing_pair import answer_of, listing_at
from crawler.authoring.rereading import Page, Rereader
from crawler.discovery.frontier import is_article
from crawler.discovery.links import Listing
from crawler.discovery.listing import Section
from crawler.items import Article, record
from crawler.outlets import load_outlets
from crawler.reading.article_ids import article_id
from crawler.reading.urls import canonical_url

ROOT = Path(__file__).resolve().parent.parent
PAIRS = sorted((ROOT / "tests" / "pages").glob("*/*.json"))
OF_A_RUN = ("first_seen_at", "sequence", "withdrawn_at", "fetched_at", "run_id", "reader_version", "story")
FIELDS = [name for name in Article.__dataclass_fields__ if name not in OF_A_RUN]
NEEDED = ("headline", "body", "text", "published_on", "url", "id", "language")
"""Fields that every article has; null in a JSON file means that the page really has none."""
OUTLETS = load_outlets(get_project_settings())
WITHOUT_REQUESTS = {listing.url for spider in OUTLETS.values() for listing in spider.listings if listing.scope == "all"}
FURTHER_PAGE = re.compile(r"_\d$")
"""Names of the second and later pages of a section, whose own next page is not recorded."""


def expected(pair: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(pair.read_text(encoding="utf-8"))
    return content


def name(pair: Path) -> str:
    return f"{pair.parent.name}/{pair.stem}"


PAGES = [pair for pair in PAIRS if "page" in expected(pair)]
LISTINGS = [pair for pair in PAIRS if "listing" in expected(pair)]
ASKING = [pair for pair in LISTINGS if expected(pair)["listing"]["url"] not in WITHOUT_REQUESTS]


@cache
def rereader() -> Rereader:
    return Rereader(get_project_settings())


@cache
def reading(pair: Path) -> dict[str, Any]:
    """Return the record that the reader and the pipelines make of a page."""
    page = Page(url=expected(pair)["page"]["url"], body=pair.with_suffix(".html").read_bytes())
    plain: dict[str, Any] = json.loads(json.dumps(record(rereader().article(page))))
    return plain


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("pair", PAGES, ids=name)
def test_field_is_read_as_the_pair_says(pair: Path, field: str) -> None:
    assert reading(pair)[field] == expected(pair)["article"][field]


@pytest.mark.parametrize("pair", PAGES, ids=name)
def test_pair_is_a_whole_record(pair: Path) -> None:
    article = expected(pair)["article"]

    assert list(article) == FIELDS
    for field in NEEDED:
        assert article[field] is None or article[field], f"{field} is empty; null says that the page has none"
    assert article["outlet"] == pair.parent.name
    assert article["body"] is None or len(article["body"]) > 1


@pytest.mark.parametrize("pair", LISTINGS, ids=name)
def test_listing_announces_what_the_pair_says(pair: Path) -> None:
    answer, spider = expected(pair), OUTLETS[pair.parent.name]
    url = answer["listing"]["url"]
    body = next(path for path in pair.parent.glob(f"{pair.stem}.*") if path != pair).read_bytes()
    section = next((each for each in spider.listings if isinstance(each, Section)), None)
    listing: Listing | None = listing_at(url, body, spider.listings)
    if listing is None and section and FURTHER_PAGE.search(pair.stem):
        listing = replace(section, pages=1)

    assert listing is not None, f"{url}: not one of the outlet's listings, neither feed nor sitemap"
    assert answer_of(listing, spider.outlet, body, url) == answer


@pytest.mark.parametrize("pair", ASKING, ids=name)
def test_each_article_that_a_listing_announces_is_recorded(pair: Path) -> None:
    spider = OUTLETS[pair.parent.name]
    held = {expected(page)["article"]["id"] for page in PAGES if page.parent == pair.parent}

    for link in expected(pair)["links"]:
        if is_article(link["url"], spider.outlet):
            assert id_of(link["url"], spider) in held, f"{link['url']}: no page of it; the demo would miss it"


def id_of(url: str, spider: Any) -> str:
    return article_id(canonical_url(url, spider.outlet), spider.outlet)
