"""The section of foreign news is found in menus, footers and mega menus, whatever it is called."""

import pytest

from crawler.authoring.foreign_news import foreign_sections, is_foreign
from crawler.authoring.site import read_home

SITE = "https://www.naya-samachar.example"


def found(markup: str, url: str = SITE) -> list[str]:
    """Return the paths of the sections that a home page leads to, the likeliest first."""
    page = f"<html lang='hi'><body>{markup}</body></html>"
    return [section.url.removeprefix(SITE) for section in read_home(page.encode(), url).sections]


@pytest.mark.parametrize(
    ("markup", "path"),
    [
        ('<nav><a href="/videsh/">विदेश</a></nav>', "/videsh/"),
        ('<nav><a href="/topics/c9wpm0en87xt">विदेश</a></nav>', "/topics/c9wpm0en87xt"),
        ('<nav><a href="/n/articlelist/2279801.cms">दुनिया</a></nav>', "/n/articlelist/2279801.cms"),
        ('<footer><ul><li><a href="/vishwa">विश्व समाचार</a></li></ul></footer>', "/vishwa"),
        ('<nav><a href="/c/12">अन्तर्राष्ट्रीय</a></nav>', "/c/12"),
        ('<nav><a href="/c/12"><span>अंतरराष्ट्रीय</span><span>सब देखें</span></a></nav>', "/c/12"),
        (
            '<div class="mega"><h4><a href="/world-news/">World ▾</a></h4><a href="/world-news/asia/">Asia</a></div>',
            "/world-news/",
        ),
        ('<nav><a href="/international?itm_source=menu">International News in Hindi</a></nav>', "/international"),
        ('<nav><a title="परदेश" href="/pardesh"><img src="/g.png"></a></nav>', "/pardesh"),
        ('<nav><a href="/category/duniya/"><img src="/globe.svg" alt=""></a></nav>', "/category/duniya/"),
        ('<nav><a href="/s?cat=12">देश-विदेश</a></nav>', "/s?cat=12"),
        ('<nav><a href="/world-news-hindi.html">दुनिया की ख़बरें</a></nav>', "/world-news-hindi.html"),
    ],
)
def test_a_section_is_known_by_its_name_or_by_its_path(markup: str, path: str) -> None:
    assert found(markup) == [path]


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="/khel/world-cup/">वर्ल्ड कप</a>',
        '<a href="/topics/videsh-mantri">विदेश मंत्री</a>',
        '<a href="/days/world-environment-day">World Environment Day</a>',
        '<a href="/podcasts/duniya-jahan">दुनिया जहान</a>',
        '<a href="/videos/world">दुनिया</a>',
        '<a href="/web-stories/world/">World</a>',
        '<a href="/rss/world.xml">World</a>',
        '<a href="/en/world">World</a>',
        '<a href="/career/study-abroad">विदेश में पढ़ाई</a>',
        '<a href="/desh/kya-duniya-badal-rahi-hai-804412.html">क्या दुनिया बदल रही है</a>',
        '<a href="https://elsewhere.example/world/">दुनिया</a>',
        '<a href="/">विदेश</a>',
        '<a href="#world">दुनिया</a>',
        '<a href="/world/asia/">एशिया</a>',
        '<a href="/vishwavidyalaya">विश्वविद्यालय</a>',
    ],
)
def test_topics_films_feeds_and_other_sites_are_no_section(markup: str) -> None:
    assert found(markup) == []


def test_the_section_that_is_named_and_placed_so_comes_before_those_that_are_only_one_of_both() -> None:
    markup = (
        '<a href="/politics/world/">राजनीति</a><a href="/x/12">दुनिया</a>'
        '<a href="/news/international/">International</a><a href="/world">विदेश</a>'
    )

    assert found(markup) == ["/world", "/news/international/", "/x/12"]


def test_an_edition_in_another_language_on_the_same_domain_comes_last() -> None:
    markup = '<a href="https://english.naya-samachar.example/world">World</a><a href="/news/videsh">विदेश</a>'

    assert found(markup) == ["/news/videsh", "https://english.naya-samachar.example/world"]


def test_a_home_page_below_a_path_has_its_section_there() -> None:
    markup = '<a href="/world">World</a><a href="/hindi/topics/c1x2k9wpm0eo">विदेश</a><a href="/hindi/world">World</a>'

    assert found(markup, f"{SITE}/hindi")[0] == "/hindi/world"


def test_one_section_that_is_linked_to_five_times_is_one() -> None:
    links = ["/world", "/world/", "/world#top", "/world?from=menu", "https://naya-samachar.example/world"]
    markup = "".join(f'<a href="{link}">दुनिया</a>' for link in links)

    assert found(markup) == ["/world"]


@pytest.mark.parametrize(
    "part", ["world", "videsh", "international-news-hindi", "world_news", "दुनिया", "antarrashtriya"]
)
def test_a_part_of_a_path_names_the_section(part: str) -> None:
    assert is_foreign(part)


@pytest.mark.parametrize("part", ["", "news", "worldcup", "world-cup", "desh", "miss-world", "2279801"])
def test_other_parts_of_a_path_do_not(part: str) -> None:
    assert not is_foreign(part)


def test_a_thousand_links_with_long_names_are_no_sections() -> None:
    anchors = [("दुनिया " * 5_000, f"{SITE}/{number}") for number in range(1_000)]

    assert foreign_sections(anchors, SITE) == ()
