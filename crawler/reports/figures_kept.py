"""The figures of an outlet's run that the store keeps, and that later runs are compared with."""

from collections.abc import Iterator, Mapping
from typing import Any

from crawler.reasons import RESTING, Cause, HttpReason, Reason, cause_of, read_reason

Summary = Mapping[str, Any]
"""The figures of an outlet's run that the store keeps; see `summary_of`."""
_NO_ARTICLE = (Cause.UNREADABLE, Cause.GONE, Cause.BLOCKED)
"""Causes for which a page is refused that should have held an article."""


def summary_of(outlet: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figures of an outlet's part of a report that the store keeps."""
    listings, refused = outlet["listings"], outlet["reasons"]["refused"]
    return {
        "requests": outlet["requests"],
        "met_deadline": outlet["met_deadline"],
        "waits": outlet["waits"],
        "left_alone": outlet["left_alone"],
        "ended": outlet["finish_reason"],
        "pending": outlet["outcomes"]["pending"],
        "faults": _faults(outlet),
        "failures": dict(_failures(outlet)),
        "items": max(
            outlet["articles"] + outlet["copies"], outlet["outcomes"]["exported"] + outlet["outcomes"]["copy"]
        ),
        "answers": sum(outlet["statuses"].values()),
        "announced": sum(listing["articles"] for listing in listings),
        "listings": len(listings),
        "silent": sum(listing["state"] in ("broken", "dead") for listing in listings),
        "unchanged": outlet["outcomes"]["unchanged"] + outlet["listing_outcomes"].get("unchanged", 0),
        "blocked": _turned_away(outlet),
        "unreadable": sum(count for word, count in refused.items() if _is_unreadable(word)),
        "generic_share": outlet["generic_share"],
        "coverage": {field: share for field, share in outlet["coverage"].items() if share is not None},
        "body_chars": outlet["body_chars"],
        "lag_hours": outlet["freshness"]["median_hours"],
    }


def _faults(outlet: Mapping[str, Any]) -> int:
    """Return the number of errors of the program: those in the log, or, if more, those that requests ended with."""
    failed = outlet["reasons"]["failed"].items()
    ours: int = sum(count for word, count in failed if cause_of(f"failed/{word}") is Cause.OURS)
    return max(int(outlet["errors"]), ours)


def _failures(outlet: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield the reason and count of each kind of failed request; a page that is gone is no failure.

    Where no article could be read, refusals of pages that should hold one count too.
    """
    reasons = outlet["reasons"]
    for word, count in reasons["failed"].items():
        if word not in RESTING and cause_of(f"failed/{word}") not in (Cause.GONE, Cause.OURS):
            yield word, count
    named = set()
    for listing in outlet["listings"]:
        if outlet["listing_outcomes"].get(f"failed/{listing['reason']}"):
            named.add(listing["reason"])
            yield f"{listing['reason']} of listing {listing['url']}", 1
    for name, count in outlet["listing_outcomes"].items():
        outcome, _, word = name.partition("/")
        if outcome == "failed" and word not in RESTING | named:
            yield f"{word} of listings", count
    if not any(outlet["outcomes"][outcome] for outcome in ("exported", "copy", "unchanged")):
        for word, count in reasons["refused"].items():
            if cause_of(f"refused/{word}") in _NO_ARTICLE:
                yield f"{word} of all pages", count


def _turned_away(outlet: Mapping[str, Any]) -> int:
    """Return the number of responses that blocked us, by their status or by a page that says so with status 200."""
    statuses: Mapping[str, int] = outlet["statuses"]
    refused: Mapping[str, int] = outlet["reasons"]["refused"]
    listings: Mapping[str, int] = outlet["listing_outcomes"]
    walls = (Reason.BLOCKED, Reason.CONSENT_WALL)
    by_status = sum(count for code, count in statuses.items() if HttpReason(int(code)).cause is Cause.BLOCKED)
    return by_status + sum(refused.get(wall, 0) + listings.get(f"failed/{wall}", 0) for wall in walls)


def _is_unreadable(word: str) -> bool:
    """Return whether many refusals for this reason mean that the outlet changed its pages."""
    reason = read_reason(word)
    return reason is not None and reason.cause in (Cause.UNREADABLE, Cause.GONE)
