"""Cards, a linked heading with a picture and a teaser, are related articles and no text."""

import pytest

from tests.reading.markup import BODY, FIRST, OTHER, SECOND, THIRD, between, read, texts


@pytest.mark.parametrize(
    "card",
    [
        f"<div><img src='/tunnel.jpg'><h3><a href='/9'>{OTHER}</a></h3><p>सुरंग की लंबाई नौ किलोमीटर है।</p></div>",
        f"<section><h4><a href='/9'>{OTHER}</a></h4><p>सुरंग नौ किलोमीटर लंबी है।</p><span>2 घंटे पहले</span></section>",
        f"<div><a href='/9'><h3>{OTHER}</h3></a><p>सुरंग नौ किलोमीटर लंबी है।</p></div>",
        f"<div><div><h4><a href='/9'>{OTHER}</a></h4></div><div><p>सुरंग नौ किलोमीटर लंबी है।</p></div></div>",
        f"<div><a href='/9'><img src='/o.jpg'></a><div><h5><a href='/9'><span>{OTHER}</span></a></h5></div></div>",
    ],
)
def test_a_card_of_another_article_is_related(card: str) -> None:
    article = read(between(card))

    assert texts(article) == BODY
    assert [link.title for link in article.related] == [OTHER]
    assert article.images == []


@pytest.mark.parametrize(
    "body",
    [
        "<div><h3><a href='/topic/relief'>राहत</a> का काम तेज हुआ</h3><p>{0}</p></div><p>{1}</p>",
        "<div><div><h3><a href='/9'>{2}</a></h3></div><p>{0}</p><p>{1}</p></div>",
        "<section><p>{0}</p><div><h3><a href='/9'>{2}</a></h3></div></section><p>{1}</p>",
    ],
)
def test_paragraphs_beside_a_linked_heading_stay(body: str) -> None:
    article = read(f"<p>{FIRST}</p>{body.format(SECOND, THIRD, OTHER)}")

    assert [text for text in texts(article) if text in BODY] == BODY


def test_a_subhead_with_a_link_to_its_own_place_stays() -> None:
    body = f"<p>{FIRST}</p><div><h3><a href='#relief'>राहत का काम</a></h3><p>{SECOND}</p></div><p>{THIRD}</p>"

    assert SECOND in texts(read(body))


def test_the_time_of_a_card_between_paragraphs_goes_with_its_link() -> None:
    card = '<div><a href="/world/lake-story-5521">झील के किनारे नया संग्रहालय खुला</a><div>20 नवंबर, 18:11</div></div>'

    assert texts(read(f"<p>{FIRST}</p>{card}<p>{SECOND}</p><p>{THIRD}</p>")) == BODY
