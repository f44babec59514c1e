"""What is proposed compiles, loads, and matches links that were seen, whatever the site is called."""

import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from crawler.authoring.proposal import NO_RULE, Found, slug_of, spider_lines
from crawler.authoring.site import Home, read_home
from crawler.discovery.frontier import is_article
from crawler.reading.outlet import Outlet
from crawler.reading.urls import outlet_of

HOME = """<html lang="hi"><head><title>{title}</title></head><body><nav><a href="/">होम</a>
<a href="/world/">विदेश</a></nav>
<a href="/world/jheel-mein-laute-pakshi-804411.html">झील में लौटे पक्षी, गांव वालों ने मनाया उत्सव</a></body></html>"""
SITES = {
    "https://24x7samachar.example": "news_24x7samachar",
    "https://www.7-din.co.in": "news_7_din",
    "https://2day.example.": "news_2day",
    "https://naya--samachar.example": "naya_samachar",
    "https://class.example": "class_news",
    "https://import.co.in": "import_news",
    "https://match.example": "match_news",
    "https://समाचार.भारत": "xn_h2br5a2bva",
    "https://m.khabar.example:8443": "khabar",
    "https://hindi.khabar-100.example/hindi/": "khabar_100",
    "https://none.example": "none",
    "https://192.0.2.7": "news_192",
}


def module_of(lines: str, name: str) -> ModuleType:
    """Return the proposed module, run."""
    module = ModuleType(name)
    exec(compile(lines, f"{name}.py", "exec"), module.__dict__)
    return module


@pytest.mark.parametrize("site", SITES)
def test_the_file_compiles_and_its_rule_takes_the_links_that_were_seen(site: str) -> None:
    home = read_home(HOME.format(title="नया समाचार").encode(), site)
    slug = slug_of(site)

    module = module_of(spider_lines(Found(url=site, home=home)), slug)

    spider = getattr(module, "".join(word.capitalize() for word in slug.split("_")) + "Spider")
    assert spider.name == spider.outlet.slug == slug
    assert re.fullmatch("[a-z][a-z0-9_]*", slug)
    outlet: Outlet = spider.outlet
    assert outlet_of(f"{site}/", [outlet]) is outlet
    assert [link for link in home.headlined if not is_article(link, outlet)] == []
    assert not is_article(home.sections[0].url, outlet)


@pytest.mark.parametrize(("site", "slug"), SITES.items())
def test_the_name_of_the_file_is_one_that_python_takes(site: str, slug: str) -> None:
    if "भारत" in site:
        assert slug_of(site).startswith("xn_")
    else:
        assert slug_of(site) == slug


@pytest.mark.parametrize(
    "title",
    [
        '"उद्धरण" में नाम',
        "उल्टी \\ रेखा",
        "कोष्ठक {नाम}",
        "पंक्ति&#10;दूसरी",
        "नाम&#x2028;नाम",
        "'" * 200,
        "",
        "| |",
        "नाम %s \\N{x}",
    ],
)
def test_a_title_of_any_signs_makes_a_file_that_compiles(title: str) -> None:
    home = read_home(HOME.format(title=title).encode(), "https://khabar.example")

    module = module_of(spider_lines(Found(url="https://khabar.example", home=home)), "khabar")

    assert 0 < len(module.KhabarSpider.outlet.name) <= 60


def test_listings_whose_urls_hold_braces_and_quotes_are_no_templates() -> None:
    url = 'https://khabar.example/feed/{date}/world"x'
    found = Found(url="https://khabar.example", home=Home(), counted={url: 3})

    module = module_of(spider_lines(found), "khabar")

    assert [listing.url.format() for listing in module.KhabarSpider.listings] == [
        'https://khabar.example/feed/%7Bdate%7D/world"x'
    ]


def test_without_a_link_of_an_article_the_rule_matches_nothing_and_that_is_said() -> None:
    home = read_home(b"<html><body><a href='/world'>World</a></body></html>", "https://khabar.example")
    found = Found(url="https://khabar.example", home=home)

    module = module_of(spider_lines(found), "khabar")

    assert module.KhabarSpider.outlet.article == NO_RULE
    assert not is_article("https://khabar.example/world/a-lake-returns-804411", module.KhabarSpider.outlet)
    assert any("write the rule after ten links of it" in line for line in found.summary())


def test_of_a_section_that_lists_articles_elsewhere_the_rule_is_that_of_its_page() -> None:
    site = "https://khabar.example"
    home = read_home('<a href="/topics/c9wpm0en87xt">विदेश</a>'.encode(), site)
    links = "".join(
        f'<a href="/articles/{name}">झील में लौटे पक्षी, गांव वालों ने मनाया उत्सव</a>'
        for name in ("cv36lr6dy9lo", "ckpdgq32206o")
    )
    found = Found(url=site, home=home, pages={f"{site}/topics/c9wpm0en87xt": read_home(links.encode(), site)})

    outlet = module_of(spider_lines(found), "khabar").KhabarSpider.outlet

    assert is_article(f"{site}/articles/c62q8mnw5lvo", outlet)
    assert not is_article(f"{site}/topics/c9wpm0en87xt", outlet)


def test_a_feed_of_the_section_is_told_from_one_of_all_by_its_path_not_by_the_name_of_the_site() -> None:
    site = "https://worldnews.example"
    home = read_home('<a href="/videsh/">विदेश</a>'.encode(), site)
    feeds = {f"{site}/rss/videsh.xml": 3, f"{site}/feeds/gns-hin-world.xml": 3, f"{site}/feed": 3}

    spider = module_of(spider_lines(Found(url=site, home=home, counted=feeds)), "worldnews").WorldnewsSpider

    assert [listing.scope for listing in spider.listings] == ["international", "international", "all", "international"]


def test_the_proposed_file_is_one_that_the_linter_has_nothing_to_say_of(tmp_path: Path) -> None:
    home = read_home(HOME.format(title="नया समाचार | ताज़ा खबरें").encode(), "https://24x7samachar.example")
    path = tmp_path / "news_24x7samachar.py"
    path.write_text(spider_lines(Found(url="https://24x7samachar.example", home=home)), encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--select", "E9,F", path], capture_output=True, check=False
    )

    assert done.returncode == 0, done.stdout.decode()
