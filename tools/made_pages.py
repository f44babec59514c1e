"""Make article pages of real size for benchmarks: the markup of real designs around invented prose.

    python tools/made_pages.py FOLDER [--pages 1000]

Sizes are those of real pages of Hindi outlets (median of 46): 98 KiB, 700 elements, 180 links, 9 to 13 paragraphs. The
same number of a page gives the same bytes.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.prose import Prose  # noqa: E402

_PLACES = "सियोल ओस्लो नैरोबी लीमा क्वीटो तेहरान अंकारा मनीला हनोई दोहा ब्रसेल्स वारसॉ".split()
_AGENCIES = ("एपी", "भाषा", "आईएएनएस", "एएफपी", "शिन्हुआ")
_SECTIONS = "देश दुनिया खेल कारोबार मनोरंजन विज्ञान सेहत शिक्षा वीडियो फोटो राशिफल टेक".split()
_SCRIPT = "function f{0}(a,b){{var c=a.length;for(var i=0;i<c;i++){{if(a[i]&&a[i].id==={0}){{b.push(a[i])}}}}return b}}"
_STYLE = ".c{0}{{margin:0 auto {0}px;padding:{0}px;display:flex}}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePage:
    """A page, and what it reports."""

    url: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Report:
    url: str
    headline: str
    deck: str
    author: str
    time: str
    image: str
    paragraphs: Sequence[str]
    related: Sequence[str]


def made_pages(number: int) -> Iterator[MadePage]:
    """Yield pages, the designs in turn."""
    for count in range(number):
        chance = Random(count)
        host, design = _DESIGNS[count % len(_DESIGNS)]
        report = _report(Prose(chance), chance, f"https://{host}", count)
        scripts, style = _scripts(chance, 60), "".join(map(_STYLE.format, range(300)))
        page = (
            f'<!DOCTYPE html>\n<html lang="hi"><head><meta charset="utf-8"><title>{escape(report.headline)}</title>\n'
            f"{_metadata(report)}\n<style>{style}</style>\n{scripts}</head>\n"
            f"<body>{_header()}<main>{design(report)}{_boxes(report)}</main>{_footer(report)}{scripts}</body></html>"
        )
        yield MadePage(url=report.url, body=page.encode())


def _report(prose: Prose, chance: Random, site: str, number: int) -> _Report:
    place, agency = chance.choice(_PLACES), chance.choice(_AGENCIES)
    first, *others = prose.paragraphs(place, chance.randint(9, 13))
    opening = chance.choice(
        (f"{place}: ", f"{place}, {chance.randint(1, 28)} नवंबर ({agency}) ", f"{place} ({agency})। ", "")
    )
    return _Report(
        url=f"{site}/world/report-{number + 4_000_000}.html",
        headline=prose.headline(place),
        deck=f"{prose.sentence()}।",
        author=f"{chance.choice(('रमा', 'सुरेश', 'अनीता', 'विकास'))} {chance.choice(('पंत', 'जोशी', 'मिश्र', 'राणा'))}",
        time=f"2025-11-{chance.randint(1, 28):02}T{chance.randint(0, 23):02}:{chance.randint(0, 59):02}:00+05:30",
        image=f"{site}/images/{number}.jpg",
        paragraphs=[opening + first, *others, *([f"({agency})"] if chance.random() < 0.5 else [])],
        related=[prose.headline(chance.choice(_PLACES)) for _ in range(60)],
    )


def _metadata(report: _Report) -> str:
    article = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": report.url,
        "headline": report.headline,
        "description": report.deck,
        "datePublished": report.time,
        "author": {"@type": "Person", "name": report.author},
        "image": {"@type": "ImageObject", "url": report.image, "width": 1200, "height": 675},
        "articleBody": " ".join(report.paragraphs),
    }
    crumbs = {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": _crumbs(report)}
    tags = {"og:type": "article", "og:title": report.headline, "og:description": report.deck, "og:image": report.image}
    return (
        f'<link rel="canonical" href="{report.url}"><meta name="description" content="{escape(report.deck)}">'
        + "".join(f'<meta property="{name}" content="{escape(value)}">' for name, value in tags.items())
        + "".join(
            f'<script type="application/ld+json">{json.dumps(row, ensure_ascii=False)}</script>'
            for row in (article, crumbs)
        )
    )


def _crumbs(report: _Report) -> list[dict[str, object]]:
    names = ["होम", "दुनिया", report.headline]
    return [{"@type": "ListItem", "position": at, "name": name} for at, name in enumerate(names, 1)]


def _scripts(chance: Random, functions: int) -> str:
    code = "".join(_SCRIPT.format(chance.randint(0, 10_000)) for _ in range(functions))
    return f"<script>{code}</script><script>window.dataLayer=window.dataLayer||[];</script>"


def _header() -> str:
    menu = "".join(
        f'<li class="nav-item"><a href="/{at}"><span>{name}</span></a><ul>'
        + "".join(f'<li><a href="/{at}/{below}">{name} {below}</a></li>' for below in range(5))
        + "</ul></li>"
        for at, name in enumerate(_SECTIONS)
    )
    return f'<header class="site-header"><a class="logo" href="/">समाचार</a><nav><ul>{menu}</ul></nav></header>'


def _cards(report: _Report, titles: Sequence[str]) -> str:
    return "".join(
        f'<li class="card"><a href="/world/other-{at}.html"><div class="thumb">'
        f'<img src="/thumbs/{at}.jpg" alt="{escape(title)}">'
        f'</div><h3>{escape(title)}</h3></a><span class="time">{at % 23 + 1} घंटे पहले</span></li>'
        for at, title in enumerate(titles)
    )


def _boxes(report: _Report) -> str:
    return (
        f'<section class="related"><h2>संबंधित खबरें</h2><ul>{_cards(report, report.related[:20])}</ul></section>'
        f'<aside class="most-read"><h2>सबसे ज्यादा पढ़ी गई</h2><ol>{_cards(report, report.related[20:40])}</ol></aside>'
        '<div class="comments"><h4>टिप्पणियां</h4><form action="/comment"><textarea name="t"></textarea></form></div>'
    )


def _footer(report: _Report) -> str:
    links = "".join(f'<li><a href="/topic/{at}">{name} की खबरें</a></li>' for at, name in enumerate(_SECTIONS * 2))
    latest = "".join(
        f'<p><a href="/world/late-{at}">{escape(title)}</a></p>' for at, title in enumerate(report.related[40:])
    )
    return f"<footer><div>{latest}</div><ul>{links}</ul><p>Copyright © 2025. सभी अधिकार सुरक्षित।</p></footer>"


def _share(report: _Report) -> str:
    names = ("facebook", "twitter", "whatsapp", "telegram")
    return "".join(
        f'<a class="share" href="https://{name}.example/share?u={report.url}"><i></i>{name}</a>' for name in names
    )


def _story_body(report: _Report) -> str:
    """A body in `itemprop`, with advertisements and a box of links between the paragraphs."""
    parts = [f"<p>{escape(text)}</p>" for text in report.paragraphs]
    parts.insert(3, '<div class="ad-slot"><span>विज्ञापन</span><div id="ad-1"></div></div>')
    parts.insert(
        6, f'<div class="also-read"><strong>यह भी पढ़ें</strong><ul>{_cards(report, report.related[:3])}</ul></div>'
    )
    return (
        f'<article class="sp-wrp"><h1 itemprop="headline">{escape(report.headline)}</h1>'
        f'<h2 class="sp-descp">{escape(report.deck)}</h2>'
        f'<nav class="pst-by"><span itemprop="author">{report.author}</span>'
        f'<time datetime="{report.time}">22 नवंबर 2025</time></nav>'
        f'<figure><img src="{report.image}" alt=""><figcaption>प्रतीकात्मक तस्वीर</figcaption></figure>{_share(report)}'
        f'<div class="sp-cn ins_storybody" itemprop="articleBody">{"".join(parts)}</div></article>'
    )


def _wordpress(report: _Report) -> str:
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


def _text_blocks(report: _Report) -> str:
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


def _breaks(report: _Report) -> str:
    """A body of plain text between line breaks, in a table of the old kind."""
    body = "<br><br>".join(escape(text, quote=False) for text in report.paragraphs)
    return (
        f'<table><tr><td><div class="head"><h1>{escape(report.headline)}</h1></div>'
        f'<div class="date">Updated: 22 Nov 2025, 10:52 AM IST</div>'
        f'<div class="story"><img src="{report.image}">{body}</div></td><td>'
        f'<div class="right">{_cards(report, report.related[:5])}</div></td></tr></table>'
    )


_DESIGNS = (
    ("ndtv.in", _story_body),
    ("samachar.example", _wordpress),
    ("www.bbc.com", _text_blocks),
    ("khabar.example", _breaks),
    ("patrika.example", _story_body),
)


def main() -> int:
    """Write the pages, and say where."""
    parser = argparse.ArgumentParser(description="Make article pages of real size.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=1000)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with (asked.folder / "manifest.jsonl").open("w", encoding="utf-8") as manifest:
        for number, page in enumerate(made_pages(asked.pages)):
            (asked.folder / f"{number:05}.html").write_bytes(page.body)
            manifest.write(json.dumps({"file": f"{number:05}.html", "url": page.url}) + "\n")
    print(f"{asked.folder}: {asked.pages} pages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
