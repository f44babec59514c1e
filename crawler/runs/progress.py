"""Show the progress of a run: a live view on a terminal, else one log line per minute."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterator, Sequence

from rich.console import Console, Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from crawler.runs.ended import Ended

logger = logging.getLogger(__name__)

COLUMNS = ("listed", "fetched", "new", "copies", "refused", "failed")
_MINUTE = 60.0
_BESIDE_LANES = 4
"""Lines of the live view beside those of the outlets at work, and one that stays free for the cursor."""


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


def share_done(outlet: Ended) -> float:
    """Return which share of an outlet's crawl is done, from 0 to 1: of the articles requested so far."""
    if outlet.reason is not None:
        return 1.0
    done = sum(outlet.articles.values()) - outlet.articles.get("pending", 0)
    return min(done / outlet.requests, 0.99) if outlet.requests else 0.0


class Progress:
    """A context that shows the progress of a run; `outlets` returns the results of its outlets so far."""

    def __init__(self, outlets: Callable[[], Sequence[Ended]], console: Console, *, is_live: bool) -> None:
        self._outlets = outlets
        self._console = console
        self._began = time.monotonic()
        self._live = Live(console=console, get_renderable=self.view, refresh_per_second=2, transient=True)
        self._is_live = is_live
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

    def view(self) -> Group:
        """Return the live view: a bar with the time, the totals, and a line for each outlet at work that fits.

        It is lower than the terminal, or rich could not erase it, and nothing stands right of Hindi.
        """
        outlets = self._outlets()
        at_work = sorted((each for each in outlets if each.reason is None), key=share_done, reverse=True)
        begun = [each for each in at_work if each.answers.statuses]
        room = max(0, self._console.height - _BESIDE_LANES - 1)
        shown = begun[:room]
        left = len(at_work) - len(shown)
        more = [Text(f"… and {left} more at work")] if left else []
        return Group(self._bar(outlets), self._table(outlets, shown), *more)

    def _bar(self, outlets: Sequence[Ended]) -> Table:
        """Return the line with the number of outlets that are done, a bar, and the time since the start."""
        minutes, seconds = divmod(int(time.monotonic() - self._began), 60)
        done, total = sum(outlet.reason is not None for outlet in outlets), len(outlets)
        share = sum(map(share_done, outlets))
        line = Table.grid(padding=(0, 2, 0, 0))
        bar = ProgressBar(total=max(total, 1), completed=share, width=min(24, self._console.width // 3))
        line.add_row(f"{done} of {total} outlets done", bar, f"{share / max(total, 1):.0%}", f"{minutes}:{seconds:02}")
        return line

    def _table(self, outlets: Sequence[Ended], shown: Sequence[Ended]) -> Table:
        table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
        table.add_column("at work", no_wrap=True)
        for name in (*COLUMNS, "rate"):
            table.add_column(name, justify="right", no_wrap=True)
        for name, cells in self._lines(outlets, shown):
            table.add_row(name, *cells, style="bold" if name == "all" else None)
        return table

    def _lines(self, outlets: Sequence[Ended], shown: Sequence[Ended]) -> Iterator[tuple[str, list[str]]]:
        for outlet in shown:
            row = row_of(outlet)
            yield outlet.outlet, [*(str(row[name] or "") for name in COLUMNS), self._rate(row["fetched"])]
        rows = list(map(row_of, outlets))
        sums = [sum(row[name] for row in rows) for name in COLUMNS]
        yield "all", [*map(str, sums), self._rate(sums[COLUMNS.index("fetched")])]
