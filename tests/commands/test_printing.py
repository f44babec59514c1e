"""A command ends quietly when the reader of its pipe closes it, as with `| head`."""

import signal
import subprocess
import sys

import pytest

from tests.commands.running import ROOT


@pytest.mark.parametrize("arguments", [["outlets"], ["extract", "demo/demo.warc.gz"]])
def test_a_closed_pipe_ends_a_command_quietly(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "scrapy", *arguments]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()

    assert process.stderr.read() == ""
    assert process.wait(timeout=60) == -signal.SIGPIPE
    process.stderr.close()
