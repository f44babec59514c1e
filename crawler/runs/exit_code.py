"""The exit code of a run: what it says to a scheduler."""

from collections.abc import Sequence

from crawler.runs.ended import Ended

ALL_WELL, WRONG_USE, PART_FAILED, GATE_FAILED, UNREACHABLE = 0, 2, 3, 4, 5

_AS_ASKED = ("finished", "closespider_")
"""Reasons for which a crawl ends as its user wished."""
_OURS = frozenset({"failed/pipeline-error", "failed/spider-error"})
"""Failures of the program, not of the network."""
_TURNED_AWAY = frozenset({"refused/blocked", "refused/consent-wall"})
"""A page came, and it says that we shall not have the article."""
_UNREADABLE = frozenset(
    f"refused/{reason}" for reason in ("no-body", "no-headline", "empty", "not-html", "soft-404", "mojibake", "listing")
)
"""Refusals that are nobody's choice: the page should have held an article."""
_NOT_ASKED = frozenset({"filtered/limit", "filtered/duplicate-request", "pending"})


def exit_code(outlets: Sequence[Ended], *, has_alarm: bool = False) -> int:
    """Return 0 all well, 3 a part failed, 4 a gate failed, 5 nothing came in because nothing could be fetched."""
    if outlets and all(is_unreachable(outlet) for outlet in outlets):
        return UNREACHABLE
    if has_alarm:
        return GATE_FAILED
    return PART_FAILED if any(has_failed(outlet) for outlet in outlets) else ALL_WELL


def is_unreachable(outlet: Ended) -> bool:
    """Say whether nothing came in because nothing could be fetched."""
    asked = [*outlet.articles] or [*outlet.listings]  # where articles were asked for, they are what counts
    tried = [name for name in asked if name not in _NOT_ASKED]
    return bool(tried) and all(
        (name.startswith(("failed/", "filtered/")) and name not in _OURS) or name in _TURNED_AWAY for name in tried
    )


def has_failed(outlet: Ended) -> bool:
    """Say whether a part of an outlet's crawl failed: it broke, was stopped, or what it asked for did not come."""
    if outlet.reason is None or not outlet.reason.startswith(_AS_ASKED) or not outlet.is_balanced:
        return True
    if outlet.stats.get("log_count/ERROR"):  # a feed on a full disk: Scrapy logs what it lost, and goes on
        return True
    if any(name.startswith("failed/") or name == "pending" for name in (*outlet.articles, *outlet.listings)):
        return True
    good = outlet.count("exported") + outlet.count("copy") + outlet.count("unchanged")
    return not good and any(name in _UNREADABLE | _TURNED_AWAY for name in outlet.articles)
