"""Settings that all crawls of a run share: the run's id, the store, and the compression of feeds."""

import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy.settings import BaseSettings

from crawler.exports.jsonl import OPTIONS, plugins_for
from crawler.masking import hide_secrets
from crawler.trying import set_by_user

_FAST = dict.fromkeys(("http", "https"), "crawler.downloading.fast_connection.FastDownloadHandler")
_OF_SLOW = "scrapy.core.downloader.handlers.http11.TunnelError"
"""A failure that Scrapy's own handler alone raises; to retry it, Scrapy imports that handler: 70 ms of a start."""


def new_run_id() -> str:
    """Return an id for a run that begins now, as `20261124T060000Z-9f3c`."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"


class RunAddon:
    """Sets RUN_ID, as `20261124T060000Z-9f3c`, the compression of feeds, an empty store for replays; hides secrets.

    A replay does not use the store of live runs: it would leave out every article that the recorded run has exported.
    `-s STORE=…` on the command line names a store for it.
    """

    @classmethod
    def update_pre_crawler_settings(cls, settings: BaseSettings) -> None:
        """With FAST, set the event loop and the handlers of the extra `fast`, before the loop is made.

        What only Scrapy's own handler needs is left out.
        """
        if settings.getbool("FAST"):
            settings.set("ASYNCIO_EVENT_LOOP", "uvloop.Loop", priority="project")
            settings.set("DOWNLOAD_HANDLERS", {**settings.getdict("DOWNLOAD_HANDLERS"), **_FAST}, priority="project")
            retried = [each for each in settings.getlist("RETRY_EXCEPTIONS") if each != _OF_SLOW]
            settings.set("RETRY_EXCEPTIONS", retried, priority="project")

    def update_settings(self, settings: BaseSettings) -> None:
        """Set RUN_ID unless it is set; clear a replay's STORE; compress feeds whose name ends in `.gz` or `.zst`."""
        hide_secrets(settings)
        if not settings.get("RUN_ID"):
            settings.set("RUN_ID", new_run_id(), priority="cmdline")
        if settings.get("ARCHIVE_REPLAY") and not set_by_user(settings, "STORE"):
            settings.set("STORE", "", priority="cmdline")
        feeds = settings.getdict("FEEDS")
        if any(plugins_for(str(uri)) for uri in feeds):
            packed = {uri: _packed(str(uri), options) for uri, options in feeds.items()}
            settings.set("FEEDS", packed, priority="cmdline")


def _packed(uri: str, options: dict[str, Any]) -> dict[str, Any]:
    """Return a feed's options with compression added if its name asks for it and its options do not set any."""
    plugins = plugins_for(uri)
    if not plugins or "postprocessing" in options:
        return options
    inner = Path(uri).with_suffix("").suffix.removeprefix(".")
    form = options.get("format")
    return {**OPTIONS, **options, "format": inner if form in (None, "gz", "zst") else form, "postprocessing": plugins}
