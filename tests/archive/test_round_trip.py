"""A crawl over real sockets is recorded; its replay exports the same except for times."""

import json
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from crawler.archive.reader import read_answers
from crawler.crawling.run_addon import RunAddon
from tests.commands.running import scrapy
from tests.site import misbehaviour as bad
from tests.site.publisher import Publisher

OF_A_RUN = ("run_id",)
SETTINGS = {
    "CRAWL_TIME": "2026-11-24T10:00:00+05:30",
    "STORE": "",
    "DOWNLOAD_DELAY": "0",
    "DOWNLOAD_TIMEOUT": "3",
    "RETRY_TIMES": "1",
    "AUTOTHROTTLE_ENABLED": "0",
}


def crawl(out: Path, environment: dict[str, str], **settings: str) -> tuple[list[dict[str, Any]], str]:
    given = [part for name, value in {**SETTINGS, **settings}.items() for part in ("-s", f"{name}={value}")]
    done = scrapy("crawl", "indiatv", "-O", out, *given, environment=environment)
    assert "Traceback" not in done.err, done.err
    lines = out.read_text(encoding="utf-8").splitlines()
    records = [{key: value for key, value in json.loads(line).items() if key not in OF_A_RUN} for line in lines]
    return records, done.err


@pytest.fixture(scope="module")
def round_trip(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, Any]], list[dict[str, Any]]]:
    folder = tmp_path_factory.mktemp("round_trip")
    archive = folder / "crawl.warc.gz"
    with Publisher(bad.bad_day(), folder) as publisher:
        live, _ = crawl(folder / "live.jsonl", dict(publisher.environment), ARCHIVE_RECORD=str(archive))
    nowhere = {"https_proxy": "http://127.0.0.1:9", "http_proxy": "http://127.0.0.1:9"}
    replayed, _ = crawl(folder / "replayed.jsonl", nowhere, ARCHIVE_REPLAY=str(archive))
    return archive, live, replayed


def test_a_replay_exports_what_the_crawl_exported(
    round_trip: tuple[Path, list[dict[str, Any]], list[dict[str, Any]]],
) -> None:
    _, live, replayed = round_trip

    assert live
    assert replayed == live


def test_the_recording_holds_robots_errors_redirects_and_failures(
    round_trip: tuple[Path, list[dict[str, Any]], list[dict[str, Any]]],
) -> None:
    archive, _, _ = round_trip

    statuses = {answer.url: answer.status for answer in read_answers(archive)}
    assert statuses[f"{bad.HOME}/robots.txt"] == 200
    assert statuses[bad.TO_STRANGER] in (301, 302)
    assert None in statuses.values()
    assert bad.SECRET not in statuses


@pytest.mark.parametrize(
    ("replay", "named", "store"),
    [
        ("monday.warc.gz", {}, ""),
        ("monday.warc.gz", {"STORE": "sqlite:///mine.db"}, "sqlite:///mine.db"),
        ("", {}, "sqlite:///var/videsh.db"),
    ],
)
def test_a_replay_leaves_the_store_of_live_runs_alone(replay: str, named: dict[str, str], store: str) -> None:
    settings = Settings({"STORE": "sqlite:///var/videsh.db", "ARCHIVE_REPLAY": replay})
    settings.update(named, priority="cmdline")

    RunAddon().update_settings(settings)

    assert settings["STORE"] == store
