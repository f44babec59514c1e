"""Measure how well we and other extractors read pages, on old, fresh and own pages; write docs/quality.md.

    python tools/eval.py [--misses]

Other extractors are left out unless they are installed (`make eval` installs them). The old and the fresh pages are in
`../shared`, beside the founders' checkout; without it only the project's own fixture pages are measured.
"""

import os
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
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

_MOST_NAMED = 12
"""Maximum number of a set's outlets that are named; of more, only the number is printed."""
_MEASURES = (
    ("headline", 2),
    ("published", 2),
    ("word_f1", 3),
    ("shingle_f1", 3),
    ("exact", 2),
    ("worst", 2),
    ("junk", 3),
)
"""Fields of `Scores` that are printed, each with its number of decimals."""
_HEAD = "| reader | headline | published | word F1 | 4-word F1 | exact | worst page | junk |"
_RULE = "|---|---|---|---|---|---|---|---|"
_INTRODUCTION = """# Reading quality

Written by `make eval`; do not edit. Each reader gets the same pages, at its newest release, with Hindi set where it can
be set. *published* counts the minute (`published_on` where the page prints the day alone), *4-word F1* the runs of four
words that body and label share, *exact* the bodies that are right to the word, *junk* the share of forbidden lines that
a body holds. `–` is what a reader does not give. How long each takes: [speed.md](speed.md).
"""
_SEEN = """
All of these sets were seen while the reader was built: what they show is that nothing got worse, and where the peers
stand. How pages are read that nobody has tuned for, only pages that nobody has looked at can tell.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """One set of labelled pages."""

    name: str
    labels: Sequence[Label]
    seen: str
    """Whether and when its pages were seen in development."""

    def row(self) -> str:
        """Return the set's row in the table of sets; outlets and years are from the labels."""
        outlets = Counter(label.file.parent.name for label in self.labels)
        years = sorted(label.published_at[:4] for label in self.labels if label.published_at)
        named = ", ".join(f"{outlet} {count}" for outlet, count in sorted(outlets.items()))
        shown = named if len(outlets) <= _MOST_NAMED else f"each of {len(outlets)} outlets"
        return f"| {self.name} | {len(self.labels)} | {shown} | {years[0]}–{years[-1]} | {self.seen} |"


def sets_of(root: Path) -> list[Pages]:
    """Return the available sets: the shared ones beside the checkout `root`, if any, and the project's own."""
    evidence = root.parent / "shared" / "evidence"
    shared = {
        "old": (evidence / "pages", "yes, from the first day"),
        "fresh": (
            evidence / "fresh" / "pages",
            "yes, since November 2026: not before the first round was measured on it",
        ),
    }
    found = [Pages(name=name, labels=read_labels(at), seen=seen) for name, (at, seen) in shared.items() if at.is_dir()]
    own = read_fixtures(root / "tests" / "pages")
    return [*found, Pages(name="own", labels=own, seen="yes: real markup, invented reports, written for the tests")]


def all_outlets() -> list[Outlet]:
    """Return the outlets of all spiders."""
    os.environ.setdefault("SCRAPY_SETTINGS_MODULE", "crawler.settings")
    return [spider.outlet for spider in load_outlets(get_project_settings()).values()]


def read_with(outlets: Sequence[Outlet]) -> Reader:
    """Return our reader with these outlets."""

    def read(page: bytes, url: str) -> Reading:
        try:
            article = read_page(page, url, outlet_of(url, outlets))
        except NotAnArticle:
            return Reading()
        body = tuple(block.text for block in article.body)
        return Reading(headline=article.headline, published_at=article.published_at or article.published_on, body=body)

    return read


def measured(labels: Sequence[Label], reader: Reader) -> Scores:
    """Return a reader's scores."""
    return score(labels, [reader(label.file.read_bytes(), label.url) for label in labels])


def row(name: str, of_sets: Sequence[Scores], *, lacks: Sequence[str] = ()) -> str:
    """Return one reader's table row; each cell has its figures on all sets, or `–` for a score that it lacks."""
    cells = [
        "–" if measure in lacks else " / ".join(f"{getattr(scores, measure):.{digits}f}" for scores in of_sets)
        for measure, digits in _MEASURES
    ]
    return f"| {name} | {' | '.join(cells)} |"


def readers(outlets: Sequence[Outlet]) -> Iterator[tuple[str, Reader, Sequence[str]]]:
    """Yield the name of each installed reader, the reader, and the names of the scores that it lacks; ours first."""
    yield "**Videsh**", read_with(outlets), ()
    yield "**Videsh, every host unknown**", read_with(()), ()
    for peer in PEERS:
        version = version_of(peer.package)
        if version is None:
            print(f"{peer.package} is not installed: left out (make eval installs it)", file=sys.stderr)
            continue
        yield f"{peer.package} {version}", peer.read, peer.lacks


def report(sets: Sequence[Pages], outlets: Sequence[Outlet], *, misses: bool) -> str:
    """Return the text of docs/quality.md; with `misses`, print the pages whose headline we read wrongly."""
    names = " / ".join(each.name for each in sets)
    lines = [
        _INTRODUCTION,
        "## The pages\n",
        "| set | pages | outlets | years | seen in development |",
        "|---|---|---|---|---|",
    ]
    lines += [each.row() for each in sets]
    lines += [_SEEN, f"## The readers: {names}\n", _HEAD, _RULE]
    for name, reader, lacks in readers(outlets):
        of_sets = [measured(each.labels, reader) for each in sets]
        lines.append(row(name, of_sets, lacks=lacks))
        if misses and name.startswith("**"):
            print(*(miss for scores in of_sets for miss in scores.misses), sep="\n", file=sys.stderr)
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the report, and write it to docs/quality.md."""
    warnings.simplefilter("ignore")
    text = report(sets_of(ROOT), all_outlets(), misses="--misses" in sys.argv)
    print(text)
    (ROOT / "docs" / "quality.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
