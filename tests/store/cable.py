"""A machine of its own for a server, behind a cable that can be pulled: neither end hears of it, or of the other."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

_NAME = f"vi{os.getpid()}"
_NUMBERS = count()
"""Of cables: the interfaces of one stay for some time when their namespaces are deleted."""


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

    name: str
    """With `h`, `t` and `s`, the names of its ends here and there, and of the switch between them."""
    address: str
    """Address of the other machine."""
    there: tuple[str, ...]
    """What a command begins with that runs on the other machine."""

    def pull(self) -> None:
        """Let no more packets through, in either direction, and tell neither end."""
        _ip("-n", f"{self.name}s", "link set", f"{self.name}h", "nomaster")


@contextmanager
def cable() -> Iterator[Cable]:
    """Return a context with another machine, and a cable to it."""
    number = next(_NUMBERS)
    laid = f"{_NAME}c{number}"
    here, there, switch = (f"{laid}{end}" for end in "hts")
    network = f"198.18.{(os.getpid() + number) % 256}"  # of the addresses for tests of networks (RFC 2544)
    try:
        for name in (switch, there):
            _ip("netns add", name)
        _ip("-n", switch, "link add switch up type bridge")
        _ip("link add", here, "up type veth peer", here, "netns", switch)
        _ip("-n", there, "link add", there, "up type veth peer", there, "netns", switch)
        for end in (here, there):
            _ip("-n", switch, "link set", end, "up master switch")
        _ip("address add", f"{network}.1/24 dev", here)
        _ip("-n", there, "address add", f"{network}.2/24 dev", there)
        yield Cable(name=laid, address=f"{network}.2", there=("ip", "netns", "exec", there))
    finally:
        for name in (switch, there):  # their interfaces go with them, and the other ends with these
            subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *" ".join(words).split()], check=True, capture_output=True)
