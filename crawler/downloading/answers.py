"""Statistics of a crawl's responses: counts by HTTP status, and response times by host."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.downloading.reach import Reach
from crawler.url_parts import host_of


@dataclass(slots=True)
class HostTime:
    """The response times of one host."""

    answers: int = 0
    """Number of timed responses: the final one of each request, after retries and redirects; never a replayed one."""
    seconds: float = 0.0
    """Sum of the response times."""
    longest: float = 0.0
    """Longest response time, in seconds."""

    @property
    def mean(self) -> float:
        """Return the mean response time in seconds."""
        return self.seconds / self.answers


@dataclass(slots=True)
class Answers:
    """The response statistics of one crawl."""

    statuses: Counter[int] = field(default_factory=Counter)
    """Number of responses by HTTP status, including retried and redirected ones and those for robots.txt."""
    hosts: dict[str, HostTime] = field(default_factory=dict)
    reach: Reach = field(default_factory=Reach)
    """Counts of connection attempts by result."""

    def stats(self) -> Iterator[tuple[str, float]]:
        """Yield the times as names and values of Scrapy's stats: `latency/<host>/count`, `total` and `max`."""
        for host, time in self.hosts.items():
            yield f"latency/{host}/count", time.answers
            yield f"latency/{host}/total", time.seconds
            yield f"latency/{host}/max", time.longest


class AnswersMiddleware:
    """Counts responses where Scrapy's own statistics do: before they are retried, redirected or decompressed."""

    def __init__(self) -> None:
        self.answers = Answers()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        middleware = cls()
        crawler.signals.connect(middleware.response_received, signals.response_received)
        return middleware

    def process_response(self, request: Request, response: Response) -> Response:
        """Count a response by its status, and return it."""
        self.answers.statuses[response.status] += 1
        return response

    def response_received(self, response: Response, request: Request) -> None:
        """Count the time of a response; a replayed response has none."""
        seconds, host = request.meta.get("download_latency"), host_of(response.url)
        if seconds is None or not host:
            return
        time = self.answers.hosts.setdefault(host, HostTime())
        time.answers += 1
        time.seconds += seconds
        time.longest = max(time.longest, seconds)


def answers_of(crawler: Crawler) -> Answers:
    """Return the response statistics of a crawl so far; empty ones if its settings disable the middleware."""
    middleware = crawler.get_downloader_middleware(AnswersMiddleware)
    return middleware.answers if middleware else Answers()
