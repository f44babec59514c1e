"""Read and check the arguments of an outlet's spider: `-a url=… since=… limit=… force=1 only_new=1`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from scrapy.exceptions import UsageError

from crawler.reading.outlet import Outlet
from crawler.reading.urls import canonical_url, is_of

_NAMES = ("url", "since", "limit", "force", "only_new")
_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"0", "false", "no", "off", ""})
_DAY_OR_TIME = re.compile(
    r"""
    \d{4}-\d\d-\d\d                # a day alone: 2024-06-12
    (
        [T ]\d\d:\d\d(:\d\d)?      # T as in ISO 8601, or a space as people type it; seconds may be missing
        (Z|[+-]\d\d:?\d\d)?        # Z, +05:30 or +0530
    )?
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """The arguments of one crawl."""

    url: str | None = None
    """Read this one page."""

    since: datetime | None = None
    """Skip articles that were published before this time."""

    limit: int | None = None
    """Request at most this many articles; known ones are then not rechecked."""

    force: bool = False
    """Fetch known articles too."""

    only_new: bool = False
    """Do not recheck known articles."""


def read_arguments(given: Mapping[str, str], outlet: Outlet) -> Arguments:
    """Return a spider's arguments; if one is invalid, raise a UsageError that says what to write instead.

    Names that begin with an underscore are ignored: they belong to a job runner (scrapyd sends `_job`).
    """
    for name in given:
        if name not in _NAMES and not name.startswith("_"):
            raise UsageError(_unknown(name, outlet))
    arguments = Arguments(
        url=_read_url(given["url"], outlet) if "url" in given else None,
        since=_read_since(given["since"], outlet) if "since" in given else None,
        limit=_read_limit(given["limit"]) if "limit" in given else None,
        force=_read_switch("force", given.get("force", "0")) or "url" in given,
        only_new=_read_switch("only_new", given.get("only_new", "0")),
    )
    if arguments.force and arguments.only_new and "url" not in given:
        raise UsageError("force=1 reads known articles again and only_new=1 skips them: give one of the two")
    return arguments


def _unknown(name: str, outlet: Outlet) -> str:
    near = get_close_matches(name.replace("-", "_"), _NAMES, n=1)
    hint = f'; did you mean "{near[0]}"?' if near else ""
    return f'{outlet.slug}: unknown argument "{name}"{hint} (known: {", ".join(_NAMES)})'


def _read_url(value: str, outlet: Outlet) -> str:
    if not re.match(r"https?://[^/\s]", value):
        raise UsageError(f'url: "{value}" is not a web address; give one such as https://{outlet.hosts[0]}/…')
    if not is_of(value, outlet):
        raise UsageError(
            f'url: "{value}" is not a page of {outlet.slug} ({", ".join(outlet.hosts)}); '
            '"scrapy outlets" tells which spider reads which host'
        )
    return canonical_url(value, outlet)


def _read_since(value: str, outlet: Outlet) -> datetime:
    wanted = f'since: "{value}" is not a date; write it as 2024-06-01 or 2024-06-01T06:00'
    if not _DAY_OR_TIME.fullmatch(value):
        raise UsageError(wanted)
    try:
        since = datetime.fromisoformat(value)
    except ValueError as error:
        raise UsageError(wanted) from error
    if since.tzinfo is None:
        since = since.replace(tzinfo=ZoneInfo(outlet.time_zone))
    if since > datetime.now(UTC):
        raise UsageError(f'since: "{value}" lies in the future, so no article could be that new; give a past date')
    return since


def _read_limit(value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", value) or int(value) == 0:
        raise UsageError(f'limit: "{value}" is not a number of articles; write a whole number from 1 up, as limit=50')
    return int(value)


def _read_switch(name: str, value: str) -> bool:
    if value.lower() in _YES:
        return True
    if value.lower() in _NO:
        return False
    raise UsageError(f'{name}: "{value}" is neither yes nor no; write {name}=1 or {name}=0')
