"""Whole crawls in this process: record a site's answers into an archive, and let an outlet's spider replay it."""

import asyncio
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.settings import Settings
from scrapy.utils.project import get_project_settings

from crawler.archive.writer import ArchiveWriter
from tests.site.publisher import Answer

AT = datetime(2026, 11, 24, 4, 30, tzinfo=UTC)
NOW = "2026-11-24T10:00:00+05:30"


def archive(path: Path, answers: Mapping[str, Answer]) -> Path:
    """Write a site's answers into a WARC at `path`; an answer with a delay becomes a timeout."""
    writer = ArchiveWriter(path, started=AT)
    for number, (url, answer) in enumerate(answers.items()):
        moment = AT + timedelta(seconds=number)
        if answer.seconds:
            writer.write_failure(url=url, failure="DownloadTimeoutError: took too long", at=moment)
            continue
        writer.write_exchange(
            url=url,
            method="GET",
            request_headers=[],
            status=f"{answer.status} OK",
            response_headers=list(answer.headers.items()),
            body=answer.body,
            at=moment,
        )
    writer.close()
    return path


def settings_of(folder: Path, replay: Path, **more: Any) -> Settings:
    """Return the project's settings for a replay without a reactor, with its store and export in `folder`."""
    settings = get_project_settings()
    changes = {
        "ARCHIVE_REPLAY": str(replay),
        "STORE": f"sqlite:///{folder}/v.db",
        "EXPORTS": str(folder / "exports"),
        "CRAWL_TIME": NOW,
        "TWISTED_REACTOR_ENABLED": False,
        "DOWNLOAD_HANDLERS": {"http": None, "https": None},
        "DOWNLOAD_DELAY": 0,
        "AUTOTHROTTLE_ENABLED": False,
        "RETRY_ENABLED": False,
        "RETRY_AFTER_MAX": 0,
        "LOG_ENABLED": False,
        **more,
    }
    settings.update(changes, priority="cmdline")
    return settings


def crawl(settings: Settings, spider: Any = "indiatv", **arguments: str) -> Crawler:
    """Run a crawl to its end."""
    return asyncio.run(_crawl(settings, spider, arguments))


async def _crawl(settings: Settings, spider: Any, arguments: Mapping[str, str]) -> Crawler:
    runner = AsyncCrawlerRunner(settings)
    crawler = runner.create_crawler(spider)
    await runner.crawl(crawler, **arguments)
    return crawler


def run_folders(folder: Path) -> list[Path]:
    """Return the folders of all runs, the latest last, by time of writing: ids of the same second have no order."""
    return sorted((folder / "exports").glob("date=*/run=*"), key=_written)


def _written(run: Path) -> float:
    manifest = run / "manifest.json"
    return (manifest if manifest.exists() else run).stat().st_mtime


def lines(path: Path) -> list[dict[str, Any]]:
    """Return the records of a JSON Lines file."""
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a run."""
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_bytes())
    return found
