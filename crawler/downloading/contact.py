"""Identify the crawler: a User-Agent header with the operator's contact."""

import logging
from functools import cache

from scrapy.settings import BaseSettings

from crawler import __version__

logger = logging.getLogger(__name__)


class ContactAddon:
    """Sets the User-Agent from the setting CONTACT, and warns if a live crawl has no CONTACT."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Set USER_AGENT to `Videsh/<version> (+<contact>)`, unless the operator has set one."""
        contact = settings.get("CONTACT")
        agent = f"Videsh/{__version__}"
        settings.set("USER_AGENT", f"{agent} (+{contact})" if contact else agent, priority="addon")
        if not contact and not settings.get("ARCHIVE_REPLAY"):
            warn_once()


@cache
def warn_once() -> None:
    """Warn that CONTACT is not set, once per process, which may crawl many outlets."""
    logger.warning(
        "CONTACT is not set: outlets cannot tell who crawls them; set it to your address, "
        "as -s CONTACT=https://example.org/crawler or in crawler/settings.py"
    )
