"""The fixture pages of the outlets at their real URLs, for the test publisher."""

import gzip
import json
import re
from pathlib import Path

from tests.site.publisher import Answer

PAGES = Path(__file__).resolve().parent.parent / "pages"
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)"')
_KINDS = {".html": "text/html; charset=utf-8", ".xml": "application/xml", ".txt": "text/plain"}


def site_of(slug: str) -> dict[str, Answer]:
    """Return the answers of one outlet's site by URL: its pages, listings and robots.txt."""
    answers: dict[str, Answer] = {}
    for path in sorted((PAGES / slug).iterdir()):
        url = address_of(path)
        if url:
            body = path.read_bytes()
            packed = gzip.compress(body, mtime=0) if url.endswith(".gz") else body
            answers[url] = Answer(body=packed, headers={"Content-Type": _KINDS[path.suffix]})
    return answers


def address_of(path: Path) -> str | None:
    """Return the URL of a fixture, or None if it is not a page."""
    pair = path.with_suffix(".json")
    listing = json.loads(pair.read_text(encoding="utf-8")).get("listing") if pair.exists() else None
    if listing:
        return str(listing["url"]) if path.suffix != ".json" else None
    if path.suffix == ".html":
        canonical = _CANONICAL.search(path.read_text(encoding="utf-8"))
        return canonical[1] if canonical else None
    return f"https://{_home(path)}/robots.txt" if path.name == "robots.txt" else None


def _home(robots: Path) -> str:
    sitemap = re.search(r"Sitemap: https://([^/]+)/", robots.read_text(encoding="utf-8"))
    assert sitemap, f"{robots}: names no sitemap"
    return sitemap[1]
