"""Measure the CPU time of starting each command that crawls nothing, against importing Scrapy's crawler alone.

    python tools/bench_start.py

Each runs in a process of its own, all in turn, so that a busy machine slows them alike. `scrapy version` outside the
project is what Scrapy's command line costs without Videsh: it imports all of Scrapy's commands. Exit code 1 if a
command takes more CPU time than the limit times that of the import.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 5
MOST_TIMES = 3.0
"""Most CPU time of a command, as a multiple of that of `import scrapy.crawler`."""
_IMPORT = "import scrapy.crawler"
_SCRAPY = str(Path(sys.executable).with_name("scrapy"))
_HELPED = "clean compact doctor edition explain export extract report stories store verify".split()


def commands() -> dict[str, tuple[list[str], Path | None]]:
    """Return what is measured, by name: the words of a process, and its folder; None for an empty one."""
    return {
        _IMPORT: ([sys.executable, "-c", _IMPORT], None),
        "scrapy version, alone": ([_SCRAPY, "version"], None),
        "scrapy outlets": ([_SCRAPY, "outlets"], ROOT),
        "scrapy schema": ([_SCRAPY, "schema"], ROOT),
        **{f"scrapy {name} --help": ([_SCRAPY, name, "--help"], ROOT) for name in _HELPED},
    }


def seconds(words: Sequence[str], folder: Path) -> float:
    """Return the CPU time in seconds of a process, user and system; raise CalledProcessError if it fails."""
    before = os.times()
    subprocess.run(words, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def measure() -> dict[str, list[float]]:
    """Return the CPU times of each process, one for each round."""
    times: dict[str, list[float]] = {name: [] for name in commands()}
    with tempfile.TemporaryDirectory() as empty:
        for _ in range(ROUNDS):
            for name, (words, folder) in commands().items():
                times[name].append(seconds(words, folder or Path(empty)))
    return times


def times_the_import(times: Mapping[str, list[float]], name: str) -> float:
    """Return the median of the ratios of a process to the import in the same round."""
    return statistics.median(own / base for own, base in zip(times[name], times[_IMPORT], strict=True))


def main() -> int:
    times = measure()
    print(f"Starting commands: CPU seconds, medians of {ROUNDS} rounds; at most {MOST_TIMES} times {_IMPORT!r}")
    for name, each in times.items():
        above = statistics.median(own - base for own, base in zip(each, times[_IMPORT], strict=True))
        ratio = times_the_import(times, name)
        span = f"({min(each):.2f} to {max(each):.2f})"
        print(f"  {name:<26} {statistics.median(each):5.2f}  {span}  {ratio:4.2f} x  {above:+.2f} s")
    return int(any(times_the_import(times, name) > MOST_TIMES for name in times))


if __name__ == "__main__":
    sys.exit(main())
