"""scrapy export: write articles of all runs, or of some: JSON lines, Parquet, CSV, IPTC ninjs, SQLite or DuckDB."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import UsageError

from crawler.printing import PrintingCommand

if TYPE_CHECKING:
    from crawler.exports.published import PublishedParts
    from crawler.exports.selection import Selection
    from crawler.exports.since import Since
    from crawler.items import Publisher
    from crawler.shelves import Shelf

LATEST = "latest"
"""The value of --since for the cursor of the last export into the same file."""


class Command(PrintingCommand):
    def syntax(self) -> str:
        return "[RUN...] [--since SEQUENCE|TIME|latest] --to jsonl|parquet|csv|ninjs|sqlite|duckdb OUT"

    def short_desc(self) -> str:
        return "Export articles as JSON lines, Parquet, CSV, IPTC ninjs, or as a database of SQLite or DuckDB"

    def long_desc(self) -> str:
        return (
            "Writes one row for each article: its last edition; articles that were withdrawn are left out, or marked "
            "as canceled in ninjs. RUN is the folder of a run, or a .jsonl file (also .gz, .zst); without RUN, all "
            "runs in EXPORTS, a folder or s3://BUCKET/PREFIX, are read, and the last line printed is the next cursor "
            "for --since. The last argument is the file to write; - is standard output. A database holds "
            "articles and copies as tables; the next export adds what is new to one of SQLite, and writes DuckDB anew."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        from crawler.exports.formats import DATABASES, FORMATS
        from crawler.exports.ninjs import VERSIONS
        from crawler.shelves import Shelf

        super().add_options(parser)
        shelves = [str(shelf) for shelf in Shelf]
        parser.add_argument("--to", choices=(*FORMATS, *DATABASES), required=True, help="the format to write")
        parser.add_argument("--part", action="append", choices=shelves, help="the rows to export; default: articles")
        point = "SEQUENCE|TIME|latest"
        parser.add_argument("--since", metavar=point, help="only what is new since: a cursor, a time, the last export")
        parser.add_argument("--outlet", action="append", metavar="SLUG", help="only this outlet; may be repeated")
        parser.add_argument("--country", action="append", metavar="CODE", help="only datelines in this country: KR")
        parser.add_argument("--agency", action="append", metavar="ID", help="only reports credited to this agency: ap")
        parser.add_argument("--one-per-story", action="store_true", help="one article of each story: its original")
        parser.add_argument("--ninjs", choices=VERSIONS, help="version of ninjs to write; default: 2.1")
        parser.add_argument("--bom", action="store_true", help="for csv: begin with a byte order mark, for Excel")
        damaged = "leave out what is lost or damaged, name it, and end with exit code 3"
        parser.add_argument("--skip-damaged", action="store_true", help=damaged)
        parser.add_argument("--force", action="store_true", help="replace OUT even if it is not an export")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.exports.out_file import OutFileError, check_out

        *runs, out = _paths(args)
        shelves, selection = _shelves(opts, out), self._selection(opts)
        with self.writing(out, OutFileError):
            check_out(out, force=opts.force)
            published = self._published(runs, out, shelves)
            if opts.skip_damaged:
                published = published.whole()
            for message in published.damaged:
                self.fail(message)
            if not published.damaged or opts.skip_damaged:
                self._write(published, shelves, selection, out, opts)

    def _write(
        self, published: PublishedParts, shelves: list[Shelf], selection: Selection, out: Path, opts: argparse.Namespace
    ) -> None:
        from crawler.exports.formats import DATABASES

        write = self._export_database if opts.to in DATABASES else self._export
        try:
            write(published, shelves, selection, out, opts)
        except ModuleNotFoundError as error:
            extra = "explore" if opts.to == "duckdb" else "parquet"
            message = f"--to {opts.to} needs a package that is not there ({error}): pip install 'videsh[{extra}]'"
            raise UsageError(message, print_help=False) from error

    def _export(
        self, published: PublishedParts, shelves: list[Shelf], selection: Selection, out: Path, opts: argparse.Namespace
    ) -> None:
        """Write the file, keep its cursor, and print, last, the next one; on standard error if the rows go to `-`."""
        from crawler.exports.cursor import write_cursor
        from crawler.exports.formats import write_rows
        from crawler.exports.ninjs import VERSIONS
        from crawler.exports.out_file import STDOUT, whole_file

        kind = {"exports": self._place, "part": shelves, "one-per-story": opts.one_per_story, **selection.named}
        since = _since(opts.since, out, published, kind)
        rows = self._rows(published, shelves, since, selection, opts)
        with whole_file(out) as written:
            count = write_rows(opts.to, shelves[0], rows, written, ninjs=opts.ninjs or VERSIONS[0], bom=opts.bom)
        line, cursor = f"{out}: {count} {' and '.join(shelves)}", published.sequence
        if opts.since == LATEST and cursor is not None:
            write_cursor(out, cursor, kind)
        if cursor is not None:
            line += f"; the next cursor, for --since:\n{cursor}"
        print(line, file=sys.stderr if out == STDOUT else sys.stdout)

    def _export_database(
        self, published: PublishedParts, _: list[Shelf], selection: Selection, out: Path, opts: argparse.Namespace
    ) -> None:
        """Bring the database up to date; one of some runs has no cursor, and is written anew."""
        from crawler.exports.formats import write_database
        from crawler.exports.sqlite import Contents

        runs = sorted({part.place for part in published.parts}) if published.sequence is None else []
        kind = {"exports": self._place, "runs": runs, "outlet": selection.named["outlet"]}
        contents = Contents(published=published, publishers=self._publishers(), selection=selection, kind=kind)
        print(f"{out}: {write_database(opts.to, contents, out, anew=opts.force)} articles")

    @property
    def _root(self) -> str:
        assert self.settings is not None
        return str(self.settings.get("EXPORTS") or "exports")

    @property
    def _place(self) -> str:
        """Where the runs are, wherever the command is called."""
        return self._root if "://" in self._root else str(Path(self._root).resolve())

    def _publishers(self) -> dict[str, Publisher]:
        from crawler.outlets import publishers_of

        assert self.settings is not None
        return publishers_of(self.settings)

    def _published(self, runs: list[Path], out: Path, shelves: list[Shelf]) -> PublishedParts:
        """Return the parts of the runs that are named, or of all; raise UsageError if there are none."""
        from crawler.exports.published import published_at, published_by

        for run in runs:
            if not run.exists():
                raise UsageError(f"{run}: no such run folder or file", print_help=False)
            if out.exists() and run.samefile(out):
                raise UsageError(f"{out}: is a file to read; name another one to write", print_help=False)
        if runs:
            published = published_by(runs, shelves[0])
            if not published.damaged and not any(part.shelf in shelves for part in published.parts):
                missing = f"{runs[0]}: no {shelves[0]}*.jsonl in it; is it the folder of a run?"
                raise UsageError(missing, print_help=False)
            return published
        assert self.settings is not None
        everything = published_at(self._root, self.settings)
        if everything is None:
            todo = "crawl first, name a run, or say where the runs are: -s EXPORTS=…"
            raise UsageError(f"{self._root}: no run in it; {todo}", print_help=False)
        return everything

    def _rows(
        self,
        published: PublishedParts,
        shelves: list[Shelf],
        since: Since,
        selection: Selection,
        opts: argparse.Namespace,
    ) -> Iterator[dict[str, Any]]:
        from crawler.exports.current_articles import current_articles
        from crawler.exports.shelf_rows import rows_of_shelf

        if not shelves[0].has_records:
            return rows_of_shelf(published.parts, shelves[0], since, selection)
        return current_articles(
            published.parts,
            set(shelves),
            self._publishers(),
            since=since,
            selection=selection,
            one_per_story=opts.one_per_story,
            with_withdrawn=opts.to == "ninjs" or not since.is_the_beginning,
        )

    def _selection(self, opts: argparse.Namespace) -> Selection:
        """Return what --outlet, --country and --agency select; raise UsageError for one that nobody knows."""
        from scrapy.spiderloader import get_spider_loader

        from crawler.exports.selection import Selection
        from crawler.outlets import unknown_outlet
        from crawler.reports.countries import country_names

        assert self.settings is not None
        outlets = get_spider_loader(self.settings).list()
        for slug in opts.outlet or ():
            if slug not in outlets:
                raise unknown_outlet(slug, outlets)
        countries = {code.upper() for code in opts.country or ()}
        for code in sorted(countries - country_names().keys()):
            raise UsageError(f'"{code}" is not the ISO code of a country; write two letters, as KR', print_help=False)
        return Selection(
            outlets=frozenset(opts.outlet or ()),
            countries=frozenset(countries),
            agencies=frozenset(map(_agency, opts.agency or ())),
        )


def _since(text: str | None, out: Path, published: PublishedParts, kind: dict[str, Any]) -> Since:
    """Return the point that --since names; raise UsageError for one that does not exist."""
    from crawler.exports.cursor import read_cursor
    from crawler.exports.out_file import STDOUT
    from crawler.exports.since import Since

    if text is None:
        return Since()
    if text == LATEST:
        if published.sequence is None or out == STDOUT:
            message = "--since latest continues after the last export of all runs into OUT; say --since SEQUENCE"
            raise UsageError(message, print_help=False)
        return Since(sequence=read_cursor(out, kind))
    if not (text.isascii() and text.isdigit()):
        return Since.time(_moment(text), published.ended)
    if published.sequence is not None and int(text) > published.sequence:
        last = f"the last sequence number is {published.sequence}"
        raise UsageError(f"--since is {text}, and {last}: is it the cursor of other exports?", print_help=False)
    return Since(sequence=int(text))


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        message = f'--since is "{text}": write a sequence number, a time as 2026-11-24T06:00Z (UTC), or {LATEST}'
        raise UsageError(message, print_help=False) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _paths(args: list[str]) -> list[Path]:
    """Return the runs to read and the file to write; raise UsageError if no file is named, or one on S3."""
    from crawler.whole_files import followed

    if not args:
        raise UsageError("name the file to write: scrapy export --to csv OUT", print_help=False)
    for arg in args:
        if "://" in arg:
            remedy = "RUN and OUT are on this machine; -s EXPORTS=s3://BUCKET/PREFIX reads all runs of S3"
            raise UsageError(f"{arg}: {remedy}", print_help=False)
    *runs, out = map(Path, args)
    return [*runs, followed(out)]


def _shelves(opts: argparse.Namespace, out: Path) -> list[Shelf]:
    """Return the shelves to export; raise UsageError for options that do not go together."""
    from crawler.exports.combinations import wrong_combination
    from crawler.shelves import Shelf

    shelves = [Shelf(name) for name in dict.fromkeys(opts.part or ["articles"])]
    if wrong := wrong_combination(opts, out, shelves):
        raise UsageError(wrong, print_help=False)
    return shelves


def _agency(name: str) -> str:
    """Return the identifier of an agency with an identifier, name or spelling; raise UsageError if there is none."""
    from crawler.text.agencies import agencies, find_agency

    agency = find_agency(name)
    if agency is None:
        close = get_close_matches(name.lower(), [each.id for each in agencies()], n=1)
        meant = f'; did you mean "{close[0]}"?' if close else "; crawler/data/agencies.toml lists all"
        raise UsageError(f'"{name}" is not an agency{meant}', print_help=False)
    return agency.id
