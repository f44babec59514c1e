"""From the packed environment, outside the checkout: jobs on two workers, of which one is killed at work, are whole."""

import subprocess
import tarfile
import time
from pathlib import Path

import pytest

from tests.bulk.many_texts import by_id, in_one_process, many_texts, rows_in, write_texts
from tests.bulk.spark_cluster import cluster, kill_executor, spark_home
from tests.bulk.spark_jobs import LONGEST, SETTINGS, environment, skip_without_spark
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


def submit(packed: Path, master: str, *words: str | Path, folder: Path) -> subprocess.Popen[str]:
    """Start a job with `spark-submit`, as docs/bulk.md shows it."""
    settings = {
        **SETTINGS,
        "spark.master": master,
        "spark.executor.memory": "500m",
        "spark.python.worker.reuse": "true",
    }
    options = [part for name, value in settings.items() for part in ("--conf", f"{name}={value}")]
    archive = ["--archives", f"{packed}/environment.tar.gz#environment"]
    command = [spark_home() / "bin" / "spark-submit", *options, *archive, ROOT / "deploy" / "spark_job.py", *words]
    python = {"PYSPARK_PYTHON": "environment/bin/python", "PYSPARK_DRIVER_PYTHON": f"{packed}/environment/bin/python"}
    return subprocess.Popen(
        [*map(str, command)],
        cwd=folder,
        env=environment(**python),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def test_stories_on_a_cluster_are_those_of_one_process_though_an_executor_is_killed(
    packed: Path, tmp_path: Path
) -> None:
    texts = many_texts(times(20_000, least=1_000), week=times(10_000, least=500))
    files = write_texts(texts, tmp_path / "in", files=4)

    with cluster(tmp_path / "cluster", workers=2) as master:
        job = submit(packed, master, "stories", "--engine", "spark", "--out", "out", *files, folder=tmp_path)
        killed = False
        while job.poll() is None:
            time.sleep(0.2)
            if not killed and (tmp_path / "out" / "_work" / "texts" / "_SUCCESS").exists():
                killed = kill_executor(tmp_path / "cluster")
        out, err = job.communicate(timeout=LONGEST)

    assert job.returncode == 0, err[-3000:]
    assert killed
    assert out.startswith(f"out: {len(texts)} texts")
    assert rows_in(tmp_path / "out") == by_id(in_one_process(texts))
