"""Spiders that no newsroom wants: one breaks before it asks for anything, two are interrupted by their user."""

import os
import signal
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

from scrapy import Request
from scrapy.http import Response

from crawler.items import Article
from spiders.indiatv import IndiatvSpider


class BrokenSpider(IndiatvSpider):
    name = "broken"
    outlet = replace(IndiatvSpider.outlet, slug="broken")

    async def start(self) -> AsyncIterator[Any]:
        raise RuntimeError("the spider is broken")
        yield  # an asynchronous generator, as Scrapy asks for


class UnbuildableSpider(IndiatvSpider):
    name = "unbuildable"
    outlet = replace(IndiatvSpider.outlet, slug="unbuildable")

    def __init__(self, **given: str) -> None:
        raise RuntimeError("the spider cannot be built")


class InterruptedSpider(IndiatvSpider):
    name = "interrupted"
    signals_sent = 1

    def read_article(self, response: Response) -> Iterator[Article | Request]:
        yield from super().read_article(response)
        for _ in range(self.signals_sent):
            os.kill(os.getpid(), signal.SIGINT)


class InterruptedTwiceSpider(InterruptedSpider):
    name = "interrupted_twice"
    signals_sent = 2
