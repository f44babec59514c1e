"""The rounds of a command that works again and again: `--every 15m`."""

import time
from collections.abc import Callable

from scrapy.settings import BaseSettings

from crawler.crawling.run_addon import new_run_id
from crawler.runs.stop import Stop, StoppedError


def rounds(
    settings: BaseSettings,
    seconds: float,
    work: Callable[[], object],
    *,
    stop: Stop,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Call `work` now and every so many seconds from now, free of drift, until a signal to stop.

    Each round has a RUN_ID of its own. What takes longer than the interval leaves rounds out. `work` may take notice of
    signals itself, and raise StoppedError if one came before it began.
    """
    began, due = clock(), 0.0
    stop.listen()
    while not stop.is_set:
        settings.set("RUN_ID", new_run_id(), priority="cmdline")
        try:
            work()
        except StoppedError:
            return
        stop.listen()  # the work may have listened itself
        passed = clock() - began
        due = max(due + 1, passed // seconds + 1)
        if stop.wait(due * seconds - passed):
            return
