"""scrapy deliver: export what shared runs have read, from the store into one place."""

import argparse
import json
from typing import Any, ClassVar

from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.printing import PrintingCommand
from crawler.runs.exit_code import ExitCode
from crawler.usage import read_interval


class Command(PrintingCommand):
    default_settings: ClassVar[dict[str, Any]] = {}  # it has a log, of what went wrong

    def syntax(self) -> str:
        return "[--out FOLDER | s3://BUCKET/PREFIX] [--every TIME]"

    def short_desc(self) -> str:
        return "Export what runs with --share have read"

    def long_desc(self) -> str:
        return (
            "Runs of `scrapy newsroom --share` leave what they read in the store that they share. This command exports "
            "it, each record once, in a folder of its own with the day's others; it finishes what one that died began. "
            "Exit code: 0 all well, 2 wrong use, 3 the store or the place of exports cannot be written."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        option = parser.add_argument
        option("--out", metavar="FOLDER", help="folder of the exports, or s3://BUCKET/PREFIX (default: exports)")
        option("--every", metavar="TIME", help="begin again every so often until SIGTERM: 5m, 90s or 1h")
        option("--log", choices=("text", "json"), default="text", help="json: one JSON object a line")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.runs.journal import Quiet, write_journal

        super().process_options(args, opts)
        assert self.settings is not None
        write_journal(self.settings, as_json=opts.log == "json", only=Quiet(), minimum="WARNING")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.runs.rounds import rounds
        from crawler.runs.stop import Stop

        assert self.settings is not None
        if args:
            raise UsageError("scrapy deliver takes no names: it exports whatever waits", print_help=False)
        seconds = read_interval("--every", opts.every) if opts.every is not None else None
        if seconds is not None and self.settings.get("RUN_ID"):
            raise UsageError("--every: each round needs a RUN_ID of its own; leave RUN_ID out", print_help=False)
        if opts.out is not None:
            self.settings.set("EXPORTS", opts.out, priority="cmdline")
        _check(self.settings)
        if seconds is None:
            self._deliver(opts.log)
        else:
            rounds(self.settings, seconds, lambda: self._deliver(opts.log), stop=Stop())
            self.exitcode = ExitCode.ALL_WELL

    def fail(self, what: str) -> None:
        """Log what went wrong; the exit code says so."""
        from crawler.runs.journal import JOURNAL

        self.exitcode = ExitCode.PART_FAILED
        JOURNAL.error("%s", what, extra={"fields": {"event": "delivery", "exit_code": int(self.exitcode)}})

    def _deliver(self, log: str) -> None:
        """Deliver once; print what was delivered, or what is wrong."""
        from crawler.exports.export import PlaceError
        from crawler.runs.deliver_shared import deliver_shared
        from crawler.store import StoreError

        assert self.settings is not None
        try:
            done = deliver_shared(self.settings)
        except (StoreError, PlaceError) as error:
            self.fail(str(error))
            return
        except OSError as error:
            place = error.filename or self.settings["EXPORTS"]
            self.fail(f"{place}: cannot be written ({error.strerror or error}); what was not delivered waits")
            return
        counts = {str(shelf): done.counts[shelf] for shelf in sorted(done.counts)}
        if log == "json":
            print(json.dumps({"event": "delivery", "export": done.address, **counts}), flush=True)
        elif done.address is None:
            print("nothing waits to be delivered", flush=True)
        else:
            rows = ", ".join(f"{count} {shelf}" for shelf, count in counts.items())
            print(f"{done.address}: {rows or 'nothing new'}", flush=True)


def _check(settings: Settings) -> None:
    """Complete the settings; raise UsageError for what no delivery could do."""
    from crawler.exports.export import check_export
    from crawler.runs.checks import check_settings
    from crawler.runs.components import prepare_settings
    from crawler.runs.store_lock import check_store

    prepare_settings(settings)
    check_settings(settings)
    if not settings.get("STORE"):
        raise UsageError("STORE is empty: name the store that the runs share", print_help=False)
    check_store(settings)
    check_export(settings)
