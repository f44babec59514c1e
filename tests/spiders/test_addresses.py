"""Which addresses are articles of an outlet's international section, and which listings name them."""

import json
from pathlib import Path

import pytest
from scrapy.utils.project import get_project_settings

from crawler.discovery.frontier import is_article
from crawler.discovery.listing import Feed
from crawler.outlets import load_outlets
from crawler.reading.urls import canonical_url

SPIDERS = load_outlets(get_project_settings())
OUTLETS = {slug: spider.outlet for slug, spider in SPIDERS.items()}
OWN = [
    line.split("\t")
    for line in Path(__file__).with_name("addresses.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
FEWEST_SHARED = 48
"""Of 49 real addresses, those that are right."""
NO_FEED = ("dw_hindi", "jansatta", "punjab_kesari", "republic_bharat")
"""Outlets whose feeds are dead, lead to the home page, or are a month old: none is read."""
WITHOUT_AN_ADDRESS = ("jagran",)
"""Outlets of which a row says something about all feeds, but names no address."""
OTHER_WAY = {"the_wire": "https://thewirehindi.com/category/duniya/"}
"""Outlets whose row names a way that no kind of listing reads (JSON of WordPress), and the section instead."""


@pytest.mark.parametrize(("slug", "answer", "url"), OWN)
def test_an_address_is_an_article_of_the_section_or_is_none(slug: str, answer: str, url: str) -> None:
    assert is_article(url, OUTLETS[slug]) is (answer == "1")


def test_half_of_the_own_addresses_of_each_outlet_are_no_articles() -> None:
    for slug in {slug for slug, _, _ in OWN}:
        answers = [answer for each, answer, _ in OWN if each == slug]

        assert answers.count("1") == answers.count("0") >= 5, slug


def _is_right(slug: str, answer: str, url: str, canonical: str) -> bool:
    """Return whether an address is judged and spelled as a shared row says; `any` and the like ask for no judgement."""
    outlet = OUTLETS[slug]
    wanted = {"1": True, "0": False}.get(answer)
    is_judged_right = wanted is None or is_article(url, outlet) is wanted
    return is_judged_right and (not canonical or canonical_url(url, outlet) == canonical)


@pytest.mark.shared
def test_real_addresses_are_judged_and_spelled_as_promised(evidence: Path) -> None:
    lines = (evidence / "fresh" / "addresses.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t")[:4] for line in lines if line]

    wrong = [row for row in rows if not _is_right(*row)]

    assert len(rows) - len(wrong) >= FEWEST_SHARED, wrong


@pytest.mark.shared
def test_feeds_and_sections_are_those_that_were_seen_to_answer(evidence: Path) -> None:
    rows = [json.loads(line) for line in (evidence / "fresh" / "feeds.jsonl").read_text(encoding="utf-8").splitlines()]

    assert [row["outlet"] for row in rows if not _is_agreed(row["outlet"], row["url"])] == []


def _is_agreed(slug: str, url: str) -> bool:
    """Return whether a spider reads the listing that a row names: `…` and a parameter for the page end its address."""
    listings = SPIDERS[slug].listings
    if slug in NO_FEED:
        return not any(isinstance(listing, Feed) for listing in listings)
    start = OTHER_WAY.get(slug, url).partition("…")[0].partition("?page=")[0].replace("http://", "https://")
    return slug in WITHOUT_AN_ADDRESS or any(listing.url.startswith(start) for listing in listings)
