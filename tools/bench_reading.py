"""Measure the reading of pages, from bytes to the line of JSON, as a multiple of a bare lxml parse of the same pages.

    python tools/bench_reading.py [--outputs FILE] [--peers PYTHON]

Three sets: the saved pages beside the founders' checkout, pages of real size that `tools/made_pages.py` makes, and the
small pages of the tests. Each reader works in a process of its own, and gets one page when it is its turn, since a
crawl and an archive bring pages between other work: a set that is read in a loop is parsed out of the processor's
caches. What that loop costs stands below. `--peers` names the Python of an environment that holds other extractors,
which get the saved pages (or else the made ones). `--outputs` writes what is read of all pages, so that two versions
can be compared; the digest of it is printed.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from lxml import html  # noqa: E402
from scrapy.exceptions import DropItem  # noqa: E402
from scrapy.utils.project import get_project_settings  # noqa: E402

from crawler.authoring.rereading import Page, Rereader  # noqa: E402
from crawler.items import json_line  # noqa: E402
from crawler.reasons import NotAnArticle  # noqa: E402
from tools.bench import Bench, Figure, interleaved, peak, ratios  # noqa: E402
from tools.made_pages import made_pages  # noqa: E402
from tools.page_scores import read_fixtures, read_labels  # noqa: E402
from tools.peers import PEERS, Peer, version_of  # noqa: E402

_ROUNDS, _PEER_ROUNDS, _LOOP_ROUNDS = 7, 3, 7
_MOST = {"saved": 3.9, "made": 3.9, "small": 8.5}
"""The highest cost of a reading, as a multiple of a bare parse, by set."""
_TITLES = {"saved": "saved pages", "made": "made pages of real size", "small": "small pages of the tests"}
_MADE, _MADE_FOR_DIGEST = 50, 1000
_LOOPS = {"small": 5}
"""How often a loop reads a set, where once takes too short a time to measure."""
_BARE, _OURS = "bare lxml parse", "Videsh, all fields"


@cache
def pages_of(name: str) -> list[tuple[str, bytes]]:
    """Return the URL and the bytes of each page of a set; of saved pages, none without the founders' folder."""
    if name == "made":
        return [(page.url, page.body) for page in made_pages(_MADE)]
    if name == "small":
        return [(label.url, label.file.read_bytes()) for label in read_fixtures(ROOT / "tests" / "pages")]
    folders = [ROOT.parent / "shared" / "evidence" / part for part in ("pages", "fresh/pages")]
    labels = [label for folder in folders if folder.is_dir() for label in read_labels(folder)]
    return [(label.url, label.file.read_bytes()) for label in labels]


def bare_parse(url: str, body: bytes) -> None:
    """Parse the bytes into a tree with a given encoding, the minimum of any reader."""
    html.document_fromstring(body, parser=html.HTMLParser(encoding="utf-8"))


@cache
def _rereader() -> Rereader:
    os.environ.setdefault("SCRAPY_SETTINGS_MODULE", "crawler.settings")
    return Rereader(get_project_settings())


def line_of(url: str, body: bytes) -> bytes:
    """Return what `scrapy extract` prints of a page, or the reason why it prints nothing."""
    try:
        return json_line(_rereader().article(Page(url=url, body=body)))
    except (NotAnArticle, DropItem) as refusal:
        return f"{type(refusal).__name__}: {refusal}".encode()


def _read_by(peer: Peer, url: str, body: bytes) -> object:
    return peer.read(body, url)


def readers() -> dict[str, Callable[[str, bytes], object]]:
    """Return the readers that this environment has, by name."""
    installed = [(peer, version) for peer in PEERS if (version := version_of(peer.package))]
    peers = {f"{peer.package} {version}": partial(_read_by, peer) for peer, version in installed}
    return {_BARE: bare_parse, _OURS: line_of, **peers}


