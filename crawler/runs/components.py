"""Keep the components of the project when the command line names others in one of their settings."""

import logging
from typing import Any

from scrapy.settings import BaseSettings

from crawler import settings as ours
from crawler.crawling.run_addon import RunAddon
from crawler.trying import set_by_user

logger = logging.getLogger(__name__)

_OF_COMPONENTS = (
    "ADDONS",
    "DOWNLOAD_HANDLERS",
    "DOWNLOADER_MIDDLEWARES",
    "SPIDER_MIDDLEWARES",
    "EXTENSIONS",
    "ITEM_PIPELINES",
)


def prepare_settings(settings: BaseSettings) -> None:
    """Complete the settings of a run: its id, its store, the compression of its feeds, and its components.

    Scrapy replaces a dict by the one that `-s` gives: `-s 'EXTENSIONS={"my.Extension": 500}'` would switch delivery and
    store off. Here such a setting adds to the project's components; one that is set to null is switched off, with a
    warning.
    """
    RunAddon().update_settings(settings)
    for name in _OF_COMPONENTS:
        if set_by_user(settings, name):
            settings.set(name, {**getattr(ours, name), **_given(settings, name)}, priority="cmdline")


def _given(settings: BaseSettings, name: str) -> dict[str, Any]:
    given = dict(settings.getdict(name))
    for component in sorted(getattr(ours, name).keys() & given):
        if given[component] is None and getattr(ours, name)[component] is not None:
            logger.warning("%s: %s is switched off: what it does for a run is not done", name, component)
    return given
