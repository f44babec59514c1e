"""The lines with which each run ends its log: a line for each outlet, what came, and where that lies."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from scrapy.settings import BaseSettings

from crawler.reasons import Reason
from crawler.reports.health import is_bad
from crawler.runs.ended import Ended
from crawler.runs.exit_code import ExitCode
from crawler.runs.journal import JOURNAL

logger = logging.getLogger(__name__)

_MOST_NAMED = 3
"""Outlets that the line names where no folder or file holds what came; of more it says the number."""

_COUNTS = {
    "exported": "articles",
    "copy": "copies",
    "unchanged": "unchanged",
    "gone": "gone",
    "refused": "refused",
    "failed": "failed",
}
"""The outcomes that the line counts, and the words for them; `scrapy report` counts the same."""


def log_outlets(report: Mapping[str, Any]) -> None:
    """Log a line for each outlet of a run: a warning for one that is not as usual, with all that was found."""
    found: dict[str, list[Mapping[str, Any]]] = {name: [] for name in report["outlets"]}
    for warning in report["warnings"]:
        found.setdefault(warning["outlet"], []).append(warning)
    for name, warnings in found.items():
        bad = [each for each in warnings if is_bad(each)]
        outlet = report["outlets"].get(name)
        texts = [f"{each['kind']}: {each['text']}" for each in bad or warnings]
        if outlet is not None and not bad:
            texts.insert(0, f"{outlet['state']}, {_counts(outlet['outcomes'])}")
        todo = f"; to do: {bad[0]['todo']}" if bad else ""
        fields = {
            "event": "outlet",
            "outlet": name,
            "state": outlet["state"] if outlet else None,
            **(outlet["outcomes"] if outlet else {}),
            "findings": warnings,
        }
        level = logging.WARNING if bad else logging.INFO
        JOURNAL.log(level, "%s: %s%s", name, "; ".join(texts), todo, extra={"fields": fields})


def log_run(settings: BaseSettings, folder: str | None, outlets: Sequence[Ended], code: ExitCode) -> None:
    """Log one line that counts the articles of a run, and before it, if no article came, one with the remedy.

    `folder` is the run's export folder; None if Scrapy's feeds have the articles.
    """
    feeds = [] if folder is not None else [str(uri) for uri in settings.getdict("FEEDS")]
    if not any(outlet.count("exported") + outlet.count("copy") for outlet in outlets):
        kept = [path for each in outlets for path in each.kept_files]
        line = nothing_came(settings, kept, why=_unfetched(outlets, code))
        # Who named a file expects it to be written; that a run adds no row to the exports is every day's.
        logger.log(logging.WARNING if feeds else logging.INFO, "%s", line)
    place = folder if folder is not None else ", ".join(feeds) or _named(outlets)
    counts = {outcome: sum(each.count(outcome) for each in outlets) for outcome in _COUNTS}
    fields = {"event": "run", "run": settings.get("RUN_ID"), "export": place, **counts, "exit_code": int(code)}
    JOURNAL.info("%s: %s (exit code %d)", place, counted(outlets), code, extra={"fields": fields})


def _named(outlets: Sequence[Ended]) -> str:
    """Return the names of a few outlets, or the number of many; a shared run may find none that is due."""
    names = [each.outlet for each in outlets]
    return ", ".join(names) if 0 < len(names) <= _MOST_NAMED else f"{len(names) or 'no'} outlets"


def _counts(outcomes: Mapping[str, int]) -> str:
    return ", ".join(f"{outcomes[outcome]} {word}" for outcome, word in _COUNTS.items())


def counted(outlets: Sequence[Ended]) -> str:
    """Return the counts of a run in words: `12 articles, 3 copies, 0 unchanged, 0 gone, 1 refused, 0 failed`."""
    counts = [f"{sum(each.count(outcome) for each in outlets)} {word}" for outcome, word in _COUNTS.items()]
    unread = sum(count for each in outlets for name, count in each.listings.items() if name.startswith("failed/"))
    return ", ".join([*counts, f"{unread} listings not read"] if unread else counts)


def nothing_came(settings: BaseSettings, kept: Sequence[str], *, why: str = "") -> str:
    """Return the line of a run without an article; `kept` names the files that were left as they are.

    `why` says why nothing could be fetched; then reading all again is no remedy.
    """
    stays = f"; {', '.join(kept)} {'stays' if len(kept) == 1 else 'stay'} as before" if kept else ""
    if why:
        return f"no article came: {why}{stays}"
    if not settings.get("STORE"):
        return f"no article came{stays}"
    return (
        f"no new article came{stays}; what earlier runs exported is not exported again: to read and export all, "
        "add -s STORE= to the command"
    )


def _unfetched(outlets: Sequence[Ended], code: ExitCode) -> str:
    """Return why a run could fetch nothing; an empty text if it could."""
    if code is not ExitCode.UNREACHABLE:
        return ""
    asked = {name for each in outlets for name in (*each.listings, *each.articles)}
    if asked == {f"filtered/{Reason.NOT_IN_ARCHIVE}"}:
        return "the archive holds nothing that the outlets were asked for (is it that of other outlets?)"
    return "nothing could be fetched"
