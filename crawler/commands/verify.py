"""scrapy verify: check the hashes, rows and records of an export."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError

from crawler.printing import PrintingCommand
from crawler.runs.exit_code import ExitCode

if TYPE_CHECKING:
    from crawler.exports.storage import Storage


class Command(PrintingCommand):
    def syntax(self) -> str:
        return "RUN..."

    def short_desc(self) -> str:
        return "Check hashes, rows and schema of an export"

    def long_desc(self) -> str:
        return (
            "RUN is the folder of a run, that of all exports with its catalog (also s3://BUCKET/PREFIX), or a .jsonl "
            "file (also .gz, .zst), of which only the lines are checked. "
            "Prints each fault with the first bad line of its file, and ends with exit code 3 when there is one."
        )

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.exports.local_copy import local_copy

        if not args:
            raise UsageError("name at least one run: scrapy verify exports/date=…/run=…")
        for name in args:
            if "://" not in name and not Path(name).exists():
                raise UsageError(f"{name}: no such run folder or file", print_help=False)
        for name in args:
            if "://" not in name:
                self._verify(Path(name), name)
                continue
            try:
                with self._storage_itself(name) as storage, local_copy(storage) as folder:
                    self._verify(folder, name.rstrip("/"))
            except OSError as error:
                print(error)
                self.exitcode = ExitCode.PART_FAILED

    @contextmanager
    def _storage_itself(self, name: str) -> Iterator[Storage]:
        """Return a context with the storage of an address and an empty spool, so that no copy stands for a file."""
        from tempfile import TemporaryDirectory

        from crawler.exports.storage import storage_at

        assert self.settings is not None
        with TemporaryDirectory() as empty:
            settings = self.settings.copy()
            settings.set("EXPORTS_SPOOL", empty, priority="cmdline")
            yield storage_at(name, settings)

    def _verify(self, path: Path, name: str) -> None:
        """Print the faults of a folder or file that users call by a name."""
        faults = list(_faults(path))
        for fault in faults:
            print(fault.replace(str(path), name))
        if faults:
            self.exitcode = ExitCode.PART_FAILED
        else:
            print(f"{name}: whole{_counted(path)}")


def _faults(path: Path) -> Iterator[str]:
    from crawler.exports.verification import check_exports, check_lines, check_run

    if _has_runs(path):
        return check_exports(path)
    return check_run(path) if path.is_dir() else check_lines(path)


def _has_runs(path: Path) -> bool:
    from crawler.exports.catalog import CATALOG, MANIFEST

    return (path / CATALOG).exists() or any(path.glob(f"date=*/run=*/{MANIFEST}"))


def _counted(path: Path) -> str:
    from crawler.exports.catalog import MANIFEST, open_catalog

    if not path.is_dir():
        return ""
    if _has_runs(path):
        catalog = open_catalog(path)
        parts = [part for _, part in catalog.parts()]
        return f": {len(catalog.runs)} runs, {len(parts)} parts, {sum(part.rows for part in parts)} rows"
    parts = json.loads((path / MANIFEST).read_text(encoding="utf-8"))["parts"]
    return f": {len(parts)} parts, {sum(part['rows'] for part in parts)} rows"
