"""A new kind of listing is one class: crawls, reports and tables use it like the built-in kinds."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest

from crawler.authoring.listing_pair import answer_of
from crawler.commands.outlets import _row
from crawler.discovery.links import Further, Link, Listing, ListingError
from crawler.discovery.read_listing import read_listing
from crawler.reasons import Reason
from spiders.base import OutletSpider
from spiders.indiatv import IndiatvSpider
from tests.runs.replaying import archive, crawl, lines, run_folders, settings_of
from tests.site.publisher import Answer

API = "https://www.indiatv.in/api/world.json"
PAGES = Path(__file__).resolve().parent.parent / "pages" / "indiatv"
PAIR = PAGES / "passport_desk"


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonListing(Listing):
    """The newest articles as JSON, page after page."""

    way: ClassVar[str] = "json"

    def read(self, plain: bytes, url: str, further: Further, skipped: list[str]) -> Iterator[Link | Further]:
        try:
            document = json.loads(plain)
        except ValueError as error:
            raise ListingError(Reason.CUT_SHORT, str(error)) from error
        for number, entry in enumerate(document["articles"], start=1):
            if "link" in entry:
                yield Link(url=entry["link"], listing=self.url, title=entry["title"])
            else:
                skipped.append(f"entry {number}: it names no address")
        if document.get("next"):
            yield Further(url=document["next"], page=further.page + 1)


class JsonSpider(OutletSpider):
    name = "indiatv"
    outlet = IndiatvSpider.outlet
    listings = (JsonListing(url=API, evidence="unverified"),)


def page_of(*articles: dict[str, str], following: str | None = None) -> bytes:
    return json.dumps({"articles": articles, "next": following}).encode()


def test_a_kind_that_is_defined_outside_the_project_is_crawled_counted_and_reported(tmp_path: Path) -> None:
    url = json.loads(PAIR.with_suffix(".json").read_text(encoding="utf-8"))["page"]["url"]
    page = {"link": url, "title": "शीर्षक"}
    other = {"link": "https://www.indiatv.in/sports/x-1", "title": "खेल"}
    site = {
        API: Answer(body=page_of({"title": "बिना पते"}, page, following=f"{API}?page=2"), headers={}),
        f"{API}?page=2": Answer(body=page_of(other), headers={}),
        url: Answer(body=PAIR.with_suffix(".html").read_bytes(), headers={"Content-Type": "text/html"}),
    }

    crawled = crawl(settings_of(tmp_path, archive(tmp_path / "a.warc.gz", site)), JsonSpider)

    (folder,) = run_folders(tmp_path)
    counts = crawled.spider.tally.of(API)  # type: ignore[union-attr]
    assert [record["url"] for record in lines(folder / "articles.jsonl")] == [url]
    assert (counts.announced, counts.articles, counts.new, counts.read, counts.skipped) == (2, 1, 1, 2, 1)
    assert crawled.stats.get_value(f"listing/indiatv/{API}/articles") == 1


def test_a_kind_that_is_defined_outside_the_project_appears_in_the_tables() -> None:
    (listing,) = JsonSpider.listings
    pair = answer_of(listing, JsonSpider.outlet, page_of({"link": f"{API}/1", "title": "शीर्षक"}), API)

    assert _row(JsonSpider, PAGES)["listings"][0]["way"] == "json"
    assert pair["listing"] == {"url": API, "kind": "json"}


def test_an_error_of_a_new_kind_is_reported_like_that_of_a_built_in_one() -> None:
    with pytest.raises(ListingError, match="cut-short"):
        list(read_listing(JsonSpider.listings[0], Further(url=API), b'{"articles": [', API))
