"""How long each host takes to answer, for the report."""

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.reading.url_parts import host_of


class LatencyExtension:
    """Counts seconds and answers under `latency/<host>/`: `count`, `total`, `max`."""

    def __init__(self, crawler: Crawler) -> None:
        self._stats = crawler.stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "LatencyExtension":
        extension = cls(crawler)
        crawler.signals.connect(extension.answered, signals.response_received)
        return extension

    def answered(self, response: Response, request: Request, spider: Spider) -> None:
        """Count an answer; one that was replayed took no time and is not counted."""
        seconds = request.meta.get("download_latency")
        host = host_of(response.url)
        if seconds is None or not host:
            return
        self._stats.inc_value(f"latency/{host}/count")
        self._stats.inc_value(f"latency/{host}/total", seconds)
        self._stats.max_value(f"latency/{host}/max", seconds)
