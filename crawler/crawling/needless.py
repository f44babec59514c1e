"""Leave out the components that a crawl has switched off, since Scrapy imports each one that is listed."""

from scrapy.settings import BaseSettings

_SWITCHES: dict[str, dict[str, str]] = {
    "EXTENSIONS_BASE": {
        "scrapy.extensions.remote_control.RemoteControl": "REMOTE_CONTROL_ENABLED",
        "scrapy.extensions.telnet.TelnetConsole": "TELNETCONSOLE_ENABLED",
    },
    "DOWNLOADER_MIDDLEWARES_BASE": {"scrapy.downloadermiddlewares.cookies.CookiesMiddleware": "COOKIES_ENABLED"},
    "DOWNLOADER_MIDDLEWARES": {
        "crawler.archive.recording.RecordMiddleware": "ARCHIVE_RECORD",
        "crawler.archive.replay.ReplayMiddleware": "ARCHIVE_REPLAY",
        "crawler.browser.rendering.RenderMiddleware": "BROWSER_OUTLETS",
    },
}
"""By the setting that lists them: components, each with the setting that switches it on.

The remote control brings in aiohttp, cookies bring in requests, the archive brings in warcio and fsspec.
"""


class NeedlessAddon:
    """Takes components that are switched off from the lists of a crawl, which may have settings of its own."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Keep in each list the components that are switched on, and those that need no switch."""
        for name, switches in _SWITCHES.items():
            listed = settings.getdict(name)
            kept = {each: at for each, at in listed.items() if each not in switches or _is_on(settings, switches[each])}
            if kept != listed:
                settings.set(name, kept, priority=settings.getpriority(name) or 0)


def _is_on(settings: BaseSettings, name: str) -> bool:
    """Return whether a setting has a value other than an empty one, no or 0; some have a path or a list."""
    return settings.get(name) not in (None, False, 0, "", [], "0", "false", "False")
