"""Find Chromium, and start it with no network of its own, by scrapy-playwright's provider of browsers."""

import asyncio
import os
import shutil
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from scrapy.settings import Settings

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_NOWHERE = "http://127.0.0.1:1"
_FLAGS = (
    "--host-resolver-rules=MAP * ~NOTFOUND",  # no name has an address, and no address is one
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",
    "--js-flags=--max-old-space-size=256",  # megabytes of a page's scripts; with more, the page crashes
)
_PASSED_ON = ("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "TZ", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")
"""Variables that the browser gets; another may hold the password of a proxy."""
_ROOT = 0
_LONGEST_START = 30_000
"""Milliseconds for a browser to start; it takes 400."""
_LONGEST_STOP = 3
"""Seconds for a browser, and for its driver, to end."""


def is_extra_installed() -> bool:
    """Return whether the extra `browser` is installed; import nothing of it."""
    return find_spec("scrapy_playwright") is not None and find_spec("playwright") is not None


def chromium_path(named: str | None) -> str | None:
    """Return the path of the browser that the setting BROWSER names, or else of the first on PATH; None if none is."""
    if named:
        return shutil.which(str(Path(named).expanduser()))
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)


class Chromium:
    """A browser of one crawl, which starts when the first page needs it, and again after it has crashed."""

    def __init__(self, path: str, user_agent: str) -> None:
        self._path = path
        self._user_agent = user_agent
        self._provider: Any = None
        self._browser: Any = None

    @property
    def version(self) -> str:
        """Return the version of the running browser: `Chromium 156.0.8078.108`."""
        return f"Chromium {self._browser.version}"

    async def new_context(self) -> Any:
        """Return a new profile of the browser (Playwright's BrowserContext): no cookies, downloads, service workers.

        Raise an exception of Playwright, or OSError, if the browser does not start.
        """
        if self._browser is not None:
            with suppress(Exception):  # it has died since the last page
                return await self._own_context()
        await self._start()
        return await self._own_context()

    async def _own_context(self) -> Any:
        return await self._browser.new_context(
            user_agent=self._user_agent, locale="hi-IN", accept_downloads=False, service_workers="block"
        )

    async def stop(self) -> None:
        """End the browser and its driver, if they run."""
        provider, browser = self._provider, self._browser
        self._provider = self._browser = None
        for part in (browser, provider):
            with suppress(Exception):  # whichever of the two has crashed
                async with asyncio.timeout(_LONGEST_STOP):
                    await part.close()

    async def _start(self) -> None:
        await self.stop()
        from scrapy_playwright.handler import Config  # an extra, which costs 60 MB of memory: not at the top
        from scrapy_playwright.provider import PlaywrightBrowserProvider

        self._provider = PlaywrightBrowserProvider(
            Config.from_settings(Settings({"PLAYWRIGHT_LAUNCH_OPTIONS": self._options()}))
        )
        await self._provider.start()
        self._browser = await self._provider.launch_browser()

    def _options(self) -> dict[str, Any]:
        is_root = hasattr(os, "geteuid") and os.geteuid() == _ROOT  # Chromium has no sandbox for root
        return {
            "executable_path": self._path,
            "args": list(_FLAGS),
            "proxy": {"server": _NOWHERE},
            "chromium_sandbox": not is_root,
            "env": {name: os.environ[name] for name in _PASSED_ON if name in os.environ},
            "handle_sigint": False,  # the crawl ends its browser itself
            "handle_sigterm": False,
            "handle_sighup": False,
            "timeout": _LONGEST_START,
        }
