"""Every outlet keeps the house's rules: names, politeness, ways of discovery, rules that are fast and exact."""

import importlib.util
import json
import re
from datetime import date
from functools import cache, partial
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from parsel.csstranslator import HTMLTranslator
from scrapy.utils.project import get_project_settings

from crawler.discovery.frontier import is_article
from crawler.discovery.listing import NewsSitemap, Section
from crawler.outlets import load_outlets
from crawler.reading.amp import amp_twin
from crawler.reading.urls import canonical_url, outlet_of, registered_domain
from tests.bounds.field import cpu

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = get_project_settings()
OUTLETS = load_outlets(SETTINGS)
SLUGS = sorted(OUTLETS)
FEWEST = 26
"""Minimum number of outlets that the project promises."""
LONGEST = 50
"""Maximum number of lines of an outlet's file, which should be a value and not a program."""
SECTIONS = re.compile(r"world(?:-news)?|international(?:-hindi-news)?|duniya")
WITHOUT_AGENCIES = ("bbc_hindi", "ddnews", "global_voices", "sputnik", "un_news")
"""Outlets whose known pages are all written by themselves and credit no agency."""
NOT_ARTICLES = (
    "video",
    "videos",
    "photo",
    "photos",
    "photogallery",
    "gallery",
    "visualstories",
    "web-stories",
    "livetv",
)
SLOWEST = 0.25
"""Maximum CPU time in seconds that a rule may take for a URL of 20,000 characters."""


@cache
def recorded(slug: str) -> list[dict[str, Any]]:
    """Return the pairs held of an outlet."""
    folder = ROOT / "tests" / "pages" / slug
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


@cache
def addresses(slug: str) -> list[str]:
    """Return the addresses of the articles recorded of an outlet."""
    return [pair["page"]["url"] for pair in recorded(slug) if "page" in pair]


def test_there_are_as_many_outlets_as_promised() -> None:
    assert len(SLUGS) >= FEWEST


@pytest.mark.parametrize("slug", SLUGS)
def test_file_name_class_and_slug_are_one(slug: str) -> None:
    spider = OUTLETS[slug]

    assert spider.__name__ == "".join(word.capitalize() for word in slug.split("_")) + "Spider"
    assert spider.__module__ == f"spiders.{slug}"
    assert spider.outlet.slug == spider.name == slug


