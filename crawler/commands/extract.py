"""scrapy extract: read pages without crawling, and print one JSON line per article."""

import argparse
import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError

from crawler.bulk.engine_command import EngineCommand
from crawler.runs.exit_code import ExitCode

if TYPE_CHECKING:
    from crawler.authoring.wanted import Wanted

_MOST_JOBS = 256


class Command(EngineCommand):
    def syntax(self) -> str:
        return "PAGE.html --url URL | MANIFEST.jsonl | ARCHIVE.warc.gz…"

    def short_desc(self) -> str:
        return "Read pages without crawling, one JSON line a page"

    def long_desc(self) -> str:
        return (
            'MANIFEST.jsonl holds lines of {"file", "url"}, file relative to the manifest. ARCHIVE is a WARC file, a '
            "folder of them, a URL (https://…, s3://…), a pattern of files or URLs ('crawls/**/*.warc.gz'), a list "
            "(.paths, .paths.gz: one a line), or - for standard input. The HTML pages are read; what else it holds "
            "(feeds, robots.txt, redirects, errors) is skipped and counted. The outlet is found from the URL's "
            "host. With --out each archive gets a part of its own, which is there whole or not at all; an archive "
            "whose part is there is not read again, so that a run which was stopped goes on. Exit code 3 when a page "
            "held no article or could not be read; the others are printed all the same. With --engine spark, OUT is a "
            "folder or URL with articles by day and outlet: docs/bulk.md."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        option = parser.add_argument
        option("--url", help="address that the page was fetched from")
        option("--jobs", type=_jobs, metavar="N", help="processes that read (default: the cores)")
        option("--out", metavar="FOLDER", help="write FOLDER/ARCHIVE.jsonl for each archive instead of printing")
        option("--outlet", action="append", default=[], metavar="SLUG", help="read only the pages of this outlet")
        option("--host", action="append", default=[], help="read only the pages of this host and those below it")
        option("--language", action="append", default=[], type=_tag, metavar="TAG", help="read only pages in it: hi")
        self.add_engine_options(parser, ["spark"])
        option("--to", choices=["parquet", "jsonl"], help="with --engine: the format of articles (default: parquet)")
        option("--base", metavar="URL", help="where the relative paths of a list begin, as s3://commoncrawl")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.authoring.extract_job import Extraction, ExtractOptions
        from crawler.authoring.wanted import Wanted

        assert self.settings is not None
        if not args:
            raise UsageError("name a page, a manifest or archives")
        out: str | None = getattr(opts, "out", None)  # a script may give no option but the URL
        if out == "":
            raise UsageError("--out is empty: name a folder", print_help=False)
        outlets, hosts = frozenset(getattr(opts, "outlet", ())), frozenset(map(str.lower, getattr(opts, "host", ())))
        wanted = Wanted(outlets=outlets, hosts=hosts, languages=frozenset(getattr(opts, "language", ())))
        if getattr(opts, "engine", None):
            self._on_engine(args, opts, wanted)
            return
        for option in ("spark", "to"):
            if getattr(opts, option, None):
                raise UsageError(f"--{option} goes with --engine spark", print_help=False)
        jobs = getattr(opts, "jobs", 1) or _cores()
        base = getattr(opts, "base", None)
        options = ExtractOptions(
            url=opts.url, jobs=jobs, out=None if out is None else Path(out), base=base, wanted=wanted
        )
        try:
            with _terminable(), self.writing(out) if out else nullcontext():
                Extraction(self.settings, options, self.fail).run(args)
        except KeyboardInterrupt:
            print("stopped: what was printed or written is whole", file=sys.stderr)
            self.exitcode = ExitCode.STOPPED

    def _on_engine(self, args: list[str], opts: argparse.Namespace, wanted: "Wanted") -> None:
        from crawler.outlets import load_outlets, unknown_outlet

        assert self.settings is not None
        if opts.url or opts.jobs or "-" in args:
            raise UsageError("--url, --jobs and standard input go without --engine", print_help=False)
        if not opts.out:
            raise UsageError("--engine spark needs --out, the folder or URL to write to", print_help=False)
        known = load_outlets(self.settings)
        for slug in sorted(wanted.outlets - known.keys()):
            raise unknown_outlet(slug, known)
        with self.on_engine(opts.engine, opts.out):
            from crawler.bulk.job_files import archives_of_job
            from crawler.bulk.spark_reading import ReadingJob

            archives = archives_of_job(args, opts.base, self.settings)
            job = ReadingJob(wanted=wanted, settings=self.given_settings(), format=opts.to or "parquet")
            counts = job.run(archives, opts.out, settings=dict(opts.spark or ()), fail=self.fail)
            self.print_counts(opts.out, counts)
            if counts["skipped"] and not counts["articles"] + counts["refused"]:
                kinds = "no page in these archives is of the outlets, hosts and languages asked for"
                print(f"{opts.out}: {kinds}, or they are WET or WAT files, which hold no pages", file=sys.stderr)


@contextmanager
def _terminable() -> Iterator[None]:
    """Treat SIGTERM like Ctrl-C."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _cores() -> int:
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, _MOST_JOBS)


def _jobs(given: str) -> int:
    jobs = int(given) if given.isascii() and given.isdecimal() else 0
    if not 1 <= jobs <= _MOST_JOBS:
        raise argparse.ArgumentTypeError(f"{given}: write a number from 1 to {_MOST_JOBS}")
    return jobs


def _tag(given: str) -> str:
    if not re.fullmatch("[a-z]{2}", given):
        raise argparse.ArgumentTypeError(f"{given}: write the two letters of a language, as hi")
    return given
