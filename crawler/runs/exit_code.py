"""The exit codes of the commands, and the one with which a run ends."""

from collections.abc import Mapping
from enum import IntEnum
from typing import Any


class ExitCode(IntEnum):
    """How a command ended; the README's table prints these docstrings, and Scrapy's own 1 for an uncaught exception."""

    ALL_WELL = 0
    """all well, or as usual"""
    WRONG_USE = 2  # Scrapy's code for a UsageError
    """wrong use, or no room to begin (under 200 MB of disk): the message says what would be right"""
    PART_FAILED = 3
    """a part failed that usually does not: the rest was delivered"""
    GATE_FAILED = 4
    """an outlet is out of its usual band, or has failed for long (`--strict`, `doctor`)"""
    UNREACHABLE = 5
    """blocked or unreachable, or this machine has no network: nothing came in"""
    ANOTHER_RUN = 75  # EX_TEMPFAIL in sysexits.h
    """another run is at work on the same store: try again later, or add `--wait`"""
    STOPPED = 130  # 128 + SIGINT, what a shell says of a program that Ctrl-C ends
    """somebody stopped the command, with Ctrl-C or SIGTERM; what it wrote is whole"""
    OUTPUT_CLOSED = 141  # 128 + SIGPIPE, what a shell says of a program that this signal ends
    """whoever read the output closed it, as `head` does"""


EXAMPLES = {
    ExitCode.ALL_WELL: "one page of 300 was taken down, and a listing has been dead for a week",
    ExitCode.WRONG_USE: "`scrapy newsroom bbc-hindi`: did you mean `bbc_hindi`?",
    ExitCode.PART_FAILED: "`zee` has timeouts for the first time in 7 runs; `ndtv` met its deadline",
    ExitCode.GATE_FAILED: "with `--strict`: `zee` has been blocked for 7 runs; the bylines of `ndtv` are gone",
    ExitCode.UNREACHABLE: "the cable is out; the only outlet of the run answers 403",
    ExitCode.ANOTHER_RUN: "the run of a quarter of an hour ago is not done",
    ExitCode.STOPPED: "Ctrl-C in a long `scrapy extract --out FOLDER`: the same command goes on where it stopped",
    ExitCode.OUTPUT_CLOSED: "the first lines of a long `scrapy extract` were enough",
}


def exit_code(report: Mapping[str, Any], *, strict: bool = False) -> ExitCode:
    """Return the exit code of a run from the findings in its report; `strict` gives alarms a code of their own."""
    from crawler.reports.health import CUT_OFF  # every command knows the codes, and few judge a run

    outlets, warnings = report["outlets"].values(), report["warnings"]
    is_cut_off = any(each["kind"] == CUT_OFF for each in warnings)
    if is_cut_off or (outlets and all(each["unreachable"] and not each["met_deadline"] for each in outlets)):
        return ExitCode.UNREACHABLE
    if strict and any(each["alarm"] for each in warnings):
        return ExitCode.GATE_FAILED
    return ExitCode.PART_FAILED if any(each["fails"] for each in warnings) else ExitCode.ALL_WELL
