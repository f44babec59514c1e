"""A site of many invented articles, made from one fixture page of India TV."""

import random
import re
from functools import cache

from tests.site.pages import PAGES
from tests.site.publisher import Answer

HOME = "https://www.indiatv.in"
NOW = "2026-11-24T10:00:00+05:30"
SITEMAP = f"{HOME}/xmlsitemap/sitemap/generic-articles-2026-11-24.xml"
FEED = f"{HOME}/rssnews/topstory-world.xml"
_FIXTURE = PAGES / "indiatv" / "nepal_bridge_bhasha.html"
_SYLLABLES = [letter + vowel for letter in "कगचजटडतदनपबमयरलवसह" for vowel in ("", "ा", "ि", "ी", "ु", "े", "ो")]
_BODY = re.compile(r'"articleBody": "(?:[^"\\]|\\.)*"')
_PARAGRAPH = re.compile(r"<p>.*?</p>", re.DOTALL)


def address(number: int) -> str:
    """Return the URL of an article."""
    return f"{HOME}/world/asia/invented-report-2026-11-24-{700000 + number}"


def articles(count: int, *, padding: int = 0) -> dict[str, Answer]:
    """Return the pages of `count` articles by URL; `padding` adds about that many bytes of menu and script to each."""
    return {address(number): Answer(body=page_of(number, padding=padding).encode()) for number in range(count)}


def page_of(number: int, *, padding: int = 0) -> str:
    """Return the page of an article."""
    page = _FIXTURE.read_text(encoding="utf-8")
    url = page.split('<link rel="canonical" href="')[1].split('"')[0]
    return _page(page, url, number, padding)


def listings(count: int) -> dict[str, Answer]:
    """Return a sitemap that announces `count` articles, and robots.txt, by URL."""
    entries = "".join(
        f"<url><loc>{address(number)}</loc><lastmod>2026-11-24T06:00:00+05:30</lastmod></url>"
        for number in range(count)
    )
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
    return {
        f"{HOME}/robots.txt": Answer(body=b"User-agent: *\nDisallow:\n", headers={"Content-Type": "text/plain"}),
        SITEMAP: Answer(body=sitemap.encode(), headers={"Content-Type": "application/xml"}),
    }


def section(*pages: range) -> dict[str, Answer]:
    """Return the pages of a section by URL, one for each range of article numbers; they have an ETag."""
    addresses = [f"{HOME}/world", *(f"{HOME}/world?page={number}" for number in range(2, len(pages) + 1))]
    return {
        page: Answer(
            body=f"<html><body>{''.join(map(_teaser, numbers))}</body></html>".encode(),
            headers={"Content-Type": "text/html; charset=utf-8", "ETag": f'"{numbers}"'},
        )
        for page, numbers in zip(addresses, pages, strict=True)
    }


def _teaser(number: int) -> str:
    return f'<a href="{address(number)}">पहाड़ों के बीच {number} गांवों को जोड़ने वाला नया पुल खुला</a>'


def _page(page: str, url: str, number: int, padding: int) -> str:
    chance = random.Random(number)
    lines = [" ".join(_sentence(chance) for _ in range(3)) for _ in range(8)]
    body = iter(lines)
    page = page.replace(url, address(number)).replace("त्रिशूली", f"त्रिशूली {number}")
    page = _BODY.sub(lambda _: f'"articleBody": "{" ".join(lines)}"', page)
    head, content = page.split('id="content"', 1)
    content = _PARAGRAPH.sub(lambda found: f"<p>{next(body, '')}</p>" if found else "", content)
    return head + 'id="content"' + content.replace("</body>", _padding(padding) + "</body>")


@cache
def _vocabulary() -> list[str]:
    chance = random.Random(1)
    return ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(6000)]


def _sentence(chance: random.Random) -> str:
    """Return a sentence of nonsense words between real Hindi function words."""
    words = chance.choices(_vocabulary(), k=9)
    return "{} के {} {} ने {} को {} में {} {} और {} से {} की बात कही है।".format(*words)


def _padding(size: int) -> str:
    links = "".join(f'<li><a href="/india/story-{number}">और खबर {number}</a></li>' for number in range(size // 150))
    return f"<ul>{links}</ul><script>var settings = '{'x' * (size // 2)}';</script>"
