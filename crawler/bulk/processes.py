"""Run a step of Python on the parts of a table in several processes."""

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread

import pyarrow as pa

from crawler.bulk.engine import EngineStep

_WAITING = 2
"""Parts that wait for each process, so that none is idle and RAM stays bounded."""
RowsPart = list[pa.RecordBatch]


class Processes:
    """Processes that start with the second part of a table, since one part needs none."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._pool: ProcessPoolExecutor | None = None

    def run(self, step: EngineStep, parts: Iterable[RowsPart]) -> Iterator[pa.RecordBatch]:
        """Yield what a step yields for each part, in the order of the parts."""
        left = iter(parts)
        first = list(_upto(left, 1 if self._number > 1 else 0))
        second = list(_upto(left, 1)) if first else []
        if not second:
            for part in (*first, *left):
                yield from step(part)
            return
        yield from self._in_pool(step, (each for some in (first, second, left) for each in some))

    def _in_pool(self, step: EngineStep, parts: Iterable[RowsPart]) -> Iterator[pa.RecordBatch]:
        if self._pool is None:
            context = get_context("forkserver")  # forks from a process without DuckDB's threads
            context.set_forkserver_preload(["crawler.bulk.story_steps"])
            self._pool = ProcessPoolExecutor(self._number, context, _end_with_parent)
        waiting: deque[Future[RowsPart]] = deque()
        for part in parts:
            waiting.append(self._pool.submit(_run, step, part))
            if len(waiting) > self._number * _WAITING:
                yield from waiting.popleft().result()
        for future in waiting:
            yield from future.result()

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def _upto(parts: Iterator[RowsPart], number: int) -> Iterator[RowsPart]:
    for _, part in zip(range(number), parts, strict=False):
        yield part


def _run(step: EngineStep, part: RowsPart) -> RowsPart:
    return list(step(part))


def _end_with_parent() -> None:
    """Leave an interrupt to the parent, and end when it does: the pool leaves processes behind if it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_after, args=[parent], daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
