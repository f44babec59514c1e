"""The signals to stop, SIGTERM and SIGINT, of a command that waits or works in rounds."""

import signal
from queue import Empty, SimpleQueue

STOPPING = (signal.SIGINT, signal.SIGTERM)
"""The signals that ask a command to stop."""


class StoppedError(Exception):
    """A signal to stop came before the work began; it does not begin."""


class Stop:
    """Whether a signal to stop has come; before `listen`, signals do what they do by default."""

    def __init__(self) -> None:
        self._came: SimpleQueue[int] = SimpleQueue()  # unlike an Event, it may be set by a handler while it is asked

    def listen(self) -> None:
        """Note signals from now on; call it again after something else has listened."""
        for number in STOPPING:
            signal.signal(number, lambda number, _: self.note(number))

    def note(self, number: int) -> None:
        """Note a signal that has come."""
        self._came.put(number)

    @property
    def is_set(self) -> bool:
        """Return whether a signal has come."""
        return not self._came.empty()

    def wait(self, seconds: float) -> bool:
        """Return True as soon as a signal has come, or False after so many seconds."""
        try:
            self._came.put(self._came.get(timeout=seconds))  # it stays for whoever asks next
        except Empty:
            return False
        return True

    def check(self) -> None:
        """Raise StoppedError if a signal has come."""
        if self.is_set:
            raise StoppedError

    def pause(self, seconds: float) -> None:
        """Wait so many seconds; raise StoppedError as soon as a signal has come."""
        if self.wait(seconds):
            raise StoppedError
