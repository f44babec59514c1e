"""A command ends quietly when the reader of its pipe closes it, as with `| head`."""

import argparse
import signal
import socket
import subprocess
import sys

import pytest
from scrapy.settings import Settings

from crawler.printing import PrintingCommand
from crawler.runs.exit_code import ExitCode
from tests.commands.options import options
from tests.commands.running import ROOT


class AsksAClosedConnection(PrintingCommand):
    def short_desc(self) -> str:
        return "Ask a server that is gone"

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        ours, theirs = socket.socketpair()
        theirs.close()
        with ours:
            ours.send(b"?")


@pytest.mark.parametrize("arguments", [["outlets"], ["extract", "demo/demo.warc.gz"]])
def test_a_closed_pipe_ends_a_command_quietly(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "scrapy", *arguments]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()

    assert process.stderr.read() == ""
    assert process.wait(timeout=60) == ExitCode.OUTPUT_CLOSED
    process.stderr.close()


def test_a_command_whose_output_was_closed_before_it_began_ends_quietly() -> None:
    done = subprocess.run(f"{sys.executable} -m scrapy outlets >&-", cwd=ROOT, shell=True, capture_output=True)

    assert (done.returncode, done.stderr) == (ExitCode.ALL_WELL, b"")


def test_a_broken_connection_is_an_error_and_leaves_the_process_alive() -> None:
    handler = signal.getsignal(signal.SIGPIPE)
    command = AsksAClosedConnection()
    command.settings = Settings()
    command.process_options([], options(command))

    with pytest.raises(BrokenPipeError):
        command.run([], options(command))

    assert signal.getsignal(signal.SIGPIPE) is handler is signal.SIG_IGN
