"""scrapy verify: check the hashes, rows and records of an export."""

import argparse
import json
from pathlib import Path

from scrapy.exceptions import UsageError

from crawler.exports.verification import check_lines, check_run
from crawler.printing import PrintingCommand
from crawler.runs.exit_code import ExitCode


class Command(PrintingCommand):
    def syntax(self) -> str:
        return "RUN..."

    def short_desc(self) -> str:
        return "Check hashes, rows and schema of an export"

    def long_desc(self) -> str:
        return (
            "RUN is the folder of a run, or a .jsonl file (also .gz, .zst), of which only the lines are checked. "
            "Prints each fault with the first bad line of its file, and ends with exit code 3 when there is one."
        )

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        if not args:
            raise UsageError("name at least one run: scrapy verify exports/date=…/run=…")
        for name in args:
            if not Path(name).exists():
                raise UsageError(f"{name}: no such run folder or file", print_help=False)
        for path in map(Path, args):
            faults = list(check_run(path) if path.is_dir() else check_lines(path))
            for fault in faults:
                print(fault)
            if faults:
                self.exitcode = ExitCode.PART_FAILED
            else:
                print(f"{path}: whole{_counted(path)}")


def _counted(run: Path) -> str:
    if not run.is_dir():
        return ""
    parts = json.loads((run / "manifest.json").read_text(encoding="utf-8"))["parts"]
    return f": {len(parts)} parts, {sum(part['rows'] for part in parts)} rows"
