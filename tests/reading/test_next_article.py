"""The next article that a page appends is no part of the report."""

import pytest

from tests.reading.markup import BODY, FIRST, HEADLINE, OTHER, SECOND, THIRD, between, paragraphs, read, texts

TUNNEL = paragraphs(
    "सुरंग की लंबाई नौ किलोमीटर है और इसे बनाने में छह साल लगे।", "पहली गाड़ी में चार सौ यात्री बैठे और उन्होंने मिठाई बांटी।"
)


@pytest.mark.parametrize(
    "appended",
    [
        f"<hr><h2>{OTHER}</h2>{TUNNEL}",
        f"<h1>{OTHER}</h1>{TUNNEL}",
        f"<div class='story'><div><h1>{OTHER}</h1></div><div>{TUNNEL * 2}</div></div>",
        f"<article><h2>{OTHER}</h2>{TUNNEL}</article>",
        f"<div itemscope itemtype='https://schema.org/NewsArticle'><h2>{OTHER}</h2>{TUNNEL}</div>",
        f"<p>Next Story</p><h2>{OTHER}</h2>{TUNNEL}",
        f"<div>अगली खबर</div><h2>{OTHER}</h2>{TUNNEL}",
    ],
)
def test_the_next_article_is_no_part_of_the_report(appended: str) -> None:
    assert texts(read(paragraphs() + appended)) == BODY


@pytest.mark.parametrize(
    "subhead",
    [
        "<hr><h2>आगे क्या होगा</h2>",
        "<h2>पहाड़ी जिले में नई सुरंग से रेल सेवा शुरू</h2>",
        "<h1>वरुणपुर में आंधी के बाद बिजली के खंभे कब लगेंगे</h1>",
        "<hr><h2>अस्पतालों को जनरेटर से बिजली मिली और मरम्मत चलती रही</h2>",
    ],
)
def test_a_subhead_of_the_report_ends_nothing(subhead: str) -> None:
    assert texts(read(paragraphs(FIRST, SECOND) + subhead + paragraphs(THIRD)))[-1] == THIRD


def test_articles_in_a_row_are_items_of_the_report() -> None:
    items = "".join(f"<article><h2>{number}. {OTHER}</h2>{TUNNEL}</article>" for number in (1, 2))

    assert len(texts(read(paragraphs() + items))) > 6


def test_a_label_of_the_next_article_without_a_heading_ends_nothing() -> None:
    assert texts(read(between("<p>अगली खबर</p>"))) == BODY


STORY = "<div class='{0}' id='s1'><h1>{1}</h1><div class='c'>{2}</div></div><div class='{0}' id='s2'>{3}</div>"


@pytest.mark.parametrize("name", ["story", "article-wrap", "post", "news-detail", "infinite-item"])
def test_a_report_in_an_element_like_that_of_the_pages_own_is_the_next_one(name: str) -> None:
    body = STORY.format(name, HEADLINE, paragraphs(), f"<h2>{OTHER}</h2><div class='c'>{TUNNEL}</div>")

    assert texts(read(f"<html><head><title>{HEADLINE}</title></head><body><main>{body}</main></body></html>")) == BODY


@pytest.mark.parametrize(
    ("name", "second"),
    [
        ("row", f"<h2>{OTHER}</h2><div class='c'>{paragraphs(THIRD)}</div>"),
        ("section", f"<h2>{OTHER}</h2><div class='c'>{paragraphs(THIRD)}</div>"),
        ("story", f"<div class='c'>{paragraphs(THIRD)}</div>"),
        ("story", f"<h2>बिजली के खंभे गिरे</h2><div class='c'>{paragraphs(THIRD)}</div>"),
        ("story", f"<h2>मरम्मत के दल रात भर बिजली देंगे</h2><div class='c'>{paragraphs(THIRD)}</div>"),
    ],
)
def test_a_row_of_the_report_is_no_next_one(name: str, second: str) -> None:
    body = STORY.format(name, HEADLINE, paragraphs(FIRST, SECOND), second)

    assert (
        texts(read(f"<html><head><title>{HEADLINE}</title></head><body><main>{body}</main></body></html>"))[-1] == THIRD
    )
