"""One run whose outlets are crawled by workers."""

import asyncio
import logging
import math
import pickle
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings, Settings

from crawler.archive.reader import ArchiveError
from crawler.archive.replay import ArchiveIndex, index_of
from crawler.runs.run import Run
from crawler.runs.stop import Stop
from crawler.runs.team import Team
from crawler.runs.wire import Order
from crawler.store import SHARED

_AT_ONCE_IN_A_REPLAY = 2
"""Outlets that a worker replays at the same time: no host keeps it waiting, and others take what it leaves."""
_A_DAY = 86_400.0
"""Seconds for which a run that crawls alone takes no outlet again: longer than any run."""


class Shift:
    """A run, and the workers that crawl for it; `again` is how many seconds runs are apart, None for a single one."""

    def __init__(
        self,
        settings: Settings,
        outlets: Sequence[str],
        arguments: Mapping[str, str],
        *,
        workers: int,
        is_shared: bool,
        waits: bool,
        again: float | None,
        stop: Stop,
    ) -> None:
        index = _index(settings)
        with ExitStack() as undo:
            store = settings.get("STORE") or f"sqlite:///{undo.enter_context(_folder())}/store.db"
            self.run = Run(settings, is_alone=not is_shared, is_shared=is_shared, waits=waits, store=store, stop=stop)
            if not is_shared:
                self.run.open_lanes(outlets)
            order = Order(
                number=0,
                settings=settings,
                store=store,
                serves=SHARED if is_shared else self.run.store.outbox.name,
                outlets=outlets,
                arguments=arguments,
                at_once=_at_once(settings, len(outlets), workers),
                at_a_look=1 if index is not None else len(outlets),  # two that begin together also end together
                is_exported=self.run.export is not None,
                seconds=_seconds(settings),
                again=_again(settings, again) if is_shared else _A_DAY,
                index=index,
                **_log_wanted(),
            )
            self.team = Team(self.run, order, workers, names=() if is_shared else outlets)
            self.run.results = self.team
            self._outlets = () if is_shared else outlets
            self._undo = undo.pop_all()

    def work(self) -> None:
        """Let the workers crawl."""
        asyncio.get_event_loop().run_until_complete(self.team.work())

    def end(self, *, strict: bool) -> int:
        """End the run as `Run.end` does, and return its exit code."""
        with self._undo:
            self.run.free(self._outlets)
            return self.run.end(strict=strict)


def check_portable(settings: Settings) -> None:
    """Raise UsageError if the settings cannot be handed to another process."""
    try:
        pickle.dumps(settings)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        text = f"--workers: a setting cannot be handed to another process ({error}); write it as a text, or a name"
        raise UsageError(text, print_help=False) from error


def _index(settings: BaseSettings) -> ArchiveIndex | None:
    """Return the index of the archive that is replayed, made once for all workers; None for a live crawl."""
    path = settings.get("ARCHIVE_REPLAY")
    try:
        return index_of(Path(path)) if path else None
    except ArchiveError as error:
        raise UsageError(str(error), print_help=False) from error


def _folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="videsh-store-")


def _at_once(settings: BaseSettings, outlets: int, workers: int) -> int:
    if settings.get("ARCHIVE_REPLAY"):
        return _AT_ONCE_IN_A_REPLAY
    return min(settings.getint("LANES_AT_ONCE", 50), math.ceil(outlets / workers))


def _seconds(settings: BaseSettings) -> float | None:
    minutes = 0 if settings.get("ARCHIVE_REPLAY") else settings.getfloat("RUN_MINUTES", 12)
    return minutes * 60 if minutes else None


def _again(settings: BaseSettings, every: float | None) -> float:
    """Return after how many seconds an outlet is due again: two thirds of the time between runs that begin on time."""
    return every * 2 / 3 if every is not None else settings.getfloat("LANE_MINUTES", 10) * 60


def _log_wanted() -> dict[str, Any]:
    """Return the lowest level that a handler of the log writes, and the filters of a single one."""
    handlers = [each for each in logging.root.handlers if not isinstance(each, logging.NullHandler)]
    writing = [each for each in handlers if each.level < logging.ERROR] or handlers
    level = min((each.level for each in writing), default=logging.ERROR)
    filters = [each for each in writing[0].filters if isinstance(each, logging.Filter)] if len(writing) == 1 else []
    return {"level": level, "filters": filters}
