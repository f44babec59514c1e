"""Measure the build of the edition: an invented month of 30 days with 2,000 articles each, and its largest page.

The floor is the decoding of all its lines as JSON, in the same run. Exit code 1 if a limit is exceeded.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.synthetic_month import write_month  # noqa: E402

_MOST_TIMES = 30
"""Maximum CPU time of a build, as a multiple of the floor."""
_MOST_RAM = 300
"""Maximum RAM of a build, in MB."""
_MOST_BYTES = 8
"""Maximum size of what a page loads at first, in MB, for a day of 5,000 articles; data grow with the articles."""


def main() -> int:
    """Print the figures, and the limits that are exceeded."""
    parser = argparse.ArgumentParser(description="Measure the build of the edition.")
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--articles", type=int, default=2000, help="articles of each day")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="videsh-bench-") as folder:
        exports, out = Path(folder, "exports"), Path(folder, "out")
        write_month(exports, days=asked.days, articles=asked.articles)
        floor = _decoded(exports)
        cpu, ram, seconds = _built(exports, out)
        first = max(path.stat().st_size for path in (out / "data").iterdir()) * 5000 / asked.articles / 1e6
    print(f"edition of {asked.days * asked.articles} articles: {seconds:.1f} s, {cpu:.1f} s of CPU", end=", ")
    print(f"{cpu / floor:.1f} x floor, {ram:.0f} MB")
    print(f"data of a day of 5000 articles: {first:.1f} MB")
    failed = [
        f"{name} is {value:.1f}, at most {most} wanted"
        for name, value, most in (
            ("CPU time x floor", cpu / floor, _MOST_TIMES),
            ("RAM in MB", ram, _MOST_RAM),
            ("data in MB", first, _MOST_BYTES),
        )
        if value > most
    ]
    print(*failed, sep="\n", end="\n" if failed else "")
    return 1 if failed else 0


def _decoded(exports: Path) -> float:
    """Return the CPU time, in seconds, in which all lines are decoded."""
    started = time.process_time()
    for path in exports.glob("date=*/run=*/*.jsonl"):
        with path.open("rb") as lines:
            for line in lines:
                json.loads(line)
    return time.process_time() - started


def _built(exports: Path, out: Path) -> tuple[float, float, float]:
    """Return the CPU time in seconds, the RAM in MB and the time in seconds of a build in a process of its own."""
    command = [sys.executable, "-m", "scrapy", "edition", "-s", f"EXPORTS={exports}", "--out", str(out)]
    started = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, time.monotonic() - started


if __name__ == "__main__":
    sys.exit(main())
