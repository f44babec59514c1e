"""The rounds of a command that works again and again: `--every 15m`."""

import signal
import time
from collections.abc import Callable
from threading import Event


def rounds(seconds: float, work: Callable[[], bool]) -> None:
    """Call `work` now and every so many seconds from now, free of drift, until a signal to stop.

    The work returns whether one came. What takes longer than the interval leaves rounds out.
    SIGTERM and SIGINT end the wait, or the rounds after what is at work, which may take notice of them itself.
    """
    stopped, began = Event(), time.monotonic()
    while True:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopped.set())
        if work() or stopped.is_set():
            return
        for number in (signal.SIGINT, signal.SIGTERM):  # the work may have set its own
            signal.signal(number, lambda *_: stopped.set())
        passed = time.monotonic() - began
        if stopped.wait((passed // seconds + 1) * seconds - passed):
            return
