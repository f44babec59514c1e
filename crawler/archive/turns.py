"""Release the responses of a replay in their recorded order, so that the lines of the export keep their order."""

import asyncio
import heapq
import itertools
from collections.abc import Callable
from typing import Any

_ROUNDS = 4
"""Iterations of the event loop that a response needs to get from the downloader to its callback."""
_MOST_CHECKS = 100
"""Maximum number of checks whether the crawl is idle; a callback that itself waits for a response never lets it be."""


class Turns:
    """Releases waiting requests one by one, the earliest recorded first, each when the crawl is idle.

    Before a response is released, everything that the previous one caused is done: its items are exported, and its
    follow-up requests wait with the others. So responses arrive in the order of the recorded crawl.
    """

    def __init__(self, is_idle: Callable[[], bool]) -> None:
        self._is_idle = is_idle
        self._waiting: list[tuple[Any, int, asyncio.Event]] = []
        self._number = itertools.count()
        self._releasing: asyncio.Task[None] | None = None

    async def take(self, place: Any) -> None:
        """Wait until no request with an earlier place in the order waits and the crawl is idle."""
        turn = asyncio.Event()
        heapq.heappush(self._waiting, (place, next(self._number), turn))
        if self._releasing is None or self._releasing.done():
            self._releasing = asyncio.ensure_future(self._release())
        await turn.wait()

    async def _release(self) -> None:
        try:
            while self._waiting:
                await self._wait_until_idle()
                heapq.heappop(self._waiting)[2].set()
        finally:  # after an error the replay goes on, without the order
            while self._waiting:
                heapq.heappop(self._waiting)[2].set()

    async def _wait_until_idle(self) -> None:
        for _ in range(_MOST_CHECKS):
            for _ in range(_ROUNDS):
                await asyncio.sleep(0)
            if self._is_idle():
                return
