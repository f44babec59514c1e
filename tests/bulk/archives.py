"""WARC files of the pages of the tests, spread over archives, with odd ones among them."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

PAGES = Path(__file__).resolve().parents[1] / "pages"


def pages() -> Iterator[tuple[str, bytes]]:
    """Yield the URL and the HTML of each recorded page of an outlet."""
    for path in sorted(PAGES.rglob("*.html")):
        pair = path.with_suffix(".json")
        known = json.loads(pair.read_text(encoding="utf-8")) if pair.exists() else {}
        if "page" in known:
            yield known["page"]["url"], path.read_bytes()


def write_archives(folder: Path, *, archives: int, each: int, first: int = 0) -> list[Path]:
    """Write archives with some pages each, a feed, and a page without an article; return their paths."""
    found = list(pages())
    made = []
    for number in range(first, first + archives):
        chosen = [found[(number * each + at) % len(found)] for at in range(each)]
        path = folder / f"part-{number:05}.warc.gz"
        write_archive(path, [*chosen, (f"https://www.indiatv.in/empty-{number}", b"<html><p>x</p></html>")])
        made.append(path)
    return made


def write_archive(path: Path, answers: list[tuple[str, bytes]]) -> None:
    """Write an archive of HTML pages and a feed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    found = [*((url, body, "text/html") for url, body in answers), ("https://a.example/feed", b"<rss/>", "text/xml")]
    path.write_bytes(b"".join(gzip.compress(_record(*each), mtime=0) for each in found))


def _record(url: str, body: bytes, kind: str) -> bytes:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}; charset=utf-8\r\n\r\n".encode() + body
    head = {
        "WARC-Type": "response",
        "WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, url)}>",
        "WARC-Target-URI": url,
        "WARC-Date": "2026-11-20T10:00:00Z",
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(http)),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    return f"WARC/1.0\r\n{lines}\r\n".encode() + http + b"\r\n\r\n"


def write_list(path: Path, names: list[str]) -> Path:
    """Write a list of archives, packed as Common Crawl publishes it."""
    path.write_bytes(gzip.compress("".join(f"{name}\n" for name in names).encode(), mtime=0))
    return path
