"""Check the settings and output files of a run before anything is fetched."""

from collections.abc import Callable
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Any

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings
from w3lib.url import file_uri_to_path

from crawler.downloading.allowed import Allowed
from crawler.runs.profiles import check_profiles

_MOST_DAYS = 3_660
_LONGEST_VISIT = 600
_CARRIED = {"crawler.data": "agencies.toml", "crawler.reports": "report.html.j2"}
"""A file that is no module, by its package: an egg or a copy without it has none of the others either."""


def check_settings(settings: BaseSettings) -> None:
    """Raise UsageError for the first invalid setting; the text names the setting, its value and what to write.

    So does a copy of Videsh that lacks its data files, without which no article is read.
    """
    for package, name in _CARRIED.items():
        if not resources.files(package).joinpath(name).is_file():
            raise UsageError(
                f"this copy of Videsh lacks its data files ({package.replace('.', '/')}/{name}): install the wheel, or "
                "build the egg in a checkout, whose setup.py packs them",
                print_help=False,
            )
    for name, (read, is_right, wanted) in _RULES.items():
        value = settings.get(name)
        if value is None:
            continue
        try:
            right = is_right(read(value))
        except (TypeError, ValueError):
            right = False
        if not right:
            raise UsageError(f"{name} is {value!r}: {wanted}", print_help=False)
    check_profiles(settings)


def _hours(value: Any) -> list[float]:
    if value == "":
        return []
    return [float(hours) for hours in (value.split(",") if isinstance(value, str) else value)]


def _moment(value: Any) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _is_span(number: float) -> bool:
    """Return whether a number of minutes or seconds is between 0 and the maximum; 0 means no limit."""
    return 0 <= number <= _MOST_DAYS * 86_400


_MINUTES = (float, _is_span, "write a number of minutes, or 0 for no limit")
_SECONDS = (float, _is_span, "write a number of seconds from 0 up")
_COUNT = (int, lambda number: number >= 0, "write a whole number, or 0 for no limit")

_RULES: dict[str, tuple[Callable[[Any], Any], Callable[[Any], bool], str]] = {
    "RECHECK_AFTER": (
        _hours,
        lambda each: all(0 < hours <= _MOST_DAYS * 24 for hours in each),
        "write hours above 0, as 1,6,24,168, or nothing for no second look",
    ),
    "LISTING_VERIFY_EVERY": (int, lambda number: number > 0, "write a whole number from 1 up"),
    "LISTING_DEAD_AFTER": (int, lambda number: number > 0, "write a whole number from 1 up"),
    "OUTLET_MINUTES": _MINUTES,
    "RUN_MINUTES": _MINUTES,
    "LANES_AT_ONCE": (int, lambda number: number > 0, "write a whole number from 1 up"),
    "LANE_MINUTES": (float, _is_span, "write a number of minutes from 0 up"),
    "EXPORT_PART_MINUTES": _MINUTES,
    "EXPORT_PART_ROWS": _COUNT,
    "DISK_LEAST_MB": _COUNT,
    "DISK_LOW_MB": _COUNT,
    "HOST_LEFT_ALONE_AFTER": _COUNT,
    "HOST_LEFT_ALONE_MINUTES": (float, _is_span, "write a number of minutes from 0 up"),
    "RETRY_AFTER_MAX": _SECONDS,
    "BROWSER_SECONDS": (float, lambda number: 1 <= number <= _LONGEST_VISIT, f"write seconds, 1 to {_LONGEST_VISIT}"),
    "CRAWL_DELAY_MAX": _SECONDS,
    "STORIES_WINDOW_DAYS": (
        float,
        lambda days: 0 < days <= _MOST_DAYS,
        f"write a number of days above 0, at most {_MOST_DAYS}",
    ),
    "ALLOWED_ADDRESSES": (
        lambda entries: Allowed(entries.split(",") if isinstance(entries, str) and entries else entries),
        lambda allowed: True,
        "write addresses, networks or hosts, each with its port, as 127.0.0.1:8080,10.0.0.0/8,[::1]:*",
    ),
    "CRAWL_TIME": (
        _moment,
        lambda moment: moment is None or moment.tzinfo is not None,
        "write a time with its offset, as 2026-11-24T10:00:00+05:30",
    ),
}


def check_feeds(settings: BaseSettings) -> None:
    """Raise UsageError if the file of a feed cannot be written: Scrapy would crawl and then lose the articles."""
    for uri in settings.getdict("FEEDS"):
        path = _local(str(uri))
        if path is not None and "%(" not in str(path):  # a template: the file's name is not known yet
            _try_to_write(path)


def _local(uri: str) -> Path | None:
    """Return the local file of a feed's URI, or None for standard output and remote storage."""
    if uri.startswith("file:"):
        return Path(file_uri_to_path(uri))
    return None if "://" in uri or uri.startswith(("-", "stdout:")) else Path(uri)


def _try_to_write(path: Path) -> None:
    is_new = not path.exists()
    try:
        if not path.parent.exists():
            path.parent.mkdir(parents=True)
        path.open("ab").close()
    except OSError as error:
        message = f"{path}: cannot be written ({error.strerror}); name another file: -O FILE.jsonl"
        raise UsageError(message, print_help=False) from error
    if is_new:
        path.unlink()
