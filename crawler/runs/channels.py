"""Where the figures and alarms of a run go beside its report: metrics, traces, and messages to people."""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from scrapy.settings import BaseSettings

from crawler.runs.ended import Ended
from crawler.runs.exit_code import ExitCode
from crawler.runs.notify import read_receivers, tell_alarms
from crawler.runs.traces import otlp_provider, trace_run
from crawler.store import Store

logger = logging.getLogger(__name__)


class Channels:
    """The channels that the settings METRICS, TRACES and ALARMS_TO open.

    Creating it raises UsageError for a file of receivers that is wrong, or an extra that is not installed.
    """

    def __init__(self, settings: BaseSettings) -> None:
        self._metrics = settings.get("METRICS")
        self._provider = otlp_provider() if settings.getbool("TRACES") else None
        self._receivers = read_receivers(settings)

    def tell(self, report: Mapping[str, Any], code: ExitCode, outlets: Iterable[Ended], store: Store) -> None:
        """Publish a finished run; what cannot be written costs nothing else."""
        try:
            if self._metrics:
                from crawler.reports.metrics import write_metrics  # its library is slow to import

                write_metrics(Path(self._metrics), report, code)
        except OSError as error:
            logger.warning("METRICS: %s: cannot be written (%s)", self._metrics, error.strerror or error)
        if self._provider is not None:
            trace_run(self._provider, report, outlets, code)
        ended = int(datetime.fromisoformat(report["run"]["ended"]).timestamp())
        tell_alarms(self._receivers, report, code, store, ended)
