"""Make article pages of real size for benchmarks: the markup of real designs around invented prose.

    python tools/made_pages.py FOLDER [--pages 1000]

Sizes are those of real pages of Hindi outlets (medians of 46): 96 KiB, 690 elements, 1,260 attributes with 43 KiB in
them, 180 links, 430 texts of white space only, 9 to 13 paragraphs. The same number of a page gives the same bytes.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.made_designs import DESIGNS, Report, cards  # noqa: E402
from tools.prose import Prose  # noqa: E402

_PLACES = "सियोल ओस्लो नैरोबी लीमा क्वीटो तेहरान अंकारा मनीला हनोई दोहा ब्रसेल्स वारसॉ".split()
_AGENCIES = ("एपी", "भाषा", "आईएएनएस", "एएफपी", "शिन्हुआ")
_SECTIONS = "देश दुनिया खेल कारोबार मनोरंजन विज्ञान सेहत शिक्षा वीडियो फोटो राशिफल टेक".split()
_SCRIPT = "function f{0}(a,b){{var c=a.length;for(var i=0;i<c;i++){{if(a[i]&&a[i].id==={0}){{b.push(a[i])}}}}return b}}"
_IN_ANOTHER = re.compile(
    r">(?=<(?:li|div|p|ul|ol|section|article|aside|figure|h[1-6]|meta|link|script|nav|footer)[\s>])"
)
_STYLE = ".c{0}{{margin:0 auto {0}px;padding:{0}px;display:flex}}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePage:
    """A page, and what it reports."""

    url: str
    body: bytes


def made_pages(number: int) -> Iterator[MadePage]:
    """Yield pages, the designs in turn."""
    for count in range(number):
        chance = Random(count)
        host, design = DESIGNS[count % len(DESIGNS)]
        report = _report(Prose(chance), chance, f"https://{host}", count)
        scripts, style = _scripts(chance, 12), "".join(map(_STYLE.format, range(80)))
        body = f"{_header(report)}<main>{design(report)}{_boxes(report)}</main>{_footer(report)}"
        page = (
            f'<!DOCTYPE html>\n<html lang="hi"><head><meta charset="utf-8"><title>{escape(report.headline)}</title>\n'
            f"{_indented(_metadata(report) + _resources(report))}\n<style>{style}</style>\n{scripts}</head>\n"
            f'<body class="post-template single single-post desktop hi-in">{_indented(body)}{scripts}</body></html>'
        )
        yield MadePage(url=report.url, body=page.encode())


def _indented(markup: str) -> str:
    """Return markup with each element that stands in another one on a line of its own, as templates print them."""
    return _IN_ANOTHER.sub(">\n            ", markup)


def _report(prose: Prose, chance: Random, site: str, number: int) -> Report:
    place, agency = chance.choice(_PLACES), chance.choice(_AGENCIES)
    first, *others = prose.paragraphs(place, chance.randint(9, 13))
    opening = chance.choice(
        (f"{place}: ", f"{place}, {chance.randint(1, 28)} नवंबर ({agency}) ", f"{place} ({agency})। ", "")
    )
    return Report(
        url=f"{site}/world/report-{number + 4_000_000}.html",
        headline=prose.headline(place),
        deck=f"{prose.sentence()}।",
        author=f"{chance.choice(('रमा', 'सुरेश', 'अनीता', 'विकास'))} {chance.choice(('पंत', 'जोशी', 'मिश्र', 'राणा'))}",
        time=f"2025-11-{chance.randint(1, 28):02}T{chance.randint(0, 23):02}:{chance.randint(0, 59):02}:00+05:30",
        image=f"{site}/images/{number}.jpg",
        paragraphs=[opening + first, *others, *([f"({agency})"] if chance.random() < 0.5 else [])],
        related=[prose.headline(chance.choice(_PLACES)) for _ in range(60)],
    )


def _metadata(report: Report) -> str:
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
    tags = {
        "og:type": "article",
        "og:title": report.headline,
        "og:description": report.deck,
        "og:image": report.image,
        "og:image:width": "1200",
        "og:image:height": "675",
        "og:url": report.url,
        "og:locale": "hi_IN",
        "article:section": "दुनिया",
        "article:published_time": report.time,
    }
    names = {
        "description": report.deck,
        "news_keywords": ", ".join(_SECTIONS[:5]),
        "robots": "index, follow, max-image-preview:large",
        "viewport": "width=device-width, initial-scale=1.0, minimum-scale=1.0, maximum-scale=5.0",
        "theme-color": "#ffffff",
        "twitter:card": "summary_large_image",
        "twitter:title": report.headline,
        "twitter:description": report.deck,
        "twitter:image": report.image,
        "google-site-verification": "made-made-made-made-made-made-made",
    }
    return (
        f'<link rel="canonical" href="{report.url}">'
        + "".join(f'<meta property="{name}" content="{escape(value)}">' for name, value in tags.items())
        + "".join(f'<meta name="{name}" content="{escape(value)}">' for name, value in names.items())
        + "".join(
            f'<script type="application/ld+json">{json.dumps(row, ensure_ascii=False)}</script>'
            for row in (article, crumbs)
        )
    )


def _resources(report: Report) -> str:
    """The links of a head to fonts, styles, icons and other hosts."""
    site = report.url.partition("/world/")[0]
    sheets = "".join(
        f'<link rel="preload stylesheet" as="style" href="{site}/assets/build/css/part-{at}.min.css?v=20251122"'
        f' crossorigin="anonymous">'
        for at in range(8)
    )
    hosts = "".join(
        f'<link rel="preconnect" href="https://cdn-{at}.example" crossorigin="anonymous">'
        f'<link rel="dns-prefetch" href="https://cdn-{at}.example">'
        for at in range(6)
    )
    icons = "".join(
        f'<link rel="apple-touch-icon" sizes="{size}x{size}" href="{site}/assets/icons/icon-{size}.png">'
        for size in (57, 72, 114, 144, 152, 180)
    )
    return sheets + hosts + icons


def _crumbs(report: Report) -> list[dict[str, object]]:
    names = ["होम", "दुनिया", report.headline]
    return [{"@type": "ListItem", "position": at, "name": name} for at, name in enumerate(names, 1)]


def _scripts(chance: Random, functions: int) -> str:
    code = "".join(_SCRIPT.format(chance.randint(0, 10_000)) for _ in range(functions))
    return f"<script>{code}</script><script>window.dataLayer=window.dataLayer||[];</script>"


def _header(report: Report) -> str:
    site = report.url.partition("/world/")[0]
    menu = "".join(
        f'<li id="menu-item-{at}" class="menu-item menu-item-type-taxonomy nav-item"><a class="nav-link" '
        f'href="{site}/hindi-news/{at}/" rel="nofollow"><span>{name}</span></a><ul class="sub-menu">'
        + "".join(
            f'<li class="sub-menu-item"><a href="{site}/hindi-news/{at}/section-{below}/">{name} {below}</a></li>'
            for below in range(5)
        )
        + "</ul></li>"
        for at, name in enumerate(_SECTIONS)
    )
    return (
        f'<header class="site-header sticky" id="masthead"><a class="logo" href="/" title="समाचार">समाचार</a>'
        f'<nav class="main-navigation" aria-label="मेनू"><ul id="primary-menu" class="menu nav-menu">{menu}</ul></nav>'
        f"</header>"
    )


def _boxes(report: Report) -> str:
    return (
        f'<section class="related"><h2>संबंधित खबरें</h2><ul>{cards(report, report.related[:20])}</ul></section>'
        f'<aside class="most-read"><h2>सबसे ज्यादा पढ़ी गई</h2><ol>{cards(report, report.related[20:40])}</ol></aside>'
        '<div class="comments"><h4>टिप्पणियां</h4><form action="/comment"><textarea name="t"></textarea></form></div>'
    )


def _footer(report: Report) -> str:
    links = "".join(f'<li><a href="/topic/{at}">{name} की खबरें</a></li>' for at, name in enumerate(_SECTIONS * 2))
    latest = "".join(
        f'<p><a href="/world/late-{at}">{escape(title)}</a></p>' for at, title in enumerate(report.related[40:])
    )
    return f"<footer><div>{latest}</div><ul>{links}</ul><p>Copyright © 2025. सभी अधिकार सुरक्षित।</p></footer>"


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
