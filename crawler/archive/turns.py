"""The order of a replay: answers come as they came when they were recorded, so the export's lines keep their order."""

import asyncio
import heapq
import itertools
from collections.abc import Callable
from typing import Any

_ROUNDS = 4
"""Turns of the event loop that an answer needs to get from the downloader to its callback."""
_PATIENCE = 100
"""How often it is asked whether the crawl has settled; a callback that itself waits for an answer never lets it."""


class Turns:
    """Lets waiting requests go on one by one, the earliest recorded first, each when the crawl has settled.

    Between two answers everything that the first one led to is done: its items are delivered, and the requests that
    follow stand beside those that wait. So the one that goes next is the one that went next in the recorded crawl.
    """

    def __init__(self, is_settled: Callable[[], bool]) -> None:
        self._is_settled = is_settled
        self._waiting: list[tuple[Any, int, asyncio.Event]] = []
        self._number = itertools.count()
        self._giving: asyncio.Task[None] | None = None

    async def take(self, place: Any) -> None:
        """Return when it is the turn of a place in the order."""
        turn = asyncio.Event()
        heapq.heappush(self._waiting, (place, next(self._number), turn))
        if self._giving is None or self._giving.done():
            self._giving = asyncio.ensure_future(self._give())
        await turn.wait()

    async def _give(self) -> None:
        try:
            while self._waiting:
                await self._settle()
                heapq.heappop(self._waiting)[2].set()
        finally:  # an error ends the order, not the replay
            while self._waiting:
                heapq.heappop(self._waiting)[2].set()

    async def _settle(self) -> None:
        for _ in range(_PATIENCE):
            for _ in range(_ROUNDS):
                await asyncio.sleep(0)
            if self._is_settled():
                return
