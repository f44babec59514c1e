"""Measure a replayed newsroom of two workers against one of one worker; each outlet has an archive of its own.

The articles are a third of what 40 outlets print a day; with a few hundred, the start of processes decides. Exit code 1
if a limit is exceeded. Wall time needs two cores that nobody else uses.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.runs.lane_outlets import HOSTS  # noqa: E402
from tests.runs.lanes import archives_of  # noqa: E402
from tests.runs.replaying import NOW  # noqa: E402
from tools.bench import Bench, Figure, Used, interleaved, ratios, run  # noqa: E402

_MOST_WALL = 0.65
_MOST_CPU = 1.15


def newsroom(folder: Path, archives: Path, workers: int, articles: int) -> Used:
    """Replay all outlets, and return what that used; raise ValueError if not all articles come."""
    settings = {"SPIDER_MODULES": "tests.runs.lane_outlets", "CRAWL_TIME": NOW, "DOWNLOAD_DELAY": "0"}
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    out = Path(tempfile.mkdtemp(dir=folder))
    command = [sys.executable, "-m", "scrapy", "newsroom", "--replay", str(archives), "--out", str(out)]
    bytecode = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}  # as pip leaves it
    used = run([*command, "--workers", str(workers), *options], folder=ROOT, variables=bytecode)
    count = sum(path.read_bytes().count(b"\n") for path in out.rglob("[ac]*.jsonl") if path.stem != "catalog")
    if count != articles:
        raise ValueError(f"{workers} workers brought {count} articles: {used.errors[-2000:]}")
    return used


def main() -> int:
    """Measure, and print the verdict."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1200, help="articles of each outlet")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    walls: dict[str, list[float]] = {"one": [], "two": []}
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        archives = archives_of(folder, given.articles)

        def work(name: str, workers: int) -> Callable[[], float]:
            def measured() -> float:
                used = newsroom(folder, archives, workers, len(HOSTS) * given.articles)
                walls[name].append(used.wall)
                return used.cpu

            return measured

        bench = Bench(f"Two workers against one: a replay of {len(HOSTS)} outlets of {given.articles} articles each")
        found = interleaved({"one": work("one", 1), "two": work("two", 2)}, given.rounds)
    wall = [two / one for one, two in zip(walls["one"][1:], walls["two"][1:], strict=True)]
    figures = [
        Figure(name="wall time", values=wall, most=_MOST_WALL),
        Figure(name="CPU", values=ratios(found, "two", "one"), most=_MOST_CPU),
        Figure(name="CPU of one worker, an article", values=_each(found["one"], given.articles), unit="ms"),
        Figure(name="wall time of one worker", values=walls["one"][1:], unit="s"),
    ]
    return bench.verdict(figures)


def _each(seconds: list[float], articles: int) -> list[float]:
    return [each * 1000 / articles / len(HOSTS) for each in seconds]


if __name__ == "__main__":
    sys.exit(main())
