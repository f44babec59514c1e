"""The workers of a run: start them, pass on what they send, replace those that die, and end them."""

import asyncio
import logging
import math
import os
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from crawler.crawling.write_guard import log_cannot_write
from crawler.downloading.reach import is_cut_off
from crawler.runs.ended import Ended, joined
from crawler.runs.errors import ErrorCounter
from crawler.runs.run import Run
from crawler.runs.stop import STOPPING
from crawler.runs.wire import (
    LOOK,
    OFFLINE,
    SAVE,
    Fed,
    Idle,
    Left,
    Log,
    Message,
    Order,
    Over,
    Refused,
    SoFar,
    framed,
    receive,
)
from crawler.store import StoreError

logger = logging.getLogger(__name__)

_CHECK = 0.5
"""Seconds between two checks."""
_STUCK = 90.0
"""Seconds after the run's deadline after which a worker that still runs hangs, and is killed."""
_LAST = 10.0
"""Seconds that workers have to end after they were told to; a crawl that does not close is abandoned before."""
_BARREN = 3
"""How many workers in a row may die before one of them has brought anything; then no other takes their place."""
_START = "from crawler.runs.worker import work_for_a_run; work_for_a_run()"


@dataclass(slots=True, kw_only=True)
class _Hand:
    """One worker, as its run sees it."""

    number: int
    process: Process
    idle: int = -1
    """How often it was asked to look when it found nothing to do; -1 if something is at work."""
    is_ready: bool = False
    """Whether it has sent anything: before, it does not know what a signal means."""
    results: dict[str, Ended] = field(default_factory=dict)
    """The results of the outlets that it crawled, or is crawling, as it sent them last."""
    was_told: bool = False
    """Whether it was told to end."""


