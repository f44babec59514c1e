"""Do work in several processes: the results come in the order of the work, and a process that dies loses one piece.

The processes are forked: they have all modules and lexicons of this one, for no time and little memory. Each gets a few
pieces at once, and sends each result when it is there, so the piece at which it died is known.
"""

import os
import signal
import time
import traceback
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing import connection
from typing import Generic, NoReturn, TypeVar

_MOST_PIECES = 16
_ENOUGH_WEIGHT = 512 * 1024
"""Weight of the pieces that a process gets at once, in bytes; more would keep the others waiting at the end."""
_AHEAD = 3
"""Batches for each process that are on their way, so that a slow piece does not hold up the others."""

_LAST_SECONDS = 2.0
"""Longest time that a process may need to end after it has closed its connection."""

Piece = TypeVar("Piece")
Result = TypeVar("Result")
Known = TypeVar("Known", covariant=True)


@dataclass(frozen=True, slots=True)
class Ready(Generic[Known]):
    """A result that needs no work; it keeps its place between the others."""

    result: Known


@dataclass(slots=True)
class _Batch(Generic[Piece, Result]):
    pieces: deque[Piece] = field(default_factory=deque)
    """Those without a result."""
    results: deque[Result] = field(default_factory=deque)
    """Those that nobody has taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Generic[Piece, Result]):
    """What is done with each piece, and what its result is if that ends the process."""

    do: Callable[[Piece], Result]
    lost: Callable[[Piece, str], Result]
    """Called with what ended the process."""
    weigh: Callable[[Piece], int]
    """About how many bytes a piece has."""

    def in_order(self, pieces: Iterable[Piece | Ready[Result]], jobs: int) -> Generator[Result]:
        """Yield the result for each piece, in order, from `jobs` processes; one job is done in this process."""
        if jobs == 1:
            for piece in pieces:
                yield piece.result if isinstance(piece, Ready) else self.do(piece)
            return
        crew = _Crew(self, jobs)
        try:
            yield from crew.results(self._batches(pieces))
        finally:
            crew.end()

    def _batches(self, pieces: Iterable[Piece | Ready[Result]]) -> Iterator[_Batch[Piece, Result]]:
        batch: _Batch[Piece, Result] = _Batch()
        weight = 0
        for piece in pieces:
            if isinstance(piece, Ready):
                if batch.pieces:
                    yield batch
                yield _Batch(results=deque([piece.result]))
                batch, weight = _Batch(), 0
                continue
            batch.pieces.append(piece)
            weight += self.weigh(piece)
            if len(batch.pieces) == _MOST_PIECES or weight >= _ENOUGH_WEIGHT:
                yield batch
                batch, weight = _Batch(), 0
        if batch.pieces:
            yield batch


class _Crew(Generic[Piece, Result]):
    """The processes at work."""

    def __init__(self, work: Work[Piece, Result], jobs: int) -> None:
        self._work = work
        self._jobs = jobs
        self._idle: list[_Worker[Piece, Result]] = []
        self._busy: dict[connection.Connection, _Worker[Piece, Result]] = {}
        self._due: deque[_Batch[Piece, Result]] = deque()

    def results(self, batches: Iterator[_Batch[Piece, Result]]) -> Iterator[Result]:
        """Yield the results of batches in order; the next batch is read while the processes work."""
        ahead = next(batches, None)
        while ahead is not None or self._due:
            if ahead is not None and len(self._due) < _AHEAD * self._jobs and self._may_begin(ahead):
                self._due.append(ahead)
                self._begin(ahead)
                ahead = next(batches, None)
                self._collect(timeout=0)
            else:
                self._collect(timeout=None)
            yield from self._finished()

    def end(self) -> None:
        """End the processes, whatever they do."""
        for worker in (*self._idle, *self._busy.values()):
            worker.kill()

    def _may_begin(self, batch: _Batch[Piece, Result]) -> bool:
        return not batch.pieces or bool(self._idle) or len(self._busy) < self._jobs

    def _begin(self, batch: _Batch[Piece, Result]) -> None:
        while batch.pieces:
            worker = self._idle.pop() if self._idle else self._hired()
            if worker.take(batch):
                self._busy[worker.connection] = worker
                return
            worker.kill()  # it died in the meantime, of nothing that it was given

    def _hired(self) -> "_Worker[Piece, Result]":
        return _Worker(self._work.do, [each.connection for each in (*self._idle, *self._busy.values())])

    def _collect(self, timeout: float | None) -> None:
        """Take one result of each process that has one; wait until one has."""
        for ready in connection.wait(self._busy, timeout):
            assert isinstance(ready, connection.Connection)
            worker = self._busy[ready]
            try:
                worker.batch.results.append(ready.recv())
            except (EOFError, OSError):
                self._bury(worker)
                continue
            worker.batch.pieces.popleft()
            if not worker.batch.pieces:
                self._idle.append(self._busy.pop(ready))

    def _bury(self, worker: "_Worker[Piece, Result]") -> None:
        """Note the piece at which a process died as lost, and give the others of its batch to a new one."""
        del self._busy[worker.connection]
        batch, why = worker.batch, worker.why_dead()
        batch.results.append(self._work.lost(batch.pieces.popleft(), why))
        self._begin(batch)

    def _finished(self) -> Iterator[Result]:
        while self._due:
            batch = self._due[0]
            while batch.results:
                yield batch.results.popleft()
            if batch.pieces:
                return
            self._due.popleft()


class _Worker(Generic[Piece, Result]):
    """A forked process, and the batch that it has."""

    def __init__(self, do: Callable[[Piece], Result], others: list[connection.Connection]) -> None:
        self.connection, theirs = connection.Pipe()
        self.batch: _Batch[Piece, Result] = _Batch()
        with warnings.catch_warnings():  # of fsspec's thread, which the new process does not need
            warnings.simplefilter("ignore", DeprecationWarning)
            self._pid = os.fork()
        if not self._pid:
            _work_until_closed(do, theirs, [self.connection, *others])
        theirs.close()

    def take(self, batch: _Batch[Piece, Result]) -> bool:
        """Give a batch to the process; return False if it is dead."""
        self.batch = batch
        try:
            self.connection.send(list(batch.pieces))
        except OSError:
            return False
        return True

    def why_dead(self) -> str:
        """Return what ended the process, which has closed its connection."""
        self.connection.close()
        latest = time.monotonic() + _LAST_SECONDS
        pid, status = os.waitpid(self._pid, os.WNOHANG)
        while not pid and time.monotonic() < latest:
            time.sleep(0.01)
            pid, status = os.waitpid(self._pid, os.WNOHANG)
        if not pid:
            self.kill()
            return "closed its connection"
        code = os.waitstatus_to_exitcode(status)
        return f"was ended by signal {-code} ({signal.strsignal(-code)})" if code < 0 else f"ended with code {code}"

    def kill(self) -> None:
        """End the process, whatever it does."""
        self.connection.close()
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)


def _work_until_closed(
    do: Callable[[Piece], Result], pieces: connection.Connection, others: list[connection.Connection]
) -> NoReturn:
    """Work in a new process until the other side closes the connection, and end it; an interrupt is left to that."""
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        for other in others:  # else a process would not see the first one go
            other.close()
        while True:
            for piece in pieces.recv():
                pieces.send(do(piece))
    except (EOFError, OSError):
        code = 0
    except BaseException:  # noqa: BLE001  SystemExit of a pipeline too: the page is named, and why is printed
        traceback.print_exc()
    finally:
        os._exit(code)  # nothing of the first process is flushed, closed or removed twice
