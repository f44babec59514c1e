"""Measure the CPU time of starting each command that crawls nothing, above that of importing Scrapy's crawler alone.

    python tools/bench_start.py [--rounds N]

Each runs in a process of its own, as an installed program does: byte code is written once, before the rounds.
`scrapy version` outside the project is what Scrapy's command line costs without Videsh: it imports all of Scrapy's
commands. Those that work (`report`, `verify`, ...) work on the smallest thing that there is for them.
"""

import argparse
import sys
import tempfile
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.bench import Bench, Figure, interleaved, run  # noqa: E402

_ROUNDS = 5
_MOST_ABOVE = 0.25
"""Most CPU seconds of a command above those of the import."""
_IMPORT = "import scrapy.crawler"
_ALONE = "scrapy version, alone"
_HELPED = (
    "clean compact crawl discover doctor edition explain export extract newsroom record report store stories verify"
)
_PAGE = "tests/pages/indiatv/nepal_bridge_bhasha.html"
_URL = "https://www.indiatv.in/world/asia/nepal-bridge-2026-11-24-1"


def commands(folder: Path) -> dict[str, list[str]]:
    """Return the words of each command by name, as they follow `scrapy`; `folder` has the exports of one replay."""
    run_folder = next(folder.glob("exports/date=*/run=*"))
    articles = str(next(run_folder.glob("articles*.jsonl")))
    exports = ["-s", f"EXPORTS={folder / 'exports'}"]
    store = ["-s", f"STORE=sqlite:///{folder / 'store.db'}"]
    return {
        "--help": ["--help"],
        "outlets": ["outlets"],
        "schema": ["schema"],
        "settings": ["settings", "--get", "STORE"],
        "doctor": ["doctor", *store],
        "explain PAGE": ["explain", _PAGE, "--url", _URL],
        "extract PAGE": ["extract", _PAGE, "--url", _URL],
        "export --to csv": ["export", *exports, "--to", "csv", str(folder / "out.csv")],
        "report RUN": ["report", str(run_folder)],
        "stories FILE": ["stories", articles],
        "store stats": ["store", "stats", *store],
        "verify RUN": ["verify", str(run_folder)],
        "clean": ["clean", *exports, "--keep", "30d"],
        **{f"{name} --help": [name, "--help"] for name in _HELPED.split()},
    }


def seconds(words: list[str], folder: Path, variables: dict[str, str]) -> float:
    """Return the CPU time of a process, user and system; 4 is the answer of `doctor` if an outlet needs something."""
    return run(words, folder=folder, variables=variables, may_end=(4,)).cpu


def prepare(folder: Path, scrapy: list[str], variables: dict[str, str]) -> None:
    """Fill a folder with the store and the exports of one small run."""
    settings = {"EXPORTS": str(folder / "exports"), "STORE": f"sqlite:///{folder / 'store.db'}"}
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    replay = [*scrapy, "crawl", "zee", "-s", f"ARCHIVE_REPLAY={ROOT / 'demo' / 'demo.warc.gz'}", *options]
    run(replay, folder=ROOT, variables=variables, may_end=(3, 4))


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the CPU time of starting each command that crawls nothing.")
    parser.add_argument("--rounds", type=int, default=_ROUNDS, help=f"rounds; default: {_ROUNDS}")
    rounds = parser.parse_args().rounds
    bench = Bench("Starting a command, in CPU seconds above `import scrapy.crawler`")
    scrapy = [str(Path(sys.executable).with_name("scrapy"))]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        variables = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
        prepare(folder, scrapy, variables)
        works = {
            _IMPORT: partial(seconds, [sys.executable, "-c", _IMPORT], folder, variables),
            _ALONE: partial(seconds, [*scrapy, "version"], folder, variables),
        }
        for what, words in commands(folder).items():
            works[f"scrapy {what}"] = partial(seconds, [*scrapy, *words], ROOT, variables)
        found = interleaved(works, rounds)
    above = {
        name: [own - base for own, base in zip(found[name], found[_IMPORT], strict=True)]
        for name in found
        if name != _IMPORT
    }
    limits = {name: None if name == _ALONE else _MOST_ABOVE for name in above}
    figures = [Figure(name=name, values=values, unit="s", most=limits[name]) for name, values in above.items()]
    return bench.verdict([Figure(name=_IMPORT, values=found[_IMPORT], unit="s"), *figures])


if __name__ == "__main__":
    sys.exit(main())
