"""Check that every dependency and extra has wheels for each supported Python and CPU, and for Python 3.14.

`make check` runs it. It needs the package index; if none can be reached, it says so and checks nothing.
"""

import os
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
MACHINES = ("x86_64", "aarch64")
UNPINNED = ("eval",)
"""Extras that need other versions than constraints.txt, and are installed into a separate environment."""
_NO_INDEX = 2
"""Exit code of `uv` if it reaches no index; 1 means that a package has no wheel."""


def missing(python: str, machine: str) -> str:
    """Return uv's message about packages without a wheel for a Python on a CPU architecture; empty if all have one.

    Raise ConnectionError if no index can be reached.
    """
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    pinned = [part for extra in extras if extra not in UNPINNED for part in ("--extra", extra)]
    message = _resolve(python, machine, *pinned, "-c", "constraints.txt")
    return message + "".join(_resolve(python, machine, "--extra", extra) for extra in UNPINNED)


def _resolve(python: str, machine: str, *options: str) -> str:
    platform = f"{machine}-manylinux_2_28"
    command = ["uv", "pip", "compile", "--quiet", "--only-binary", ":all:", "--no-header", "pyproject.toml"]
    command += ["--python", sys.executable, "--python-version", python, "--python-platform", platform, *options]
    path = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **path}, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode == _NO_INDEX or "network was disabled" in done.stderr:
        raise ConnectionError(done.stderr.strip())
    return done.stderr if done.returncode else ""


def main() -> int:
    """Check all pairs of Python and CPU, and print those that lack a wheel; return 1 if one does."""
    pairs = [*product(PYTHONS, MACHINES)]
    try:
        with ThreadPoolExecutor(len(pairs)) as pool:  # they wait for the index, not for the CPU
            messages = [*pool.map(missing, *zip(*pairs, strict=True))]
    except ConnectionError as error:
        print(f"wheels: not checked: {str(error).splitlines()[0]}")
        return 0
    for (python, machine), lacks in zip(pairs, messages, strict=True):
        print(f"wheels: Python {python} on {machine}: {lacks.strip() or 'all there'}")
    return int(any(messages))


if __name__ == "__main__":
    sys.exit(main())
