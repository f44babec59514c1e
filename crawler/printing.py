"""The common base of commands that print something and do not crawl."""

import argparse
import gc
import os
import select
import sys
from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

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

    @contextmanager
    def writing(self, out: Path | str, *refused: type[Exception]) -> Iterator[None]:
        """Name what keeps a command from writing to `out`; exceptions of `refused` are faults of usage."""
        import sqlite3

        from crawler.exports.jsonl import BadLine

        try:
            yield
        except refused as error:
            raise UsageError(str(error), print_help=False) from error
        except BadLine as error:
            self.fail(str(error))
        except BrokenPipeError:  # standard output: `run` ends quietly
            raise
        except OSError as error:
            self.fail(f"{out}: cannot be written ({error.strerror or error})")
        except sqlite3.Error as error:
            self.fail(f"a temporary table cannot be written ({error}); set TMPDIR to a folder with free space")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        gc.freeze()  # what is imported by now stays; to look through it again and again takes 50 ms of a short command
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
