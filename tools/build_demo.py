"""Build demo/demo.warc.gz from the fixture pages, as if a crawl of all outlets had been recorded.

Run `python tools/build_demo.py`; the same fixtures give the same bytes.
"""

import json
import re
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from scrapy.utils.project import get_project_settings

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from crawler.archive.writer import ArchiveWriter  # noqa: E402
from crawler.discovery.days import addresses  # noqa: E402
from crawler.discovery.frontier import is_article  # noqa: E402
from crawler.discovery.links import Listing  # noqa: E402
from crawler.discovery.listing import Feed, NewsSitemap, Section  # noqa: E402
from crawler.outlets import load_outlets  # noqa: E402

PAGES = ROOT / "tests" / "pages"
DEMO = ROOT / "demo" / "demo.warc.gz"
FETCHED = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
"""The time of the recorded crawl: the evening of the day on which the last fixtures were published."""
OUTLETS = load_outlets(get_project_settings())

_TYPES = {".html": "text/html; charset=utf-8", ".xml": "application/xml; charset=utf-8", ".txt": "text/plain"}
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)"')
_ALLOW_ALL = b"User-agent: *\nDisallow: /search\n"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One URL of the demo and its response."""

    url: str
    body: bytes
    content_type: str


def exchanges(folder: Path) -> Iterator[Exchange]:
    """Yield the pages and listings among the fixtures of one outlet."""
    for path in sorted((*folder.glob("*.html"), *folder.glob("*.xml"))):
        url = address_of(path)
        body = path.read_bytes()
        if url.endswith(".gz"):
            yield Exchange(url, zlib.compress(body, 9, wbits=31), "application/gzip")
            continue
        yield Exchange(url, body, _TYPES[path.suffix])
        if (own := canonical_of(path)) is not None:  # an AMP page: a crawl requests the canonical URL
            yield Exchange(own, body, _TYPES[path.suffix])


def address_of(path: Path) -> str:
    """Return the URL of a fixture: the one in its .json, else the page's canonical link."""
    pair = path.with_suffix(".json")
    if pair.exists():
        answer = json.loads(pair.read_text(encoding="utf-8"))
        return str((answer.get("listing") or answer["page"])["url"])
    canonical = _CANONICAL.search(path.read_text(encoding="utf-8"))
    if canonical is None:
        raise SystemExit(f"{path}: no .json beside it and no canonical link in it; it has no address")
    return canonical[1]


def canonical_of(path: Path) -> str | None:
    """Return the canonical URL in the .json of a fixture page; None for a fixture that is not a page."""
    pair = path.with_suffix(".json")
    article = json.loads(pair.read_text(encoding="utf-8")).get("article") if pair.exists() else None
    return article["url"] if article else None


def unrecorded(slug: str, recorded: set[str]) -> Iterator[Exchange]:
    """Yield generated responses for an outlet's listings without a fixture: they announce the articles `recorded`."""
    spider = OUTLETS[slug]
    articles = [url for url in sorted(recorded) if is_article(url, spider.outlet)]
    now = FETCHED.astimezone(ZoneInfo(spider.outlet.time_zone))
    for listing in spider.listings:
        for url in addresses(listing.url, None, now):
            yield announcing(listing, url, articles)
        if isinstance(listing, Section) and listing.next_page:
            for page in range(2, listing.pages + 1):
                yield announcing(listing, listing.next_page.format(page=page), articles)


def announcing(listing: Listing, url: str, articles: list[str]) -> Exchange:
    """Return a minimal response of a listing's type that announces articles."""
    names = [escape(article) for article in articles]
    if isinstance(listing, Section):
        items = "".join(f'<li><a href="{name}">{name}</a></li>' for name in names)
        page = f"<!DOCTYPE html><html lang=hi><body><main><ul>{items}</ul></main></body></html>"
        return Exchange(url, page.encode(), _TYPES[".html"])
    if isinstance(listing, NewsSitemap):
        items = "".join(f"<url><loc>{name}</loc></url>" for name in names)
        page = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{items}</urlset>'
    elif isinstance(listing, Feed):
        items = "".join(f"<item><link>{name}</link></item>" for name in names)
        page = f'<rss version="2.0"><channel>{items}</channel></rss>'
    else:
        raise SystemExit(f"{url}: record its answer; how a listing of type {listing.way} announces is not known here")
    return Exchange(url, page.encode(), _TYPES[".xml"])


def robots(urls: set[str]) -> Iterator[Exchange]:
    """Yield the robots.txt of each host: the outlet's fixture if it has one, else one that allows articles."""
    recorded = {f"https://{host_of(path)}/robots.txt": path.read_bytes() for path in sorted(PAGES.glob("*/robots.txt"))}
    for url in sorted({f"https://{urlsplit(url).netloc}/robots.txt" for url in urls}):
        yield Exchange(url, recorded.get(url, _ALLOW_ALL), _TYPES[".txt"])


def host_of(path: Path) -> str:
    """Return the host of a robots.txt fixture: the one that most pages of the outlet have."""
    hosts = [urlsplit(address_of(page)).netloc for page in sorted(path.parent.glob("*.html"))]
    return max(sorted(set(hosts)), key=hosts.count)


def build(path: Path) -> int:
    """Write the demo archive, and return the number of URLs in it, without robots.txt."""
    path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    writer = ArchiveWriter(path, started=FETCHED)
    held: dict[str, Exchange] = {}
    for folder in sorted(p for p in PAGES.iterdir() if p.name in OUTLETS):
        recorded = {exchange.url: exchange for exchange in exchanges(folder)}
        for exchange in (*recorded.values(), *unrecorded(folder.name, set(recorded))):
            held.setdefault(exchange.url, exchange)
    for exchange in (*robots(set(held)), *held.values()):
        writer.write_exchange(
            url=exchange.url,
            method="GET",
            request_headers=[("Host", urlsplit(exchange.url).netloc), ("User-Agent", "Videsh")],
            status="200 OK",
            response_headers=[("Content-Type", exchange.content_type)],
            body=exchange.body,
            at=FETCHED,
        )
    writer.close()
    return len(held)


if __name__ == "__main__":
    print(f"{DEMO.relative_to(ROOT)}: {build(DEMO)} addresses")
