"""Scenarios of pages: bad fields, huge markup, false canonical links, wrong charsets, walls against crawlers."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.crawling.site import HOME, address
from tests.hostile.outlet import COUNT, HTML, PAGE, SECTION, page
from tests.hostile.scenario import Scenario
from tests.site.publisher import Answer

_TOO_LARGE = {"exported": COUNT - 1, "refused/too-large": 1}
_WALL = {"exported": COUNT - 1, "refused/blocked": 1}


def _page(make: Callable[[], bytes], **headers: str) -> Callable[[], Mapping[str, Answer]]:
    all_headers = HTML | {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda: {PAGE: Answer(body=make(), headers=all_headers)}


def _head(make: Callable[[], str]) -> Callable[[], Mapping[str, Answer]]:
    """Return a page with more markup in its head."""
    return _page(lambda: page().replace(b"</head>", make().encode() + b"</head>", 1))


def _body(make: Callable[[], str]) -> Callable[[], Mapping[str, Answer]]:
    """Return a page with more markup in its body, before the article."""
    return _page(lambda: page().replace(b'id="content"', b'id="x">' + make().encode() + b'<div id="content"', 1))


def _within(make: Callable[[], str]) -> Callable[[], Mapping[str, Answer]]:
    """Return a page with more markup in the article, before its first paragraph."""

    def spoilt() -> bytes:
        head, content = page().split(b'id="content"', 1)
        return head + b'id="content"' + content.replace(b"<p>", make().encode() + b"<p>", 1)

    return _page(spoilt)


def _json_ld(make: Callable[[], str]) -> Callable[[], Mapping[str, Answer]]:
    return _head(lambda: f'<script type="application/ld+json">{make()}</script>')


def _field(name: str, change: Callable[[str], Any]) -> Callable[[], Mapping[str, Answer]]:
    """Return a page with one field of its own JSON-LD changed."""
    return _page(lambda: _with_field(page(), name, change))


def _with_field(body: bytes, name: str, change: Callable[[str], Any]) -> bytes:
    head, own, rest = re.split(rb'(?<=ld\+json">)(\s*\{\s*"@context"[^<]*"NewsArticle"[^<]*)', body, maxsplit=1)
    node = json.loads(own)
    node[name] = change(node.get(name, ""))
    return head + json.dumps(node, ensure_ascii=False).encode() + rest


def _without_author(line: str) -> bytes:
    """Return a page that has this line in place of its author."""
    body = _with_field(page(), "author", lambda _: None)
    return re.sub(rb'<span class="author">.*?</span>', lambda _: f'<span class="author">{line}</span>'.encode(), body)


def _canonical(url: str) -> Callable[[], Mapping[str, Answer]]:
    """Return articles that all have the same canonical URL."""

    def spoilt(number: int) -> bytes:
        return page(number).replace(
            f'rel="canonical" href="{address(number)}'.encode(), f'rel="canonical" href="{url}'.encode()
        )

    return lambda: {address(number): Answer(body=spoilt(number)) for number in range(COUNT)}


def _charset(encoding: str, content_type: str) -> Callable[[], Mapping[str, Answer]]:
    return _page(lambda: page().decode().encode(encoding), Content_Type=content_type)


SCENARIOS = (
    Scenario(
        name="author-dashes",
        does="a page: an author of 60,000 dashes",
        answers=_field("author", lambda _: {"@type": "Person", "name": "- " * 30_000}),
    ),
    Scenario(
        name="author-commas",
        does="a page: an author of 60,000 commas",
        answers=_field("author", lambda _: {"@type": "Person", "name": ", " * 30_000}),
    ),
    Scenario(
        name="author-many",
        does="a page: 60,000 authors",
        answers=_field("author", lambda _: [{"@type": "Person", "name": "x"}] * 60_000),
    ),
    Scenario(
        name="author-visible",
        does="a page: a line of 60,000 brackets for the author",
        answers=_page(lambda: _without_author(f'<a href="/author/x">{"(" * 60_000}</a>')),
    ),
    Scenario(
        name="json-blanks",
        does="a page: JSON-LD that ends in a comment and a million blanks",
        answers=_json_ld(lambda: "-->" + " " * 1_000_000 + "x"),
    ),
    Scenario(
        name="json-body-blanks",
        does="a page: a JSON-LD body with a million blanks",
        answers=_field("articleBody", lambda text: text[:300] + " " * 1_000_000 + text[300:]),
    ),
    Scenario(name="json-deep", does="a page: JSON-LD a million levels deep", answers=_json_ld(lambda: "[" * 1_000_000)),
    Scenario(
        name="json-number",
        does="a page: a number of three million digits",
        answers=_json_ld(lambda: '{"@type": "NewsArticle", "wordCount": ' + "9" * 3_000_000 + "}"),
    ),
    Scenario(
        name="json-surrogates",
        does="a page: half an emoji in JSON-LD",
        answers=_json_ld(lambda: '{"@type": "NewsArticle", "headline": "\\ud800 पुल \\udfff"}'),
    ),
    Scenario(
        name="related-brackets",
        does="a page: 20,000 brackets after `read also`",
        answers=_within(lambda: f'<p>यह भी पढ़ें: {"(" * 20_000} <a href="/world/x">पुल</a></p>'),
    ),
    Scenario(
        name="attributes",
        does="a page: a tag with 100,000 attributes",
        answers=_body(lambda: f"<div {' '.join(f'a{n}=x' for n in range(100_000))}></div>"),
    ),
    Scenario(
        name="headings",
        does="a page: 250,000 headings",
        answers=_body(lambda: "<h1>पुल खुला</h1>" * 250_000),
        articles=_TOO_LARGE,
    ),
    Scenario(
        name="breaks",
        does="a page: a million line breaks",
        answers=_within(lambda: "<br>\n" * 1_000_000),
        articles=_TOO_LARGE,
    ),
    Scenario(
        name="paragraphs",
        does="a page: a million paragraphs",
        answers=_within(lambda: "<p>x</p>" * 1_000_000),
        articles=_TOO_LARGE,
    ),
    Scenario(
        name="text-huge",
        does="a page: a paragraph of 9 MB",
        answers=_within(lambda: f"<p>{'क ' * 2_300_000}</p>"),
        articles=_TOO_LARGE,
    ),
    Scenario(
        name="script-huge",
        does="a page: a script of 9 MB beside the article",
        answers=_head(lambda: f"<script>var a = '{'x' * 9_000_000}';</script>"),
    ),
    Scenario(
        name="nested",
        does="a page: 10,000 levels of `span` before the article",
        answers=_body(lambda: "<span>x" * 10_000),
    ),
    Scenario(name="nested-divs", does="a page: an article 10,000 levels deep", answers=_body(lambda: "<div>" * 10_000)),
    Scenario(
        name="comment-open",
        does="a page: a comment that never ends, after the article",
        answers=_page(lambda: page() + b"<!--" + b"x" * 500_000),
    ),
    Scenario(
        name="signs",
        does="a page: a headline of 100,000 combining signs",
        answers=_page(lambda: page().replace(b"<h1", ("<h1>क" + "\u093c" * 100_000 + "</h1><h1").encode(), 1)),
    ),
    Scenario(
        name="controls",
        does="a page: escapes of a terminal in the headline",
        answers=_page(lambda: page().replace(b"<p>", b"<p>\x1b[31m\x07\x00", 1)),
    ),
    Scenario(name="canonical-one", does="every page: one canonical URL for all", answers=_canonical(address(0))),
    Scenario(
        name="canonical-section", does="every page: the section as its canonical URL", answers=_canonical(SECTION)
    ),
    Scenario(
        name="canonical-elsewhere",
        does="every page: a canonical URL of another domain",
        answers=_canonical("https://example.org/world/a-2026-11-24-1"),
    ),
    Scenario(name="canonical-none", does="every page: an invalid canonical URL", answers=_canonical("http://[url]/")),
    Scenario(
        name="charset-lie",
        does="a page: UTF-8 labelled iso-8859-1",
        answers=_charset("utf-8", "text/html; charset=iso-8859-1"),
    ),
    Scenario(name="charset-utf-16", does="a page: UTF-16", answers=_charset("utf-16", "text/html; charset=utf-16")),
    Scenario(
        name="charset-utf-16-lie",
        does="a page: UTF-8 labelled UTF-16",
        answers=_charset("utf-8", "text/html; charset=utf-16"),
    ),
    Scenario(
        name="charset-unknown",
        does="a page: an unknown charset",
        answers=_charset("utf-8", "text/html; charset=klingon"),
    ),
    Scenario(
        name="charset-bytes",
        does="a page: 2,000 bytes that are not UTF-8",
        answers=_page(lambda: page().replace(b"</p>", b"\xff\xfe\x80" * 80 + b"</p>", 8)),
        articles={"exported": COUNT - 1, "refused/mojibake": 1},
    ),
    Scenario(
        name="nulls",
        does="a page: a NUL after each sign of markup",
        answers=_page(lambda: page().replace(b"<", b"\x00<\x00", 40)),
    ),
    Scenario(
        name="wall-wait",
        does="a page: `Just a moment…` with status 200",
        answers=_page(lambda: b"<html><head><title>Just a moment...</title></head><body><p>Checking your browser"),
        articles=_WALL,
    ),
    Scenario(
        name="soft-404",
        does="a page: `page not found` with status 200",
        answers=_page(lambda: "<html><title>पन्ना नहीं मिला</title><h1>404</h1><p>पन्ना नहीं मिला</p></html>".encode()),
        articles={"exported": COUNT - 1, "refused/soft-404": 1},
    ),
    Scenario(
        name="page-section",
        does="a page: the section in its place",
        answers=_page(lambda: b"<html><body><h1>x</h1><ul>" + b'<li><a href="/world/a">x</a></li>' * 300),
        articles={"exported": COUNT - 1, "refused/no-body": 1},
    ),
    Scenario(
        name="next-pages",
        does="a page: endless further pages",
        answers=_page(
            lambda: page().replace(b"</head>", f'<link rel="next" href="{HOME}/world/asia/more-1"></head>'.encode())
        ),
    ),
)
