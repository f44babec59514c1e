"""Jobs from the packed environment, outside the checkout, on this machine and on a cluster of two workers.

On the cluster an executor is killed while each job is at work.
"""

import subprocess
import tarfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.bulk.archives import write_archives, write_list
from tests.bulk.many_texts import by_id, in_one_process, many_texts, rows_in, write_texts
from tests.bulk.spark_cluster import cluster, kill_executor, spark_home
from tests.bulk.spark_jobs import LONGEST, SETTINGS, environment, skip_without_spark
from tests.commands.running import scrapy
from tests.soak import times
from tools.spark_environment import pack

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.soak, pytest.mark.foreign]


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the packed environment, and the driver's copy of it."""
    skip_without_spark()
    folder = tmp_path_factory.mktemp("packed")
    pack(folder / "environment.tar.gz")
    with tarfile.open(folder / "environment.tar.gz") as archive:
        archive.extractall(folder / "environment", filter="fully_trusted")
    return folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where jobs run: Spark's master, and the folder of its cluster if it has one."""

    master: str
    folder: Path | None = None


@pytest.fixture(scope="module", params=["local", "cluster"])
def place(request: pytest.FixtureRequest, packed: Path) -> Iterator[Place]:
    """Yield two cores of this machine, and a standalone cluster of two workers."""
    if request.param == "local":
        yield Place(master="local[2]")
        return
    with cluster(packed / "cluster", workers=2) as master:
        yield Place(master=master, folder=packed / "cluster")


def submit(packed: Path, place: Place, words: list[str | Path], *, folder: Path) -> "subprocess.Popen[str]":
    """Start a job with `spark-submit`, as docs/bulk.md shows it."""
    settings = {**SETTINGS, "spark.master": place.master, "spark.executor.memory": "500m"}
    options = [part for name, value in settings.items() for part in ("--conf", f"{name}={value}")]
    python = str(packed / "environment" / "bin" / "python")
    python_there = python
    if place.folder:
        options += ["--archives", f"{packed}/environment.tar.gz#environment"]
        python_there = "environment/bin/python"
    command = [spark_home() / "bin" / "spark-submit", *options, ROOT / "deploy" / "spark_job.py", *words]
    return subprocess.Popen(
        [str(word) for word in command],
        cwd=folder,
        env=environment(PYSPARK_PYTHON=python_there, PYSPARK_DRIVER_PYTHON=python),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,  # spark-submit mixes them
        encoding="utf-8",
    )


def run(packed: Path, place: Place, words: list[str | Path], *, folder: Path, begun: str) -> tuple[int, str]:
    """Run a job to its end; return its exit code and output. On a cluster an executor is killed when `begun` is there.

    `begun` is a file or folder in that of the job.
    """
    job = submit(packed, place, words, folder=folder)
    killed = place.folder is None
    while job.poll() is None:
        time.sleep(0.1)
        if place.folder and not killed and (folder / begun).exists():
            killed = kill_executor(place.folder)
    out, _ = job.communicate(timeout=LONGEST)
    assert killed, out[-3000:]
    return job.returncode, out


def test_stories_are_those_of_one_process(packed: Path, place: Place, tmp_path: Path) -> None:
    texts = many_texts(times(20_000, least=1_000), week=times(10_000, least=500))
    files = write_texts(texts, tmp_path / "in", files=4)
    words: list[str | Path] = ["stories", "--engine", "spark", "--out", "out", *files]

    code, out = run(packed, place, words, folder=tmp_path, begun="out/_work/texts/_SUCCESS")

    assert code == 0, out[-3000:]
    assert f"out: {len(texts)} texts" in out
    assert rows_in(tmp_path / "out") == by_id(in_one_process(texts))


def test_articles_are_those_of_extract_and_a_second_job_reads_what_is_missing(
    packed: Path, place: Place, tmp_path: Path
) -> None:
    archives = write_archives(tmp_path / "warcs", archives=3, each=4)
    names = [path.name for path in archives]
    paths = write_list(tmp_path / "warcs" / "warc.paths.gz", [*names, "missing.warc.gz", names[0]])
    (tmp_path / "warcs" / "broken.warc.gz").write_bytes(archives[0].read_bytes()[:-2_000])
    (tmp_path / "warcs" / "text.warc.gz").write_bytes(b"no archive")
    words: list[str | Path] = ["extract", "--engine", "spark", "--out", "out", "--to", "jsonl"]
    words += [paths, tmp_path / "warcs" / "text.warc.gz"]

    code, out = run(packed, place, words, folder=tmp_path, begun="out/_work/pages_1/_temporary")
    assert code == 3, out[-3000:]
    assert "\nout: 3 archives, 12 articles, 3 refused, 3 skipped, 2 failed\n" in out
    assert f"{tmp_path}/warcs/missing.warc.gz: cannot be read: No such file or directory\n" in out
    assert f"{tmp_path}/warcs/text.warc.gz: not a WARC file" in out
    assert articles_in(tmp_path / "out") == extracted(archives)
    if place.folder:
        return  # what a second job does is the same wherever it runs

    (*_, found) = write_archives(tmp_path / "more", archives=1, each=3, first=7)
    found.rename(tmp_path / "warcs" / "missing.warc.gz")
    stamps = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("batch=1/**/part-*")}
    words.append(tmp_path / "warcs" / "broken.warc.gz")
    code, out = run(packed, place, words, folder=tmp_path, begun="out/_work/pages_2/_temporary")

    assert code == 3, out[-3000:]
    assert "\nout: 5 archives, " in out
    assert f"{tmp_path}/warcs/broken.warc.gz: cut short or damaged at byte " in out
    assert stamps == {path: path.stat().st_mtime_ns for path in stamps}
    done = [*archives, tmp_path / "warcs" / "missing.warc.gz", tmp_path / "warcs" / "broken.warc.gz"]
    assert articles_in(tmp_path / "out") == extracted(done)
    refused = pq.read_table(tmp_path / "out" / "refused").to_pylist()
    assert {row["reason"] for row in refused} >= {"damaged"}
    assert {path.name.partition("=")[0] for path in (tmp_path / "out" / "articles" / "batch=1").iterdir()} >= {"date"}


def articles_in(out: Path) -> list[str]:
    """Return the lines of all articles, sorted."""
    parts = (out / "articles").rglob("part-*.txt")
    return sorted(line for path in parts for line in path.read_text(encoding="utf-8").splitlines())


def extracted(archives: list[Path]) -> list[str]:
    """Return the lines that `scrapy extract` prints for archives, sorted."""
    return sorted(scrapy("extract", *archives, "--jobs", "1").out.splitlines())
