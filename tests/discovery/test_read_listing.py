"""Each fixture of a listing yields the links of its JSON file."""

import json
from pathlib import Path
from typing import Any

import pytest
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.project import get_project_settings

from crawler.discovery.frontier import is_article
from crawler.discovery.links import Further, Link, Listing
from crawler.discovery.listing import NewsSitemap, Section
from crawler.discovery.read_listing import read_listing
from crawler.reading.urls import outlet_of
from spiders.base import OutletSpider

PAGES = Path(__file__).resolve().parent.parent / "pages"
OUTLETS = ("indiatv", "bbc_hindi", "dw_hindi")
PAIRS = sorted(
    path
    for slug in OUTLETS
    for path in (PAGES / slug).glob("*.json")
    if "listing" in json.loads(path.read_text(encoding="utf-8"))
)


def spider_of(slug: str) -> type[OutletSpider]:
    spider = SpiderLoader(get_project_settings()).load(slug)
    assert issubclass(spider, OutletSpider)
    return spider


def listing_of(spider: type[OutletSpider], pair: dict[str, Any]) -> Listing:
    if pair["kind"] == "section":
        return next(each for each in spider.listings if isinstance(each, Section))
    return NewsSitemap(url=pair["url"], evidence="page")


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_listing_yields_the_links_of_its_json_file(path: Path) -> None:
    pair = json.loads(path.read_text(encoding="utf-8"))
    spider = spider_of(path.parent.name)
    body = next(file for file in path.parent.glob(f"{path.stem}.*ml")).read_bytes()
    listing, url = listing_of(spider, pair["listing"]), pair["listing"]["url"]

    found = list(read_listing(listing, Further(url=url, page=2 if path.stem.endswith("_2") else 1), body, url))

    links = [link for link in found if isinstance(link, Link)]
    if isinstance(listing, Section):
        links = [link for link in links if is_article(link.url, spider.outlet)]
    published = [link.published.isoformat() if link.published else None for link in links]
    assert [
        {"url": link.url, "title": link.title, "published": time} for link, time in zip(links, published, strict=True)
    ] == pair["links"]
    assert [further.url for further in found if isinstance(further, Further)] == pair.get("further", [])


@pytest.mark.parametrize("slug", OUTLETS)
def test_every_declared_listing_of_the_three_outlets_has_a_fixture(slug: str) -> None:
    held = {json.loads(path.read_text("utf-8")).get("listing", {}).get("url") for path in (PAGES / slug).glob("*.json")}
    spider = spider_of(slug)

    declared = {listing.url for listing in spider.listings if "{" not in listing.url}

    assert declared <= held
    assert all(outlet_of(f"https://{host}/", [spider.outlet]) or "/" in host for host in spider.outlet.hosts)
