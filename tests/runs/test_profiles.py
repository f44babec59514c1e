"""The settings of docs/blocked_sites.md: off by default, and checked before anything is fetched."""

import re
from pathlib import Path

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings
from scrapy.utils.project import get_project_settings

from crawler.runs.checks import check_settings

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "blocked_sites.md").read_text(encoding="utf-8")
PROFILES = ("PROXIES", "BROWSER_OUTLETS", "FEED_TEXT_OUTLETS", "AMP_OUTLETS")


def given(**values: str) -> BaseSettings:
    loader = "scrapy.spiderloader.SpiderLoader"
    return BaseSettings({"SPIDER_MODULES": ["spiders"], "SPIDER_LOADER_CLASS": loader, **values})


@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_is_off_by_default_and_documented_with_a_command(profile: str) -> None:
    assert get_project_settings().getlist(profile) == []
    assert re.search(rf"^scrapy crawl \w+ -s {profile}=\w+", PAGE, re.MULTILINE)


@pytest.mark.parametrize("profile", PROFILES[1:])
def test_an_unknown_outlet_is_named_with_the_one_that_may_be_meant(profile: str) -> None:
    with pytest.raises(UsageError, match=rf'^{profile}: "zea" is not an outlet; did you mean "zee"'):
        check_settings(given(**{profile: "ndtv,zea"}))


@pytest.mark.parametrize(
    ("settings", "installed", "words"),
    [
        ({}, False, "scrapy-playwright is not installed: pip install 'videsh[browser]'"),
        ({"BROWSER": "/nowhere/chromium"}, True, "/nowhere/chromium (BROWSER) is no program: apt install chromium"),
        ({}, True, "no Chromium is on PATH: apt install chromium, or set BROWSER to its path"),
    ],
)
def test_a_browser_that_is_missing_is_said_before_the_run(
    settings: dict[str, str], installed: bool, words: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("crawler.runs.profiles.is_extra_installed", lambda: installed)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(UsageError, match=r"^BROWSER_OUTLETS: ") as error:
        check_settings(given(BROWSER_OUTLETS="zee", **settings))

    assert words in str(error.value)
    check_settings(given(BROWSER_OUTLETS="zee", ARCHIVE_REPLAY="one.warc.gz", **settings))  # which needs no browser


@pytest.mark.parametrize("seconds", ["0", "-1", "many", "601", "nan"])
def test_a_wrong_time_for_a_page_is_refused(seconds: str) -> None:
    with pytest.raises(UsageError, match=f"BROWSER_SECONDS is '{seconds}': write seconds, 1 to 600"):
        check_settings(given(BROWSER_SECONDS=seconds))
