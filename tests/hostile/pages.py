"""Scenarios of pages: bad fields, huge markup, false canonical links, wrong charsets, walls against crawlers."""

import json
import re
from collections.abc import Callable
from typing import Any

from tests.crawling.site import HOME, address
from tests.hostile.outlet import COUNT, SECTION, page
from tests.hostile.scenario import Scenario
from tests.hostile.targets import Make, on_every_page, on_page
from tests.site.publisher import Answer

_TOO_LARGE = "refused/too-large"


def _head(make: Callable[[], str]) -> Callable[[], bytes]:
    """Return a page with more markup in its head."""
    return lambda: page().replace(b"</head>", make().encode() + b"</head>", 1)


def _body(make: Callable[[], str]) -> Callable[[], bytes]:
    """Return a page with more markup in its body, before the article."""
    return lambda: page().replace(b'id="content"', b'id="x">' + make().encode() + b'<div id="content"', 1)


def _within(make: Callable[[], str]) -> Callable[[], bytes]:
    """Return a page with more markup in the article, before its first paragraph."""

    def spoilt() -> bytes:
        head, content = page().split(b'id="content"', 1)
        return head + b'id="content"' + content.replace(b"<p>", make().encode() + b"<p>", 1)

    return spoilt


def _json_ld(make: Callable[[], str]) -> Callable[[], bytes]:
    return _head(lambda: f'<script type="application/ld+json">{make()}</script>')


def _field(name: str, change: Callable[[str], Any]) -> Callable[[], bytes]:
    """Return a page with one field of its own JSON-LD changed."""
    return lambda: _with_field(page(), name, change)


def _with_field(body: bytes, name: str, change: Callable[[str], Any]) -> bytes:
    head, own, rest = re.split(rb'(?<=ld\+json">)(\s*\{\s*"@context"[^<]*"NewsArticle"[^<]*)', body, maxsplit=1)
    node = json.loads(own)
    node[name] = change(node.get(name, ""))
    return head + json.dumps(node, ensure_ascii=False).encode() + rest


def _without_author(line: str) -> bytes:
    """Return a page that has this line in place of its author."""
    body = _with_field(page(), "author", lambda _: None)
    return re.sub(rb'<span class="author">.*?</span>', lambda _: f'<span class="author">{line}</span>'.encode(), body)


def _canonical(name: str, does: str, url: str) -> Scenario:
    """Return a scenario of articles that all have the same canonical URL."""

    def spoilt(number: int) -> bytes:
        return page(number).replace(
            f'rel="canonical" href="{address(number)}'.encode(), f'rel="canonical" href="{url}'.encode()
        )

    return on_every_page(name, does, spoilt, {"exported": COUNT})


def _charset(encoding: str, label: str) -> Make:
    content_type = {"Content-Type": f"text/html; charset={label}"}
    return lambda: Answer(body=page().decode().encode(encoding), headers=content_type)


def _person(name: str) -> dict[str, str]:
    return {"@type": "Person", "name": name}


