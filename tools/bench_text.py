"""Measure the cost of reading datelines, credits, cited media and places, per article of the demo pages.

    python tools/bench_text.py

Exit code 1 if it costs more than 0.3 ms per article or 0.3 of a bare lxml parse of the same pages, or if loading the
tables costs more than 200 ms or 40 MB.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from lxml import html  # noqa: E402

from crawler.reading.page import read_page  # noqa: E402
from crawler.reasons import NotAnArticle  # noqa: E402
from crawler.text.credit.cited import read_cited_media  # noqa: E402
from crawler.text.credit.credits import read_credits  # noqa: E402
from crawler.text.dateline.opening import read_opening  # noqa: E402

ROUNDS = 15
MOST_MS, MOST_RATIO, MOST_LOAD_MS, MOST_LOAD_MB = 0.3, 0.3, 200.0, 40.0
_LOAD = """
import time
def rss(): return int(open("/proc/self/statm").read().split()[1]) * 4096 / 2**20
import crawler.text.credit.credits, crawler.text.credit.cited
from crawler.text.agencies import find_agency
from crawler.text.desks import is_desk
from crawler.text.places import look_up
before, started = rss(), time.process_time()
find_agency("एपी"), is_desk("जासं"), look_up("सियोल")
print((time.process_time() - started) * 1000, rss() - before)
"""


def read_wire(lines: list[str]) -> None:
    """Read the dateline, credits and cited media in the lines of one article."""
    opening = read_opening(lines, published=date(2026, 11, 24))
    found = read_credits(lines, opening)
    read_cited_media(lines, {credit.agency for credit in found})


def reports(pages: list[Path]) -> tuple[list[bytes], list[list[str]]]:
    """Return the pages that hold an article, and the lines of each article."""
    read, texts = [], []
    for path in pages:
        page = path.read_bytes()
        try:
            article = read_page(page, f"https://news.example/{path.stem}")
        except NotAnArticle:
            continue
        read.append(page)
        texts.append([block.text for block in article.body])
    return read, texts


def seconds(work: Callable[[Any], object], items: Sequence[Any]) -> float:
    """Return the CPU time in seconds of calling `work` on all items."""
    started = time.process_time()
    for item in items:
        work(item)
    return time.process_time() - started


def measure(pages: list[Path]) -> tuple[float, float, int]:
    """Return milliseconds per article and the ratio to a bare parse, as medians, and the number of articles."""
    read, texts = reports(pages)
    seconds(read_wire, texts)
    rounds = [(seconds(read_wire, texts), seconds(html.document_fromstring, read)) for _ in range(ROUNDS)]
    wire, parse = (statistics.median(times) for times in zip(*rounds, strict=True))
    return wire / len(texts) * 1000, wire / parse, len(texts)


def load() -> tuple[float, float]:
    """Return the milliseconds and megabytes that loading the tables takes, as medians of five new processes."""
    done = [subprocess.run([sys.executable, "-c", _LOAD], cwd=ROOT, capture_output=True, check=True) for _ in range(5)]
    times = [tuple(map(float, process.stdout.split())) for process in done]
    return statistics.median(t[0] for t in times), statistics.median(t[1] for t in times)


def main() -> int:
    demo = sorted((ROOT / "tests" / "pages").glob("*/*.html"))
    real = sorted((ROOT.parent / "shared" / "evidence" / "pages").glob("*/*.html"))
    ms, ratio, count = measure(demo)
    pages = "demo pages, a tenth the size of real ones"
    if real:
        _, ratio, _ = measure(real)
        pages = "real pages"
    load_ms, load_mb = load()
    print(f"Reading wire copy: dateline, credits, cited media, places; {count} articles, median of {ROUNDS} rounds")
    print(f"  an article of the demo   {ms:6.3f} ms   at most {MOST_MS}")
    print(f"  to a bare lxml parse     {ratio:6.3f}      at most {MOST_RATIO} ({pages})")
    print(f"  loading the tables       {load_ms:6.0f} ms   at most {MOST_LOAD_MS:.0f}")
    print(f"  memory of the tables     {load_mb:6.0f} MB   at most {MOST_LOAD_MB:.0f}")
    too_slow = ms > MOST_MS or (bool(real) and ratio > MOST_RATIO)
    return int(too_slow or load_ms > MOST_LOAD_MS or load_mb > MOST_LOAD_MB)


if __name__ == "__main__":
    sys.exit(main())
