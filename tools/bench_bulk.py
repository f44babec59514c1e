"""Measure the jobs of docs/bulk.md as multiples of one process on the same input, and that they give the same.

    python tools/bench_bulk.py [--rounds N] [--texts N] [--archives N]

CPU time is that of all processes of a job: it says what a job costs, not how long it takes. DuckDB runs with one
thread, Spark with two, its start included. Spark is left out where `make scale-test` has not made its environment.
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
from tests.bulk.many_texts import many_texts, rows_in, write_texts  # noqa: E402
from tests.bulk.spark_cluster import spark_home  # noqa: E402
from tests.bulk.spark_jobs import ENVIRONMENT, SETTINGS  # noqa: E402
from tools.bench import Bench, Figure, interleaved, ratios, run  # noqa: E402

_ROUNDS = 3
_TEXTS = 30_000
_ARCHIVES, _PAGES = 8, 250
_MOST_DUCKDB = 1.2
"""Most CPU time of DuckDB's job, as a multiple of one process."""


class Different(Exception):
    """A job gives something else than one process."""


def scrapy(*words: str | Path) -> tuple[float, str]:
    """Run `scrapy`; return its CPU time and standard output."""
    used = run([str(Path(sys.prefix, "bin", "scrapy")), *map(str, words)], folder=ROOT, may_end=(3,))
    return used.cpu, used.output


def spark(*words: str | Path, folder: Path) -> float:
    """Submit a job to Spark; return its CPU time. The process that ends last is Java, so all others count."""
    options = [part for name, value in SETTINGS.items() for part in ("--conf", f"{name}={value}")]
    python = str(ENVIRONMENT / "bin" / "python")
    variables = {"PYSPARK_PYTHON": python, "PYSPARK_DRIVER_PYTHON": python, "SPARK_LOCAL_IP": "127.0.0.1"}
    command = [spark_home() / "bin" / "spark-submit", *options, ROOT / "deploy" / "spark_job.py", *words]
    return run([str(word) for word in command], folder=folder, variables=variables, may_end=(3,)).cpu


def in_one(files: list[str], folder: Path) -> float:
    """Group texts in one process; keep what it prints."""
    cpu, output = scrapy("stories", *files)
    (folder / "one.jsonl").write_text(output, encoding="utf-8")
    return cpu


def with_engine(engine: str, files: list[str], folder: Path) -> float:
    """Group texts with an engine; raise Different unless it gives what one process gave in this round or before."""
    out = folder / engine
    shutil.rmtree(out, ignore_errors=True)
    words: list[str | Path] = ["stories", "--engine", engine, "--out", out, *files]
    cpu = spark(*words, folder=folder) if engine == "spark" else scrapy(*words, "--jobs", "1")[0]
    if (folder / "one.jsonl").exists():
        lines = map(json.loads, (folder / "one.jsonl").read_text(encoding="utf-8").splitlines())
        if rows_in(out) != sorted((tuple(line.values()) for line in lines), key=lambda row: str(row[0])):
            raise Different(f"{engine} gives other stories than one process")
    return cpu


def extracted(archives: Path, folder: Path) -> float:
    """Read archives in one process; keep what it prints."""
    cpu, output = scrapy("extract", archives, "--jobs", "1")
    (folder / "extracted.jsonl").write_text(output, encoding="utf-8")
    return cpu


def read_by_spark(archives: Path, folder: Path) -> float:
    """Read archives with Spark; raise Different unless it gives the lines that one process printed."""
    out = folder / "read"
    shutil.rmtree(out, ignore_errors=True)
    cpu = spark("extract", "--engine", "spark", "--to", "jsonl", "--out", out, archives, folder=folder)
    if (folder / "extracted.jsonl").exists():
        parts = (out / "articles").rglob("part-*.txt")
        lines = sorted(line for part in parts for line in part.read_text(encoding="utf-8").splitlines())
        if lines != sorted((folder / "extracted.jsonl").read_text(encoding="utf-8").splitlines()):
            raise Different("Spark reads other articles than one process")
    return cpu


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
        works: dict[str, Callable[[], float]] = {
            "one": partial(in_one, files, folder),
            "duckdb": partial(with_engine, "duckdb", files, folder),
        }
        if has_spark:
            works["spark"] = partial(with_engine, "spark", files, folder)
            works["extract"] = partial(extracted, archives, folder)
            works["read"] = partial(read_by_spark, archives, folder)
        found = interleaved(works, given.rounds)
    figures = [
        Figure(name="stories, one process", values=found["one"], unit="s"),
        Figure(name="stories, DuckDB", values=ratios(found, "duckdb", "one"), most=_MOST_DUCKDB),
    ]
    if has_spark:
        figures += [
            Figure(name="stories, Spark local[2]", values=ratios(found, "spark", "one")),
            Figure(name="reading, one process", values=found["extract"], unit="s"),
            Figure(name="reading, Spark local[2]", values=ratios(found, "read", "extract")),
        ]
    return bench.verdict(figures, [] if has_spark else ["Spark was not measured: it is not installed."])


if __name__ == "__main__":
    sys.exit(main())
