#!/usr/bin/env python3
"""The program `videsh`, which the wheel installs as a script: it checks its packages before it imports them."""

import sys
from importlib.util import find_spec
from pathlib import Path

_REMEDY = "use an environment of its own, and take that folder out of PYTHONPATH (a script's own folder comes first)"


def fault_of_packages() -> str | None:
    """Return a sentence about a package of Videsh that is missing or is another's, or None if all three are its own.

    The packages have common names, `crawler`, `spiders` and `pipelines`. They are Videsh's if `crawler` holds its
    command line, and the others lie beside it.
    """
    root = _folder("crawler")
    if root is None or not (root / "command_line.py").is_file():
        return f"another package named crawler is found first: {root or 'it has no folder'}; {_REMEDY}"
    for name in ("spiders", "pipelines"):
        folder = _folder(name)
        if folder is None:
            return f"the package {name} is missing beside {root}; install Videsh again"
        if folder != root.parent / name:
            return f"another package named {name} is found first: {folder}, not {root.parent / name}; {_REMEDY}"
    return None


def _folder(name: str) -> Path | None:
    """Return the folder of the package that Python finds under a name, the file if it is a module, or None."""
    spec = find_spec(name)
    if spec is None:
        return None
    if spec.origin is None:  # a folder without __init__.py
        return Path(next(iter(spec.submodule_search_locations or ()), "")).resolve()
    origin = Path(spec.origin).resolve()
    return origin.parent if origin.name == "__init__.py" else origin


if __name__ == "__main__":
    fault = fault_of_packages()
    if fault:
        print(f"videsh: {fault}", file=sys.stderr)
        sys.exit(2)
    from crawler.command_line import main

    main(sys.argv)
