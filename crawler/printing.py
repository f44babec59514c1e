"""The common base of commands that print something and do not crawl."""

import argparse
import signal

from scrapy.commands import ScrapyCommand


class PrintingCommand(ScrapyCommand):
    """A command without a crawl and without a log; it ends silently when its output is closed, as by `head`."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
