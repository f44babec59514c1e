"""A standalone cluster of Spark on loopback: a master and workers, each a process with a folder of its own."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psutil

from tests.bulk.spark_jobs import ENVIRONMENT, environment

_LONGEST = 120
"""Seconds in which a process of the cluster must have begun."""
_MASTER = re.compile(r"Starting Spark master at (spark://127\.0\.0\.1:[0-9]{1,5})")
_REGISTERED = re.compile("Successfully registered with master")


def spark_home() -> Path:
    """Return the folder of the Spark that pip installed."""
    return next((ENVIRONMENT / "lib").glob("python3.*/site-packages/pyspark"))


@contextmanager
def cluster(folder: Path, *, workers: int) -> Iterator[str]:
    """Yield the address of the master of a cluster with some workers of one core and 600 MB."""
    with ExitStack() as running:
        master = ["master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0"]
        running.enter_context(_process(folder / "master", *master))
        address = _said(folder / "master", _MASTER)[1]
        for number in range(workers):
            place = folder / f"worker-{number}"
            limits = ["--cores", "1", "--memory", "600m", "--webui-port", "0", "--work-dir", str(place / "work")]
            running.enter_context(_process(place, "worker.Worker", "--host", "127.0.0.1", *limits, address))
        for number in range(workers):
            _said(folder / f"worker-{number}", _REGISTERED)
        yield address


@contextmanager
def _process(folder: Path, name: str, *words: str) -> Iterator[None]:
    folder.mkdir(parents=True)
    command = [str(spark_home() / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}", *words]
    more = environment(SPARK_DAEMON_MEMORY="256m", SPARK_DAEMON_JAVA_OPTS="-XX:TieredStopAtLevel=1")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=more, stdout=log, stderr=log)
        try:
            yield
        finally:
            family = [*psutil.Process(process.pid).children(recursive=True)] if process.poll() is None else []
            for each in family:
                each.kill()
            process.kill()
            process.wait()


def _said(folder: Path, pattern: re.Pattern[str]) -> re.Match[str]:
    for _ in range(_LONGEST * 10):
        found = pattern.search((folder / "log").read_text(errors="replace"))
        if found:
            return found
        time.sleep(0.1)
    raise TimeoutError(f"{folder.name}: {(folder / 'log').read_text(errors='replace')[-2000:]}")


def executors(folder: Path) -> list[int]:
    """Return the process ids of the executors of a cluster, which run in the folders of its workers."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            is_executor = any("CoarseGrainedExecutorBackend" in word for word in process.cmdline())
            if is_executor and Path(process.cwd()).is_relative_to(folder):
                found.append(process.pid)
    return found


def kill_executor(folder: Path) -> bool:
    """Kill an executor of a cluster, as a machine dies; return whether there was one."""
    for pid in executors(folder)[:1]:
        os.kill(pid, signal.SIGKILL)
        return True
    return False
