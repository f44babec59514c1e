"""Run all benchmarks, and write docs/speed.md from what they find.

    python tools/speed.py [NAME ...]

NAMEs are those of single benchmarks, such as `reading`; then docs/speed.md keeps what it says of the others. Exit code
1 if a limit is exceeded, or a benchmark fails.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.bench import FOUND  # noqa: E402

DOCUMENT = ROOT / "docs" / "speed.md"
_INTRODUCTION = """# Speed

Written by `make bench`; do not edit. Times are CPU time, user and system. A value is the median of interleaved rounds,
with the lowest and the highest in brackets; `x` is a multiple of the floor of the same round, which is the least that
anybody has to pay for the same work. Other work on the machine makes a measurement *not judged*.
"""
_SECTION = "<!-- {} -->"


def names() -> list[str]:
    """Return the names of the benchmarks."""
    return sorted(path.stem.removeprefix("bench_") for path in (ROOT / "tools").glob("bench_*.py"))


def sections(text: str) -> dict[str, str]:
    """Return what a document says of each benchmark, by name."""
    parts = text.split(_SECTION.format("bench: ").removesuffix(" -->"))[1:]
    return {name: said.strip() for name, said in (part.split(" -->\n", 1) for part in parts)}


def document(said: dict[str, str]) -> str:
    """Return the document, with what it says of each benchmark."""
    parts = [f"{_SECTION.format(f'bench: {name}')}\n{said[name]}\n" for name in sorted(said)]
    return "\n".join([_INTRODUCTION, *parts])


def section(found: list[dict[str, Any]], environment: str) -> str:
    """Return the tables of what a benchmark found."""
    lines: list[str] = []
    for table in found:
        lines += [f"## {table['title']}", "", "| measured | median (range) | limit | verdict |", "|---|---|---|---|"]
        for row in table["rows"]:
            lines.append(f"| {row['name'].strip()} | {row['shown']} | {row['limit']} | {row['verdict']} |")
        lines += ["", *(f"{note}\n" for note in table["notes"])]
    return "\n".join([*lines, environment])


def environment() -> str:
    """Return what it was measured with."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("lxml", "scrapy"))
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, {packages}."


def main() -> int:
    parser = argparse.ArgumentParser(description="Run all benchmarks, and write docs/speed.md.")
    parser.add_argument("names", nargs="*", choices=[*names(), []], metavar="NAME", help="default: all")
    asked = parser.parse_args()
    said = sections(DOCUMENT.read_text(encoding="utf-8")) if DOCUMENT.exists() else {}
    said = {name: text for name, text in said.items() if name in names()}
    failed = []
    for name in asked.names or names():
        with tempfile.TemporaryDirectory() as folder:
            found = Path(folder, "found.jsonl")
            command = [sys.executable, str(ROOT / "tools" / f"bench_{name}.py")]
            if subprocess.run(command, cwd=ROOT, env={**os.environ, FOUND: str(found)}, check=False).returncode:
                failed.append(name)
            if found.exists():
                rows = [json.loads(line) for line in found.read_text(encoding="utf-8").splitlines()]
                said[name] = section(rows, environment())
                DOCUMENT.write_text(document(said), encoding="utf-8")
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
