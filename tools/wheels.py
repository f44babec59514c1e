"""Show that every dependency and extra has wheels, for each Python and machine that we promise, the untried 3.14 too.

`make check` runs it; it asks the package index only, and says so where none is reached.
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
"""Extras that want other versions than ours, and have an environment of their own."""
_NO_INDEX = 2
"""With which `uv` ends when it reaches no index; 1 says that something has no wheel."""


def missing(python: str, machine: str) -> str:
    """Return what has no wheel for a Python on a kind of machine; empty: all have.

    Raises ConnectionError where no index is reached.
    """
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    pinned = [part for extra in extras if extra not in UNPINNED for part in ("--extra", extra)]
    told = _resolve(python, machine, *pinned, "-c", "constraints.txt")
    return told + "".join(_resolve(python, machine, "--extra", extra) for extra in UNPINNED)


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
    """Check all pairs, and name those that lack a wheel."""
    pairs = [*product(PYTHONS, MACHINES)]
    try:
        with ThreadPoolExecutor(len(pairs)) as pool:  # they wait for the index, not for the processor
            told = [*pool.map(missing, *zip(*pairs, strict=True))]
    except ConnectionError as error:
        print(f"wheels: not checked: {str(error).splitlines()[0]}")
        return 0
    for (python, machine), lacks in zip(pairs, told, strict=True):
        print(f"wheels: Python {python} on {machine}: {lacks.strip() or 'all there'}")
    return int(any(told))


if __name__ == "__main__":
    sys.exit(main())