SCENARIOS = (
    on_page("author-dashes", "an author of 60,000 dashes", _field("author", lambda _: _person("- " * 30_000))),
    on_page("author-commas", "an author of 60,000 commas", _field("author", lambda _: _person(", " * 30_000))),
    on_page("author-many", "60,000 authors", _field("author", lambda _: [_person("x")] * 60_000)),
    on_page(
        "author-visible",
        "a line of 60,000 brackets for the author",
        lambda: _without_author(f'<a href="/author/x">{"(" * 60_000}</a>'),
    ),
    on_page(
        "json-blanks",
        "JSON-LD that ends in a comment and a million blanks",
        _json_ld(lambda: "-->" + " " * 1_000_000 + "x"),
    ),
    on_page(
        "json-body-blanks",
        "a JSON-LD body with a million blanks",
        _field("articleBody", lambda text: text[:300] + " " * 1_000_000 + text[300:]),
    ),
    on_page("json-deep", "JSON-LD a million levels deep", _json_ld(lambda: "[" * 1_000_000)),
    on_page(
        "json-number",
        "a number of three million digits",
        _json_ld(lambda: '{"@type": "NewsArticle", "wordCount": ' + "9" * 3_000_000 + "}"),
    ),
    on_page(
        "json-surrogates",
        "half an emoji in JSON-LD",
        _json_ld(lambda: '{"@type": "NewsArticle", "headline": "\\ud800 पुल \\udfff"}'),
    ),
    on_page(
        "related-brackets",
        "20,000 brackets after `read also`",
        _within(lambda: f'<p>यह भी पढ़ें: {"(" * 20_000} <a href="/world/x">पुल</a></p>'),
    ),
    on_page(
        "attributes",
        "a tag with 100,000 attributes",
        _body(lambda: f"<div {' '.join(f'a{n}=x' for n in range(100_000))}></div>"),
    ),
    on_page("headings", "250,000 headings", _body(lambda: "<h1>पुल खुला</h1>" * 250_000), _TOO_LARGE),
    on_page("breaks", "a million line breaks", _within(lambda: "<br>\n" * 1_000_000), _TOO_LARGE),
    on_page("paragraphs", "a million paragraphs", _within(lambda: "<p>x</p>" * 1_000_000), _TOO_LARGE),
    on_page("text-huge", "a paragraph of 9 MB", _within(lambda: f"<p>{'क ' * 2_300_000}</p>"), _TOO_LARGE),
    on_page(
        "script-huge",
        "a script of 9 MB beside the article",
        _head(lambda: f"<script>var a = '{'x' * 9_000_000}';</script>"),
    ),
    on_page("nested", "10,000 levels of `span` before the article", _body(lambda: "<span>x" * 10_000)),
    on_page("nested-divs", "an article 10,000 levels deep", _body(lambda: "<div>" * 10_000)),
    on_page("comment-open", "a comment that never ends, after the article", lambda: page() + b"<!--" + b"x" * 500_000),
    on_page(
        "signs",
        "a headline of 100,000 combining signs",
        lambda: page().replace(b"<h1", ("<h1>क" + "\u093c" * 100_000 + "</h1><h1").encode(), 1),
    ),
    on_page(
        "controls",
        "escapes of a terminal in the headline",
        lambda: page().replace(b"<p>", b"<p>\x1b[31m\x07\x00", 1),
    ),
    _canonical("canonical-one", "one canonical URL for all", address(0)),
    _canonical("canonical-section", "the section as its canonical URL", SECTION),
    _canonical("canonical-elsewhere", "a canonical URL of another domain", "https://example.org/world/a-2026-11-24-1"),
    _canonical("canonical-none", "an invalid canonical URL", "http://[url]/"),
    on_page("charset-lie", "UTF-8 labelled iso-8859-1", _charset("utf-8", "iso-8859-1")),
    on_page("charset-utf-16", "UTF-16", _charset("utf-16", "utf-16")),
    on_page("charset-utf-16-lie", "UTF-8 labelled UTF-16", _charset("utf-8", "utf-16")),
    on_page("charset-unknown", "an unknown charset", _charset("utf-8", "klingon")),
    on_page(
        "charset-bytes",
        "2,000 bytes that are not UTF-8",
        lambda: page().replace(b"</p>", b"\xff\xfe\x80" * 80 + b"</p>", 8),
        "refused/mojibake",
    ),
    on_page("nulls", "a NUL after each sign of markup", lambda: page().replace(b"<", b"\x00<\x00", 40)),
    on_page(
        "wall-wait",
        "`Just a moment…` with status 200",
        lambda: b"<html><head><title>Just a moment...</title></head><body><p>Checking your browser",
        "refused/blocked",
    ),
    on_page(
        "soft-404",
        "`page not found` with status 200",
        lambda: "<html><title>पन्ना नहीं मिला</title><h1>404</h1><p>पन्ना नहीं मिला</p></html>".encode(),
        "refused/soft-404",
    ),
    on_page(
        "page-section",
        "the section in its place",
        lambda: b"<html><body><h1>x</h1><ul>" + b'<li><a href="/world/a">x</a></li>' * 300,
        "refused/no-body",
    ),
    on_page("next-pages", "endless further pages", _head(lambda: f'<link rel="next" href="{HOME}/world/asia/more-1">')),
)
