"""Components that the command line adds leave those of the project on."""

import json
import logging
from pathlib import Path

import pytest
from scrapy.utils.project import get_project_settings

from crawler import settings as ours
from crawler.crawling.needless import NeedlessAddon
from crawler.runs.components import prepare_settings
from tests.commands.running import ROOT, Done, scrapy
from tests.runs.replaying import lines, run_folders

HANDOVER = "crawler.crawling.handover.HandoverExtension"
NAMES = [
    "ADDONS",
    "DOWNLOAD_HANDLERS",
    "DOWNLOADER_MIDDLEWARES",
    "SPIDER_MIDDLEWARES",
    "EXTENSIONS",
    "ITEM_PIPELINES",
]


def crawl(folder: Path, *given: str) -> Done:
    settings = [
        f"ARCHIVE_REPLAY={ROOT / 'demo' / 'demo.warc.gz'}",
        f"EXPORTS={folder}/exports",
        "LOG_LEVEL=DEBUG",
        *given,
    ]
    return scrapy("crawl", "zee", *(part for setting in settings for part in ("-s", setting)))


@pytest.mark.parametrize(
    ("name", "component"),
    [
        ("EXTENSIONS", "scrapy.extensions.logstats.LogStats"),
        ("ITEM_PIPELINES", "tests.pipelines.own_spider.After"),
        ("SPIDER_MIDDLEWARES", "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware"),
        ("ADDONS", "tests.runs.test_components.Added"),
    ],
)
def test_a_component_that_is_added_does_not_switch_delivery_off(name: str, component: str, tmp_path: Path) -> None:
    done = crawl(tmp_path, f'{name}={{"{component}": 950}}')

    assert done.code == 0, done.err
    (folder,) = run_folders(tmp_path)
    assert len(lines(folder / "articles.jsonl")) == 2
    assert (folder / "report.json").exists()
    assert component in done.err


class Added:
    """An addon of a user."""


@pytest.mark.parametrize("name", NAMES)
def test_ours_keep_their_order_beside_those_that_are_added(name: str) -> None:
    settings = get_project_settings()
    settings.set(name, json.dumps({"my.Component": 500}), priority="cmdline")

    prepare_settings(settings)

    assert settings.getdict(name) == {**getattr(ours, name), "my.Component": 500}


def test_a_component_of_ours_is_switched_off_by_its_name_alone_and_a_warning_says_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings = get_project_settings()
    settings.set("EXTENSIONS", {HANDOVER: None}, priority="cmdline")

    with caplog.at_level(logging.WARNING):
        prepare_settings(settings)

    assert settings.getdict("EXTENSIONS")[HANDOVER] is None
    assert f"EXTENSIONS: {HANDOVER} is switched off" in caplog.text


def test_settings_of_a_project_or_spider_are_left_as_they_are() -> None:
    settings = get_project_settings()
    settings.set("EXTENSIONS", {}, priority="spider")

    prepare_settings(settings)

    assert settings.getdict("EXTENSIONS") == {}


@pytest.mark.parametrize(
    ("listed", "component", "switch"),
    [
        ("EXTENSIONS_BASE", "scrapy.extensions.remote_control.RemoteControl", "REMOTE_CONTROL_ENABLED=1"),
        ("EXTENSIONS_BASE", "scrapy.extensions.telnet.TelnetConsole", "TELNETCONSOLE_ENABLED=True"),
        ("DOWNLOADER_MIDDLEWARES_BASE", "scrapy.downloadermiddlewares.cookies.CookiesMiddleware", "COOKIES_ENABLED=1"),
        ("DOWNLOADER_MIDDLEWARES", "crawler.archive.recording.RecordMiddleware", "ARCHIVE_RECORD=a.warc.gz"),
        ("DOWNLOADER_MIDDLEWARES", "crawler.archive.replay.ReplayMiddleware", "ARCHIVE_REPLAY=a.warc.gz"),
        ("DOWNLOADER_MIDDLEWARES", "crawler.browser.rendering.RenderMiddleware", "BROWSER_OUTLETS=zee"),
    ],
)
def test_a_component_that_is_switched_off_leaves_its_list(listed: str, component: str, switch: str) -> None:
    name, value = switch.split("=")
    off, on, empty = get_project_settings(), get_project_settings(), get_project_settings()
    before = off.getdict(listed)
    on.set(name, value, priority="spider")
    empty.set(name, "", priority="cmdline")

    for settings in (off, on, empty):
        prepare_settings(settings)
        NeedlessAddon().update_settings(settings)

    assert component in before
    assert component not in off.getdict(listed)
    assert component not in empty.getdict(listed)
    assert on.getdict(listed)[component] == before[component]
    assert off.getdict(listed).items() <= before.items()


def test_a_spider_s_own_components_are_kept_where_others_leave_their_list() -> None:
    settings = get_project_settings()
    settings.set("DOWNLOADER_MIDDLEWARES", {"my.Middleware": 1}, priority="spider")

    NeedlessAddon().update_settings(settings)

    assert settings.getdict("DOWNLOADER_MIDDLEWARES") == {"my.Middleware": 1}
