"""The home of `videsh`: which folder it is, and which paths lie in it."""

import shutil
from pathlib import Path

import pytest
from scrapy.exceptions import UsageError
from scrapy.utils.project import get_project_settings

from crawler.home import HomeFolder, checkout_at, choose_home

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a folder that looks like a checkout."""
    (tmp_path / "checkout" / "crawler").mkdir(parents=True)
    shutil.copy(ROOT / "scrapy.cfg", tmp_path / "checkout")
    shutil.copy(ROOT / "crawler" / "home.py", tmp_path / "checkout" / "crawler")
    return tmp_path / "checkout"


def test_the_option_comes_before_the_variable_and_both_are_taken_from_the_current_folder(tmp_path: Path) -> None:
    environment = {"VIDESH_HOME": "from-variable"}

    assert choose_home("given", environment, tmp_path) == HomeFolder(tmp_path / "given")
    assert choose_home(None, environment, tmp_path) == HomeFolder(tmp_path / "from-variable")
    assert choose_home("~/news", {}, tmp_path) == HomeFolder(Path.home() / "news")


def test_the_default_is_the_current_folder_in_a_checkout(checkout: Path) -> None:
    home = choose_home(None, {}, checkout / "crawler")

    assert home.path == checkout / "crawler"
    assert home.chosen_by == "the current folder, in a checkout"


def test_the_default_elsewhere_is_the_data_folder_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))

    home = choose_home(None, {}, tmp_path)

    assert home.path == tmp_path / "data" / "videsh"
    assert home.chosen_by == "your data folder, outside a checkout"


@pytest.mark.parametrize(
    "config",
    ["[settings]\ndefault = shop.settings\n", "[deploy]\n", "no section", "[settings]\ndefault = crawler.settings\n"],
)
def test_a_project_of_another_is_no_checkout(config: str, tmp_path: Path) -> None:
    (tmp_path / "scrapy.cfg").write_text(config, encoding="utf-8")

    assert checkout_at(tmp_path) is None


def test_a_checkout_is_found_from_each_of_its_folders() -> None:
    assert checkout_at(ROOT) == checkout_at(ROOT / "crawler" / "text") == ROOT
    assert checkout_at(ROOT.parent) is None


@pytest.mark.parametrize(
    ("given", "environment", "message"),
    [
        ("file", {}, "--home .*/file is a file; name a folder"),
        ("file/below", {}, "--home .*/file is a file; name a folder"),
        (None, {"VIDESH_HOME": "file"}, "VIDESH_HOME .*/file is a file; name a folder"),
        ("", {}, "--home is empty: name a folder"),
        (None, {"VIDESH_HOME": " "}, "VIDESH_HOME is empty: name a folder"),
    ],
)
def test_what_cannot_be_a_folder_is_refused(
    given: str | None, environment: dict[str, str], message: str, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(UsageError, match=message):
        choose_home(given, environment, tmp_path)


def test_store_exports_and_cache_lie_in_the_home(tmp_path: Path) -> None:
    settings = get_project_settings()

    HomeFolder(tmp_path / "a home").apply(settings)

    assert settings["STORE"] == f"sqlite:///{tmp_path}/a home/var/videsh.db"
    assert settings["EXPORTS"] == f"{tmp_path}/a home/exports"
    assert settings["HTTPCACHE_DIR"] == f"{tmp_path}/a home/.scrapy/httpcache"


def test_what_the_command_line_names_stays_where_the_user_is(tmp_path: Path) -> None:
    settings = get_project_settings()

    HomeFolder(tmp_path).apply(settings)
    settings.set("STORE", "sqlite:///mine.db", priority="cmdline")
    settings.set("EXPORTS", "out", priority="cmdline")

    assert (settings["STORE"], settings["EXPORTS"]) == ("sqlite:///mine.db", "out")
    assert settings.getpriority("HTTPCACHE_DIR") == 20  # the project's: a command line comes before it


def test_an_absolute_path_and_no_store_are_left_alone(tmp_path: Path) -> None:
    settings = get_project_settings()
    settings.set("STORE", "", priority="project")
    settings.set("EXPORTS", "/srv/exports", priority="project")

    HomeFolder(tmp_path).apply(settings)

    assert (settings["STORE"], settings["EXPORTS"]) == ("", "/srv/exports")
