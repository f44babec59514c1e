"""A machine of its own for a server, behind a cable that can be pulled: neither end hears of it, or of the other."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

_NAME = f"videsh{os.getpid()}"
_HERE, _THERE, _SWITCH = f"{_NAME}h", f"{_NAME}t", f"{_NAME}s"
_NETWORK = f"198.18.{os.getpid() % 256}"
"""Of the addresses for tests of networks (RFC 2544)."""


def missing() -> str | None:
    """Return why no cable can be laid here, or None."""
    if os.geteuid() != 0 or shutil.which("ip") is None:
        return "needs root and ip (Debian: iproute2) to pull a cable"
    made = subprocess.run(["ip", "netns", "add", _NAME], capture_output=True, check=False)
    if made.returncode:
        return f"needs network namespaces to pull a cable: {made.stderr.decode().strip()}"
    _ip("netns del", _NAME)
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cable:
    """A cable from this machine to another one, over a switch: the interfaces and addresses of its ends stay up."""

    address: str
    """Address of the other machine."""
    there: tuple[str, ...]
    """What a command begins with that runs on the other machine."""

    def pull(self) -> None:
        """Let no more packets through, in either direction, and tell neither end."""
        _ip("-n", _SWITCH, "link set", _HERE, "nomaster")


@contextmanager
def cable() -> Iterator[Cable]:
    """Return a context with another machine, and a cable to it."""
    try:
        for name in (_SWITCH, _THERE):
            _ip("netns add", name)
        _ip("-n", _SWITCH, "link add switch up type bridge")
        _ip("link add", _HERE, "up type veth peer", _HERE, "netns", _SWITCH)
        _ip("-n", _THERE, "link add", _THERE, "up type veth peer", _THERE, "netns", _SWITCH)
        for end in (_HERE, _THERE):
            _ip("-n", _SWITCH, "link set", end, "up master switch")
        _ip("address add", f"{_NETWORK}.1/24 dev", _HERE)
        _ip("-n", _THERE, "address add", f"{_NETWORK}.2/24 dev", _THERE)
        yield Cable(address=f"{_NETWORK}.2", there=("ip", "netns", "exec", _THERE))
    finally:
        for name in (_SWITCH, _THERE):  # their interfaces go with them, and the other ends with these
            subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *" ".join(words).split()], check=True, capture_output=True)
