"""Show the progress of a run: a live table on a terminal, else one log line per minute."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence

from rich.console import Console
from rich.live import Live
from rich.table import Table

from crawler.runs.ended import Ended

logger = logging.getLogger(__name__)

COLUMNS = ("listed", "fetched", "new", "copies", "refused", "failed")
_MINUTE = 60.0


def row_of(outlet: Ended) -> dict[str, int]:
    """Return the current numbers of one outlet, by column."""
    return {
        "listed": outlet.listed,
        "fetched": outlet.answers.statuses.total(),
        "new": outlet.count("exported"),
        "copies": outlet.count("copy"),
        "refused": outlet.count("refused"),
        "failed": outlet.count("failed"),
    }


class Progress:
    """A context that shows the progress of a run; `outlets` returns the results of its outlets so far."""

    def __init__(self, outlets: Callable[[], Sequence[Ended]], console: Console) -> None:
        self._outlets = outlets
        self._began = time.monotonic()
        self._live = Live(console=console, get_renderable=self._table, refresh_per_second=2, transient=True)
        self._is_live = console.is_terminal
        self._task: asyncio.Task[None] | None = None

    def __enter__(self) -> "Progress":
        if self._is_live:
            self._live.start()
        else:
            self._task = asyncio.get_event_loop().create_task(self._log_lines())
        return self

    def __exit__(self, *_: object) -> None:
        if self._is_live:
            self._live.stop()
        elif self._task is not None:
            self._task.cancel()

    async def _log_lines(self) -> None:
        while True:
            await asyncio.sleep(_MINUTE)
            logger.info("%s", self.line())

    def line(self) -> str:
        """Return the state of the run in one line."""
        outlets = self._outlets()
        rows = list(map(row_of, outlets))
        sums = ", ".join(f"{name} {sum(row[name] for row in rows)}" for name in COLUMNS)
        done = sum(outlet.reason is not None for outlet in outlets)
        return f"{done} of {len(outlets)} outlets done: {sums}, {self._rate(sum(row['fetched'] for row in rows))}"

    def _rate(self, fetched: int) -> str:
        return f"{fetched * 60 / max(1.0, time.monotonic() - self._began):.0f}/min"

    def _table(self) -> Table:
        table = Table(box=None, pad_edge=False, header_style="bold")
        table.add_column("outlet")
        for name in (*COLUMNS, "rate"):
            table.add_column(name, justify="right")
        for outlet in self._outlets():
            row = row_of(outlet)
            mark = "[dim]✓ " if outlet.reason else ""
            style = "red" if row["failed"] and not row["new"] else None
            table.add_row(
                f"{mark}{outlet.outlet}", *(str(row[n] or "") for n in COLUMNS), self._rate(row["fetched"]), style=style
            )
        return table
