"""The moment at which a page came from the network."""

from datetime import UTC, datetime

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response


class MomentMiddleware:
    """Note in `request.meta["fetched_at"]` when each response came; a replay notes what its archive says instead."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "MomentMiddleware":
        if crawler.settings.get("ARCHIVE_REPLAY"):
            raise NotConfigured  # without a reason, which Scrapy would print as a warning of every replay
        return cls()

    def process_response(self, request: Request, response: Response) -> Response:
        """Note the time, and hand the response on."""
        request.meta["fetched_at"] = datetime.now(UTC)
        return response
