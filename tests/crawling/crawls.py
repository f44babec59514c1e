"""Crawls of a site of invented articles: each is its own process; all share one store and one export folder."""

import json
import signal
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from crawler.store import open_store
from tests.commands.running import Running, start
from tests.crawling.site import NOW, SITEMAP, articles, listings
from tests.site.publisher import Answer, Publisher

QUICKLY = {
    "CONCURRENT_REQUESTS_PER_DOMAIN": "8",
    "DOWNLOAD_DELAY": "0",
    "AUTOTHROTTLE_ENABLED": "0",
    "RETRY_TIMES": "0",
    "CONTACT": "tests@example.org",
    "STATS_DUMP": "1",  # the tests read the statistics in the log
}


class Crawls:
    """Crawls of one site into one store, beside the exports if none is named, and one export folder."""

    def __init__(self, folder: Path, answers: dict[str, Answer], *, store: str | None = None) -> None:
        self.folder = folder
        self.store = store or f"sqlite:///{folder}/v.db"
        self.publisher = Publisher(answers, folder)

    def start(self, *arguments: str, now: str = NOW) -> Running:
        settings = {**QUICKLY, "STORE": self.store, "EXPORTS": str(self.folder / "exports"), "CRAWL_TIME": now}
        options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        return start("crawl", "indiatv", *options, *arguments, environment=self.publisher.environment)

    def run(self, *arguments: str, now: str = NOW) -> tuple[list[str], str]:
        """Run a crawl to its end; return the article URLs that it requested, and its log."""
        before = len(self.publisher.asked)
        log = self.start(*arguments, now=now).wait().err
        assert "'finish_reason': 'finished'" in log, log[-3000:]
        return [url for url in self.publisher.urls()[before:] if "/world/asia/" in url], log

    def kill_after(self, requests: int, seconds: float) -> None:
        """Start a crawl, and kill it this many seconds after it has sent this many requests."""
        goal = len(self.publisher.asked) + requests
        process = self.start()
        while len(self.publisher.asked) < goal and process.poll() is None:
            time.sleep(0.005)
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=30)

    def listed(self) -> dict[str, dict[str, Any]]:
        """Return the row of each listing in the report of the last run, by URL."""
        path = max((self.folder / "exports").rglob("report.json"), key=lambda path: path.stat().st_mtime)
        return {row["url"]: row for row in json.loads(path.read_text(encoding="utf-8"))["listings"]}

    def delivered(self) -> list[dict[str, Any]]:
        """Return the exported records and those that wait in the outbox; check that no part is unfinished."""
        exported = [
            line
            for path in sorted((self.folder / "exports").rglob("*.jsonl"))
            if path.stem.startswith(("articles", "copies"))
            for line in path.read_bytes().splitlines()
        ]
        store = open_store(self.store)
        store.outbox.adopt()
        waiting = [delivery.line for delivery in store.outbox.waiting()]
        assert store.outbox.open_parts() == []
        assert list(store.upkeep.check())
        store.close()
        return [json.loads(line) for line in [*exported, *waiting]]


def site(count: int) -> dict[str, Answer]:
    answers = {**listings(count), **articles(count)}
    sitemap = answers[SITEMAP]
    answers[SITEMAP] = replace(sitemap, headers={**sitemap.headers, "ETag": '"one"'})
    return answers
