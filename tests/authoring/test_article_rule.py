"""The rule of a site's articles matches links that were seen, and none of its lists."""

import re

import pytest

from crawler.authoring.article_rule import rule_among, rule_below

SITE = "https://www.naya-samachar.example"


def below(section: str, links: list[str]) -> str | None:
    return rule_below(SITE + section, [SITE + link for link in links])


@pytest.mark.parametrize(
    ("section", "articles", "others"),
    [
        ("/videsh/", ["/videsh/pul-khula-804411.html"], ["/videsh/", "/videsh/page/2", "/videsh/asia/"]),
        (
            "/world",
            ["/world/a-report-on-the-bridge", "/world/asia/two-lakes-one-name"],
            ["/world/asia", "/world/page-2"],
        ),
        ("/world.html", ["/world/a-report-on-the-bridge"], ["/world.html", "/sports/a-report-on-the-bridge"]),
        ("/world-news-hindi.html", ["/world/asia-lake-returns-23888221.html"], ["/world/asia-news-hindi.html"]),
        (
            "/hindi/world",
            ["/hindi/world/old-clock-runs-again/3311045"],
            ["/hindi/world/page-3", "/hindi/sports/x-y-z/3311045"],
        ),
        (
            "/world/articlelist/2279801.cms",
            ["/world/asia/lake-returns/articleshow/125513377.cms"],
            ["/world/articlelist/2279801.cms"],
        ),
        (
            "/international",
            [f"/international/news/lake-returns-after-rain-{number}.html" for number in (804411, 804412, 804413)],
            ["/international/news", "/international/videos/lake-returns-after-rain-804411.html"],
        ),
        ("/category/duniya/", ["/duniya/jheel-mein-laute-pakshi/"], ["/duniya/", "/category/duniya/page/2/"]),
        ("/world", ["/world/lake-returns-2649478-2026-09-22"], ["/world/2026-09-22", "/world/2026"]),
        (
            "/videsh",
            ["/videsh/%E0%A4%A8%E0%A4%A6%E0%A5%80-%E0%A4%AA%E0%A4%B0-%E0%A4%AA%E0%A5%81%E0%A4%B2"],
            ["/videsh/asia"],
        ),
        ("/world-news", ["/world-news/asia-news/old-clock-runs-again"], ["/world-news/asia-news"]),
    ],
)
def test_links_below_the_section_give_the_rule(section: str, articles: list[str], others: list[str]) -> None:
    rule = below(section, [*articles, *others])

    assert rule is not None
    assert [path for path in articles if not re.match(rule, path)] == []
    assert [path for path in others if re.match(rule, path.rstrip("/"))] == []


def test_the_number_that_tells_articles_apart_has_its_group() -> None:
    rule = below("/world", ["/world/lake-returns-117070300009_1.html", "/world/old-clock-runs-117070300012_1.html"])

    assert rule is not None
    found = re.match(rule, "/world/lake-returns-117070300009_1.html")
    assert found is not None
    assert found["number"] == "117070300009"


@pytest.mark.parametrize(
    ("section", "links"),
    [
        ("/world", []),
        ("/world", ["/world", "/world/asia", "/world/europe/", "/world/page/2"]),
        ("/world", ["/sports/a-report-on-the-match-804411.html"]),
        ("/world", ["/world/video/a-film-of-the-lake-804411.html", "/world/photos/a-lake-in-pictures-804412"]),
        ("/topics/c9wpm0en87xt", ["/articles/cv36lr6dy9lo", "/articles/ckpdgq322061o"]),
    ],
)
def test_no_rule_comes_of_links_that_are_no_articles_of_the_section(section: str, links: list[str]) -> None:
    assert below(section, links) is None


@pytest.mark.parametrize(
    ("links", "article"),
    [
        (
            ["/hindi/articles/cv36lr6dy9lo", "/hindi/articles/ckpdgq322061o", "/hindi/topics/c9wpm0en87xt"],
            "/hindi/articles/c62q8mnw5lvo",
        ),
        (
            ["/284417/lake-returns-after-rain/", "/284420/old-clock-runs-again/", "/about-us/"],
            "/284999/two-lakes-one-name",
        ),
        (
            ["/hi/%E0%A4%9D%E0%A5%80%E0%A4%B2/a-74839120", "/hi/%E0%A4%AA%E0%A5%81%E0%A4%B2/a-74839121"],
            "/hi/x/a-74839199",
        ),
        (
            ["/story/lake-returns-804411.html", "/story/old-clock-804412.html", "/video/lake-804413.html"],
            "/story/x-804499.html",
        ),
    ],
)
def test_where_none_lies_below_the_section_the_commonest_form_on_its_page_gives_the_rule(
    links: list[str], article: str
) -> None:
    rule = rule_among([SITE + link for link in links])

    assert rule is not None
    assert re.match(rule, article)
    assert not re.match(rule, "/hindi/topics/c9wpm0en87xt")
    assert not re.match(rule, "/about-us")


@pytest.mark.parametrize(
    "links", [[], ["/story/lake-returns-804411.html"], ["/about", "/contact", "/topics/asia-news-today"]]
)
def test_one_link_or_none_gives_no_rule_for_a_whole_page(links: list[str]) -> None:
    assert rule_among([SITE + link for link in links]) is None