@pytest.mark.parametrize("slug", SLUGS)
def test_an_outlet_is_a_value_with_one_override_at_most(slug: str) -> None:
    own = set(vars(OUTLETS[slug])) - {"__module__", "__doc__", "__firstlineno__", "__static_attributes__"}
    amend = OUTLETS[slug].outlet.amend

    assert own <= {"name", "outlet", "listings", "custom_settings", "allowed_domains"}
    assert amend is None or (amend.__module__ == f"spiders.{slug}" and amend.__doc__)
    assert len((ROOT / "spiders" / f"{slug}.py").read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("slug", SLUGS)
def test_no_outlet_is_less_polite_than_the_settings(slug: str) -> None:
    own = OUTLETS[slug].custom_settings or {}

    assert own.get("ROBOTSTXT_OBEY", True) is True
    assert own.get("AUTOTHROTTLE_ENABLED", True) is True
    assert own.get("DOWNLOAD_DELAY", 99) >= SETTINGS.getfloat("DOWNLOAD_DELAY")
    assert own.get("CONCURRENT_REQUESTS_PER_DOMAIN", 1) <= SETTINGS.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
    assert not {"USER_AGENT", "ROBOTSTXT_USER_AGENT", "DOWNLOAD_MAXSIZE", "COOKIES_ENABLED"} & own.keys()


@pytest.mark.parametrize("slug", SLUGS)
def test_an_outlet_is_discovered_in_two_ways_or_more(slug: str) -> None:
    listings = OUTLETS[slug].listings

    assert len({listing.url for listing in listings}) == len(listings)
    assert len({type(listing) for listing in listings}) >= 2
    assert any(listing.scope == "international" for listing in listings)
    for listing in listings:
        assert listing.url.startswith("https://")
        assert "{date" not in listing.url or isinstance(listing, NewsSitemap)
        assert listing.url.format(date=date(2026, 11, 24))
        if isinstance(listing, Section) and listing.next_page:
            assert listing.next_page.format(page=2) != listing.url
            assert listing.pages > 1


@pytest.mark.parametrize("slug", SLUGS)
def test_no_listing_is_taken_for_an_article(slug: str) -> None:
    outlet = OUTLETS[slug].outlet

    for listing in OUTLETS[slug].listings:
        further = listing.next_page.format(page=2) if isinstance(listing, Section) and listing.next_page else None
        for url in (listing.url.format(date=date(2026, 11, 24)), further or listing.url):
            assert not is_article(url, outlet), url


@pytest.mark.parametrize("slug", SLUGS)
def test_the_rule_takes_the_recorded_articles_and_no_videos_or_galleries(slug: str) -> None:
    outlet = OUTLETS[slug].outlet

    for url in addresses(slug):
        assert is_article(url, outlet), url
        for other in NOT_ARTICLES:
            elsewhere = _replaced_section(url, other)
            assert elsewhere is None or not is_article(elsewhere, outlet), elsewhere


def _replaced_section(url: str, other: str) -> str | None:
    """Return an address with another section in the place of the international one."""
    path = urlsplit(url).path
    parts = path.split("/")
    section = next((number for number, part in enumerate(parts) if SECTIONS.fullmatch(part)), None)
    if section is None:
        return None
    parts[section] = other
    return url.replace(path, "/".join(parts))


def searched(pattern: re.Pattern[str], text: str) -> None:
    pattern.match(text)
    pattern.search(text)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_rule_and_the_twins_are_linear(slug: str) -> None:
    outlet = OUTLETS[slug].outlet
    patterns = [outlet.article, *(pattern for pattern, _ in (*outlet.twins, *filter(None, [outlet.amp])))]
    start = urlsplit(addresses(slug)[0]).path.rsplit("/", 1)[0] if addresses(slug) else "/world"

    for pattern in patterns:
        compiled = re.compile(pattern)
        for filling in ("-a", "/a", "-1", "1", "a", "-2026-11-24", "/2026/11"):
            text = start + filling * (20_000 // len(filling)) + "!"
            used = cpu(partial(searched, compiled, text), most=SLOWEST)
            assert used <= SLOWEST, f"{pattern} on {filling}"


@pytest.mark.parametrize("slug", [slug for slug in SLUGS if OUTLETS[slug].outlet.amp])
def test_the_amp_form_of_an_address_leads_back_to_it(slug: str) -> None:
    outlet = OUTLETS[slug].outlet

    for url in filter(lambda url: is_article(url, outlet), addresses(slug)):
        twin = amp_twin(b"", url, outlet)
        assert twin is not None, url
        assert canonical_url(twin, outlet) == canonical_url(url, outlet) != twin


@pytest.mark.parametrize("slug", SLUGS)
def test_twins_lead_to_the_canonical_host(slug: str) -> None:
    outlet = OUTLETS[slug].outlet

    for url in addresses(slug):
        mark = "&" if "?" in url else "?"
        address = canonical_url(f"{url}{mark}utm_source=rss&fbclid=1#top", outlet)
        assert canonical_url(address, outlet) == address
        if registered_domain(url) == registered_domain(f"https://{outlet.hosts[0]}"):
            assert urlsplit(address).netloc == outlet.hosts[0].partition("/")[0]
        assert "utm_source" not in address
        assert outlet_of(address, [spider.outlet for spider in OUTLETS.values()]) is outlet


def test_no_two_outlets_share_a_host() -> None:
    owners: dict[str, list[str]] = {}
    for slug in SLUGS:
        for host in OUTLETS[slug].outlet.hosts:
            owners.setdefault(host, []).append(slug)

    assert {host: slugs for host, slugs in owners.items() if len(slugs) > 1} == {}


@pytest.mark.parametrize("slug", SLUGS)
def test_facts_of_an_outlet_are_well_formed(slug: str) -> None:
    outlet = OUTLETS[slug].outlet

    assert re.search("[\u0900-\u0963]", outlet.name)
    assert ZoneInfo(outlet.time_zone)
    assert outlet.signatures
    assert all(
        host == host.lower() and "://" not in host and registered_domain(f"https://{host}") for host in outlet.hosts
    )
    ends = [design.until for design in outlet.designs]
    assert all(end is not None for end in ends[1:]), "only the newest design has no last day"
    assert ends[1:] == sorted((end for end in ends[1:] if end), reverse=True), "designs stand newest first"
    for design in outlet.designs:
        for field in (
            "headline",
            "deck",
            "byline",
            "published",
            "modified",
            "dateline",
            "section",
            "tags",
            "body",
            "junk",
        ):
            selector = getattr(design, field)
            assert selector is None or HTMLTranslator().css_to_xpath(selector), f"{field}: {selector}"


@pytest.mark.parametrize("slug", SLUGS)
def test_an_outlet_has_two_recorded_pages_and_a_listing(slug: str) -> None:
    pages = [pair["article"] for pair in recorded(slug) if "page" in pair]

    assert len(pages) >= 2, f"tests/pages/{slug}: record two pages (scrapy record {slug} URL NAME)"
    assert any("listing" in pair for pair in recorded(slug)), f"tests/pages/{slug}: no feed or sitemap"
    assert slug in WITHOUT_AGENCIES or any(page["credits"] for page in pages), (
        f"tests/pages/{slug}: no report of an agency"
    )
    assert any(not page["credits"] for page in pages), f"tests/pages/{slug}: no report of its own desk"


def test_the_readme_lists_the_outlets_as_they_are() -> None:
    table = _tool("outlet_table")

    assert table.updated((ROOT / "README.md").read_text(encoding="utf-8")) == (ROOT / "README.md").read_text(
        encoding="utf-8"
    ), "README.md: run python tools/outlet_table.py"


def _tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("slug", SLUGS)
def test_outlet_has_a_name_in_latin_letters(slug: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 ]*", OUTLETS[slug].outlet.english or "")
