"""A worker: a process that crawls outlets for a run, lane after lane, until none is due and free."""

import asyncio
import logging
import os
import pickle
import signal
import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler

from crawler.archive.replay import share_index
from crawler.crawling.deadline import OUTLET, RUN, DeadlineExtension
from crawler.crawling.write_guard import CANNOT_WRITE, log_cannot_write
from crawler.outlets import hosts_asked, load_outlets
from crawler.runs.crawls import Crawls, Task
from crawler.runs.ended import ended
from crawler.runs.journal import hide_dumps
from crawler.runs.watch import make_threads_daemonic
from crawler.runs.wire import OFFLINE, SAVE, Fed, Idle, Left, Log, Order, Over, Pipe, Refused, SoFar, read_exactly
from crawler.shelves import Shelf
from crawler.store import SHARED, Store, StoreError, open_store

_LOOK = 0.5
"""Seconds between two looks for lanes."""
_TELL = 1.0
"""Seconds between two messages about the progress."""
_CLOSING = 2.5
"""Seconds that crawls have to close after a signal to stop; then they are abandoned."""
_AFTER_DEADLINE = 60.0
"""Seconds that crawls have to close after the run's deadline; enough to upload feeds."""
_DONE = ("finished", OUTLET, RUN)
"""Reasons to close after which an outlet is not due at once."""


