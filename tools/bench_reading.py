"""Measure the cost of reading a page, as a ratio to a bare lxml parse of the same pages in the same run.

    python tools/bench_reading.py [PAGES_FOLDER]

Exit code 1 when all fields together cost more than three parses.
"""

import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from lxml import html  # noqa: E402
from scrapy.utils.project import get_project_settings  # noqa: E402

from crawler.outlets import load_outlets  # noqa: E402
from crawler.reading.markup import read_markup  # noqa: E402
from crawler.reading.outlet import Outlet  # noqa: E402
from crawler.reading.page import read_page  # noqa: E402
from crawler.reading.urls import outlet_of  # noqa: E402
from tools.page_scores import Label, read_fixtures, read_labels  # noqa: E402

MOST = 3.0
"""Maximum cost of a reading, as a multiple of a bare parse."""
ROUNDS = 15
"""Readings of each page, of which the fastest counts."""

Page = tuple[bytes, str, Outlet | None]


def bare_parse(page: Page) -> None:
    """Parse the bytes into a tree with a given encoding, the minimum of any reader."""
    html.document_fromstring(page[0], parser=html.HTMLParser(encoding="utf-8"))


def parse(page: Page) -> None:
    """Parse as we do: check the format, detect the charset, parse."""
    read_markup(page[0], page[1])


def read_known(page: Page) -> None:
    """Read all fields of an article of a known outlet."""
    read_page(*page)


def read_unknown(page: Page) -> None:
    """Read all fields of an article with the generic reader, without an outlet."""
    read_page(page[0], page[1])


def measure(title: str, labels: Sequence[Label], outlets: Sequence[Outlet]) -> float:
    """Print the table of one set of pages; return the highest ratio of a whole reading.

    Each page counts with its fastest round, because other processes can only add time. The functions alternate in a
    random order, because one that always came second would find the page in the CPU cache.
    """
    pages = [(label.file.read_bytes(), label.url, outlet_of(label.url, outlets)) for label in labels]
    best = {work: [float("inf")] * len(pages) for work in WORKS}
    order = Random(1)
    for _ in range(ROUNDS):
        for number, page in enumerate(pages):
            for work, times in order.sample(list(best.items()), len(best)):
                start = time.process_time()
                work(page)
                times[number] = min(times[number], time.process_time() - start)
    size = sum(len(page[0]) for page in pages) / len(pages) / 1024
    print(f"\n{title}: {len(pages)} pages, {size:.0f} KiB on average, best of {ROUNDS} rounds")
    print(f"{'':34}{'ms a page':>10}{'pages/s':>10}{'x bare parse':>14}")
    floor = sum(best[bare_parse])
    for work, name in WORKS.items():
        each = sum(best[work]) / len(pages)
        print(f"{name:34}{each * 1000:>10.2f}{1 / each:>10.0f}{sum(best[work]) / floor:>14.2f}")
    return max(sum(times) for times in best.values()) / floor


WORKS: dict[Callable[[Page], None], str] = {
    bare_parse: "bare lxml parse",
    parse: "our parse",
    read_known: "all fields, outlets known",
    read_unknown: "all fields, every host unknown",
}


def main() -> int:
    """Measure the shared pages, if they are there, and the project's own fixtures."""
    os.environ.setdefault("SCRAPY_SETTINGS_MODULE", "crawler.settings")
    outlets = [spider.outlet for spider in load_outlets(get_project_settings()).values()]
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "evidence" / "pages"
    if shared.is_dir():
        ratio = measure("Saved pages", read_labels(shared), outlets)
        measure("Own fixtures (small pages)", read_fixtures(ROOT / "tests" / "pages"), outlets)
    else:
        ratio = measure("Own fixtures", read_fixtures(ROOT / "tests" / "pages"), outlets)
    return int(ratio > MOST)


if __name__ == "__main__":
    sys.exit(main())
