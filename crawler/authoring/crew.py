"""Processes that work for this one, each on a few pieces at once.

They are forked: they have all modules and lexicons of this one, for no time and little memory. Each sends the result of
a piece when it is there, so the piece at which it died is known.
"""

import gc
import os
import signal
import time
import traceback
import warnings
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing import connection
from typing import Any, Generic, NoReturn, TypeVar

_AHEAD = 3
"""Batches for each process that are on their way, so that a slow piece does not hold up the others."""
_LAST_SECONDS = 2.0
"""Longest time that a process may need to end after it has closed its connection."""

Job = TypeVar("Job")


@dataclass(slots=True)
class Batch(Generic[Job]):
    """Some of the pieces, and their results, in order."""

    pieces: deque[Job] = field(default_factory=deque)
    """Those without a result."""
    results: deque[Any] = field(default_factory=deque)
    """Those that nobody has taken."""


class Crew(Generic[Job]):
    """The processes at work."""

    def __init__(self, do: Callable[[Job], Any], lost: Callable[[Job, str], Any], jobs: int) -> None:
        """`do` makes the result of a piece; `lost` makes it of a piece at which a process ended, and why it did."""
        self._do = do
        self._lost = lost
        self._jobs = jobs
        self._idle: list[_Worker[Job]] = []
        self._busy: dict[connection.Connection, _Worker[Job]] = {}
        self._due: deque[Batch[Job]] = deque()
        gc.freeze()  # else the collector of each process writes to the memory that they share, and doubles it

    def results(self, batches: Iterator[Batch[Job]]) -> Iterator[Any]:
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

    def _may_begin(self, batch: Batch[Job]) -> bool:
        return not batch.pieces or bool(self._idle) or len(self._busy) < self._jobs

    def _begin(self, batch: Batch[Job]) -> None:
        while batch.pieces:
            worker = self._idle.pop() if self._idle else self._hired()
            if worker.take(batch):
                self._busy[worker.connection] = worker
                return
            worker.kill()  # it died in the meantime, of nothing that it was given

    def _hired(self) -> "_Worker[Job]":
        return _Worker(self._do, [each.connection for each in (*self._idle, *self._busy.values())])

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

    def _bury(self, worker: "_Worker[Job]") -> None:
        """Note the piece at which a process died as lost, and give the others of its batch to a new one."""
        del self._busy[worker.connection]
        batch, why = worker.batch, worker.why_dead()
        batch.results.append(self._lost(batch.pieces.popleft(), why))
        self._begin(batch)

    def _finished(self) -> Iterator[Any]:
        while self._due:
            batch = self._due[0]
            while batch.results:
                yield batch.results.popleft()
            if batch.pieces:
                return
            self._due.popleft()


class _Worker(Generic[Job]):
    """A forked process, and the batch that it has."""

    def __init__(self, do: Callable[[Job], Any], others: list[connection.Connection]) -> None:
        self.connection, theirs = connection.Pipe()
        self.batch: Batch[Job] = Batch()
        with warnings.catch_warnings():  # of fsspec's thread, which the new process does not need
            warnings.simplefilter("ignore", DeprecationWarning)
            self._pid = os.fork()
        if not self._pid:
            _work_until_closed(do, theirs, [self.connection, *others])
        theirs.close()

    def take(self, batch: Batch[Job]) -> bool:
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
    do: Callable[[Job], Any], pieces: connection.Connection, others: list[connection.Connection]
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
