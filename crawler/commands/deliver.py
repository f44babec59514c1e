"""scrapy deliver: export what shared runs have read, from the store into one place."""

import argparse
import json
import logging
import sys
from typing import Any

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.runs.exit_code import ExitCode
from crawler.usage import read_interval

logger = logging.getLogger(__name__)


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}

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

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.runs.checks import check_settings
        from crawler.runs.components import prepare_settings
        from crawler.runs.rounds import rounds

        assert self.settings is not None
        if args:
            raise UsageError("scrapy deliver takes no names: it exports whatever waits", print_help=False)
        if opts.out is not None:
            self.settings.set("EXPORTS", opts.out, priority="cmdline")
        has_run_id = bool(self.settings.get("RUN_ID"))
        prepare_settings(self.settings)
        check_settings(self.settings)
        if not self.settings.get("STORE"):
            raise UsageError("STORE is empty: name the store that the runs share", print_help=False)
        if opts.every is None:
            self.exitcode = self._round(opts)
            return
        if has_run_id:
            raise UsageError("--every: each round needs a RUN_ID of its own; leave RUN_ID out", print_help=False)
        seconds = read_interval("--every", opts.every)
        self.exitcode = rounds(seconds, lambda: (self._next_round(opts), False))

    def _next_round(self, opts: argparse.Namespace) -> ExitCode:
        from crawler.crawling.run_addon import new_run_id

        assert self.settings is not None
        self.settings.set("RUN_ID", new_run_id(), priority="cmdline")
        return self._round(opts)

    def _round(self, opts: argparse.Namespace) -> ExitCode:
        """Deliver once; print what was delivered, or what is wrong."""
        from crawler.masking import mask
        from crawler.runs.deliver_shared import deliver_shared
        from crawler.store import StoreError

        assert self.settings is not None
        try:
            delivered = deliver_shared(self.settings)
        except (StoreError, OSError) as error:
            print(mask(str(error)), file=sys.stderr)
            return ExitCode.PART_FAILED
        for message in delivered.messages:
            print(mask(message), file=sys.stderr)
        counts = {str(shelf): delivered.counts[shelf] for shelf in sorted(delivered.counts)}
        if opts.log == "json":
            _print_as_json({"event": "delivery", "export": delivered.address, **counts})
        elif delivered.address is None:
            print("nothing waits to be delivered")
        else:
            print(f"{delivered.address}: {', '.join(f'{count} {shelf}' for shelf, count in counts.items())}")
        sys.stdout.flush()
        return ExitCode.ALL_WELL


def _print_as_json(line: dict[str, Any]) -> None:
    print(json.dumps(line, ensure_ascii=False))
