"""What the commands have in common that print what they find, and crawl nothing."""

import argparse
import signal

from scrapy.commands import ScrapyCommand


class PrintingCommand(ScrapyCommand):
    """A command without a crawl and without a log; it ends quietly with whoever reads its output, as `head` does."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
