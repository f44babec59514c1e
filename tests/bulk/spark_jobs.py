"""Run jobs on Spark, which has an environment of its own beside that of the tests (`make scale-test` makes it)."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ENVIRONMENT = Path(f"{sys.prefix}-spark")
LONGEST = 600
"""Seconds after which a job that has not ended is killed."""
SETTINGS = {
    "spark.master": "local[2]",
    "spark.driver.memory": "1g",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",  # a short job is over before more pays
    "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}


def skip_without_spark() -> None:
    """Skip the test, and say why, where Spark cannot run."""
    if not (ENVIRONMENT / ".installed").exists():
        pytest.skip(f"Spark needs an environment of its own, {ENVIRONMENT}, which `make scale-test` makes")
    if not shutil.which("java"):
        pytest.skip("Spark needs Java: apt-get install openjdk-17-jre-headless")


def environment(**more: str) -> dict[str, str]:
    """Return the variables of a process that must not find the checkout or another Spark."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SPARK", "PYSPARK", "PYTHON"))}
    return {**kept, "TZ": "Asia/Kolkata", "SPARK_LOCAL_IP": "127.0.0.1", **more}


def videsh(*arguments: str | Path, folder: Path, settings: dict[str, str] | None = None) -> tuple[int, str, str]:
    """Run `videsh` with Spark's settings in a folder; return exit code, standard output and standard error."""
    done = subprocess.run(
        [ENVIRONMENT / "bin" / "videsh", *map(str, arguments), *_options({**SETTINGS, **(settings or {})})],
        cwd=folder,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=LONGEST,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def videsh_each(commands: Sequence[Sequence[str]], *, folder: Path) -> list[int]:
    """Run commands of `videsh` in a folder, one after another with one start of Java; return their exit codes."""
    codes: list[int] = json.loads(_run_each(commands, folder).stdout.splitlines()[-1])
    return codes


def videsh_said(commands: Sequence[Sequence[str]], *, folder: Path) -> str:
    """Run commands as `videsh_each` does; return what they wrote to standard error."""
    return _run_each(commands, folder).stderr


def _run_each(commands: Sequence[Sequence[str]], folder: Path) -> "subprocess.CompletedProcess[str]":
    done = subprocess.run(
        [ENVIRONMENT / "bin" / "python", Path(__file__).with_name("spark_commands.py")],
        cwd=folder,
        env=environment(),
        input=json.dumps([[*command, *_options(SETTINGS)] for command in commands]),
        capture_output=True,
        encoding="utf-8",
        timeout=LONGEST,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done


def _options(settings: dict[str, str]) -> list[str]:
    return [part for name, value in settings.items() for part in ("--spark", f"{name}={value}")]
