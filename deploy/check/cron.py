"""The crontab and the rotation of its log, on a machine whose cron runs them."""

import time
from collections.abc import Iterator

from deploy.check.exported import shown
from deploy.check.guide import blocks
from deploy.check.machine import Machine, booted
from deploy.check.outcome import FailedError
from deploy.check.running import fresh_folder
from deploy.check.site import all_sites

_CRONTAB = "etc/cron.d/videsh"
_LOG = "var/log/videsh/newsroom.log"


def cron() -> Iterator[str]:
    """Install the crontab as docs/operating.md says, wait for a run that cron starts, and rotate its log."""
    with all_sites(fresh_folder("cron-site")) as publisher, booted() as machine:
        (install,) = blocks("Cron")
        machine.follow(install)
        yield "the commands of docs/operating.md, Cron, ran on a fresh Debian"
        _edit(machine, machine.trust(publisher.environment))
        yield f"cron started it: {_wait_for_run(machine)}"
        yield shown(machine.root / "var/lib/videsh")
        yield _rotate(machine)


def _edit(machine: Machine, environment: dict[str, str]) -> None:
    """Let the crontab run each minute, through the publisher."""
    path = machine.root / _CRONTAB
    lines = [f"{name}={value}\n" for name, value in environment.items() if value]
    path.write_text("".join(lines) + path.read_text(encoding="utf-8").replace("*/15 ", "* "), encoding="utf-8")


def _wait_for_run(machine: Machine) -> str:
    log = machine.root / _LOG
    for _ in range(180):
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        ends = [line for line in lines if '"event": "run"' in line]
        if ends:
            return f"{len(lines)} lines of JSON in its log"
        time.sleep(1)
    journal = machine.run("journalctl", "--no-pager", "--lines=20")
    raise FailedError(f"{_LOG}: no run has ended after three minutes: {journal}")


def _rotate(machine: Machine) -> str:
    said = machine.run("logrotate", "--debug", "/etc/logrotate.d/videsh")
    if "error" in said:
        raise FailedError(said)
    machine.run("logrotate", "--force", "/etc/logrotate.d/videsh")
    owner = machine.run("stat", "--format=%U %a %s", f"/{_LOG}", f"/{_LOG}.1").split("\n")
    if not owner[0].startswith("videsh 640 0"):
        raise FailedError(f"logrotate left {owner}")
    return f"logrotate: no error; rotated: the new log {owner[0]}, the old one {owner[1]} (owner, mode, bytes)"
