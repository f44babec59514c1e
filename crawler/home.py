"""The home: the folder that holds the store and the exports of the program `videsh`."""

import os
from collections.abc import Mapping
from configparser import ConfigParser
from configparser import Error as ConfigError
from dataclasses import dataclass
from pathlib import Path

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings, Settings
from scrapy.utils.project import get_project_settings

VARIABLE = "VIDESH_HOME"
_SQLITE = "sqlite:///"


@dataclass(frozen=True, slots=True)
class HomeFolder:
    """A folder for the store and the exports."""

    path: Path
    chosen_by: str | None = None
    """Why it is the home, in words; None if the user named it."""

    def apply(self, settings: BaseSettings) -> None:
        """Put the project's relative paths of its folders, of STORE and of Scrapy's HTTP cache below the home."""
        store = settings.get("STORE") or ""
        if store.startswith(_SQLITE):
            settings.set("STORE", f"{_SQLITE}{self.path / store.removeprefix(_SQLITE)}", priority="project")
        for folder in ("EXPORTS", "EDITION", "ARCHIVES"):
            if settings.get(folder):
                settings.set(folder, str(self.path / settings[folder]), priority="project")
        settings.set("EXPORTS_SPOOL", str(self.path / settings["EXPORTS_SPOOL"]), priority="project")
        settings.set("HTTPCACHE_DIR", str(self.path / ".scrapy" / settings["HTTPCACHE_DIR"]), priority="project")


def settings_at(home: HomeFolder) -> Settings:
    """Return the settings of Videsh with a home, whatever project the current folder belongs to."""
    os.environ["SCRAPY_SETTINGS_MODULE"] = "crawler.settings"
    settings = get_project_settings()
    home.apply(settings)
    return settings


def choose_home(given: str | None, environment: Mapping[str, str], folder: Path) -> HomeFolder:
    """Return the home: `given` (the option `--home`), else VIDESH_HOME, else the default for the current folder.

    The default is the current folder in a checkout, and the user's data folder of the platform elsewhere. Raise
    UsageError if the home cannot be a folder.
    """
    for name, value in (("--home", given), (VARIABLE, environment.get(VARIABLE))):
        if value is not None:
            return HomeFolder(_named(name, value, folder))
    if checkout_at(folder):
        return HomeFolder(folder, "the current folder, in a checkout")
    from platformdirs import user_data_path

    return HomeFolder(user_data_path("videsh", appauthor=False), "your data folder, outside a checkout")


def checkout_at(folder: Path) -> Path | None:
    """Return the root of the checkout of Videsh that a folder lies in, or None if it lies in none."""
    for root in (folder, *folder.parents):
        if (root / "scrapy.cfg").is_file():
            return root if _is_ours(root) else None
    return None


def _is_ours(root: Path) -> bool:
    config = ConfigParser()
    try:
        config.read(root / "scrapy.cfg", encoding="utf-8")
    except (ConfigError, UnicodeDecodeError):
        return False
    settings = config.get("settings", "default", fallback=None)
    return settings == "crawler.settings" and (root / "crawler" / "home.py").is_file()


def _named(name: str, value: str, folder: Path) -> Path:
    if not value.strip():
        raise UsageError(f"{name} is empty: name a folder", print_help=False)
    path = (folder / Path(value).expanduser()).resolve()
    for part in (path, *path.parents):
        if part.exists():
            if part.is_dir():
                return path
            raise UsageError(f"{name} {path}: {part} is a file; name a folder", print_help=False)
    return path
