"""Pages with the maximum number of elements, levels, links or values, each of a kind that some reader is slow on."""

from collections.abc import Callable
from functools import partial
from typing import Any

from crawler.limits import MOST_ATTRIBUTES
from tests.bounds.field import markup, script
from tests.reading.markup import FIRST, HEADLINE, SECOND

WORDS = "वरुणपुर में बुधवार को तेज बारिश हुई "
LINK = "<a href='/world/varunpur-{}'>वरुणपुर में बुधवार को</a>"


def _inner(piece: str, count: int) -> bytes:
    return markup(inner=piece * count)


def _numbered(piece: str, count: int) -> bytes:
    return markup(inner="".join(piece.format(number) for number in range(count)))


def _head(piece: str, count: int) -> bytes:
    return markup("".join(piece.format(number) for number in range(count)))


def _deep(around: str, piece: str, count: int, levels: int = 1900) -> bytes:
    return markup(inner=around * levels + piece * count)


def _authors(levels: int) -> bytes:
    """Return a page whose authors' boxes hold many elements and no heading, which stands behind them."""
    authors = "<span class=author>क<br></span>" * 100 + "<i></i>" * 100_000
    return markup(inner=f"{'<div>' * levels}{authors}{'</div>' * levels}<h2>क</h2>")


def _stated(**fields: Any) -> bytes:
    return markup(script({"@type": "NewsArticle", "headline": HEADLINE, **fields}))


def _live(count: int) -> bytes:
    update = {"headline": "क ख", "articleBody": WORDS}
    return markup(script({"@type": "LiveBlogPosting", "headline": HEADLINE, "liveBlogUpdate": [update] * count}))


def _live_lines(first: str) -> bytes:
    lines = f"<div><span>{first}</span>" + "10:45 क ख<br>" * 9_000
    return markup(script({"@type": "LiveBlogPosting", "headline": HEADLINE}), inner=lines)


def _broken(count: int, scripts: int) -> bytes:
    one = '<script type="application/ld+json">' + '{"@type":"NewsArticle","headline":"क", \\x &quot;' * count
    return markup(f"{one}</script>" * scripts)


def _data(value: Any) -> bytes:
    state = script(value).replace("ld+json", "json").replace("<script", '<script id="__NEXT_DATA__"', 1)
    return markup(state, headline=HEADLINE, text="")


def _names(count: int) -> list[dict[str, str]]:
    return [{"name": f"राम {number}"} for number in range(count)]


def _nested(levels: int) -> Any:
    value: Any = {"type": "paragraph"}
    for _ in range(levels):
        value = {"type": "paragraph", "a": [value]}
    return value


