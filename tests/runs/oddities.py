"""Faulty spiders: some raise exceptions, some are interrupted by a signal, some hang after it."""

import asyncio
import os
import signal
import socket
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

from scrapy import Request, signals
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


class HangingSpider(IndiatvSpider):
    """Gets a signal to stop after its start, and then does not close."""

    name = "hanging"
    outlet = replace(IndiatvSpider.outlet, slug="hanging")

    async def start(self) -> AsyncIterator[Any]:
        self.crawler.signals.connect(self.hang, signals.spider_closed)
        asyncio.get_running_loop().call_later(0.1, os.kill, os.getpid(), signal.SIGTERM)
        async for each in super().start():
            yield each

    async def hang(self) -> None:
        await asyncio.sleep(60)


class LookingUpSpider(HangingSpider):
    """Gets a signal to stop during a DNS look-up that takes a minute."""

    name = "looking_up"
    outlet = replace(IndiatvSpider.outlet, slug="looking_up")
    custom_settings = {"HTTPPROXY_ENABLED": False}

    async def start(self) -> AsyncIterator[Any]:
        socket.gethostbyname = lambda name: time.sleep(60) or "127.0.0.1"  # type: ignore[func-returns-value]
        async for each in super().start():
            yield each

    async def hang(self) -> None:
        """Close at once."""