class Team:
    """Several processes that crawl the outlets of a run, each taking lanes until none is left.

    `order` is what each is told, `names` are the outlets that the run promises to crawl. The run alone publishes.
    """

    def __init__(self, run: Run, order: Order, workers: int, *, names: Sequence[str]) -> None:
        self.errors = ErrorCounter()
        self._run = run
        self._order = order
        self._workers = workers
        self._names = names
        self._hands: list[_Hand] = []
        """The workers so far, with those that have ended."""
        self._alive: dict[int, asyncio.Task[None]] = {}
        self._ends = math.inf if order.seconds is None else time.monotonic() + order.seconds
        self._asked = 0
        self._barren = 0
        self._kill_at = math.inf
        self._is_lost = False
        """Whether the run has lost its store: it can publish nothing, and report nothing."""
        self._exported = 0
        logging.root.addHandler(self.errors)

    @property
    def is_stopped(self) -> bool:
        """Return whether a signal to stop has come."""
        return self._run.stop.is_set

    def outlets(self) -> list[Ended]:
        """Return the results of each outlet so far; of one that was crawled again, as a worker died, of all crawls."""
        found: dict[str, Ended] = {}
        for hand in self._hands:
            for name, result in hand.results.items():
                found[name] = joined(found[name], result) if name in found else result
        return [found.get(name, Ended(outlet=name)) for name in dict.fromkeys((*self._names, *found))]

    def save_postponed(self) -> None:
        """Do nothing: each worker has done it at its end."""

    def close(self) -> None:
        """Count no more errors."""
        logging.root.removeHandler(self.errors)

    async def work(self) -> None:
        """Let the workers crawl until nothing is left to do, or until a signal to stop."""
        loop = asyncio.get_running_loop()
        for number in STOPPING:
            loop.add_signal_handler(number, self._pass_on, number)
        try:
            for _ in range(self._workers):
                if not self.is_stopped:
                    await self._start()
            while self._alive:
                await asyncio.wait(self._alive.values(), timeout=_CHECK, return_when=asyncio.FIRST_COMPLETED)
                await self._bury()
                self._publish()
                self._check()
        finally:
            for hand in self._living():
                _kill(hand)
            for number in STOPPING:
                loop.remove_signal_handler(number)
            self._run.stop.listen()  # what comes now must not end the report half-way

    async def _start(self) -> None:
        path = os.pathsep.join(each or str(Path.cwd()) for each in sys.path)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            _START,
            stdin=PIPE,
            stdout=PIPE,
            env={**os.environ, "PYTHONPATH": path},
            start_new_session=True,  # Ctrl-C reaches the run alone, which passes it on
        )
        hand = _Hand(number=len(self._hands) + 1, process=process)
        seconds = None if math.isinf(self._ends) else max(0.0, self._ends - time.monotonic())
        assert process.stdin is not None
        with suppress(ConnectionError):  # it has died already
            process.stdin.write(framed(replace(self._order, number=hand.number, asked=self._asked, seconds=seconds)))
        self._hands.append(hand)
        self._alive[hand.number] = asyncio.create_task(self._hear(hand))
        if self.is_stopped:  # the signal came while the process began, and was passed on to the others
            _kill(hand)

    async def _hear(self, hand: _Hand) -> None:
        """Take what a worker sends, until it has ended."""
        assert hand.process.stdout is not None
        while (message := await receive(hand.process.stdout)) is not None:
            hand.is_ready = True
            self._take(hand, message)
        await hand.process.wait()

    def _take(self, hand: _Hand, message: Message) -> None:
        match message:
            case Log():
                message.write()
            case SoFar(outlets):
                self._note(hand, outlets)
            case Left(outlet):
                self._note(hand, [outlet])
            case Refused(refusal):
                if self._run.export is not None:
                    self._run.export.refuse(refusal)
            case Fed(line):
                self._run.count(line)
            case Idle(asked):
                hand.idle = asked
            case Over():
                hand.was_told = True

    def _note(self, hand: _Hand, outlets: Sequence[Ended]) -> None:
        """Note results; a worker that has some is at work, and one that has brought something may be followed."""
        for each in outlets:
            hand.idle = -1
            hand.results[each.outlet] = each
            if sum(each.articles.values()) > each.articles.get("pending", 0):
                self._barren = 0

    def _publish(self) -> None:
        """Publish the parts that are due."""
        count = sum(result.received for hand in self._hands for result in hand.results.values())
        if self._run.export is not None and count > self._exported:
            self._run.export.expect(count - self._exported)
        self._exported = count
        self._run.publish()

    async def _bury(self) -> None:
        """Name the workers that have died, and let others take their place."""
        for number, task in list(self._alive.items()):
            if not task.done():
                continue
            del self._alive[number]
            hand = self._hands[number - 1]
            task.result()
            if hand.was_told or self.is_stopped or self._is_lost:
                continue
            self._name_dead(hand)
            if self._barren < _BARREN * self._workers and time.monotonic() < self._ends:
                await self._start()
            self._ask_to_look()

    def _name_dead(self, hand: _Hand) -> None:
        """Note the death of a worker in the log and for the report."""
        self._barren += 1
        left = sorted(name for name, each in hand.results.items() if each.reason in (None, "shutdown"))
        code = hand.process.returncode or 0
        how = f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
        at = f" while it crawled {', '.join(left)}" if left else ""
        text = f"worker {hand.number} (process {hand.process.pid}) {how}{at}"
        self._run.deaths.append(text)
        logger.warning("%s; others crawl what it left", text)

    def _ask_to_look(self) -> None:
        """Ask all to look for lanes, as some may have come free: who was idle before may not be any more."""
        self._asked += 1
        for hand in self._living():
            _say(hand, LOOK)

    def _check(self) -> None:
        now = time.monotonic()
        living = self._living()
        self._require_store()
        if now >= min(self._kill_at, self._ends + _STUCK):
            for hand in living:
                _kill(hand)
        if self.is_stopped or self._is_lost or not living:
            return
        if all(hand.idle >= self._asked and not hand.was_told for hand in living):
            said = OFFLINE if is_cut_off(each.answers.reach for each in self.outlets()) else SAVE
            for hand in living:
                hand.was_told = True
                _say(hand, said)

    def _require_store(self) -> None:
        """Stop all workers if the run has lost its store, even if they have not: nobody publishes what they read."""
        if self._is_lost or self.is_stopped:
            return
        try:
            self._run.store.require()
        except StoreError as error:
            self._is_lost = True
            log_cannot_write(self._run.store, error, "the store")
            self._stop_all(signal.SIGTERM)

    def _pass_on(self, number: signal.Signals) -> None:
        """Pass a signal to stop on to the workers."""
        self._run.stop.note(number)
        self._stop_all(number)

    def _stop_all(self, number: signal.Signals) -> None:
        """Send the workers a signal; who does not know it yet has begun nothing, and is killed."""
        self._kill_at = min(self._kill_at, time.monotonic() + _LAST)
        for hand in self._living():
            if hand.is_ready:
                with suppress(ProcessLookupError):
                    hand.process.send_signal(number)
            else:
                _kill(hand)

    def _living(self) -> list[_Hand]:
        return [self._hands[number - 1] for number in self._alive]


def _say(hand: _Hand, said: bytes) -> None:
    assert hand.process.stdin is not None
    with suppress(ConnectionError, RuntimeError):  # it has died already
        hand.process.stdin.write(said)


def _kill(hand: _Hand) -> None:
    with suppress(ProcessLookupError):
        hand.process.kill()
