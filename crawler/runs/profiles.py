"""Check the settings that switch a profile on for an outlet, before a run, as PROXIES and BROWSER_OUTLETS."""

import os
from importlib.util import find_spec

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from crawler.browser.chromium import chromium_path, is_extra_installed
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
    for setting in ("BROWSER_OUTLETS", "FEED_TEXT_OUTLETS", "AMP_OUTLETS"):
        _check_names(setting, settings.getlist(setting), settings)
    if settings.getbool("FAST") and not all(map(find_spec, ("aiohttp", "uvloop"))):
        raise UsageError("FAST: aiohttp or uvloop is not installed: pip install 'videsh[fast]'", print_help=False)
    if settings.getlist("BROWSER_OUTLETS") and not settings.get("ARCHIVE_REPLAY"):
        _check_browser(settings)


def _check_browser(settings: BaseSettings) -> None:
    named = settings.get("BROWSER")
    if not is_extra_installed():
        fault = "scrapy-playwright is not installed: pip install 'videsh[browser]'"
    elif chromium_path(named) is None:
        at = f"{named} (BROWSER) is no program" if named else "no Chromium is on PATH"
        fault = f"{at}: apt install chromium, or set BROWSER to its path"
    else:
        return
    raise UsageError(f"BROWSER_OUTLETS: {fault}", print_help=False)


def _check_names(setting: str, names: list[str], settings: BaseSettings) -> None:
    known = load_outlets(settings) if names else {}
    for name in names:
        if name not in known:
            raise UsageError(f"{setting}: {unknown_outlet(name, known)}", print_help=False)