class Worker:
    """A process that reads with one reader what it is asked for."""

    def __init__(self, python: str, reader: str) -> None:
        self._process = subprocess.Popen(
            [python, __file__, "--worker", reader],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def page(self, name: str, number: int) -> float:
        """Return the CPU time of reading one page of a set."""
        return float(self._asked(f"{name} {number}"))

    def loop(self, name: str) -> float:
        """Return the CPU time of reading all pages of a set, one right after the other."""
        return float(self._asked(name))

    def end(self) -> float:
        """End it; return the most memory that it held, in MB."""
        held = float(self._asked("end"))
        self._process.communicate()
        return held

    def _asked(self, question: str) -> str:
        if not self._process.stdin or not self._process.stdout:
            raise OSError("no pipes")
        self._process.stdin.write(f"{question}\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()


def work(reader: str) -> None:
    """Answer each set that standard input names, or page of a set, with the CPU seconds of reading it."""
    read = readers()[reader]
    for line in map(str.strip, sys.stdin):
        if line == "end":
            print(peak(), flush=True)
            return
        name, _, number = line.partition(" ")
        pages = [pages_of(name)[int(number)]] if number else pages_of(name) * _LOOPS.get(name, 1)
        started = time.process_time()
        for url, body in pages:
            read(url, body)
        print(time.process_time() - started, flush=True)


def page_by_page(workers: Mapping[str, Worker], name: str, rounds: int) -> dict[str, list[float]]:
    """Return the CPU seconds of each reader for the pages of a set, by round; readers take turns in a random order.

    A first round, which fills caches of theirs, does not count.
    """
    order, found = Random(1), {reader: [0.0] * (rounds + 1) for reader in workers}
    for round_number in range(rounds + 1):
        for page in range(len(pages_of(name))):
            for reader in order.sample(list(workers), len(workers)):
                found[reader][round_number] += workers[reader].page(name, page)
    return {reader: seconds[1:] for reader, seconds in found.items()}


def ours() -> int:
    """Measure our reader on each set."""
    bench = Bench("Reading: bytes to JSON line, with all fields, as a multiple of a bare lxml parse")
    workers = {name: Worker(sys.executable, name) for name in (_BARE, _OURS)}
    figures = []
    for name, most in _MOST.items():
        if not (pages := pages_of(name)):
            continue
        found = page_by_page(workers, name, _ROUNDS)
        size = sum(len(body) for _, body in pages) / len(pages) / 1024
        title = f"{len(pages)} {_TITLES[name]}, {size:.0f} KiB on average"
        figures.append(Figure(name=title, values=ratios(found, _OURS, _BARE), most=most))
        figures.append(Figure(name="  a page", values=[each / len(pages) * 1000 for each in found[_OURS]], unit="ms"))
        loops = interleaved({each: partial(worker.loop, name) for each, worker in workers.items()}, _LOOP_ROUNDS)
        figures.append(Figure(name="  in a loop", values=ratios(loops, _OURS, _BARE)))
        count = len(pages) * _LOOPS.get(name, 1)
        figures.append(Figure(name="  a page", values=[each / count * 1000 for each in loops[_OURS]], unit="ms"))
    held = {name: worker.end() for name, worker in workers.items()}
    figures.append(Figure(name="peak memory", values=[held[_OURS]], unit="MB"))
    return bench.verdict(figures)


def against_peers(python: str) -> int:
    """Measure other extractors, which read fewer fields, on the same pages."""
    bench = Bench("Other extractors, as a multiple of a bare lxml parse of the same pages")
    asked = subprocess.run([python, __file__, "--readers"], capture_output=True, text=True, check=True)
    name = "saved" if pages_of("saved") else "made"
    workers = {reader: Worker(python, reader) for reader in asked.stdout.splitlines()}
    found = page_by_page(workers, name, _PEER_ROUNDS)
    figures = [
        Figure(name=f"{reader}, {worker.end():.0f} MB", values=ratios(found, reader, _BARE))
        for reader, worker in workers.items()
    ]
    return bench.verdict(sorted(figures, key=lambda each: each.median), [f"{len(pages_of(name))} {_TITLES[name]}"])


def outputs() -> Iterator[tuple[str, bytes]]:
    """Yield the URL and the output of all pages that there are: saved, fresh, small, and a thousand made ones."""
    for folder in (ROOT.parent / "shared" / "evidence" / "pages", ROOT.parent / "shared" / "evidence" / "fresh"):
        for path in sorted(folder.rglob("*.html")):
            url = f"https://news.example/{path.stem}"
            yield url, line_of(url, path.read_bytes())
    for name in ("saved", "small"):
        for url, body in pages_of(name):
            yield url, line_of(url, body)
    for page in made_pages(_MADE_FOR_DIGEST):
        yield page.url, line_of(page.url, page.body)


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the reading of pages.")
    parser.add_argument(
        "--outputs", type=Path, metavar="FILE", help="write what is read of all pages, and measure nothing"
    )
    parser.add_argument("--peers", metavar="PYTHON", default=os.environ.get("VIDESH_BENCH_PEERS"))
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    parser.add_argument("--readers", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.worker:
        work(asked.worker)
    elif asked.readers:
        print(*readers(), sep="\n")
    elif asked.outputs:
        lines = b"".join(b"%b\t%b\n" % (url.encode(), output) for url, output in outputs())
        asked.outputs.write_bytes(lines)
        print(f"{asked.outputs}: {len(lines.splitlines())} pages, SHA-256 {hashlib.sha256(lines).hexdigest()}")
    else:
        status = ours()
        return against_peers(asked.peers) or status if asked.peers else status
    return 0


if __name__ == "__main__":
    sys.exit(main())
