"""Components that kill their process on one article or listing, as one that crashes the reader does."""

import os
import signal

from scrapy import Request
from scrapy.http import Response
from scrapy.spidermiddlewares.base import BaseSpiderMiddleware

from crawler.discovery.ask import listing_of
from crawler.items import Article

MARK = "जानलेवा"


class KillingPipeline:
    def process_item(self, item: Article) -> Article:
        if any(MARK in block.text for block in item.body):
            os.kill(os.getpid(), signal.SIGKILL)
        return item


class KillingMiddleware(BaseSpiderMiddleware):
    """Kills its process at the first link of a listing that has the mark."""

    def get_processed_request(self, request: Request, response: Response | None) -> Request:
        if response is not None and listing_of(response) and MARK.encode() in response.body:
            os.kill(os.getpid(), signal.SIGKILL)
        return request
