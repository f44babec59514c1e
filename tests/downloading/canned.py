"""Crawls in this process without a network: a download handler returns responses, or raises failures, from a table."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.settings import Settings
from scrapy.utils.project import get_project_settings

from tests.crawling.site import NOW
from tests.site.publisher import Answer

Canned = Answer | Exception
"""What a URL gives: an answer, or the exception that Scrapy's own handler would raise."""


class Table:
    """Answers by URL; `asked` lists the requested URLs in order."""

    def __init__(self, answers: Mapping[str, Canned | Sequence[Canned]]) -> None:
        self.asked: list[str] = []
        self._answers = {url: list(given) if isinstance(given, Sequence) else [given] for url, given in answers.items()}

    def give(self, url: str) -> Canned:
        """Return the next answer of a URL; the last one repeats, and an unknown URL gives 404."""
        self.asked.append(url)
        answers = self._answers.get(url, [Answer(status=404)])
        return answers.pop(0) if len(answers) > 1 else answers[0]


class CannedHandler:
    """A download handler for Scrapy that answers from the table in the setting CANNED."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        self._table: Table = crawler.settings["CANNED"]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "CannedHandler":
        return cls(crawler)

    async def download_request(self, request: Request) -> Response:
        """Return the next answer for the request's URL, or raise its failure."""
        given = self._table.give(request.url)
        if isinstance(given, Exception):
            raise given
        headers = Headers(given.headers)
        kind = responsetypes.from_args(headers=headers, url=request.url, body=given.body)
        return kind(request.url, status=given.status, headers=headers, body=given.body)

    async def close(self) -> None:
        """Do nothing: no connection is open."""


def settings_of(folder: Path, table: Table, **more: Any) -> Settings:
    """Return the project's settings for a crawl that the table answers, with its store and export in `folder`."""
    settings = get_project_settings()
    handler = "tests.downloading.canned.CannedHandler"
    changes = {
        "CANNED": table,
        "STORE": f"sqlite:///{folder}/v.db",
        "EXPORTS": str(folder / "exports"),
        "CRAWL_TIME": NOW,
        "CONTACT": "tests@example.org",
        "TWISTED_REACTOR_ENABLED": False,
        "DOWNLOAD_HANDLERS": {"http": handler, "https": handler},
        "DOWNLOAD_DELAY": 0.001,  # with 0, Scrapy sends all queued requests at once
        "AUTOTHROTTLE_ENABLED": False,
        "RETRY_TIMES": 1,
        "LOG_ENABLED": False,
        **more,
    }
    settings.update(changes, priority="cmdline")
    return settings
