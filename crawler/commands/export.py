"""scrapy convert: convert an export to Parquet, CSV or IPTC ninjs."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from scrapy.exceptions import UsageError

from crawler.exports.csv import write_csv
from crawler.exports.jsonl import BadLine, parts_of, read_records, read_rows
from crawler.exports.ninjs import VERSIONS, write_ninjs
from crawler.exports.shelf_rows import read_row, write_rows_as_csv, write_rows_as_parquet
from crawler.printing import PrintingCommand
from crawler.runs.exit_code import ExitCode
from crawler.shelves import Shelf


class Command(PrintingCommand):
    def syntax(self) -> str:
        return "RUN... --to parquet|csv|ninjs OUT"

    def short_desc(self) -> str:
        return "Convert an export to Parquet, CSV or IPTC ninjs"

    def long_desc(self) -> str:
        return "RUN is the folder of a run, or a .jsonl file (also .gz, .zst). The last argument is the file to write."

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--to", choices=("parquet", "csv", "ninjs"), required=True, help="the format to write")
        shelves = [str(shelf) for shelf in Shelf]
        parser.add_argument("--part", choices=shelves, default="articles", help="default: articles")
        parser.add_argument("--ninjs", choices=VERSIONS, help="version of ninjs to write; default: 2.1")
        parser.add_argument("--bom", action="store_true", help="for csv: begin with a byte order mark, for Excel")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) < 2:
            raise UsageError("name at least one run and the file to write: scrapy convert RUN... --to csv OUT")
        if opts.bom and opts.to != "csv":
            raise UsageError(f"--bom is for --to csv; {opts.to} is never opened as text by Excel", print_help=False)
        if opts.to == "ninjs" and not Shelf(opts.part).has_records:
            raise UsageError(f"--part {opts.part} holds no articles: write csv or parquet", print_help=False)
        if opts.ninjs and opts.to != "ninjs":
            raise UsageError(f"--ninjs is for --to ninjs, not for {opts.to}", print_help=False)
        *runs, out = map(Path, args)
        for run in runs:
            if not run.exists():
                raise UsageError(f"{run}: no such run folder or file", print_help=False)
        shelf = Shelf(opts.part)
        parts = parts_of(runs, shelf)
        if not parts:
            raise UsageError(f"{runs[0]}: no {opts.part}*.jsonl in it; is it the folder of a run?", print_help=False)
        if not out.parent.is_dir() or out.is_dir():
            what = "is a folder" if out.is_dir() else f"there is no folder {out.parent}"
            raise UsageError(f"{out}: {what}; name a file in a folder that exists", print_help=False)
        temporary = out.with_name(out.name + ".part")
        try:
            rows = _rows(parts, shelf)
            if opts.to == "ninjs":
                count = write_ninjs(rows, temporary, version=opts.ninjs or VERSIONS[0])
            else:
                count = _write(opts.to, shelf, rows, temporary, bom=opts.bom)
            temporary.replace(out)
        except BadLine as error:
            self._fail(str(error))
        except OSError as error:
            self._fail(f"{out}: cannot be written ({error.strerror or error})")
        else:
            print(f"{out}: {count} {opts.part}")
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)

    def _fail(self, what: str) -> None:
        print(what, file=sys.stderr)
        self.exitcode = ExitCode.PART_FAILED


def _rows(parts: list[Path], shelf: Shelf) -> Iterator[dict[str, Any]]:
    for part in parts:
        yield from read_records(part) if shelf.has_records else read_rows(part, partial(read_row, shelf))


def _write(form: str, shelf: Shelf, rows: Iterator[dict[str, Any]], out: Path, *, bom: bool) -> int:
    encoding = "utf-8-sig" if bom else "utf-8"
    if form == "csv":
        if shelf.has_records:
            return write_csv(rows, out, encoding=encoding)
        return write_rows_as_csv(shelf, rows, out, encoding=encoding)
    try:
        from crawler.exports.parquet import write_parquet
    except ModuleNotFoundError as error:
        raise UsageError(f"Parquet needs pyarrow ({error}): pip install 'videsh[parquet]'", print_help=False) from error
    return write_parquet(rows, out) if shelf.has_records else write_rows_as_parquet(shelf, rows, out)
