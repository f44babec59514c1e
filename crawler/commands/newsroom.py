"""scrapy newsroom: crawl all outlets, a group, or the named ones, in one process and into one export."""

import argparse
import gc
import logging
import sys
from typing import TYPE_CHECKING, Any

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from crawler.masking import hide_secrets, mask
from crawler.runs.exit_code import ExitCode
from crawler.trying import set_by_user
from crawler.usage import read_interval

if TYPE_CHECKING:
    from crawler.runs.progress import Progress
    from crawler.runs.run import Run

_ARGUMENTS = ("since", "limit", "force", "only_new")
"""The options that are passed to each outlet's spider, as by `-a`."""
_MOST_WORKERS = 64
_WIDTH = 140
"""Width of the table in characters if the output is not a terminal."""


class Command(ScrapyCommand):
    requires_project = True

    def syntax(self) -> str:
        return (
            "[OUTLET...] [--group GROUP] [--since DAY] [--limit N] [--force | --only-new] [--out FOLDER] [--workers N]"
        )

    def short_desc(self) -> str:
        return "Crawl all outlets, a group, or those named, in one run"

    def long_desc(self) -> str:
        return (
            "Each outlet has its own lane of politeness; one that breaks does not stop the others. Ctrl-C once stops "
            "cleanly and keeps all. Exit code: 0 all well or as usual, 2 wrong use, 3 a part failed that usually does "
            "not, 4 an outlet fell out of its band or has failed for long (--strict), 5 blocked or unreachable, 75 "
            "another run is at work."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        option = parser.add_argument
        option("--group", help="newspaper, television, digital, agency or public")
        option("--since", metavar="DAY", help="leave out what was published before: 2024-06-01")
        option("--limit", metavar="N", help="ask each outlet for this many articles at most")
        known = parser.add_mutually_exclusive_group().add_argument
        known("--force", action="store_const", const="1", help="read known articles again, whether due or not")
        known("--only-new", action="store_const", const="1", help="leave known articles alone, even those that are due")
        option("--out", metavar="FOLDER", help="folder of the exports, or s3://BUCKET/PREFIX (default: exports)")
        option("--replay", metavar="WARC", help="answer every request from an archive, or a folder of them")
        option("--record", metavar="FOLDER", help="keep every exchange, a WARC file an outlet")
        option("--strict", action="store_true", help="exit 4 when an outlet falls out of its usual band")
        option("--show", action="store_true", help="print the articles and the result, as in a terminal")
        option("-v", "--verbose", action="store_true", help="a line for each outlet, not only for unusual ones")
        option("--log", choices=("text", "json"), default="text", help="json: one JSON object a line")
        option("--workers", metavar="N", help="crawl in this many processes on this machine, into one export")
        option("--share", action="store_true", help="take the outlets that no other run has; scrapy deliver exports")
        option("--every", metavar="TIME", help="begin again every so often until SIGTERM: 15m, 90s or 1h")
        option("--wait", action="store_true", help="if another run is at work on the store, wait for its end")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.runs.components import prepare_settings

        super().process_options(args, opts)
        assert self.settings is not None
        for name, value in (("EXPORTS", opts.out), ("ARCHIVE_REPLAY", opts.replay), ("ARCHIVE_RECORD", opts.record)):
            if value is not None:
                self.settings.set(name, value, priority="cmdline")
        hide_secrets(self.settings)
        self._set_up_log(opts)
        self._has_run_id = bool(self.settings.get("RUN_ID"))
        prepare_settings(self.settings)
        self._read_workers(opts)
        self._check(args, opts)

    def _read_workers(self, opts: argparse.Namespace) -> None:
        """Read how many processes crawl (None: this one), and how far apart the rounds are (None: there is one)."""
        from crawler.runs.shift import check_portable

        assert self.settings is not None
        self._every = read_interval("--every", opts.every) if opts.every is not None else None
        is_number = opts.workers is None or (opts.workers.isascii() and opts.workers.isdigit())
        if not is_number or not 1 <= int(opts.workers or 1) <= _MOST_WORKERS:
            raise UsageError(f"--workers {opts.workers}: write a number from 1 to {_MOST_WORKERS}", print_help=False)
        is_plain = not (opts.workers or opts.share or opts.every)
        self._workers = None if is_plain else int(opts.workers or 1)
        self._is_shared = opts.share
        if opts.share:
            _check_share(self.settings)
        if opts.every is not None and self._has_run_id:
            raise UsageError("--every: each round needs a RUN_ID of its own; leave RUN_ID out", print_help=False)
        if not is_plain:
            check_portable(self.settings)

    def _set_up_log(self, opts: argparse.Namespace) -> None:
        """Say little by default; the level or file that a user sets is left to Scrapy."""
        from crawler.runs.journal import Quiet, hide_dumps, write_journal

        assert self.settings is not None
        has_level, has_file = (set_by_user(self.settings, name) for name in ("LOG_LEVEL", "LOG_FILE"))
        self._shows_result = opts.show or sys.stdout.isatty() or has_level
        self._is_live = sys.stderr.isatty() and opts.log == "text"
        hide_dumps(self.settings)
        if has_level or has_file:
            if opts.log == "json":
                write_journal(self.settings, as_json=True)
            return
        self.settings.set("LOG_LEVEL", "WARNING", priority="cmdline")
        only = Quiet(every_outlet=opts.verbose, no_lines=self._shows_result and opts.log == "text" and not opts.verbose)
        write_journal(self.settings, as_json=opts.log == "json", only=only, minimum="INFO")

    def _check(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.archive.check import check_archives
        from crawler.runs.checks import check_feeds, check_settings

        assert self.settings is not None
        self._outlets = self._chosen(args, opts.group)
        self._arguments = {name: getattr(opts, name) for name in _ARGUMENTS if getattr(opts, name) is not None}
        for spider in self._outlets.values():
            _check_arguments(spider, self._arguments)
        check_settings(self.settings)
        check_archives(self.settings, list(self._outlets))
        self._check_feeds()
        check_feeds(self.settings)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.runs.rounds import rounds
        from crawler.runs.stop import Stop

        gc.freeze()  # what is imported by now stays, and is not looked through again
        assert self.settings is not None
        self._stop = Stop()
        if self._every is None:
            self.exitcode = self._round(opts)
            return
        self._check_rounds()
        rounds(self.settings, self._every, lambda: self._next_round(opts), stop=self._stop)
        self.exitcode = ExitCode.ALL_WELL

    def _check_rounds(self) -> None:
        """Raise UsageError for what no round could do, before the first."""
        from crawler.crawling.handover import exports_to
        from crawler.exports.export import check_export
        from crawler.runs.channels import Channels
        from crawler.runs.store_lock import check_store

        assert self.settings is not None
        check_store(self.settings)
        if exports_to(self.settings) and not self._is_shared:
            check_export(self.settings)
        Channels(self.settings)

    def _next_round(self, opts: argparse.Namespace) -> None:
        """Crawl once more; a store or a place of exports that cannot be used may be back in the next round."""
        try:
            self._round(opts)
        except UsageError as error:
            self._tell(str(error), ExitCode.WRONG_USE, opts)

    def _round(self, opts: argparse.Namespace) -> int:
        """Crawl once; return the exit code."""
        from crawler.runs.store_lock import AnotherRunError

        try:
            return self._crawl_alone(opts) if self._workers is None else self._crawl_with_workers(self._workers, opts)
        except AnotherRunError as error:
            self._tell(str(error), ExitCode.ANOTHER_RUN, opts)
            return ExitCode.ANOTHER_RUN

    def _tell(self, fault: str, code: ExitCode, opts: argparse.Namespace) -> None:
        """Say why a run does not begin."""
        from crawler.runs.journal import JOURNAL

        if opts.log == "json":
            JOURNAL.error("%s", fault, extra={"fields": {"event": "run", "exit_code": int(code)}})
        else:
            print(mask(fault), file=sys.stderr)

    def _crawl_alone(self, opts: argparse.Namespace) -> int:
        from crawler.runs.run import Run

        assert self.settings is not None
        assert self.crawler_process is not None
        run = Run(self.settings, is_alone=True, waits=opts.wait)
        try:
            with self._progress(run), run.watch(self.crawler_process):
                _log_through_progress()
                for name in self._outlets:
                    run.crawl(self.crawler_process, name, self._arguments)
                self.crawler_process.start()
        finally:
            code = run.end(strict=opts.strict)
        self._print(run)
        return code

    def _crawl_with_workers(self, workers: int, opts: argparse.Namespace) -> int:
        from crawler.runs.shift import Shift

        assert self.settings is not None
        shift = Shift(
            self.settings,
            list(self._outlets),
            self._arguments,
            workers=min(workers, len(self._outlets)),
            is_shared=opts.share,
            waits=opts.wait,
            again=self._every,
            stop=self._stop,
        )
        try:
            with self._progress(shift.run):
                _log_through_progress()
                shift.work()
        finally:
            code = shift.end(strict=opts.strict)
        self._print(shift.run)
        return code

    def _progress(self, run: "Run") -> "Progress":
        from rich.console import Console  # slow to import, and Scrapy imports all commands for each

        from crawler.runs.progress import Progress

        return Progress(run.outlets, Console(stderr=True), is_live=self._is_live)

    def _print(self, run: "Run") -> None:
        from rich.console import Console

        from crawler.runs.summary import print_result

        if not self._shows_result:
            return
        console = Console() if sys.stdout.isatty() else Console(width=_WIDTH)
        folder, address = (run.export.path, run.export.address) if run.export else (None, None)
        print_result(console, folder, run.outlets(), address=address)

    def _chosen(self, names: list[str], group: str | None) -> dict[str, Any]:
        """Return the spiders of the named outlets, or of all if none is named, that are in the group, if any is given.

        Raise UsageError for an unknown name or group, and if there are none.
        """
        from crawler.outlets import load_outlets, named_outlets

        assert self.settings is not None
        chosen = named_outlets(self.settings, names)
        if group is None:
            return chosen
        groups = sorted({spider.outlet.group for spider in load_outlets(self.settings).values()})
        if group not in groups:
            raise UsageError(f'--group: "{group}" is not a group; the groups are {", ".join(groups)}', print_help=False)
        found = {name: spider for name, spider in chosen.items() if spider.outlet.group == group}
        if not found:
            raise UsageError(f"none of the outlets named is in the group {group}", print_help=False)
        return found

    def _check_feeds(self) -> None:
        assert self.settings is not None
        for uri in self.settings.getdict("FEEDS"):
            if len(self._outlets) > 1 and "%(name)s" not in str(uri):
                message = f"FEEDS: {uri}: each outlet would overwrite it; put %(name)s into its name"
                raise UsageError(message, print_help=False)


def _check_share(settings: BaseSettings) -> None:
    """Raise UsageError for what a shared run cannot do: it shares a store, and `scrapy deliver` exports from there."""
    if settings.getdict("FEEDS"):
        text = "--share: leave -O and -o out: what shared runs read waits in the store, and scrapy deliver exports it"
        raise UsageError(text, print_help=False)
    if not settings.get("STORE"):
        text = "--share: STORE is empty, as in a replay: name the store that the runs share, -s STORE=postgresql://…"
        raise UsageError(text, print_help=False)


def _check_arguments(spider: Any, arguments: dict[str, str]) -> None:
    try:
        spider.check_arguments(arguments)
    except UsageError as error:
        raise UsageError(f"--{error}", print_help=False) from error


def _log_through_progress() -> None:
    """Send the log to the live table's replacement of `sys.stderr`, which prints it above the table."""
    for handler in logging.root.handlers:
        if type(handler) is logging.StreamHandler:
            handler.setStream(sys.stderr)
