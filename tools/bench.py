"""What all benchmarks share: interleaved rounds, figures with limits, and a verdict that a busy machine withholds.

A benchmark is a script `tools/bench_*.py` that ends with `sys.exit(Bench(...).verdict(figures))`. `tools/speed.py` runs
all of them and writes docs/speed.md from what they found.
"""

import json
import os
import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from threading import Thread

import psutil

FOUND = "VIDESH_BENCH_FOUND"
"""Environment variable that names the file to which a benchmark adds what it found, as a line of JSON."""
_MOST_OTHERS = 0.15
"""CPU cores that other processes may use on average; from there on a measurement is not judged."""
_WATCH = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One thing that was measured, with its value in each round."""

    name: str
    values: Sequence[float]
    unit: str = "x"
    """`x` is a multiple of the floor of the same round."""
    most: float | None = None
    """The highest median that is wanted."""
    least: float | None = None
    """The lowest median that is wanted."""

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def is_kept(self) -> bool:
        """Whether its limits are kept."""
        return (self.most is None or self.median <= self.most) and (self.least is None or self.median >= self.least)

    @property
    def limit(self) -> str:
        """Return the limit in words, or an empty text."""
        limits = [("at most", self.most), ("at least", self.least)]
        return ", ".join(f"{word} {short(value)}" for word, value in limits if value is not None)


class Bench:
    """A benchmark that watches the machine from now on."""

    def __init__(self, title: str) -> None:
        """`title` says what is measured, and against which floor."""
        self.title = title
        self._started = time.monotonic()
        self._busy, self._own = _busy_seconds(), _own_seconds()

    def others(self) -> float:
        """Return how many CPU cores other processes have used since then, on average; 0 where nobody can tell."""
        busy = _busy_seconds() - self._busy - (_own_seconds() - self._own)
        return max(busy, 0.0) / max(time.monotonic() - self._started, 0.01)

    def verdict(self, figures: Sequence[Figure], notes: Sequence[str] = ()) -> int:
        """Print the figures, and keep them for docs/speed.md; return 1 if a limit is exceeded on a quiet machine.

        `notes` are lines of text that are printed below them.
        """
        loaded = self.others() > _MOST_OTHERS
        verdicts = ["" if not each.limit else _verdict(each, loaded=loaded) for each in figures]
        print(self.title)
        wide = max(len(each.name) for each in figures)
        for each, verdict in zip(figures, verdicts, strict=True):
            print(f"  {each.name:<{wide}}  {shown(each):<28}  {each.limit:<15}  {verdict}".rstrip())
        if loaded:
            print(f"  not judged: other processes used {self.others():.2f} cores meanwhile")
        print(*(f"  {note}" for note in notes), sep="\n", end="\n\n" if notes else "\n", flush=True)
        if path := os.environ.get(FOUND):
            rows = [
                {"name": each.name, "shown": shown(each), "limit": each.limit, "verdict": verdict}
                for each, verdict in zip(figures, verdicts, strict=True)
            ]
            with Path(path).open("a", encoding="utf-8") as file:
                file.write(
                    json.dumps({"title": self.title, "rows": rows, "notes": list(notes)}, ensure_ascii=False) + "\n"
                )
        return int("exceeded" in verdicts)


def interleaved(works: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Return what each work measured in each round; a round runs all works once, in a random order.

    A first round, which fills caches, does not count. A busy or slow minute hits all works of a round alike, so that
    its ratios stay true.
    """
    for work in works.values():
        work()
    order, found = Random(1), {name: [0.0] * rounds for name in works}
    for number in range(rounds):
        for name in order.sample(list(works), len(works)):
            found[name][number] = works[name]()
    return found


def ratios(found: Mapping[str, Sequence[float]], name: str, floor: str) -> list[float]:
    """Return the ratio of a work to a floor in each round."""
    return [own / base for own, base in zip(found[name], found[floor], strict=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What a process used."""

    cpu: float
    """User and system time, in seconds."""
    wall: float
    """Seconds from its start to its end."""
    peak: float
    """The most memory that it and its descendants held at once, in MB, as seen every `_WATCH` seconds."""
    output: str
    errors: str
    """What it wrote to its two outputs."""


def run(words: Sequence[str], *, folder: Path, variables: Mapping[str, str] = {}, may_end: Sequence[int] = ()) -> Used:
    """Run a process, with some environment variables more, to its end.

    Raise CalledProcessError if it ends with neither 0 nor one of `may_end`.
    """
    before, started = _seconds(resource.RUSAGE_CHILDREN), time.monotonic()
    process = psutil.Popen(
        words, cwd=folder, env={**os.environ, **variables}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    peak = [0.0]
    watch = Thread(target=_watch, args=(process, peak))
    watch.start()
    output, errors = process.communicate()
    watch.join()
    if process.returncode not in (0, *may_end):
        raise subprocess.CalledProcessError(process.returncode, words, output, errors)
    cpu, wall = _seconds(resource.RUSAGE_CHILDREN) - before, time.monotonic() - started
    return Used(cpu=cpu, wall=wall, peak=peak[0], output=output.decode(), errors=errors.decode())


def _watch(process: psutil.Process, peak: list[float]) -> None:
    """Keep the most memory of a process and its descendants; `ru_maxrss` of a child starts with that of its parent."""
    while process.is_running():
        with suppress(psutil.Error):
            if process.status() == psutil.STATUS_ZOMBIE:
                return
            held = sum(each.memory_info().rss for each in (process, *process.children(recursive=True)))
            peak[0] = max(peak[0], held / 2**20)
        time.sleep(_WATCH)


def peak() -> float:
    """Return the most memory that this process has held at once, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def shown(figure: Figure) -> str:
    """Return the median of a figure, with the range of its rounds if there are several."""
    span = f" ({short(min(figure.values))} to {short(max(figure.values))})" if len(figure.values) > 1 else ""
    return f"{short(figure.median)} {figure.unit}{span}"


def short(value: float) -> str:
    """Return a number with three digits that count, and all digits before the point."""
    decimals = max(0, 2 - len(f"{abs(value):.0f}") + 1) if abs(value) >= 1 else 3
    return f"{value:,.{decimals}f}"


def _verdict(figure: Figure, *, loaded: bool) -> str:
    if loaded:
        return "not judged"
    return "ok" if figure.is_kept else "exceeded"


def _busy_seconds() -> float:
    """Return how long all cores together have worked since the machine started, in seconds; 0 where nobody can tell."""
    try:
        first = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()
    except OSError:
        return 0.0
    user, nice, system, _, _, irq, soft = map(int, first[1:8])
    return (user + nice + system + irq + soft) / os.sysconf("SC_CLK_TCK")


def _own_seconds() -> float:
    """Return the CPU time of this process and of those that it has waited for."""
    return _seconds(resource.RUSAGE_SELF) + _seconds(resource.RUSAGE_CHILDREN)


def _seconds(whose: int) -> float:
    used = resource.getrusage(whose)
    return used.ru_utime + used.ru_stime
