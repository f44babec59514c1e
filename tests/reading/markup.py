"""Build small pages in our own words, and read them."""

import json
from typing import Any

import pytest

from crawler.items import Article
from crawler.reading.page import NotAnArticle, read_page

FIRST = "पूर्वी तट के नगर वरुणपुर में बुधवार को तेज आंधी से बिजली के दो सौ खंभे गिर गए और आधे शहर में अंधेरा छा गया।"
SECOND = "प्रशासन ने कहा कि मरम्मत के दल रात भर काम करेंगे और अस्पतालों को जनरेटर से बिजली दी जा रही है।"
THIRD = "मौसम केंद्र का अनुमान है कि अगले दो दिन हवा की रफ्तार साठ किलोमीटर प्रति घंटे तक रह सकती है।"
BODY = [FIRST, SECOND, THIRD]
HEADLINE = "वरुणपुर में आंधी से दो सौ खंभे गिरे, आधा शहर अंधेरे में"
OTHER = "पहाड़ी जिले में नई सुरंग से रेल सेवा शुरू"
"""The headline of another article."""
URL = "https://khabar.example/world/varunpur-storm-4512"
LONG = "".join(f"<p>{number} {FIRST} {SECOND}</p>" for number in range(8))
"""The body of a long report."""
WEB_PAGE = '<script type="application/ld+json">{"@type": "WebPage", "name": "खबर"}</script>'
"""JSON-LD that names no article."""


def page(body: str, *, head: str = "", headline: str = HEADLINE, language: str = "hi") -> str:
    """Return a page with a headline, and a body in an `article`."""
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{headline} | खबर</title>{head}</head>"
        f'<body><nav><ul><li><a href="/">होम</a></li><li><a href="/world">विदेश</a></li></ul></nav>'
        f"<main><article><h1>{headline}</h1>{body}</article></main></body></html>"
    )


def paragraphs(*texts: str) -> str:
    """Return texts as paragraphs; the three of the report when none is given."""
    return "".join(f"<p>{text}</p>" for text in texts or (FIRST, SECOND, THIRD))


def between(box: str) -> str:
    """Return the report with a box after its first paragraph."""
    return f"<p>{FIRST}</p>{box}{paragraphs(SECOND, THIRD)}"


def read(markup: str, *, head: str = "", url: str = URL, **options: Any) -> Article:
    """Read a body (or a whole page, when it has an `html` tag) as an article."""
    whole = markup if "<html" in markup else page(markup, head=head)
    return read_page(whole.encode(), url, **options)


def reason(markup: str | bytes, url: str = URL, **options: Any) -> str:
    """Return the reason for which a page is refused."""
    with pytest.raises(NotAnArticle) as refusal:
        read_page(markup if isinstance(markup, bytes) else markup.encode(), url, **options)
    assert url in str(refusal.value)
    return refusal.value.reason


def texts(article: Article) -> list[str]:
    """Return the texts of a body."""
    return [block.text for block in article.body]


def json_ld(**fields: Any) -> str:
    """Return the JSON-LD of an article, for a page's head."""
    return script({"@context": "https://schema.org", "@type": "NewsArticle", "headline": HEADLINE, **fields})


def script(value: Any) -> str:
    """Return any JSON-LD, for a page's head."""
    return f'<script type="application/ld+json">{json.dumps(value, ensure_ascii=False)}</script>'


def meta(name: str, content: str) -> str:
    """Return a meta tag, for a page's head."""
    return f'<meta property="{name}" content="{content}">'
