"""Jobs from the packed environment, outside the checkout: they are whole, though an executor is killed at work."""

import subprocess
import tarfile
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.bulk.archives import write_archives, write_list
from tests.bulk.many_texts import by_id, in_one_process, many_texts, rows_in, write_texts
from tests.bulk.spark_cluster import cluster, kill_executor, spark_home
from tests.bulk.spark_jobs import ENVIRONMENT, LONGEST, SETTINGS, environment, skip_without_spark
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


def submit(packed: Path, master: str, words: list[str | Path], *, folder: Path) -> "subprocess.Popen[str]":
    """Start a job with `spark-submit`, as docs/bulk.md shows it."""
    settings = {**SETTINGS, "spark.master": master, "spark.executor.memory": "500m"}
    options = [part for name, value in settings.items() for part in ("--conf", f"{name}={value}")]
    python = str(packed / "environment" / "bin" / "python")
    python_there = python
    if not master.startswith("local"):
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


def test_stories_on_a_cluster_are_those_of_one_process_though_an_executor_is_killed(
    packed: Path, tmp_path: Path
) -> None:
    texts = many_texts(times(20_000, least=1_000), week=times(10_000, least=500))
    files = write_texts(texts, tmp_path / "in", files=4)

    with cluster(tmp_path / "cluster", workers=2) as master:
        job = submit(packed, master, ["stories", "--engine", "spark", "--out", "out", *files], folder=tmp_path)
        killed = False
        while job.poll() is None:
            time.sleep(0.2)
            if not killed and (tmp_path / "out" / "_work" / "texts" / "_SUCCESS").exists():
                killed = kill_executor(tmp_path / "cluster")
        out, _ = job.communicate(timeout=LONGEST)

    assert job.returncode == 0, out[-3000:]
    assert killed
    assert f"out: {len(texts)} texts" in out
    assert rows_in(tmp_path / "out") == by_id(in_one_process(texts))


def test_articles_from_archives_are_those_of_extract_and_a_second_job_reads_what_is_missing(
    packed: Path, tmp_path: Path
) -> None:
    archives = write_archives(tmp_path / "warcs", archives=3, each=4)
    names = [path.name for path in archives]
    paths = write_list(tmp_path / "warcs" / "warc.paths.gz", [*names, "missing.warc.gz", names[0]])
    (tmp_path / "warcs" / "broken.warc.gz").write_bytes(archives[0].read_bytes()[:-2_000])
    (tmp_path / "warcs" / "text.warc.gz").write_bytes(b"no archive")
    words: list[str | Path] = ["extract", "--engine", "spark", "--out", "out", "--to", "jsonl"]
    words += [paths, tmp_path / "warcs" / "text.warc.gz"]

    first = submit(packed, "local[2]", words, folder=tmp_path)
    out, _ = first.communicate(timeout=LONGEST)
    assert first.returncode == 3, out[-3000:]
    assert "\nout: 3 archives, 12 articles, 3 refused, 3 skipped, 2 failed\n" in out
    assert f"{tmp_path}/warcs/missing.warc.gz: cannot be read: No such file or directory\n" in out
    assert f"{tmp_path}/warcs/text.warc.gz: not a WARC file" in out
    assert articles_in(tmp_path / "out") == extracted(archives, tmp_path)

    (*_, found) = write_archives(tmp_path / "more", archives=1, each=3, first=7)
    found.rename(tmp_path / "warcs" / "missing.warc.gz")
    stamps = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("batch=1/**/part-*")}
    second = submit(packed, "local[2]", [*words, tmp_path / "warcs" / "broken.warc.gz"], folder=tmp_path)
    out, _ = second.communicate(timeout=LONGEST)

    assert second.returncode == 3, out[-3000:]
    assert "\nout: 5 archives, " in out
    assert stamps == {path: path.stat().st_mtime_ns for path in stamps}
    done = [*archives, tmp_path / "warcs" / "missing.warc.gz", tmp_path / "warcs" / "broken.warc.gz"]
    assert articles_in(tmp_path / "out") == extracted(done, tmp_path)
    refused = pq.read_table(tmp_path / "out" / "refused").to_pylist()
    assert {row["reason"] for row in refused} >= {"damaged"}
    assert {path.name.partition("=")[0] for path in (tmp_path / "out" / "articles" / "batch=1").iterdir()} >= {"date"}


def articles_in(out: Path) -> list[str]:
    """Return the lines of all articles, sorted."""
    parts = (out / "articles").rglob("part-*.txt")
    return sorted(line for path in parts for line in path.read_text(encoding="utf-8").splitlines())


def extracted(archives: list[Path], folder: Path) -> list[str]:
    """Return the lines that `videsh extract` prints for archives, sorted."""
    command = [str(ENVIRONMENT / "bin" / "videsh"), "extract", *map(str, archives), "--jobs", "1"]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, encoding="utf-8", check=False)
    return sorted(done.stdout.splitlines())
