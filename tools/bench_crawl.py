"""Measure whole crawls of a local site, with all pipelines, the store and stories, against a minimal Scrapy spider.

    python tools/bench_crawl.py [--pages N ...] [--rounds N] [--padding BYTES]

Each crawl runs in its own process and fetches the same pages over TLS from the same test publisher. There are two
floors: a spider that yields the URL and title of each page with Scrapy's default settings, and the same with the
CONCURRENT_ITEMS of ours, since Scrapy starts that many tasks a response. With the extra `fast` installed, ours is
measured with FAST=1 too; without it a note says so. Memory is flat if a crawl of the most pages peaks where one of the
fewest does.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from itertools import count, pairwise
from pathlib import Path
from statistics import mean, median
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from crawler.settings import CONCURRENT_ITEMS, DOWNLOAD_DELAY  # noqa: E402
from tests.crawling.site import NOW, SITEMAP, articles, listings  # noqa: E402
from tests.site.pages import PAGES, site_of  # noqa: E402
from tests.site.publisher import Answer, Publisher  # noqa: E402
from tools.bench import Bench, Figure, interleaved, ratios, run  # noqa: E402

_PAGES, _ROUNDS, _PADDING = (1_000, 5_000), 5, 90_000
_DEFAULT, _TUNED, _OURS, _FAST = "Scrapy's defaults", "the same, CONCURRENT_ITEMS as ours", "ours", "ours, fast"
_MOST = {(_OURS, _DEFAULT): 1.85, (_OURS, _TUNED): 2.3, (_FAST, _DEFAULT): 1.75, (_FAST, _TUNED): 2.2}
"""Most CPU time of a crawl of ours, as a multiple of a floor's."""
_MOST_MB, _MOST_MB_OF_ALL = 125, 140
_FLAT = 1.05
"""Most peak memory of a crawl of the most pages, as a multiple of that of a crawl of the fewest."""
_SHORTEST_GAP = 0.95
"""Shortest gap between requests that come in, as a multiple of DOWNLOAD_DELAY.

After one that comes in late, as behind a handshake, the next seems early. tests/downloading/test_gaps.py measures when
they are sent, and allows no gap under the delay.
"""
_LONGEST_GAP = 1.05
"""Longest gap between two requests to a host on average, as a multiple of DOWNLOAD_DELAY."""
_CONTACT = "bench@example.org"
_QUICK = {
    "CONCURRENT_REQUESTS_PER_DOMAIN": "16",
    "DOWNLOAD_DELAY": "0",
    "AUTOTHROTTLE_ENABLED": "0",
    "LOG_LEVEL": "WARNING",
}
_FLOOR = f'''
import scrapy

class FloorSpider(scrapy.Spider):
    name = "floor"
    start_urls = ["{SITEMAP}"]

    def parse(self, response):
        for url in response.xpath("//*[local-name()='loc']/text()").getall():
            yield scrapy.Request(url, self.read)

    def read(self, response):
        yield {{"url": response.url, "title": response.css("title::text").get()}}
'''


class Crawls:
    """Crawls of one publisher's pages; `peaks` has the most memory that each crawl of a kind took, in MB."""

    def __init__(self, folder: Path, publisher: Publisher, pages: int) -> None:
        self.peaks: dict[str, list[float]] = {}
        self._folder, self._pages, self._numbers = folder, pages, count()
        (folder / "floor.py").write_text(_FLOOR, encoding="utf-8")
        bytecode = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
        self._variables = {**publisher.environment, **bytecode}

    def floor(self, name: str, settings: Mapping[str, str]) -> float:
        """Return the CPU milliseconds a page of the minimal spider."""
        out = self._folder / f"floor-{next(self._numbers)}.jsonl"
        words = ["runspider", str(self._folder / "floor.py"), "-O", str(out)]
        spent = self._crawl(name, words, {**_QUICK, **settings}, self._folder)
        self._check(out.read_bytes().count(b"\n"), name)
        return spent

    def ours(self, name: str, settings: Mapping[str, str]) -> float:
        """Return the CPU milliseconds a page of our crawl, with a store and an export of its own."""
        out = self._folder / f"ours-{next(self._numbers)}"
        own = {"STORE": f"sqlite:///{out}/store.db", "EXPORTS": f"{out}/exports", "CONTACT": _CONTACT}
        spent = self._crawl(name, ["crawl", "indiatv"], {**_QUICK, "CRAWL_TIME": NOW, **own, **settings}, ROOT)
        exported = (path for path in out.rglob("*.jsonl") if path.stem[:4] in ("arti", "copi"))
        self._check(sum(path.read_bytes().count(b"\n") for path in exported), name)
        return spent

    def _crawl(self, name: str, words: list[str], settings: Mapping[str, str], folder: Path) -> float:
        options = [part for key, value in settings.items() for part in ("-s", f"{key}={value}")]
        command = [str(Path(sys.executable).with_name("scrapy")), *words, *options]
        used = run(command, folder=folder, variables=self._variables, may_end=(3,))  # it has one listing of four
        self.peaks.setdefault(name, []).append(used.peak)
        return used.cpu / self._pages * 1000

    def _check(self, records: int, name: str) -> None:
        if records != self._pages:
            raise RuntimeError(f"{name}: {records} records of {self._pages} pages")


