"""The designs of made pages: how five templates of outlets print a report, and the cards of other ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a page reports."""

    url: str
    headline: str
    deck: str
    author: str
    time: str
    image: str
    paragraphs: Sequence[str]
    related: Sequence[str]


def cards(report: Report, titles: Sequence[str]) -> str:
    """Return the cards of other reports, as list items."""
    site = report.url.partition("/world/")[0]
    return "".join(
        f'<li class="card card--horizontal list-item"><div class="card__inner">'
        f'<a class="card__link" href="{site}/world/story-of-a-place-and-what-happened-there-{4_100_000 + at}.html" '
        f'data-vars-event="click"><div class="thumb ratio ratio-16x9">'
        f'<img class="lazyload img-fluid" src="/assets/images/lazy.gif" width="160" height="90" loading="lazy" '
        f'data-src="{site}/thumbs/w-160,h-90,imgid-{at}.jpg" data-srcset="'
        f"{site}/thumbs/w-160,h-90,imgid-{at}.jpg 160w, {site}/thumbs/w-320,h-180,imgid-{at}.jpg 320w, "
        f'{site}/thumbs/w-640,h-360,imgid-{at}.jpg 640w" '
        f'sizes="(max-width: 767px) 40vw, 160px" alt="{escape(title)}">'
        f'</div><h3 class="card__title">{escape(title)}</h3></a><div class="card__meta">'
        f'<span class="time">{at % 23 + 1} घंटे पहले</span></div></div></li>'
        for at, title in enumerate(titles)
    )


def _share(report: Report) -> str:
    names = ("facebook", "twitter", "whatsapp", "telegram")
    return "".join(
        f'<a class="share" href="https://{name}.example/share?u={report.url}"><i></i>{name}</a>' for name in names
    )


def _story_body(report: Report) -> str:
    """A body in `itemprop`, with advertisements and a box of links between the paragraphs."""
    parts = [f"<p>{escape(text)}</p>" for text in report.paragraphs]
    parts.insert(3, '<div class="ad-slot"><span>विज्ञापन</span><div id="ad-1"></div></div>')
    parts.insert(
        6, f'<div class="also-read"><strong>यह भी पढ़ें</strong><ul>{cards(report, report.related[:3])}</ul></div>'
    )
    return (
        f'<article class="sp-wrp"><h1 itemprop="headline">{escape(report.headline)}</h1>'
        f'<h2 class="sp-descp">{escape(report.deck)}</h2>'
        f'<nav class="pst-by"><span itemprop="author">{report.author}</span>'
        f'<time datetime="{report.time}">22 नवंबर 2025</time></nav>'
        f'<figure><img src="{report.image}" alt=""><figcaption>प्रतीकात्मक तस्वीर</figcaption></figure>{_share(report)}'
        f'<div class="sp-cn ins_storybody" itemprop="articleBody">{"".join(parts)}</div></article>'
    )


def _wordpress(report: Report) -> str:
    """A theme of WordPress: `entry-content`, author box, tags."""
    body = "".join(f"<p>{escape(text)}</p>\n" for text in report.paragraphs)
    return (
        f'<div class="container"><article class="post type-post hentry">'
        f'<h1 class="entry-title">{escape(report.headline)}</h1>'
        f'<div class="entry-meta"><span class="author vcard"><a href="/author/a">{report.author}</a></span>'
        f'<time class="entry-date published" datetime="{report.time}">22/11/2025</time></div>'
        f'<div class="entry-content"><figure class="wp-block-image"><img src="{report.image}" alt="">'
        f"</figure>{body}{_share(report)}"
        f'</div><footer class="entry-footer"><span class="tags-links"><a href="/tag/a">दुनिया</a></span></footer>'
        f"</article></div>"
    )


def _text_blocks(report: Report) -> str:
    """Blocks of text that each stand in boxes with generated class names, as a component renderer prints them."""
    body = "".join(
        f'<div dir="ltr" class="bbc-{at}ab"><p class="bbc-x{at % 3}">{escape(text)}</p></div>'
        for at, text in enumerate(report.paragraphs)
    )
    return (
        f'<div class="bbc-1"><h1 id="content" tabindex="-1">{escape(report.headline)}</h1><section class="bbc-by">'
        f"<ul><li>{report.author}</li></ul>"
        f'<time datetime="{report.time}">22 नवंबर 2025</time></section><figure><div>'
        f'<img srcset="{report.image} 320w" src="{report.image}"></div></figure>'
        f"{body}</div>"
    )


def _breaks(report: Report) -> str:
    """A body of plain text between line breaks, in a table of the old kind."""
    body = "<br><br>".join(escape(text, quote=False) for text in report.paragraphs)
    return (
        f'<table><tr><td><div class="head"><h1>{escape(report.headline)}</h1></div>'
        f'<div class="date">Updated: 22 Nov 2025, 10:52 AM IST</div>'
        f'<div class="story"><img src="{report.image}">{body}</div></td><td>'
        f'<div class="right">{cards(report, report.related[:5])}</div></td></tr></table>'
    )


DESIGNS = (
    ("ndtv.in", _story_body),
    ("samachar.example", _wordpress),
    ("www.bbc.com", _text_blocks),
    ("khabar.example", _breaks),
    ("patrika.example", _story_body),
)
"""Hosts, and how the template of each prints a report; some are known outlets, some are not."""
