"""A field of a page or a listing: how to put a text into it, and how to read the result."""

import html
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

from lxml.html import defs
from scrapy.exceptions import DropItem
from scrapy.utils.project import get_project_settings

from crawler.authoring.rereading import Rereader
from crawler.authoring.site import read_home
from crawler.items import Article, json_line
from crawler.reading.outlet import Design, Outlet
from crawler.reading.page import read_page
from crawler.reading.pagination import next_page
from crawler.reasons import NotAnArticle
from pipelines.story import text_of_article
from tests.bounds.tracing import Name
from tests.reading.markup import HEADLINE, paragraphs

URL = "https://khabar.example/world/varunpur-storm-4512"
DESIGNED = tuple(field.name for field in fields(Design) if field.name not in ("evidence", "until"))
"""The parts for which an outlet's design has selectors."""
SELECTORS: dict[str, Any] = {name: f".d-{name}" for name in DESIGNED if name not in ("body", "junk")}
OUTLET = Outlet(
    slug="khabar",
    name="खबर",
    hosts=("khabar.example",),
    group="digital",
    article=r"/world/[^/]*?-(?P<number>\d+)/?$",
    article_evidence="page",
    designs=(replace(Design(evidence="page"), **SELECTORS),),
)
IN_HEAD = frozenset(("base", "link", "meta", "script", "title"))


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a page or a listing."""

    name: Name
    holding: Callable[[str], bytes]
    """Returns a page or a listing with a text in the field."""
    read: Callable[[bytes], object]
    """Reads such a page or listing as the project does."""

    def __str__(self) -> str:
        return " ".join(self.name)


def cpu(do: Callable[[], object], *, most: float) -> float:
    """Return the CPU time of a call in seconds: the least of five calls, or the first one below `most`."""
    best = float("inf")
    for _ in range(5):
        begun = time.process_time()
        do()
        best = min(best, time.process_time() - begun)
        if best <= most:
            break
    return best


@cache
def pipelines() -> list[Callable[[Article], Article]]:
    """Return the `process_item` of each pipeline that does not compare an article with others."""
    return Rereader(get_project_settings())._pipelines


def read(page: bytes) -> Article | NotAnArticle | DropItem:
    """Read a page as a crawl and `scrapy discover` do; return the article or the refusal."""
    read_home(page, URL)
    return read_as(page, URL, OUTLET)


def read_as(page: bytes, url: str, outlet: Outlet | None) -> Article | NotAnArticle | DropItem:
    """Read a page of an outlet as a crawl does; return the article or the refusal."""
    try:
        article = read_page(page, url, outlet)
        next_page(page, url)
        for process in pipelines():
            article = process(article)
    except (NotAnArticle, DropItem) as refusal:
        return refusal
    text_of_article(article)
    json_line(article)
    return article


def markup(head: str = "", inner: str = "", *, headline: str | None = HEADLINE, text: str | None = None) -> bytes:
    """Return an invented page, with `text` in place of its three paragraphs."""
    title, h1 = (f"<title>{headline} | खबर</title>", f"<h1>{headline}</h1>") if headline else ("", "")
    body = f"<body><main><article>{h1}{inner}{paragraphs() if text is None else text}</article></main></body>"
    return f'<!DOCTYPE html><html lang="hi"><head><meta charset="utf-8">{title}{head}</head>{body}</html>'.encode(
        "utf-8", "surrogatepass"
    )


def element(tag: str, attributes: dict[str, str], text: str = "क") -> str:
    """Return an element that holds a text."""
    values = "".join(f' {name}="{html.escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{values}>" if tag in defs.empty_tags else f"<{tag}{values}>{html.escape(text)}</{tag}>"


def with_element(tag: str, attributes: dict[str, str], text: str = "क") -> bytes:
    """Return a page that holds an element, in its head or before its paragraphs."""
    made = element(tag, attributes, text)
    return markup(made) if tag in IN_HEAD else markup(inner=made)


def script(node: Any) -> str:
    """Return a script of JSON-LD."""
    escaped = json.dumps(node, ensure_ascii=False).replace("</", "<\\/")
    return f'<script type="application/ld+json">{escaped}</script>'
