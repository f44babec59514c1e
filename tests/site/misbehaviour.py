"""India TV's site on a bad day: its daily sitemap announces articles, and each URL fails in its own way."""

import gzip
from urllib.parse import urlsplit

from tests.site.pages import site_of
from tests.site.publisher import Answer

HOME = "https://www.indiatv.in"
_HTML = {"Content-Type": "text/html; charset=utf-8"}
_BRIDGE = f"{HOME}/world/asia/nepal-suspension-bridge-reopens-after-repair-2026-11-23-1184188"
_TODAY = f"{HOME}/xmlsitemap/sitemap/generic-articles-2026-11-24.xml"
_YESTERDAY = f"{HOME}/xmlsitemap/sitemap/generic-articles-2026-11-23.xml"
_ROBOTS = b"User-agent: *\nDisallow: /world/asia/secret-\nCrawl-delay: 0.1\n"


def address(name: str, number: int) -> str:
    """Return the URL of an article of the bad day."""
    return f"{HOME}/world/asia/{name}-2026-11-24-{990000 + number}"


SECRET = address("secret-report", 1)
WRONG_CHARSET = address("wrong-charset", 2)
PDF = address("a-document", 3)
SOFT_404 = address("gone-but-200", 4)
DEEP = address("ten-thousand-levels", 5)
SLOW = address("slow", 6)
TO_PRIVATE = address("to-the-router", 7)
TO_FILE = address("to-a-file", 8)
TO_STRANGER = address("to-a-stranger", 9)
MOVED = address("old-address", 10)
BUSY = address("busy-once", 11)
EMPTY = address("empty", 12)
CUT_SHORT = address("cut-short", 13)
MISSING = address("missing", 14)
BROKEN_JSON = address("broken-json-ld", 15)

_ALL = (SECRET, WRONG_CHARSET, PDF, SOFT_404, DEEP, SLOW, TO_PRIVATE, TO_FILE, TO_STRANGER, MOVED, BUSY, EMPTY)
ANNOUNCED = (*_ALL, CUT_SHORT, MISSING, BROKEN_JSON)


def bad_day() -> dict[str, Answer]:
    """Return the answers of the whole site, by URL."""
    moved_to = MOVED.replace("old-address", "new-address")
    return {
        **site_of("indiatv"),
        f"{HOME}/robots.txt": Answer(body=_ROBOTS, headers={"Content-Type": "text/plain"}),
        _TODAY: Answer(body=_sitemap(ANNOUNCED), headers={"Content-Type": "application/xml"}),
        _YESTERDAY: Answer(body=gzip.compress(_sitemap((_BRIDGE,) * 500))[:90], headers={"Content-Type": "text/xml"}),
        SECRET: Answer(body=_page(SECRET, "तिस्ता")),
        WRONG_CHARSET: Answer(
            body=_page(WRONG_CHARSET, "कोसी"), headers={"Content-Type": "text/html; charset=iso-8859-1"}
        ),
        PDF: Answer(body=b"%PDF-1.7\n" + b"\x00\xff" * 5000),
        SOFT_404: Answer(body="<html><title>पन्ना नहीं मिला</title><h1>404</h1><p>पन्ना नहीं मिला</p></html>".encode()),
        DEEP: Answer(body=b"<html><body><h1>x</h1>" + b"<div>" * 10_000 + b"<p>x</p>"),
        SLOW: Answer(body=_page(SLOW, "गंडकी"), seconds=8),
        TO_PRIVATE: _redirect("http://127.0.0.1:1/admin"),
        TO_FILE: _redirect("file:///etc/passwd"),
        TO_STRANGER: _redirect("https://login.example.org/"),
        MOVED: _redirect(urlsplit(moved_to).path),
        moved_to: Answer(body=_page(moved_to, "करनाली")),
        BUSY: Answer(
            body=_page(BUSY, "बागमती"),
            first=Answer(status=429, headers={**_HTML, "Retry-After": "1"}, body=b"<h1>slow down</h1>"),
        ),
        EMPTY: Answer(),
        CUT_SHORT: Answer(body=_cut(_page(CUT_SHORT, "महाकाली"))),
        BROKEN_JSON: Answer(body=_page(BROKEN_JSON, "राप्ती").replace(b'"headline":', b'"headline": \x02,')),
    }


def _redirect(location: str) -> Answer:
    return Answer(status=302, headers={**_HTML, "Location": location})


def _page(url: str, river: str) -> bytes:
    """Return the page about the bridge as another article, about another river."""
    page = site_of("indiatv")[_BRIDGE].body.decode()
    return page.replace(_BRIDGE, url).replace("त्रिशूली", river).replace("दिलबहादुर", f"{river} के").encode()


def _cut(page: bytes) -> bytes:
    """Return a page that is cut in the middle of its third paragraph."""
    third = page.index(b"<p>", page.index(b"<p>", page.index(b"<p>", page.index(b'id="content"')) + 1) + 1)
    return page[: third + 200]


def _sitemap(urls: tuple[str, ...]) -> bytes:
    entries = "".join(f"<url><loc>{url}</loc><lastmod>2026-11-24T06:00:00+05:30</lastmod></url>" for url in urls)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'.encode()
