"""The common base of commands that print something and do not crawl."""

import argparse
import os
import select
import sys
from abc import abstractmethod
from typing import TextIO

from scrapy.commands import ScrapyCommand

from crawler.masking import hide_secrets
from crawler.runs.exit_code import ExitCode


class PrintingCommand(ScrapyCommand):
    """A command without a crawl and without a log; it ends silently when its output is closed, as by `head`.

    The signal SIGPIPE stays ignored, as Python leaves it: by default it would end the process at a write to any
    connection that the other side closed, such as one to S3.
    """

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        assert self.settings is not None
        hide_secrets(self.settings)

    @abstractmethod
    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do what the command is for; print the answer."""

    def fail(self, what: str) -> None:
        """Print what went wrong with a part of the work; the rest goes on, and the exit code says so."""
        print(what, file=sys.stderr)
        self.exitcode = ExitCode.PART_FAILED

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        try:
            self.work(args, opts)
            print(end="", flush=True)
        except BrokenPipeError:
            if not _is_closed(sys.stdout):
                raise
            # Python flushes the output once more at its end, and would print a second error.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            self.exitcode = ExitCode.OUTPUT_CLOSED


def _is_closed(output: TextIO) -> bool:
    """Return whether nobody reads an output any more."""
    poll = select.poll()
    poll.register(output, 0)  # what went wrong is always told
    return bool(poll.poll(0))
