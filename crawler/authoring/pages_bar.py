"""Show how far the reading of many pages is: a bar on a terminal, else a line each minute."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_MINUTE = 60.0
_FIFTH = 0.2
"""Seconds between two views of the bar."""


class PagesBar:
    """Counts pages, and shows them with pages a second, the share that is done and the time left.

    `total` is the number of the things that are read: of archives, or of the pages themselves.
    """

    def __init__(self, total: int) -> None:
        self._total = total
        self._pages, self._done = 0, 0.0
        self._began = self._shown = time.monotonic()
        self._bar: Any = None

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Show the bar while the context is open, if standard error is a terminal."""
        if not sys.stderr.isatty():
            yield
            return
        from rich.console import Console  # slow to import, and Scrapy imports all commands for each
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

        columns = [BarColumn(), TaskProgressColumn(), TextColumn("{task.description}"), TimeRemainingColumn()]
        console = Console(stderr=True)
        # It has no thread of its own: this process is forked. What is printed passes through it only on its terminal:
        # it would write the articles there, and not into the file or pipe that is standard output.
        is_shared = sys.stdout.isatty()
        with Progress(
            *columns, console=console, transient=True, auto_refresh=False, redirect_stdout=is_shared
        ) as self._bar:
            self._bar.add_task("0 pages", total=self._total)
            yield
        self._bar = None

    def page(self, done: float) -> None:
        """Count a page; `done` is how many of the things have been read with it, as 2.5 archives."""
        self._pages += 1
        self._done = max(self._done, done)
        now = time.monotonic()
        if now - self._shown < (_MINUTE if self._bar is None else _FIFTH):
            return
        self._shown = now
        if self._bar is None:
            print(self.line(), file=sys.stderr, flush=True)
        else:
            self._bar.update(0, completed=self._done, description=self._counted(), refresh=True)

    def line(self) -> str:
        """Return the state in one line."""
        if not self._total or not self._done:
            return self._counted()
        left = (time.monotonic() - self._began) * (self._total - self._done) / self._done
        minutes, seconds = divmod(int(left), 60)
        return f"{self._counted()}, {self._done / self._total:.0%}, {minutes}:{seconds:02} left"

    def _counted(self) -> str:
        rate = self._pages / max(time.monotonic() - self._began, 0.001)
        return f"{self._pages:,} {'page' if self._pages == 1 else 'pages'}, {rate:,.0f}/s"
