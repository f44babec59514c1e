"""The answers of a crawl: how many of each status, and how long each host took."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.downloading.reach import Reach
from crawler.reading.url_parts import host_of


@dataclass(slots=True)
class HostTime:
    """How long a host took."""

    answers: int = 0
    """Answers that were timed: the last ones of a request, after retries and redirects; not replayed ones."""
    seconds: float = 0.0
    longest: float = 0.0

    @property
    def mean(self) -> float:
        """Return the seconds that an answer took."""
        return self.seconds / self.answers


@dataclass(slots=True)
class Answers:
    """What was answered in one crawl."""

    statuses: Counter[int] = field(default_factory=Counter)
    """Answers of each HTTP status, those before retries and redirects and of robots.txt included."""
    hosts: dict[str, HostTime] = field(default_factory=dict)
    reach: Reach = field(default_factory=Reach)
    """What the connections came to."""

    def stats(self) -> Iterator[tuple[str, float]]:
        """Yield the times as Scrapy's stats show them to people, under `latency/<host>/`."""
        for host, time in self.hosts.items():
            yield f"latency/{host}/count", time.answers
            yield f"latency/{host}/total", time.seconds
            yield f"latency/{host}/max", time.longest


class AnswersMiddleware:
    """Counts the answers where Scrapy's own statistics do: before anything is retried, redirected or unpacked."""

    def __init__(self) -> None:
        self.answers = Answers()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        middleware = cls()
        crawler.signals.connect(middleware.response_received, signals.response_received)
        return middleware

    def process_response(self, request: Request, response: Response) -> Response:
        """Count an answer, and hand it on."""
        self.answers.statuses[response.status] += 1
        return response

    def response_received(self, response: Response, request: Request) -> None:
        """Count the time of an answer; one that was replayed took none."""
        seconds, host = request.meta.get("download_latency"), host_of(response.url)
        if seconds is None or not host:
            return
        time = self.answers.hosts.setdefault(host, HostTime())
        time.answers += 1
        time.seconds += seconds
        time.longest = max(time.longest, seconds)


def answers_of(crawler: Crawler) -> Answers:
    """Return what a crawl was answered so far; nothing where its settings leave the middleware out."""
    middleware = crawler.get_downloader_middleware(AnswersMiddleware)
    return middleware.answers if middleware else Answers()
