"""Measure the build of the edition: an invented month of 30 days with 2,000 articles each, and its largest page.

The floor is the decoding of all its lines as JSON, in the same run. Exit code 1 if a limit is exceeded.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.bench import Bench, Figure, run  # noqa: E402
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
    bench = Bench("Edition: a month of invented articles, as a multiple of decoding its lines as JSON")
    with tempfile.TemporaryDirectory(prefix="videsh-bench-") as folder:
        exports, out = Path(folder, "exports"), Path(folder, "out")
        write_month(exports, days=asked.days, articles=asked.articles)
        floor = _decoded(exports)
        command = [sys.executable, "-m", "scrapy", "edition", "-s", f"EXPORTS={exports}", "--out", str(out)]
        built = run(command, folder=ROOT)
        first = max(path.stat().st_size for path in (out / "data").iterdir()) * 5000 / asked.articles / 1e6
    count = f"{asked.days * asked.articles} articles"
    return bench.verdict(
        [
            Figure(name=f"{count}, CPU time", values=[built.cpu / floor], most=_MOST_TIMES),
            Figure(name=f"{count}, CPU time", values=[built.cpu], unit="s"),
            Figure(name="peak memory", values=[built.peak], unit="MB", most=_MOST_RAM),
            Figure(name="data of a day of 5,000 articles", values=[first], unit="MB", most=_MOST_BYTES),
        ]
    )


def _decoded(exports: Path) -> float:
    """Return the CPU time, in seconds, in which all lines are decoded."""
    started = time.process_time()
    for path in exports.glob("date=*/run=*/*.jsonl"):
        with path.open("rb") as lines:
            for line in lines:
                json.loads(line)
    return time.process_time() - started


if __name__ == "__main__":
    sys.exit(main())