class _Way:
    """The way of refusals to the run; records are in the store, and the results that are sent count them."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe

    def count(self, number: int = 1) -> None:
        """Do nothing: the run learns it from the results."""

    def refuse(self, refusal: dict[str, Any]) -> None:
        """Send a refused or failed URL."""
        self._pipe.send(Refused(refusal))


class _SharedWay:
    """The way of refusals to whoever delivers what shared runs have read: through the store."""

    def __init__(self, store: Store) -> None:
        self._outbox = store.outbox

    def count(self, number: int = 1) -> None:
        """Do nothing: who delivers counts."""

    def refuse(self, refusal: dict[str, Any]) -> None:
        """Queue a refused or failed URL."""
        self._outbox.put_row(Shelf.REFUSED, refusal, article=refusal["url"])


class _Sender(logging.Handler):
    """Sends records of the log to the run, which writes them."""

    def __init__(self, pipe: Pipe, order: Order) -> None:
        super().__init__(order.level)
        self._pipe = pipe
        self._only = order.filters

    def emit(self, record: logging.LogRecord) -> None:
        """Send a record; errors are sent in any case, as the run counts them."""
        if record.levelno >= logging.ERROR or all(each.filter(record) for each in self._only):
            self._pipe.send(Log.of(record))


class Worker:
    """Crawls outlets until the run says that it is over, until a signal to stop, or until the run has died."""

    def __init__(self, order: Order, pipe: Pipe, orders: int) -> None:
        if order.index is not None:
            share_index(order.index)
        self._order = order
        self._pipe = pipe
        self._orders = orders
        self._process = AsyncCrawlerProcess(order.settings)
        days = order.settings.getfloat("STORIES_WINDOW_DAYS", 7)
        self._store = open_store(order.store, window_days=days, serves=order.serves)
        self._is_shared = order.serves == SHARED
        way = _SharedWay(self._store) if self._is_shared else _Way(pipe) if order.is_exported else None
        self._crawls = Crawls(self._store, way, None if order.is_exported else lambda line: pipe.send(Fed(line)))
        spiders = load_outlets(order.settings)
        self._todo = {name: hosts_asked(spiders[name]) for name in order.outlets}
        """The outlets that this worker has not crawled yet, with their hosts."""
        self._at_work: dict[str, tuple[Crawler, float]] = {}
        """The crawls at work, each with the time when its lane was taken."""
        self._ends = time.monotonic() + order.seconds if order.seconds is not None else None
        self._leaves: float | None = None
        """When crawls that still run are abandoned, on the monotonic clock; None while no end is near."""
        self._is_closing = False
        self._asked = order.asked
        self._told = 0.0
        self._look = asyncio.Event()

    def run(self) -> None:
        """Crawl; return when all is done."""
        make_threads_daemonic()
        loop = asyncio.get_event_loop()
        loop.add_reader(self._orders, self._hear)
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stop)
        task = loop.create_task(self._work())
        self._process.start(stop_after_crawl=False, install_signal_handlers=False)
        task.cancel()
        self._tell()
        self._crawls.close()
        self._store.close()

    async def _work(self) -> None:
        try:
            while self._leaves is None or time.monotonic() < self._leaves:
                self._check_deadline()
                self._take_lanes()
                if time.monotonic() - self._told >= _TELL:
                    self._tell()
                self._look.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._look.wait(), _LOOK)
                if self._is_closing and not self._at_work:
                    break
        except StoreError as error:
            log_cannot_write(self._store, error, "the store")
            self._finish()
        finally:
            self._end()

    def _take_lanes(self) -> None:
        """Take lanes while there is room for more; say so when nothing is at work and none was free."""
        room = self._order.at_once - len(self._at_work)
        if room > 0 and not self._is_closing:
            for outlet in self._store.lanes.take(self._todo, time.time(), most=min(room, self._order.at_a_look)):
                self._begin(outlet)
                self._told = 0.0
        if not self._at_work:
            self._pipe.send(Idle(self._asked))

    def _begin(self, outlet: str) -> None:
        del self._todo[outlet]
        taken = time.time()
        begun = self._crawls.begin(self._process, outlet, self._order.arguments, is_lane=True)
        if begun is None:
            self._store.lanes.leave(outlet, taken, due=taken + self._order.again)
            return
        crawl, task = begun
        self._at_work[outlet] = crawl, taken
        task.add_done_callback(partial(self._left, outlet))  # type: ignore[union-attr]  # a task of asyncio

    def _left(self, outlet: str, _: Task) -> None:
        """Leave the lane of a crawl that has ended, and send its results."""
        crawl, taken = self._at_work.pop(outlet)
        result = ended(crawl)
        is_done = result.reason in (*_DONE, CANNOT_WRITE)
        if self._is_shared and (result.answers.reach.is_none or result.reason == CANNOT_WRITE):
            is_done = False  # another machine may have a network, and room
        try:
            self._store.lanes.leave(outlet, time.time(), due=taken + self._order.again if is_done else 0)
        except StoreError as error:
            log_cannot_write(self._store, error, "the store")
        if result.reason == CANNOT_WRITE:
            self._finish()
        self._pipe.send(Left(result))
        if not result.answers.reach.is_none:  # the run decides what that means for its listings
            self._crawls.forget(crawl)
        self._look.set()

    def _tell(self) -> None:
        self._told = time.monotonic()
        if self._at_work:
            self._pipe.send(SoFar([ended(crawl) for crawl, _ in self._at_work.values()]))

    def _check_deadline(self) -> None:
        now = time.monotonic()
        if self._ends is not None and now >= self._ends:
            self._ends, self._leaves = None, now + _AFTER_DEADLINE
            self._finish()
            for crawl, _ in self._at_work.values():
                with suppress(RuntimeError):  # it has no extensions yet; it is abandoned
                    deadline = crawl.get_extension(DeadlineExtension)
                    if deadline is not None:
                        deadline.close(RUN)

    def _finish(self) -> None:
        """Take no more lanes, and end when nothing is at work."""
        self._is_closing = True
        self._pipe.send(Over())

    def _stop(self) -> None:
        """Close all crawls after the page at hand; at the second signal, abandon them."""
        self._leaves = time.monotonic() if self._leaves else time.monotonic() + _CLOSING
        self._is_closing = True
        asyncio.get_event_loop().create_task(self._process.stop())
        self._look.set()

    def _hear(self) -> None:
        """Read what the run says; when its end of the pipe is closed, it has died, and nobody wants the results."""
        said = os.read(self._orders, 4096)
        if not said:
            asyncio.get_event_loop().remove_reader(self._orders)
            self._stop()
        for line in said.splitlines(keepends=True):
            if line == SAVE:
                self._crawls.save_postponed()
                for crawl in self._crawls.all:
                    self._pipe.send(Left(ended(crawl)))
            if line in (SAVE, OFFLINE):
                self._is_closing = True
            else:
                self._asked += 1
        self._look.set()

    def _end(self) -> None:
        from twisted.internet import reactor

        loop: Any = reactor
        with suppress(RuntimeError):  # it has stopped already
            (loop.crash if self._at_work else loop.stop)()


def work_for_a_run() -> None:
    """Run a worker: orders come through standard input, results go through standard output."""
    orders, results = os.dup(0), os.dup(1)
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)  # what others print must not lie between the results
    order: Order = pickle.loads(read_exactly(orders))
    pipe = Pipe(results)
    order.settings.set("LOG_ENABLED", False, priority="cmdline")
    order.settings.set("LOG_FILE", None, priority="cmdline")
    hide_dumps(order.settings)
    logging.root.addHandler(_Sender(pipe, order))
    sys.excepthook = _log_how_it_ends
    try:
        worker = Worker(order, pipe, orders)
        worker.run()
    except StoreError as error:
        logging.getLogger(__name__).error("%s", error)
        sys.exit(3)


def _log_how_it_ends(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Send the error that ends this worker to the run, whose log may be JSON."""
    logging.getLogger(__name__).critical("broke: %s", error, exc_info=(kind, error, trace))
