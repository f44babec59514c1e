"""Measure the cost of reading a page, as a ratio to a bare lxml parse of the same pages in the same run.

    python tools/bench_reading.py [PAGES_FOLDER]

Exit code 1 when all fields together cost more than three parses.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from lxml import html  # noqa: E402
from scrapy.utils.project import get_project_settings  # noqa: E402

from crawler.outlets import load_outlets  # noqa: E402
from crawler.reading.address import outlet_of  # noqa: E402
from crawler.reading.markup import read_markup  # noqa: E402
from crawler.reading.outlet import Outlet  # noqa: E402
from crawler.reading.page import read_page  # noqa: E402
from tools.page_scores import Label, read_fixtures, read_labels  # noqa: E402

MOST = 3.0
"""Parses that a reading may cost."""
ROUNDS = 15

Page = tuple[bytes, str, Outlet | None]


def bare_parse(page: Page) -> None:
    """Parse as every reader must: bytes to a tree, the encoding given."""
    html.document_fromstring(page[0], parser=html.HTMLParser(encoding="utf-8"))


def parse(page: Page) -> None:
    """Parse as we do: formats refused, charset judged."""
    read_markup(page[0], page[1])


def read_known(page: Page) -> None:
    """Read all fields of an article of a known outlet."""
    read_page(*page)


def read_unknown(page: Page) -> None:
    """Read all fields of an article with the generic reader alone."""
    read_page(page[0], page[1])


def seconds(work: Callable[[Page], None], pages: Sequence[Page]) -> float:
    """Return the processor time of one round."""
    start = time.process_time()
    for page in pages:
        work(page)
    return time.process_time() - start


def measure(title: str, labels: Sequence[Label], outlets: Sequence[Outlet]) -> float:
    """Print the table of one set of pages, from interleaved rounds; return the ratio of a whole reading."""
    pages = [(label.file.read_bytes(), label.url, outlet_of(label.url, outlets)) for label in labels]
    works = (bare_parse, parse, read_known, read_unknown)
    for work in works:
        seconds(work, pages)
    rounds = [{work: seconds(work, pages) for work in works} for _ in range(ROUNDS)]
    size = sum(len(page[0]) for page in pages) / len(pages) / 1024
    print(f"\n{title}: {len(pages)} pages, {size:.0f} KiB on average, median of {ROUNDS} rounds")
    print(f"{'':34}{'ms a page':>10}{'pages/s':>10}{'x bare parse':>14}")
    worst = 0.0
    for work, name in zip(
        works,
        ("bare lxml parse", "our parse", "all fields, outlets known", "all fields, every host unknown"),
        strict=True,
    ):
        each = statistics.median(one[work] for one in rounds) / len(pages)
        ratio = statistics.median(one[work] / one[bare_parse] for one in rounds)
        worst = max(worst, ratio)
        print(f"{name:34}{each * 1000:>10.2f}{1 / each:>10.0f}{ratio:>14.2f}")
    return worst


def main() -> int:
    """Measure the shared pages where they are, and the project's own fixtures."""
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
