"""What all that takes part in a run shares: its name, and how its feeds are packed."""

import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy.settings import BaseSettings, get_settings_priority

from crawler.exports.jsonl import OPTIONS, plugins_for


class RunAddon:
    """Give a crawl its RUN_ID where nobody has, as `20261124T060000Z-9f3c`; pack feeds as their endings say.

    A replay neither knows nor teaches what live runs saw, unless `-s STORE=…` names a store for it: else it would leave
    out all that the recorded run has delivered.
    """

    def update_settings(self, settings: BaseSettings) -> None:
        """Set RUN_ID unless it is set; leave a replay's store out; pack feeds whose name ends in `.gz` or `.zst`."""
        if not settings.get("RUN_ID"):
            settings.set("RUN_ID", f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}", priority="cmdline")
        if settings.get("ARCHIVE_REPLAY") and (settings.getpriority("STORE") or 0) < get_settings_priority("cmdline"):
            settings.set("STORE", "", priority="cmdline")
        feeds = settings.getdict("FEEDS")
        if any(plugins_for(str(uri)) for uri in feeds):
            settings.set("FEEDS", {uri: _packed(str(uri), told) for uri, told in feeds.items()}, priority="cmdline")


def _packed(uri: str, told: dict[str, Any]) -> dict[str, Any]:
    plugins = plugins_for(uri)
    if not plugins or "postprocessing" in told:
        return told
    inner = Path(uri).with_suffix("").suffix.removeprefix(".")
    form = told.get("format")
    return {**OPTIONS, **told, "format": inner if form in (None, "gz", "zst") else form, "postprocessing": plugins}
