"""Measure crawls whose store is a PostgreSQL server against one with a file of SQLite: six outlets over loopback.

The server writes durably, on the same machine. CPU time is that of all processes of the crawl, and of the server.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.runs.lanes import QUICKLY, Lanes  # noqa: E402
from tests.store.server import Server, missing, running  # noqa: E402
from tools.bench import Bench, Figure, interleaved, ratios, run  # noqa: E402

_NOTED = {"DOWNLOADER_MIDDLEWARES": "{}"}
"""Setting of the tests that costs time, and is not needed here."""


class Crawls:
    """Crawls of a site, each into a store of its own, and what they used beside CPU time of their own."""

    def __init__(self, folder: Path, articles: int) -> None:
        self._folder = folder
        self._articles = articles
        self.walls: dict[str, list[float]] = {}
        self.server: dict[str, list[float]] = {}

    def crawl(self, name: str, server: Server | None, *arguments: str) -> float:
        """Crawl all articles; return the CPU time without the server's; raise ValueError if one is missing."""
        folder = Path(tempfile.mkdtemp(dir=self._folder))
        lanes = Lanes(folder, self._articles, store=server.fresh() if server else None)
        settings = QUICKLY | _NOTED | {"STORE": lanes.store, "EXPORTS": str(lanes.exports)}
        options = [part for key, value in settings.items() for part in ("-s", f"{key}={value}")]
        command = [sys.executable, "-m", "scrapy", "newsroom", *arguments, *options]
        with lanes.publisher:
            before = _seconds(server)
            used = run(command, folder=ROOT, variables=lanes.publisher.environment)
            self.server.setdefault(name, []).append(_seconds(server) - before)
        self.walls.setdefault(name, []).append(used.wall)
        if lanes.delivered() != dict.fromkeys(lanes.addresses, 1):
            raise ValueError(f"{name}: {len(lanes.delivered())} articles came: {used.errors[-2000:]}")
        return used.cpu


def _seconds(server: Server | None) -> float:
    """Return the CPU time of a server and of its sessions that have ended."""
    if server is None:
        return 0.0
    used = psutil.Process(server.pid).cpu_times()
    return float(used.user + used.system + used.children_user + used.children_system)


def main() -> int:
    """Measure, and print the verdict."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=60, help="articles of each outlet")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    if reason := missing():
        print(f"not measured: {reason}")
        return 0
    total = given.articles * 6
    with tempfile.TemporaryDirectory() as made, running(durable=True) as server:
        crawls = Crawls(Path(made), given.articles)
        works: dict[str, Callable[[], float]] = {
            "file": lambda: crawls.crawl("file", None),
            "server": lambda: crawls.crawl("server", server),
            "two": lambda: crawls.crawl("two", server, "--workers", "2"),
        }
        bench = Bench(f"Stores: a crawl of {total} articles of six outlets, as a multiple of one with an SQLite file")
        found = interleaved(works, given.rounds)
    figures = [Figure(name="SQLite, CPU an article", values=[each * 1000 / total for each in found["file"]], unit="ms")]
    for name, title in (("server", "PostgreSQL, one process"), ("two", "PostgreSQL, two workers")):
        of_server = [own / base for own, base in zip(crawls.server[name][1:], found["file"], strict=True)]
        walls = [own / base for own, base in zip(crawls.walls[name][1:], crawls.walls["file"][1:], strict=True)]
        figures += [
            Figure(name=f"{title}: CPU of the crawl", values=ratios(found, name, "file")),
            Figure(name=f"{title}: CPU of the server", values=of_server),
            Figure(name=f"{title}: wall time", values=walls),
        ]
    return bench.verdict(figures)


if __name__ == "__main__":
    sys.exit(main())
