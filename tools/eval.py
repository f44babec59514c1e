"""Measure how well pages are read, ours and the peers' in one run, and write docs/quality.md.

    python tools/eval.py [--misses]

Peers that are not installed are left out (`make eval` installs them). The shared pages stand beside the checkout of
the project's founders; elsewhere only the project's own fixture pages are measured.
"""

import os
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scrapy.utils.project import get_project_settings  # noqa: E402

from crawler.outlets import load_outlets  # noqa: E402
from crawler.reading.outlet import Outlet  # noqa: E402
from crawler.reading.page import read_page  # noqa: E402
from crawler.reading.urls import outlet_of  # noqa: E402
from crawler.reasons import NotAnArticle  # noqa: E402
from tools.page_scores import Label, Reading, Scores, read_fixtures, read_labels, score  # noqa: E402
from tools.peers import PEERS, version_of  # noqa: E402

Reader = Callable[[bytes, str], Reading]

_HEAD = "| reader | headline | published | word F1 | 4-word F1 | exact | worst page | junk | ms a page |"
_RULE = "|---|---|---|---|---|---|---|---|---|"
_INTRODUCTION = """# Reading quality

Written by `make eval`; do not edit. Each reader gets the same pages, at its newest release, with Hindi set where it can
be set. *published* counts the minute (the day where the page prints the day alone), *4-word F1* the runs of four
words that body and label share, *exact* the bodies that are right to the word, *junk* the share of forbidden lines that
a body holds. `–` is what a reader does not give.
"""


def all_outlets() -> list[Outlet]:
    """Return the outlets of all spiders."""
    os.environ.setdefault("SCRAPY_SETTINGS_MODULE", "crawler.settings")
    return [spider.outlet for spider in load_outlets(get_project_settings()).values()]


def read_with(outlets: Sequence[Outlet]) -> Reader:
    """Return our reader, for these outlets."""

    def read(page: bytes, url: str) -> Reading:
        try:
            article = read_page(page, url, outlet_of(url, outlets))
        except NotAnArticle:
            return Reading()
        body = tuple(block.text for block in article.body)
        return Reading(headline=article.headline, published_at=article.published_at, body=body)

    return read


def measured(labels: Sequence[Label], reader: Reader) -> tuple[Scores, float]:
    """Return a reader's scores, and its milliseconds a page."""
    pages = [label.file.read_bytes() for label in labels]
    reader(pages[0], labels[0].url)
    start = time.process_time()
    readings = [reader(page, label.url) for page, label in zip(pages, labels, strict=True)]
    return score(labels, readings), (time.process_time() - start) / len(labels) * 1000


def row(name: str, scores: Scores, milliseconds: float, *, lacks: Sequence[str] = ()) -> str:
    """Return one line of the table."""
    cells = [
        "–" if measure in lacks else f"{getattr(scores, measure):.{digits}f}"
        for measure, digits in (
            ("headline", 2),
            ("published", 2),
            ("word_f1", 3),
            ("shingle_f1", 3),
            ("exact", 2),
            ("worst", 2),
            ("junk", 3),
        )
    ]
    return f"| {name} | {' | '.join(cells)} | {milliseconds:.1f} |"


def table(title: str, labels: Sequence[Label], outlets: Sequence[Outlet], *, misses: bool) -> str:
    """Return the table of one set of pages."""
    lines = [f"\n## {title}\n", _HEAD, _RULE]
    ours = (("Videsh", read_with(outlets)), ("Videsh, every host unknown", read_with(())))
    for name, reader in ours:
        scores, milliseconds = measured(labels, reader)
        lines.append(row(f"**{name}**", scores, milliseconds))
        if misses:
            print(*scores.misses, sep="\n", file=sys.stderr)
    for peer in PEERS:
        version = version_of(peer.package)
        if version is None:
            print(f"{peer.package} is not installed: left out (make eval installs it)", file=sys.stderr)
            continue
        scores, milliseconds = measured(labels, peer.read)
        lines.append(row(f"{peer.package} {version}", scores, milliseconds, lacks=peer.lacks))
    return "\n".join(lines)


def main() -> None:
    """Print the tables, and write them to docs/quality.md."""
    warnings.simplefilter("ignore")
    outlets = all_outlets()
    fixtures = read_fixtures(ROOT / "tests" / "pages")
    parts = [_INTRODUCTION]
    shared = ROOT.parent / "shared" / "evidence" / "pages"
    misses = "--misses" in sys.argv
    if shared.is_dir():
        labels = read_labels(shared)
        parts.append(table(f"{len(labels)} saved pages of Hindi outlets", labels, outlets, misses=misses))
    if fixtures:
        parts.append(table(f"{len(fixtures)} pages of the project's own", fixtures, outlets, misses=misses))
    text = "\n".join(parts) + "\n"
    print(text)
    (ROOT / "docs" / "quality.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
