"""The exit codes of the commands, and the one with which a run ends."""

from collections.abc import Sequence
from enum import IntEnum

from crawler.reasons import Cause, cause_of
from crawler.runs.ended import Ended


class ExitCode(IntEnum):
    """How a command ended; the README's table prints these docstrings, and Scrapy's own 1 for an uncaught exception."""

    ALL_WELL = 0
    """all well"""
    WRONG_USE = 2  # Scrapy's code for a UsageError
    """wrong use: the message says what would be right"""
    PART_FAILED = 3
    """part failed: the rest was delivered"""
    GATE_FAILED = 4
    """a quality gate failed (`--strict`)"""
    UNREACHABLE = 5
    """blocked or unreachable, or this machine has no network: nothing came in"""
    ANOTHER_RUN = 75  # EX_TEMPFAIL in sysexits.h
    """another run is at work on the same store: try again later"""
    OUTPUT_CLOSED = 141  # 128 + SIGPIPE, what a shell says of a program that this signal ends
    """whoever read the output closed it, as `head` does"""


_AS_ASKED = ("finished", "closespider_")
"""Prefixes of the reasons for which a crawl ends as its user asked."""
_NO_ARTICLE = (Cause.UNREADABLE, Cause.GONE, Cause.BLOCKED)
"""Causes of a refusal that count as a failure: the page should have held an article."""


def exit_code(outlets: Sequence[Ended], *, has_alarm: bool = False) -> ExitCode:
    """Return the exit code of a run: UNREACHABLE if no outlet yielded anything because nothing could be fetched.

    `has_alarm` says that the report of a run with `--strict` has an alarm, which gives GATE_FAILED.
    """
    if outlets and all(is_unreachable(outlet) and not outlet.met_deadline for outlet in outlets):
        return ExitCode.UNREACHABLE
    if has_alarm:
        return ExitCode.GATE_FAILED
    return ExitCode.PART_FAILED if any(has_failed(outlet) for outlet in outlets) else ExitCode.ALL_WELL


def is_unreachable(outlet: Ended) -> bool:
    """Return whether an outlet yielded nothing because nothing could be fetched."""
    asked = [*outlet.articles] or [*outlet.listings]  # listings count only if no article was requested
    tried = [name for name in asked if name != "pending" and not _is_left_out(name)]
    return bool(tried) and all(map(_yielded_nothing, tried))


def _is_left_out(name: str) -> bool:
    """Return whether a request was left out because the crawl did not want it, as a duplicate or over the limit."""
    return name.startswith("filtered/") and cause_of(name) is Cause.UNWANTED


def _yielded_nothing(name: str) -> bool:
    """Return whether an outcome means that the crawl got no usable response; a wall against crawlers is none."""
    cause = cause_of(name)
    return cause is Cause.BLOCKED or (name.startswith(("failed/", "filtered/")) and cause is not Cause.OURS)


def has_failed(outlet: Ended) -> bool:
    """Return whether a part of an outlet's crawl failed.

    It did if the crawl broke or was stopped early, logged an error, has failed or pending requests, or yielded no
    article although pages that should have held one were refused.
    """
    if outlet.reason is None or not outlet.reason.startswith(_AS_ASKED) or not outlet.is_balanced:
        return True
    if outlet.errors:  # as from a feed on a full disk: Scrapy logs the loss and goes on
        return True
    if any(name.startswith("failed/") or name == "pending" for name in (*outlet.articles, *outlet.listings)):
        return True
    good = outlet.count("exported") + outlet.count("copy") + outlet.count("unchanged")
    return not good and any(name.startswith("refused/") and cause_of(name) in _NO_ARTICLE for name in outlet.articles)
