"""Build demo/demo.warc.gz from the fixture pages: one crawl of every outlet, as the recorder would have written it.

Run `python tools/build_demo.py`; the same fixtures give the same bytes.
"""

import gzip
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from crawler.archive.writer import ArchiveWriter  # noqa: E402

PAGES = ROOT / "tests" / "pages"
DEMO = ROOT / "demo" / "demo.warc.gz"
FETCHED = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
"""The moment of the recorded crawl: the day after most fixtures were published."""

_TYPES = {".html": "text/html; charset=utf-8", ".xml": "application/xml; charset=utf-8", ".txt": "text/plain"}
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)"')
_ALLOW_ALL = b"User-agent: *\nDisallow: /search\n"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One address of the demo and what it answers."""

    url: str
    body: bytes
    content_type: str


def exchanges(folder: Path) -> Iterator[Exchange]:
    """Yield what the fixtures of one outlet say: its pages and listings, then robots.txt of each host."""
    hosts: dict[str, None] = {}
    for path in sorted((*folder.glob("*.html"), *folder.glob("*.xml"))):
        url = address_of(path)
        body = path.read_bytes()
        if url.endswith(".gz"):
            yield Exchange(url, gzip.compress(body, mtime=0), "application/gzip")
        else:
            yield Exchange(url, body, _TYPES[path.suffix])
        hosts[urlsplit(url).netloc] = None
    robots = folder / "robots.txt"
    body = robots.read_bytes() if robots.exists() else _ALLOW_ALL
    for host in hosts:
        yield Exchange(f"https://{host}/robots.txt", body, _TYPES[".txt"])


def address_of(path: Path) -> str:
    """Return the address at which a fixture lies: its .json says it, else the page's canonical link."""
    pair = path.with_suffix(".json")
    if pair.exists():
        told = json.loads(pair.read_text(encoding="utf-8"))
        return str((told.get("listing") or told["page"])["url"])
    canonical = _CANONICAL.search(path.read_text(encoding="utf-8"))
    if canonical is None:
        raise SystemExit(f"{path}: no .json beside it and no canonical link in it; it has no address")
    return canonical[1]


def build(path: Path) -> int:
    """Write the demo archive, and return how many exchanges it holds."""
    path.unlink(missing_ok=True)
    writer = ArchiveWriter(path, started=FETCHED)
    seen: set[str] = set()
    for folder in sorted(p for p in PAGES.iterdir() if p.is_dir()):
        for exchange in exchanges(folder):
            if exchange.url in seen:
                continue
            seen.add(exchange.url)
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
    return len(seen)


if __name__ == "__main__":
    print(f"{DEMO.relative_to(ROOT)}: {build(DEMO)} exchanges")
