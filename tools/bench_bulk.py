"""Measure the jobs of docs/bulk.md as multiples of one process on the same input, and that they give the same.

    python tools/bench_bulk.py [--rounds N] [--texts N] [--archives N]

CPU time is that of all processes of a job, and says what it costs; throughput is rows a second of wall time, on two
cores that nobody else uses. DuckDB runs with one thread, Spark with two, its start included. Spark is left out where
`make scale-test` has not made its environment. The usual sizes take five minutes of CPU time. Exit code 1 if a job
gives another result than one process.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.bulk.archives import write_archives  # noqa: E402
from tests.bulk.many_texts import by_id, many_texts, rows_in, write_texts  # noqa: E402
from tests.bulk.spark_cluster import spark_home  # noqa: E402
from tests.bulk.spark_jobs import ENVIRONMENT, SETTINGS  # noqa: E402
from tools.bench import Bench, Figure, Used, interleaved, ratios, run  # noqa: E402

_ROUNDS = 2
_TEXTS = 20_000
_ARCHIVES, _PAGES = 8, 250


class Different(Exception):
    """A job gives something else than one process."""


def scrapy(*words: str | Path) -> Used:
    """Run `scrapy`; return what it used."""
    return run([str(Path(sys.prefix, "bin", "scrapy")), *map(str, words)], folder=ROOT, may_end=(3,))


def spark(*words: str | Path, folder: Path) -> Used:
    """Submit a job to Spark; return what it used. The process that ends last is Java, so all others count."""
    options = [part for name, value in SETTINGS.items() for part in ("--conf", f"{name}={value}")]
    python = str(ENVIRONMENT / "bin" / "python")
    variables = {"PYSPARK_PYTHON": python, "PYSPARK_DRIVER_PYTHON": python, "SPARK_LOCAL_IP": "127.0.0.1"}
    command = [spark_home() / "bin" / "spark-submit", *options, ROOT / "deploy" / "spark_job.py", *words]
    return run([str(word) for word in command], folder=folder, variables=variables, may_end=(3,))


def in_one(files: list[str], folder: Path) -> Used:
    """Group texts in one process; keep what it prints."""
    used = scrapy("stories", *files)
    (folder / "one.jsonl").write_text(used.output, encoding="utf-8")
    return used


def with_engine(engine: str, files: list[str], folder: Path) -> Used:
    """Group texts with an engine; raise Different unless it gives what one process gave before."""
    out = folder / engine
    shutil.rmtree(out, ignore_errors=True)
    words: list[str | Path] = ["stories", "--engine", engine, "--out", out, *files]
    used = spark(*words, folder=folder) if engine == "spark" else scrapy(*words, "--jobs", "1")
    lines = map(json.loads, (folder / "one.jsonl").read_text(encoding="utf-8").splitlines())
    if rows_in(out) != by_id(tuple(line.values()) for line in lines):
        raise Different(f"{engine} gives other stories than one process")
    return used


def extracted(archives: Path, folder: Path) -> Used:
    """Read archives in one process; keep what it prints."""
    used = scrapy("extract", archives, "--jobs", "1")
    (folder / "extracted.jsonl").write_text(used.output, encoding="utf-8")
    return used


def read_by_spark(archives: Path, folder: Path) -> Used:
    """Read archives with Spark; raise Different unless it gives the lines that one process printed before."""
    out = folder / "read"
    shutil.rmtree(out, ignore_errors=True)
    used = spark("extract", "--engine", "spark", "--to", "jsonl", "--out", out, archives, folder=folder)
    parts = (out / "articles").rglob("part-*.txt")
    lines = sorted(line for part in parts for line in part.read_text(encoding="utf-8").splitlines())
    if lines != sorted((folder / "extracted.jsonl").read_text(encoding="utf-8").splitlines()):
        raise Different("Spark reads other articles than one process")
    return used


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=_ROUNDS)
    parser.add_argument("--texts", type=int, default=_TEXTS)
    parser.add_argument("--archives", type=int, default=_ARCHIVES)
    given = parser.parse_args()
    has_spark = (ENVIRONMENT / ".installed").exists() and shutil.which("java") is not None
    with tempfile.TemporaryDirectory(prefix="videsh-bench-") as name:
        folder = Path(name)
        files = write_texts(many_texts(given.texts), folder / "texts", files=4)
        archives = write_archives(folder / "archives", archives=given.archives, each=_PAGES)[0].parent
        bench = Bench(f"Bulk jobs: {given.texts:,} texts, {given.archives * _PAGES:,} pages, equal to one process")
        works: dict[str, Callable[[], Used]] = {
            "one": partial(in_one, files, folder),  # first of all: the others are compared with what it prints
            "duckdb": partial(with_engine, "duckdb", files, folder),
        }
        if has_spark:
            works["spark"] = partial(with_engine, "spark", files, folder)
            works["extract"] = partial(extracted, archives, folder)
            works["read"] = partial(read_by_spark, archives, folder)
        walls: dict[str, list[float]] = {name: [] for name in works}
        found = interleaved({name: partial(_cpu, work, walls[name]) for name, work in works.items()}, given.rounds)
    figures = [
        Figure(name="stories, one process", values=_rate(given.texts, walls["one"]), unit="texts/s"),
        *_compared("  DuckDB, one thread", found, walls, "duckdb", "one"),
    ]
    if has_spark:
        figures += [
            *_compared("  Spark, local[2]", found, walls, "spark", "one"),
            Figure(
                name="reading, one process", values=_rate(given.archives * _PAGES, walls["extract"]), unit="pages/s"
            ),
            *_compared("  Spark, local[2] ", found, walls, "read", "extract"),
        ]
    return bench.verdict(figures, [] if has_spark else ["Spark was not measured: it is not installed."])


def _cpu(work: Callable[[], Used], walls: list[float]) -> float:
    used = work()
    walls.append(used.wall)
    return used.cpu


def _rate(rows: int, walls: list[float]) -> list[float]:
    """Return rows a second, without the round that does not count."""
    return [rows / wall for wall in walls[1:]]


def _compared(
    title: str, found: dict[str, list[float]], walls: dict[str, list[float]], job: str, one: str
) -> list[Figure]:
    """Return a job's CPU time and throughput as multiples of those of one process in the same round."""
    throughput = [slow / wall for wall, slow in zip(walls[job][1:], walls[one][1:], strict=True)]
    return [
        Figure(name=f"{title}: CPU", values=ratios(found, job, one)),
        Figure(name=f"{title}: throughput", values=throughput),
    ]


if __name__ == "__main__":
    sys.exit(main())
