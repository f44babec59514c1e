"""Components that the command line adds leave those of the project on."""

import json
import logging
from pathlib import Path

import pytest
from scrapy.settings import default_settings
from scrapy.utils.project import get_project_settings

from crawler import settings as ours
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


def test_scrapys_remote_control_is_there_only_if_it_is_switched_on() -> None:
    settings, controlled = get_project_settings(), get_project_settings()
    controlled.set("REMOTE_CONTROL_ENABLED", "1", priority="cmdline")

    prepare_settings(settings)
    prepare_settings(controlled)

    scrapys = default_settings.EXTENSIONS_BASE
    assert controlled.getdict("EXTENSIONS_BASE") == scrapys
    assert settings.getdict("EXTENSIONS_BASE") == {name: 0 for name in scrapys if "remote_control" not in name}
