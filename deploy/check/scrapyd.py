"""scrapyd in an environment of its own: an egg is deployed, a job is scheduled by the API, and its export is read."""

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen
from zipfile import ZipFile

from deploy.check.exported import shown
from deploy.check.guide import blocks
from deploy.check.outcome import FailedError, NotRunError
from deploy.check.running import clean_environment, copy_of_checkout, fresh_folder, need, shell
from deploy.check.site import all_sites
from tools.try_wheel import tracked_files

_PORT = 6800
_ADDRESS = f"http://127.0.0.1:{_PORT}"


def scrapyd() -> Iterator[str]:
    """Follow the section "scrapyd" of docs/operating.md in a copy of the checkout."""
    need("curl")
    if _is_open():
        raise NotRunError(f"another program listens at port {_PORT}")
    checkout = copy_of_checkout("scrapyd")
    install, start, deploy, schedule = blocks("scrapyd")
    shell(install, checkout)
    with all_sites(fresh_folder("scrapyd-site")) as publisher:
        environment = clean_environment(**publisher.environment, PYTHONWARNINGS="ignore")
        with _serving(start, checkout, environment):
            said = shell(deploy, checkout)
            yield "deployed: " + next(line for line in said.splitlines() if '"spiders"' in line)
            shell(schedule, checkout)
            job = _wait_for_job()
            log = (checkout / f"news/logs/videsh/{job['spider']}/{job['id']}.log").read_text(encoding="utf-8")
            if "ERROR" in log or "Traceback" in log:
                raise FailedError(log[-2000:])
            yield f"job {job['spider']}: {job['start_time'][:19]} to {job['end_time'][:19]}, log without errors"
            yield shown(checkout / "news")
    yield _egg(checkout)


@contextmanager
def _serving(start: str, folder: Path, environment: dict[str, str]) -> Iterator[None]:
    with subprocess.Popen(
        ["bash", "-euc", f"{start.rpartition('&&')[0]} && exec {start.rpartition('&&')[2]}"],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            for _ in range(120):
                if _is_open():
                    break
                time.sleep(0.5)
            yield
        finally:
            server.terminate()
            server.wait(30)


def _is_open() -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", _PORT)) == 0


def _wait_for_job() -> dict[str, str]:
    for _ in range(180):
        with urlopen(f"{_ADDRESS}/listjobs.json?project=videsh", timeout=30) as answer:
            finished: list[dict[str, str]] = json.load(answer)["finished"]
        if finished:
            return finished[0]
        time.sleep(1)
    raise FailedError("scrapyd: the job has not finished after three minutes")


def _egg(checkout: Path) -> str:
    """Return how large the egg is; raise FailedError if it lacks a file of the packages."""
    (egg,) = (checkout / "news/eggs/videsh").glob("*.egg")
    with ZipFile(egg) as archive:
        names = set(archive.namelist())
    missing = [name for name in tracked_files() if name not in names]
    if missing:
        raise FailedError(f"the egg lacks {missing}")
    return f"egg: {egg.stat().st_size / 1e6:.1f} MB, {len(names)} files, none of the packages' files is missing"
