"""`Outlet.amend`: an outlet's own function corrects or refuses an article."""

from dataclasses import replace

from lxml.html import HtmlElement

from crawler.items import Article, Block
from crawler.reading.outlet import Outlet
from crawler.reasons import NotAnArticle, Reason
from tests.reading.markup import FIRST, SECOND, THIRD, paragraphs, read, reason, texts

OUTLET = Outlet(
    slug="khabar",
    name="खबर",
    hosts=("khabar.example",),
    group="digital",
    article=r"/world/.*-(?P<number>\d+)$",
    article_evidence="page",
)


def with_the_place_of_its_map(article: Article, root: HtmlElement) -> Article:
    """Add the place of the report, which the outlet prints only on a map."""
    places = root.xpath("//*[@class='map']/@data-place")
    first, *rest = article.body
    return replace(article, body=[replace(first, text=f"{places[0]}: {first.text}"), *rest]) if places else article


def without_puzzles(article: Article, root: HtmlElement) -> Article:
    """Refuse the daily puzzle, whose pages the outlet marks as reports."""
    if root.xpath("//*[@class='puzzle']"):
        raise NotAnArticle(Reason.NO_BODY, f"{article.url}: the daily puzzle")
    return article


def test_amend_may_change_an_article() -> None:
    outlet = replace(OUTLET, amend=with_the_place_of_its_map)

    amended = read(f'{paragraphs()}<div class="map" data-place="लीमा"></div>', outlet=outlet)

    assert texts(amended) == [f"लीमा: {FIRST}", SECOND, THIRD]


def test_amend_leaves_other_pages_unchanged() -> None:
    outlet = replace(OUTLET, amend=with_the_place_of_its_map)

    assert read(paragraphs(), outlet=outlet) == read(paragraphs(), outlet=OUTLET)
    assert read(paragraphs(), outlet=outlet).body[0] == Block(kind="paragraph", text=FIRST)


def test_amend_may_refuse_a_page() -> None:
    outlet = replace(OUTLET, amend=without_puzzles)

    assert reason(
        f"<html><body><article><div class='puzzle'></div>{paragraphs()}</article></body></html>", outlet=outlet
    )
    assert read(paragraphs(), outlet=outlet).body
