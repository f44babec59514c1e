"""The exit codes: what a command says to a scheduler, and which one a run ends with."""

from collections.abc import Sequence
from enum import IntEnum

from crawler.reasons import Cause, cause_of
from crawler.runs.ended import Ended


class ExitCode(IntEnum):
    """How a command ended; the README's table lists these, and Scrapy's own 1 for an exception that nobody caught."""

    ALL_WELL = 0
    WRONG_USE = 2
    """Raised as UsageError, which Scrapy turns into this code."""
    PART_FAILED = 3
    GATE_FAILED = 4
    UNREACHABLE = 5
    ANOTHER_RUN = 75
    """EX_TEMPFAIL of sysexits.h."""


_AS_ASKED = ("finished", "closespider_")
"""Reasons for which a crawl ends as its user wished."""
_NO_ARTICLE = (Cause.UNREADABLE, Cause.GONE, Cause.BLOCKED)
"""What lies behind a refusal that is nobody's choice: the page should have held an article."""


def exit_code(outlets: Sequence[Ended], *, has_alarm: bool = False) -> ExitCode:
    """Return how a run ended: UNREACHABLE where nothing came in because nothing could be fetched."""
    if outlets and all(is_unreachable(outlet) and not outlet.met_deadline for outlet in outlets):
        return ExitCode.UNREACHABLE
    if has_alarm:
        return ExitCode.GATE_FAILED
    return ExitCode.PART_FAILED if any(has_failed(outlet) for outlet in outlets) else ExitCode.ALL_WELL


def is_unreachable(outlet: Ended) -> bool:
    """Say whether nothing came in because nothing could be fetched."""
    asked = [*outlet.articles] or [*outlet.listings]  # where articles were asked for, they are what counts
    tried = [name for name in asked if name != "pending" and not _is_left_out(name)]
    return bool(tried) and all(map(_brought_nothing, tried))


def _is_left_out(name: str) -> bool:
    """Say whether an address was not asked for because the crawl had no use for it: a second time, over the limit."""
    return name.startswith("filtered/") and cause_of(name) is Cause.UNWANTED


def _brought_nothing(name: str) -> bool:
    """Say whether an outcome means that no answer came which the crawl can use; a wall is no answer."""
    cause = cause_of(name)
    return cause is Cause.BLOCKED or (name.startswith(("failed/", "filtered/")) and cause is not Cause.OURS)


def has_failed(outlet: Ended) -> bool:
    """Say whether a part of an outlet's crawl failed: it broke, was stopped, or what it asked for did not come."""
    if outlet.reason is None or not outlet.reason.startswith(_AS_ASKED) or not outlet.is_balanced:
        return True
    if outlet.errors:  # a feed on a full disk: Scrapy logs what it lost, and goes on
        return True
    if any(name.startswith("failed/") or name == "pending" for name in (*outlet.articles, *outlet.listings)):
        return True
    good = outlet.count("exported") + outlet.count("copy") + outlet.count("unchanged")
    return not good and any(name.startswith("refused/") and cause_of(name) in _NO_ARTICLE for name in outlet.articles)
