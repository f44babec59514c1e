"""Check that every dependency and extra has wheels, and a version in constraints.txt, for each Python and CPU.

`make check` runs it. It needs the package index; if none can be reached, it says so and checks nothing.
"""

import os
import re
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
WITHOUT_WHEELS = ("spark",)
"""Extras that are not checked: PySpark has no wheels; it is pure Python and Java."""
_SEPARATORS = re.compile("[-_.]+")
_NO_INDEX = 2
"""Exit code of `uv` if it reaches no index; 1 means that a package has no wheel."""


def missing(python: str, machine: str) -> str:
    """Return a message about packages without a wheel, or without a version in constraints.txt; empty if there is none.

    Raise ConnectionError if no index can be reached.
    """
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    pinned = [part for extra in extras if extra not in UNPINNED + WITHOUT_WHEELS for part in ("--extra", extra)]
    message, needed = _resolve(python, machine, *pinned, "-c", "constraints.txt")
    free = sorted(_names(needed) - _names((ROOT / "constraints.txt").read_text(encoding="utf-8")))
    if free:
        message += f"no version in constraints.txt: {', '.join(free)}\n"
    return message + "".join(_resolve(python, machine, "--extra", extra)[0] for extra in UNPINNED)


def _names(requirements: str) -> set[str]:
    """Return the normalised names of the packages in the text of a requirements file."""
    lines = (line.partition("#")[0].strip() for line in requirements.splitlines())
    return {_SEPARATORS.sub("-", line.partition("==")[0]).lower() for line in lines if line}


def _resolve(python: str, machine: str, *options: str) -> tuple[str, str]:
    """Return what uv says of a resolution that fails, else nothing, and the packages of one that succeeds."""
    platform = f"{machine}-manylinux_2_28"
    command = ["uv", "pip", "compile", "--quiet", "--only-binary", ":all:", "--no-header", "--no-annotate"]
    command += ["pyproject.toml", "--python", sys.executable, "--python-version", python]
    command += ["--python-platform", platform, *options]
    path = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **path}, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode == _NO_INDEX or "network was disabled" in done.stderr:
        raise ConnectionError(done.stderr.strip())
    return (done.stderr, "") if done.returncode else ("", done.stdout)


def main() -> int:
    """Check all pairs of Python and CPU, and print what each lacks; return 1 if one lacks anything."""
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
