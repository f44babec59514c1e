"""Check the settings that switch a profile on for an outlet: PROXIES, before a run."""

import os

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from crawler.downloading.proxies import proxied_outlets, read_proxies
from crawler.outlets import load_outlets, unknown_outlet


def check_profiles(settings: BaseSettings) -> None:
    """Raise UsageError for a profile of an unknown outlet, or one that lacks what it needs; it shows no password."""
    if entries := settings.getlist("PROXIES"):
        try:
            _check_names("PROXIES", proxied_outlets(entries), settings)
            read_proxies(entries, os.environ, only="" if settings.get("ARCHIVE_REPLAY") else None)
        except ValueError as error:
            raise UsageError(f"PROXIES: {error}", print_help=False) from error


def _check_names(setting: str, names: list[str], settings: BaseSettings) -> None:
    known = load_outlets(settings)
    for name in names:
        if name not in known:
            raise UsageError(f"{setting}: {unknown_outlet(name, known)}", print_help=False)
