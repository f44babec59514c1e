"""Measure the cost of reading datelines, credits, cited media and places, per article of the demo pages.

    python tools/bench_text.py

Exit code 1 if it costs more than 0.3 ms per article or 0.3 of a bare lxml parse of the same pages, or if loading the
tables costs more than 200 ms or 40 MB.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
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
from tools.bench import Bench, Figure, interleaved, ratios  # noqa: E402

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


def measure(pages: list[Path]) -> tuple[list[float], list[float], int]:
    """Return milliseconds per article and the ratio to a bare parse, by round, and the number of articles."""
    read, texts = reports(pages)
    works = {"wire": partial(seconds, read_wire, texts), "parse": partial(seconds, html.document_fromstring, read)}
    found = interleaved(works, ROUNDS)
    return [wire / len(texts) * 1000 for wire in found["wire"]], ratios(found, "wire", "parse"), len(texts)


def load() -> tuple[list[float], list[float]]:
    """Return the milliseconds and megabytes that loading the tables takes, in five new processes."""
    done = [subprocess.run([sys.executable, "-c", _LOAD], cwd=ROOT, capture_output=True, check=True) for _ in range(5)]
    times = [tuple(map(float, process.stdout.split())) for process in done]
    return [each[0] for each in times], [each[1] for each in times]


def main() -> int:
    bench = Bench("Wire copy: dateline, credits, cited media and places of one article")
    demo = sorted((ROOT / "tests" / "pages").glob("*/*.html"))
    real = sorted((ROOT.parent / "shared" / "evidence" / "pages").glob("*/*.html"))
    each, _, count = measure(demo)
    figures = [Figure(name=f"an article of the demo, of {count}", values=each, unit="ms", most=MOST_MS)]
    if real:  # the demo's pages are a tenth the size of real ones: a ratio to their parse says nothing
        _, ratio, count = measure(real)
        figures.append(Figure(name=f"to a bare lxml parse of {count} saved pages", values=ratio, most=MOST_RATIO))
    load_ms, load_mb = load()
    figures.append(Figure(name="loading the tables", values=load_ms, unit="ms", most=MOST_LOAD_MS))
    figures.append(Figure(name="memory of the tables", values=load_mb, unit="MB", most=MOST_LOAD_MB))
    return bench.verdict(figures)


if __name__ == "__main__":
    sys.exit(main())
