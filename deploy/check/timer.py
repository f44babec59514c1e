"""The systemd unit and its timer: verified, their exposure measured, and run by a systemd that has booted."""

import re
import time
from collections.abc import Iterator

from deploy.check.exported import shown
from deploy.check.guide import blocks
from deploy.check.machine import Machine, booted
from deploy.check.outcome import FailedError
from deploy.check.running import fresh_folder
from deploy.check.site import all_sites

_UNITS = ("/etc/systemd/system/videsh.service", "/etc/systemd/system/videsh.timer")
_MOST_EXPOSURE = 3.0
_HOME = "var/lib/videsh"


def timer() -> Iterator[str]:
    """Install the units as docs/operating.md says, let a run end, stop another, and meet a third at work."""
    with all_sites(fresh_folder("timer-site")) as publisher, booted() as machine:
        _configure(machine, machine.trust(publisher.environment))
        install, look = blocks("systemd timer")
        machine.follow(install)
        yield _verified(machine)
        yield _end(machine)
        yield shown(machine.root / _HOME)
        yield _next(machine)
        machine.follow(look)
        machine.follow("\n".join(blocks("Each night")))
        yield "the commands of docs/operating.md, systemd timer and Each night, ran on a fresh Debian"
        yield _stop(machine)


def _configure(machine: Machine, environment: dict[str, str]) -> None:
    path = machine.root / "src/deploy/videsh.conf"
    lines = [f"{name}={value}\n" for name, value in environment.items() if value]
    path.write_text(path.read_text(encoding="utf-8") + "".join(lines), encoding="utf-8")


def _verified(machine: Machine) -> str:
    said = machine.run("systemd-analyze", "verify", *_UNITS)
    if said.strip():
        raise FailedError(f"systemd-analyze verify: {said}")
    said = machine.run("systemd-analyze", "security", "--offline=true", "--no-pager", _UNITS[0])
    level = re.search(r"exposure level for \S+: ([\d.]+)", said)
    if level is None or float(level[1]) > _MOST_EXPOSURE:
        raise FailedError(said)
    return f"systemd-analyze: verify is clean, exposure {level[1]} (at most {_MOST_EXPOSURE})"


def _end(machine: Machine) -> str:
    """Wait until the run that the guide started has ended."""
    for _ in range(180):
        state, code = _state(machine)
        if state in ("inactive", "failed"):
            if code not in ("0", "3"):
                raise FailedError(machine.run("journalctl", "--no-pager", "--unit=videsh.service")[-3000:])
            return f"a run under all its restrictions ended: exit code {code}, unit {state}"
        time.sleep(1)
    raise FailedError("the run has not ended after three minutes")


def _next(machine: Machine) -> str:
    lines = machine.run("systemctl", "list-timers", "--no-pager", "videsh.timer").splitlines()
    if "videsh.service" not in lines[1]:
        raise FailedError("\n".join(lines))
    return f"the timer's next run: {' '.join(lines[1].split()[:6])}"


def _stop(machine: Machine) -> str:
    """Begin a run, try another beside it, and stop the first."""
    machine.run("systemctl", "start", "--no-block", "videsh.service")
    time.sleep(4)
    by_hand = ("runuser", "-u", "videsh", "--", "/opt/videsh/bin/videsh", "newsroom", "--home", f"/{_HOME}")
    machine.run(*by_hand, codes=(75,))
    started = time.monotonic()
    machine.run("systemctl", "stop", "videsh.service")
    seconds = time.monotonic() - started
    if seconds > 15:
        raise FailedError(f"systemctl stop took {seconds:.0f} s")
    last = machine.run("journalctl", "--no-pager", "--output=cat", "--unit=videsh.service", "--lines=12")
    ended = next((line for line in last.splitlines() if '"event": "run"' in line), last)
    return f"a second run beside it: exit code 75; systemctl stop took {seconds:.1f} s: {_message(ended)}"


def _message(line: str) -> str:
    found = re.search(r'"message": "([^"]*)"', line)
    return found[1] if found else line


def _state(machine: Machine) -> tuple[str, str]:
    names = ("ActiveState", "ExecMainStatus")
    said = machine.run("systemctl", "show", *(f"--property={name}" for name in names), "videsh.service")
    values = dict(line.split("=", 1) for line in said.splitlines())
    return values["ActiveState"], values["ExecMainStatus"]
