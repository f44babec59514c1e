"""The name of a run, the same for all that takes part in it."""

import secrets
from datetime import UTC, datetime

from scrapy.settings import BaseSettings


class RunAddon:
    """Give a crawl its RUN_ID where nobody has: `20261124T060000Z-9f3c`."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Set RUN_ID unless it is set."""
        if not settings.get("RUN_ID"):
            settings.set("RUN_ID", f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}", priority="cmdline")
