"""Invalid settings are refused before anything is fetched."""

from typing import Any

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings
from scrapy.utils.project import get_project_settings

from crawler.runs import checks
from crawler.runs.checks import check_settings


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("RECHECK_AFTER", "1,x", "write hours above 0"),
        ("RECHECK_AFTER", "-1", "write hours above 0"),
        ("RECHECK_AFTER", "inf", "write hours above 0"),
        ("RECHECK_AFTER", "1,6,", "write hours above 0"),
        ("RECHECK_AFTER", "1e20", "write hours above 0"),
        ("RECHECK_AFTER", 6, "write hours above 0"),
        ("LISTING_VERIFY_EVERY", "abc", "write a whole number from 1 up"),
        ("LISTING_VERIFY_EVERY", 0, "write a whole number from 1 up"),
        ("LISTING_DEAD_AFTER", "x", "write a whole number from 1 up"),
        ("STORIES_WINDOW_DAYS", "abc", "write a number of days above 0"),
        ("STORIES_WINDOW_DAYS", "nan", "write a number of days above 0"),
        ("STORIES_WINDOW_DAYS", "-3", "write a number of days above 0"),
        ("OUTLET_MINUTES", "ten", "write a number of minutes, or 0 for no limit"),
        ("OUTLET_MINUTES", "-1", "write a number of minutes, or 0 for no limit"),
        ("RUN_MINUTES", "nan", "write a number of minutes, or 0 for no limit"),
        ("RUN_MINUTES", "inf", "write a number of minutes, or 0 for no limit"),
        ("EXPORT_PART_MINUTES", "2m", "write a number of minutes, or 0 for no limit"),
        ("EXPORT_PART_ROWS", "2.5", "write a whole number, or 0 for no limit"),
        ("EXPORT_PART_ROWS", -1, "write a whole number, or 0 for no limit"),
        ("HOST_LEFT_ALONE_AFTER", "five", "write a whole number, or 0 for no limit"),
        ("HOST_LEFT_ALONE_MINUTES", "", "write a number of minutes from 0 up"),
        ("RETRY_AFTER_MAX", "5min", "write a number of seconds from 0 up"),
        ("CRAWL_DELAY_MAX", "1e300", "write a number of seconds from 0 up"),
        ("CRAWL_TIME", "yesterday", "write a time with its offset"),
        ("CRAWL_TIME", "2026-11-24T10:00:00", "write a time with its offset"),
    ],
)
def test_an_invalid_setting_is_refused_by_name(name: str, value: Any, advice: str) -> None:
    with pytest.raises(UsageError, match=f"^{name} is .*: {advice}"):
        check_settings(Settings({name: value}))


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"RECHECK_AFTER": ""},
        {"RECHECK_AFTER": "0.5,24"},
        {"RECHECK_AFTER": []},
        {"OUTLET_MINUTES": "0.5", "RUN_MINUTES": "0", "EXPORT_PART_ROWS": "0"},
    ],
)
def test_the_shipped_settings_and_an_empty_recheck_after_are_valid(more: dict[str, Any]) -> None:
    settings = get_project_settings()
    settings.update(more)

    check_settings(settings)


def test_a_copy_without_its_data_files_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    check_settings(get_project_settings())
    monkeypatch.setattr(checks, "_CARRIED", {"crawler.data": "no_such_file.toml"})

    with pytest.raises(UsageError, match=r"lacks its data files \(crawler/data/no_such_file\.toml\)"):
        check_settings(get_project_settings())
