"""Airflow and Prefect, each in an environment of its own: the example is imported, and run once on the demo archive."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from deploy.check.exported import shown
from deploy.check.outcome import FailedError
from deploy.check.running import DEPLOY, ROOT, clean_environment, environment_with, fresh_folder, run
from deploy.check.wheel import wheel

_OPTIONS = f"--log json --replay {ROOT / 'demo' / 'demo.warc.gz'}"
_FLOW = "from prefect_flow import videsh; print(videsh(options={options!r}, return_state=True))"


def airflow() -> Iterator[str]:
    """Run the DAG once."""
    tools, home = environment_with("airflow", "apache-airflow"), fresh_folder("airflow")
    (home / "dags").mkdir()
    shutil.copy(DEPLOY / "airflow_dag.py", home / "dags")
    environment = _environment(
        home,
        AIRFLOW_HOME=str(home),
        AIRFLOW__CORE__DAGS_FOLDER=str(home / "dags"),
        AIRFLOW__CORE__LOAD_EXAMPLES="False",
    )
    run(tools / "airflow", "db", "migrate", environment=environment)
    conf = f'{{"options": "{_OPTIONS}"}}'
    said = run(tools / "airflow", "dags", "test", "videsh", "--conf", conf, environment=environment)
    if "state=success" not in said:
        raise FailedError(said[-3000:])
    yield f"Airflow {_version(tools, 'apache-airflow')}: the DAG was imported and run: state success"
    yield shown(home / "news")


def prefect() -> Iterator[str]:
    """Run the flow once."""
    tools, home = environment_with("prefect", "prefect"), fresh_folder("prefect")
    shutil.copy(DEPLOY / "prefect_flow.py", home)
    environment = _environment(
        home,
        PREFECT_HOME=str(home),
        PREFECT_SERVER_ANALYTICS_ENABLED="false",  # its first writes meet the migration's
        PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS="300",
        DO_NOT_TRACK="1",
    )
    code = _FLOW.format(options=_OPTIONS)
    said = run(tools / "python", "-c", code, folder=home, environment=environment)
    if "Completed()" not in said:
        raise FailedError(said[-3000:])
    yield f"Prefect {_version(tools, 'prefect')}: the flow was imported and run: Completed()"
    yield shown(home / "news")


def _environment(home: Path, **more: str) -> dict[str, str]:
    """Return an environment in which `videsh` is on the PATH and has a home."""
    path = f"{_videsh()}{os.pathsep}{os.environ['PATH']}"
    return clean_environment(PATH=path, VIDESH_HOME=str(home / "news"), **more)


def _videsh() -> Path:
    """Return the bin folder of an environment with nothing but Videsh."""
    return environment_with("videsh", "-c", str(ROOT / "constraints.txt"), str(wheel()))


def _version(tools: Path, package: str) -> str:
    return run(tools / "python", "-c", f"from importlib.metadata import version; print(version({package!r}))").strip()