STRUCTURES: dict[str, Callable[[], bytes]] = {
    "live lines behind a full element": lambda: _live_lines("<i></i>" * 100_000),
    "live lines behind a long element": lambda: _live_lines(WORDS * 2_000),
    "lines behind a full element": lambda: _inner("<div>" + "<i></i>" * 100_000 + "</div>" + "क<br>" * 9_000, 1),
    "linked headings around a full element": lambda: _inner(
        "<div>" * 200 + "<h3><a href='/x'>क ख ग</a></h3></div>" * 200 + "<i></i>" * 150_000, 1
    ),
    "labels of boxes": partial(_inner, "<div><h3>AI Summary</h3><p>क ख ग</p></div>", 4_500),
    "links to reply": partial(_inner, "<div><a>Reply</a></div>", 20_000),
    "paragraphs": partial(_inner, "<p>क</p>", 99_000),
    "words in paragraphs": partial(_inner, "<p>वरुणपुर में</p>", 90_000),
    "paragraphs left open": partial(_inner, "<p>क", 195_000),
    "breaks": partial(_inner, "क<br>", 195_000),
    "headlines": partial(_inner, "<h1>क</h1>", 99_000),
    "headlines left open": partial(_inner, "<h1>क", 195_000),
    "subheads": partial(_inner, "<h2>क ख ग</h2>", 60_000),
    "list items": partial(_inner, "<li>क ख ग घ च", 100_000),
    "links in a line": partial(_numbered, LINK, 35_000),
    "links in lines": partial(_numbered, f"<p>{LINK}</p>", 30_000),
    "pointers": partial(_numbered, f"<p>यह भी पढ़ें: {LINK}</p>", 25_000),
    "pointers without links": partial(_inner, "<p>यह भी पढ़ें</p><h3>क ख ग</h3>", 40_000),
    "pictures": partial(_numbered, f"<img src='/{{}}.jpg' alt='{WORDS}'>", 30_000),
    "captions": partial(_numbered, "<figure><img src='/{}.jpg'><figcaption>पुल (एपी)</figcaption></figure>", 30_000),
    "marked lines": partial(_numbered, "<p class=caption>{} क ख</p>", 60_000),
    "date rows": partial(_numbered, "<p>12 जून 2024 {}</p>", 60_000),
    "one line": partial(_inner, WORDS, 40_000),
    "long paragraphs": partial(_inner, f"<p>{WORDS * 40}</p>", 330),
    "many paragraphs": partial(_inner, f"<p>{WORDS * 2}</p>", 6_000),
    "repeated sentences": partial(_inner, f"<p>{FIRST}</p>", 4_000),
    "decks": lambda: markup(f'<meta name="description" content="{SECOND}">', f"<p>{SECOND}</p>" * 8_000),
    "deep elements": partial(_deep, "<div>", "<p>क ख</p>", 60_000),
    "deep words": partial(_deep, "<span>क", "<b>क ख ग घ</b>", 60_000),
    "deep links": partial(_deep, "<div>", "<a href=/x>क ख</a>", 60_000),
    "levels": partial(_deep, "<div>", "<a href=/x>क ख</a><p>क</p>", 50_000, 240),
    "links in links": partial(_deep, "<a href=x><div>", "<a href=y>क", 60_000, 900),
    "emphasis": partial(_deep, "<b>", "क<i></i>", 90_000),
    "nested headlines": partial(_deep, "<h1><div>", "क", 100, 900),
    "times": partial(_inner, "<time datetime=2024-06-12>12 जून</time>", 60_000),
    "authors": partial(_inner, "<span itemprop=author>राम</span>", 60_000),
    "authors in nested boxes": partial(_authors, 150),
    "bylines of a design": partial(_inner, "<span class=d-byline>राम</span>", 60_000),
    "empty author links": partial(_inner, "<a href=/author/x></a>", 60_000),
    "class names": partial(_numbered, "<div class='a{}-share'>क ख ग घ</div>", 60_000),
    "styles": partial(_inner, "<div style='display : none'>क ख ग घ</div>", 60_000),
    "cells": partial(_inner, "<tr><td>क ख ग घ</td></tr>", 45_000),
    "options": lambda: markup(inner="<select>" + "<option>क" * 190_000 + "</select>"),
    "tails": partial(_inner, "<b></b>क ख ग घ ", 60_000),
    "quotes": partial(_inner, "<blockquote>क ख ग घ</blockquote>", 60_000),
    "a long link": lambda: markup(inner=f"<p><a href=/x>{WORDS * 20_000}</a></p>"),
    "lines of code": lambda: markup(inner="<pre>" + "क ख ग घ\n" * 60_000 + "</pre>"),
    "references": partial(_inner, "&#2325;", 400_000),
    "attributes": lambda: markup(inner=f"<div {' '.join(f'a{n}=1' for n in range(300_000))}>x</div>"),
    "attributes in many tags": partial(_inner, f"<p {' '.join(f'a{n}' for n in range(MOST_ATTRIBUTES))}>", 1_500),
    "meta tags": partial(_head, "<meta name=a{} content='क ख'>", 100_000),
    "meta authors": partial(_head, "<meta name=author content='राम {}'>", 80_000),
    "meta dates": partial(_head, "<meta name=date content='क 12 x {}'>", 80_000),
    "keywords": partial(_head, "<meta name=keywords content='क{},ख'>", 80_000),
    "canonical links": partial(_head, "<link rel=canonical href='https://other.example/{}'>", 60_000),
    "next links": partial(_inner, "<a rel=next href=/world/other>next</a>", 40_000),
    "bases": partial(_head, "<base href='javascript:{}'>", 90_000),
    "titles": partial(_head, "<title></title>", 90_000),
    "nodes": partial(_head, '<script type="application/ld+json">{{"@type":"NewsArticle"}}</script>', 40_000),
    "a list of nodes": lambda: markup(script([{"@type": "NewsArticle", "headline": "क"}] * 20_000)),
    "crumbs": lambda: markup(script([{"@type": "BreadcrumbList", "itemListElement": _names(50)}] * 900)),
    "JSON-LD authors": lambda: _stated(author=_names(40_000)),
    "JSON-LD keywords": lambda: _stated(keywords=[f"राम {number}" for number in range(60_000)]),
    "JSON-LD body": lambda: _stated(articleBody=f"{WORDS}\n" * 20_000),
    "JSON-LD markup": lambda: _stated(articleBody=f"<p>{WORDS}" * 20_000),
    "live updates": partial(_live, 9_000),
    "broken scripts": partial(_broken, 20_000, 9),
    "data": lambda: _data({"a": [{"type": "paragraph", "x": [{"type": "q", "b": [{"c": 1}] * 5}] * 5}] * 3_000}),
    "nested data": lambda: _data({"a": [_nested(300)] * 60}),
    "comments": partial(_inner, "<!-- x -->क ", 150_000),
    "scripts": partial(_inner, "<script>x</script>", 99_000),
}
