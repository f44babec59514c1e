"""Limit the number of articles that a crawl requests (`-a limit`)."""

from scrapy import Request
from scrapy.http import Response
from scrapy.spidermiddlewares.base import BaseSpiderMiddleware

from crawler.crawling.figures import tally_of
from crawler.discovery.ask import article_of, listing_of


class LimitMiddleware(BaseSpiderMiddleware):
    """Lets at most `-a limit` article requests pass, and counts each under the listing that announced it.

    It runs after `RecheckMiddleware`, so that known articles, which are not requested again, do not use up the limit.
    """

    over = 0
    """Number of articles that were dropped because the limit was reached."""
    _asked = 0

    def get_processed_request(self, request: Request, response: Response | None) -> Request | None:
        """Return the request, or None if the limit is reached: then no other article or listing is requested.

        Further pages of an article, and its AMP twin, always pass.
        """
        limit = getattr(getattr(self.crawler.spider, "arguments", None), "limit", None)
        is_full = limit is not None and self._asked >= limit
        ask = article_of(request)
        if ask is None or ask.follows:
            return None if is_full and listing_of(request) else request
        if is_full:
            self.over += 1
            self.crawler.stats.inc_value("article/over_limit")
            return None
        self._asked += 1
        if tally := tally_of(self.crawler):
            tally.of(ask.link.listing).new += 1
        return request
