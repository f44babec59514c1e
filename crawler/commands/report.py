"""scrapy report: print the report of a run in the terminal."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import UsageError

from crawler.printing import PrintingCommand

if TYPE_CHECKING:
    from rich.table import Table


class Command(PrintingCommand):
    def syntax(self) -> str:
        return "RUN"

    def short_desc(self) -> str:
        return "Print the report of a run"

    def long_desc(self) -> str:
        return (
            "RUN is the folder of a run (also s3://BUCKET/PREFIX/date=…/run=…). Its report.json is printed as tables, "
            "or whole with --json. --html writes the report as a page. A run that died before its report was written "
            "is counted again from its records."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print report.json itself")
        parser.add_argument("--html", metavar="FILE", type=Path, help="write the report as a page")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError("name one run: scrapy report exports/date=…/run=…", print_help=False)
        if opts.html and not opts.html.parent.is_dir():
            raise UsageError(f"{opts.html}: there is no folder {opts.html.parent}; make it first", print_help=False)
        if "://" in args[0]:
            self._show_from_s3(args[0].rstrip("/"), opts)
        else:
            self._show(Path(args[0]), opts)

    def _show_from_s3(self, run: str, opts: argparse.Namespace) -> None:
        """Download a run, and show its report; raise UsageError with its address if it cannot be read."""
        from crawler.exports.local_copy import local_copy
        from crawler.exports.storage import storage_at

        if not run.rpartition("/")[2].startswith("run="):
            raise UsageError(f"{run}: no run; name one: s3://BUCKET/PREFIX/date=…/run=…", print_help=False)
        try:
            with local_copy(storage_at(run, self.settings)) as folder:
                try:
                    self._show(folder, opts)
                except UsageError as error:
                    raise UsageError(str(error).replace(str(folder), run), print_help=False) from error
        except OSError as error:
            raise UsageError(str(error), print_help=False) from error

    def _show(self, folder: Path, opts: argparse.Namespace) -> None:
        from crawler.reports.html import report_page
        from crawler.whole_files import write_whole

        report = _read(folder)
        if opts.json:
            print(json.dumps(report, ensure_ascii=False, indent=2))
        try:
            if opts.html:
                write_whole(opts.html, report_page(report))
            if not opts.json:
                _print(report)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise UsageError(_unreadable(folder, error), print_help=False) from error


def _read(folder: Path) -> dict[str, Any]:
    from crawler.exports.jsonl import BadLine
    from crawler.reports.write import read_run

    if not folder.is_dir():
        raise UsageError(f"{folder}: no such run folder", print_help=False)
    if not (folder / "manifest.json").exists() and not (folder / "report.json").exists():
        raise UsageError(f"{folder}: neither manifest.json nor report.json in it; name a run", print_help=False)
    try:
        return read_run(folder)
    except BadLine as error:
        raise UsageError(f"{error}; see scrapy verify {folder}", print_help=False) from error
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise UsageError(_unreadable(folder, error), print_help=False) from error


def _unreadable(folder: Path, error: Exception) -> str:
    name = next(name for name in ("report.json", "manifest.json") if (folder / name).exists())
    todo = "remove it, and it is counted again" if name == "report.json" else "restore it"
    return f"{folder / name}: cannot be read ({error!r}); {todo}"


def _print(report: dict[str, Any]) -> None:
    from rich.console import Console  # slow to import, and Scrapy imports all commands for each

    from crawler.reports.facts import OUTCOMES

    console = Console(highlight=False)
    totals = report["totals"]
    counts = ", ".join(f"{totals[outcome]} {outcome}" for outcome in OUTCOMES if totals[outcome]) or "nothing"
    console.print(f"Run {report['run']['id']}: {totals['requests']} addresses: {counts}", markup=False)
    if not totals["balanced"]:
        console.print("The outcomes do not add up to the addresses that were asked for.")
    if report["outlets"]:
        console.print(_table(report))
    for line in _lines(report):
        console.print(line, markup=False, soft_wrap=True)


def _table(report: dict[str, Any]) -> "Table":
    from rich.table import Table

    from crawler.reports.facts import OUTCOMES

    table = Table(box=None, pad_edge=False)
    outcomes = [outcome for outcome in OUTCOMES if report["totals"][outcome]]
    for name in ("outlet", "state", *outcomes, "hours old", "dateline", "credit"):
        table.add_column(name, justify="left" if name in ("outlet", "state") else "right", no_wrap=True)
    for name, outlet in report["outlets"].items():
        counts = [str(outlet["outcomes"][outcome]) for outcome in outcomes]
        coverage = [_percent(outlet["coverage"][field]) for field in ("dateline", "credits")]
        hours = outlet["freshness"]["median_hours"]
        table.add_row(name, outlet["state"], *counts, "–" if hours is None else f"{hours:.0f}", *coverage)
    return table


def _lines(report: dict[str, Any]) -> Iterator[str]:
    countries = ", ".join(f"{row['country']} {row['articles']}" for row in report["countries"][:12])
    agencies = ", ".join(f"{row['agency']} {row['articles']}" for row in report["agencies"][:12])
    articles, listings = (_lost(report, kind) for kind in ("articles", "listings"))
    lost = (("Not articles", articles), ("Listings not read", listings))
    for name, counts in (("Countries", countries), ("Agencies", agencies), *lost):
        if counts:
            yield f"{name}: {counts}"
    for row in report.get("withdrawn", ()):  # reports of before 0.2 have none
        yield f"Withdrawn: {row['url']} ({row['reason']})"
    for row in report["reprinted"][:3]:
        yield f"Reprinted {row['copies']} times: {row['headline']} ({', '.join(row['outlets'])})"
    for warning in report["warnings"]:
        yield f"{warning['outlet']}: {warning['kind']}: {warning['text']}; to do: {warning['todo']}"


def _lost(report: dict[str, Any], kind: str) -> str:
    """Return the counts of the articles or listings that gave nothing; reports of before 0.2 do not tell them apart."""
    rows = [row for row in report["refused"] if row.get("kind", "articles") == kind]
    return ", ".join(f"{row['outcome']}/{row['reason']} {row['count']}" for row in rows)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"