def figures(pages: int, padding: int, rounds: int, peaks: dict[str, list[float]]) -> Iterator[Figure]:
    """Yield what crawls of this many pages cost; each page has `padding` bytes of menu and script.

    The peak of each kind is added to its list in `peaks`.
    """
    with tempfile.TemporaryDirectory() as name, Publisher(_site(pages, padding), Path(name)) as publisher:
        crawls = Crawls(Path(name), publisher, pages)
        works = {
            _DEFAULT: partial(crawls.floor, _DEFAULT, {}),
            _TUNED: partial(crawls.floor, _TUNED, {"CONCURRENT_ITEMS": str(CONCURRENT_ITEMS)}),
            _OURS: partial(crawls.ours, _OURS, {}),
        }
        if find_spec("uvloop"):
            works[_FAST] = partial(crawls.ours, _FAST, {"FAST": "1"})
        found = interleaved(works, rounds)
        for kind in works:
            yield Figure(name=f"{pages} pages: {kind}", values=found[kind], unit="ms a page")
        for (kind, floor), most in _MOST.items():
            if kind in works:
                values = ratios(found, kind, floor)
                yield Figure(name=f"{pages} pages: {kind} / {floor}", values=values, most=most)
        for kind in works:
            most_mb = _MOST_MB if kind in (_OURS, _FAST) else None
            warm = crawls.peaks[kind][1:]  # the first one compiles all modules, which takes memory too
            peaks.setdefault(kind, []).append(max(warm))
            yield Figure(name=f"{pages} pages: peak, {kind}", values=warm, unit="MB", most=most_mb)


def flat(pages: Sequence[int], peaks: Mapping[str, Sequence[float]]) -> Iterator[Figure]:
    """Yield how much more memory a crawl of the most pages takes than one of the fewest; `peaks` is in that order."""
    fewest, most = pages.index(min(pages)), pages.index(max(pages))
    for kind in (_OURS, _FAST):
        if kind in peaks and fewest != most:
            name = f"peak of {max(pages)} pages / of {min(pages)}: {kind}"
            yield Figure(name=name, values=[peaks[kind][most] / peaks[kind][fewest]], most=_FLAT)


def all_outlets() -> Iterator[Figure]:
    """Yield what a run of all outlets takes that crawls the pages of the tests, each at its own pace of a second."""
    answers = {url: answer for slug in sorted(each.name for each in PAGES.iterdir()) for url, answer in _quick(slug)}
    with tempfile.TemporaryDirectory() as name, Publisher(answers, Path(name)) as publisher:
        settings = {"STORE": f"sqlite:///{name}/store.db", "EXPORTS": f"{name}/exports", "CRAWL_TIME": NOW}
        options = [part for key, value in settings.items() for part in ("-s", f"{key}={value}")]
        command = [str(Path(sys.executable).with_name("scrapy")), "newsroom", "-s", f"CONTACT={_CONTACT}", *options]
        used = run(command, folder=ROOT, variables=publisher.environment, may_end=(3, 4))
        lanes: dict[str, list[float]] = {}
        for moment, url in publisher.asked:
            lanes.setdefault(urlsplit(url).hostname or "", []).append(moment)
    gaps = [later - earlier for lane in lanes.values() for earlier, later in pairwise(lane)]
    yield Figure(name=f"{len(lanes)} hosts at once: peak", values=[used.peak], unit="MB", most=_MOST_MB_OF_ALL)
    yield from of_gaps(f"{len(lanes)} hosts at once", gaps)


def of_gaps(what: str, gaps: Sequence[float]) -> Iterator[Figure]:
    """Yield the gaps between two requests to one host, in seconds, as they come in."""
    yield Figure(name=f"{what}: shortest gap", values=[min(gaps)], unit="s", least=_SHORTEST_GAP * DOWNLOAD_DELAY)
    yield Figure(name=f"{what}: median gap", values=[median(gaps)], unit="s", most=_LONGEST_GAP * DOWNLOAD_DELAY)
    yield Figure(name=f"{what}: mean gap", values=[mean(gaps)], unit="s", most=_LONGEST_GAP * DOWNLOAD_DELAY)


def _quick(slug: str) -> Iterator[tuple[str, Answer]]:
    """Yield the site of an outlet, with a robots.txt that asks for no longer a gap."""
    for url, answer in site_of(slug).items():
        lines = [line for line in answer.body.splitlines(keepends=True) if not line.startswith(b"Crawl-delay")]
        yield url, replace(answer, body=b"".join(lines)) if url.endswith("/robots.txt") else answer


def not_measured() -> Iterator[str]:
    """Yield a line for each limit that this machine cannot judge."""
    if not find_spec("uvloop"):
        yield "FAST=1 not measured: uvloop is not installed."


def _site(pages: int, padding: int) -> dict[str, Answer]:
    return {**listings(pages), **articles(pages, padding=padding)}


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure whole crawls against a minimal Scrapy spider.")
    parser.add_argument("--pages", type=int, nargs="+", default=_PAGES, help="pages of each site")
    parser.add_argument("--padding", type=int, default=_PADDING, help="bytes of menu and script a page")
    parser.add_argument("--rounds", type=int, default=_ROUNDS, help="rounds of crawls of each kind")
    options = parser.parse_args()
    bench = Bench("Crawling a local site over TLS, as a multiple of a minimal spider that yields URL and title")
    peaks: dict[str, list[float]] = {}
    found = [figure for pages in options.pages for figure in figures(pages, options.padding, options.rounds, peaks)]
    found += [*flat(options.pages, peaks), *all_outlets()]
    notes = ["The publisher runs in the process of the benchmark, whose time does not count."]
    return bench.verdict(found, [*notes, *not_measured()])


if __name__ == "__main__":
    sys.exit(main())
