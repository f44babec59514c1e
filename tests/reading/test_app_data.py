"""Pages whose text is in app data, in JSON-LD, or on further pages of the same article."""

import json
from typing import Any

import pytest

from crawler.reading.page import read_page
from crawler.reading.pagination import next_page, stitch
from tests.reading.markup import FIRST, HEADLINE, SECOND, THIRD, URL, page, paragraphs, read, reason, texts


def block(kind: str, text: str) -> dict[str, Any]:
    return {"type": kind, "model": {"blocks": [{"type": "text", "model": {"text": text}}]}}


def simorgh(*blocks: dict[str, Any]) -> str:
    data = {"pageData": {"content": {"model": {"blocks": [{"type": "text", "model": {"blocks": list(blocks)}}]}}}}
    return f"<div id='root'></div><script>window.SIMORGH_DATA={json.dumps(data)}</script>"


def test_typed_blocks_of_app_data_are_read_in_their_order() -> None:
    body = simorgh(
        block("paragraph", FIRST),
        {"type": "image", "model": {"blocks": [block("caption", "अंधेरी सड़कें"), block("paragraph", "तस्वीर का ब्योरा")]}},
        block("subheadline", "मरम्मत में कितने दिन"),
        block("paragraph", SECOND),
        {"type": "unorderedList", "model": {"blocks": [block("listItem", "दो पुल टूटे हैं")]}},
    )

    article = read(body)

    assert [(b.kind, b.text) for b in article.body] == [
        ("paragraph", FIRST),
        ("subhead", "मरम्मत में कितने दिन"),
        ("paragraph", SECOND),
        ("list_item", "दो पुल टूटे हैं"),
    ]
    assert article.provenance["body"] == "generic"


def test_markup_in_next_data_is_read() -> None:
    data = {"props": {"pageProps": {"article": {"title": HEADLINE, "storyBody": paragraphs() + "<p>विज्ञापन</p>"}}}}
    body = f'<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{json.dumps(data)}</script>'

    assert texts(read(body)) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize("script", ["{", "[" * 30_000, '{"a": 1}', "window.SIMORGH_DATA=", "null"])
def test_app_data_without_a_report_is_no_body(script: str) -> None:
    filler = " " * 200
    body = f'<div></div><script id="__NEXT_DATA__" type="application/json">{script}{filler}</script>'

    assert reason(page(body)) == "no-body"


@pytest.mark.parametrize("kind", [["paragraph"], {"name": "paragraph"}, 4, None])
def test_objects_whose_type_is_no_name_hide_none_of_the_others(kind: Any) -> None:
    odd = {"type": kind, "inner": [block("paragraph", SECOND)]}

    assert texts(read(simorgh(block("paragraph", FIRST), odd, block("paragraph", THIRD)))) == [FIRST, SECOND, THIRD]


def test_the_page_itself_wins_over_its_app_data() -> None:
    assert texts(read(paragraphs() + simorgh(block("paragraph", f"{FIRST} दूसरा पाठ।")))) == [FIRST, SECOND, THIRD]


def test_the_last_resort_runs_only_if_no_other_reader_finds_a_body(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def last_resort(root: object, url: str) -> list[Any]:
        asked.append(url)
        return []

    monkeypatch.setattr("crawler.reading.body.last_resort_lines", last_resort)
    read(paragraphs())
    assert asked == []

    assert reason(page("<div></div>")) == "no-body"
    assert asked == [URL]


# Articles on several pages


@pytest.mark.parametrize(
    ("link", "url", "found"),
    [
        ("<link rel='next' href='?page=2'>", URL, f"{URL}?page=2"),
        ("<a rel='next' href='/world/varunpur-storm-4512/2'>2</a>", URL, f"{URL}/2"),
        ("<a href='/world/varunpur-storm-4512/3'>अगला पेज</a>", f"{URL}/2", f"{URL}/3"),
        ("<a href='?page=3'>Next Page</a>", f"{URL}?page=2", f"{URL}?page=3"),
        ("<a rel='next' href='/world/another-article-4513'>अगली खबर</a>", URL, None),
        ("<a rel='next' href='https://other.example/world/varunpur-storm-4512/2'>2</a>", URL, None),
        ("<a rel='next' href='?page=7'>7</a>", URL, None),
        ("<a href='/world/varunpur-storm-4512/2'>2</a>", URL, None),
        ("", URL, None),
    ],
)
def test_the_next_page_is_another_page_of_the_same_article(link: str, url: str, found: str | None) -> None:
    markup = page(paragraphs() + link)

    assert next_page(markup.encode(), url) == found
    assert next_page(b"\xff\xfe" + markup.encode("utf-16-le"), url) == found


def test_pages_are_joined_to_one_article() -> None:
    first = read_page(page(f"<p>{FIRST}</p><img src='/a.jpg'>").encode(), URL)
    second = read_page(page(f"<p>{FIRST}</p><p>{SECOND}</p><img src='/b.jpg'>").encode(), f"{URL}?page=2")
    third = read_page(page(f"<p>{THIRD}</p>").encode(), f"{URL}?page=3")

    whole = stitch([(URL, first), (f"{URL}?page=2", second), (f"{URL}?page=3", third)])

    assert texts(whole) == [FIRST, SECOND, THIRD]
    assert (whole.id, whole.url) == (first.id, first.url)
    assert [image.url[-5:] for image in whole.images] == ["a.jpg", "b.jpg"]
    assert whole.pages == [URL, f"{URL}?page=2", f"{URL}?page=3"]
    assert first.pages == []


def test_an_article_on_one_page_is_unchanged() -> None:
    article = read(paragraphs())

    assert stitch([(URL, article)]) is article
