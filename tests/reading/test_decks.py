"""The deck above a report is no part of its body; the first paragraph above the date row is no deck."""

import pytest

from tests.reading.markup import BODY, FIRST, SECOND, THIRD, paragraphs, read, texts


@pytest.mark.parametrize(
    "deck",
    [
        "<h2>{}</h2>",
        "<div class='summary_art'><p>{}</p></div>",
        "<p class='short-description'>{}</p>",
        "<div class='synopsis'>{}</div>",
        "<p>{}</p><div>12 जून 2024, 10:15 AM IST</div>",
    ],
)
def test_the_deck_is_no_part_of_the_body(deck: str) -> None:
    printed = "बिजली लौटने में दो दिन लग सकते हैं, अस्पताल जनरेटर पर चल रहे हैं"

    article = read(deck.format(printed) + f"<div class='content'>{paragraphs()}</div>")

    assert article.deck == printed
    assert texts(article) == BODY


ROWS = [
    "Updated: 12 जून 2024, 10:15 AM",
    "अपडेटेड: 12 जून 2024",
    "Published: June 12, 2024 10:15 IST",
    "5 घंटे पहले",
    "3 min read",
]


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize(
    "body",
    [
        "<p>{1}</p><p>{0}</p><p>{2}</p><p>{3}</p>",
        "<div class='c'><p>{1}</p><div>{0}</div><p>{2}</p><p>{3}</p></div>",
        "<div class='w'><p>{1}</p></div><div class='w'><p>{0}</p></div><div class='w'><p>{2}</p></div><p>{3}</p>",
    ],
    ids=["paragraphs", "a row of its own", "wrappers"],
)
def test_a_lead_above_the_date_row_is_no_deck(row: str, body: str) -> None:
    article = read(body.format(row, *BODY))

    assert texts(article) == BODY
    assert article.deck is None


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("deck", ["<p class='x'>{}</p>", "<div class='x'><p>{}</p></div>", "<h2>{}</h2>"])
def test_a_sentence_that_stands_apart_above_the_date_row_is_the_deck(row: str, deck: str) -> None:
    printed = "बिजली लौटने में दो दिन लग सकते हैं, अस्पताल जनरेटर पर चल रहे हैं।"

    article = read(f"{deck.format(printed)}<div>{row}</div><div class='content'>{paragraphs()}</div>")

    assert texts(article) == BODY
    assert article.deck == printed


@pytest.mark.parametrize(
    "wrapper",
    [
        "<div><div class='w'><p>{}</p></div></div>",
        "<section><div class='w'><p>{}</p></div></section>",
        "<div class='w'><span>{}</span></div>",
        "<div class='w'><p>{}</p><figure><img src='/a.jpg'></figure></div>",
    ],
)
def test_a_lead_that_is_the_description_stays_in_wrappers_of_any_depth(wrapper: str) -> None:
    head = f'<meta name="description" content="{FIRST}">'

    assert texts(read("".join(map(wrapper.format, BODY)), head=head)) == BODY


def test_a_description_that_stands_apart_is_the_deck() -> None:
    body = f"<div><p>{FIRST}</p></div><div>{paragraphs(SECOND, THIRD)}</div>"

    assert read(body, head=f'<meta name="description" content="{FIRST}">').deck == FIRST


PROMOTION = "ताजा खबरों के लिए हमारे व्हाट्सऐप चैनल से जुड़ें।"


def test_a_line_is_compared_with_the_description_as_it_is_printed() -> None:
    body = f"<div class='x'><p>{FIRST} {PROMOTION}</p></div><div class='y'>{paragraphs(SECOND, THIRD)}</div>"

    alone = read(body, head=f'<meta name="description" content="{FIRST}">')
    whole = read(body, head=f'<meta name="description" content="{FIRST} {PROMOTION}">')

    assert (alone.deck, texts(alone)) == (None, BODY)
    assert (whole.deck, texts(whole)) == (FIRST, [SECOND, THIRD])


def test_the_title_of_a_box_above_the_report_is_no_paragraph() -> None:
    title = f"<summary>4 thoughts on {FIRST} {SECOND}</summary>"

    assert texts(read(f"<div>{title}</div>{paragraphs()}")) == BODY
