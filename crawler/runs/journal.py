"""The log of a run: how much of it is shown, and in which form."""

import json
import logging
import sys
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from scrapy.settings import BaseSettings

from crawler.masking import mask
from crawler.program import log_line
from crawler.trying import set_by_user

JOURNAL = logging.getLogger("videsh")
"""The logger of the line that sums a run up, and of one line for each of its outlets."""

_DUMPERS = ("scrapy.addons", "scrapy.crawler", "scrapy.middleware", "scrapy.utils.log")
"""Loggers that print lists of versions, settings and components when a crawl begins."""
_STATS = "scrapy.statscollectors"
"""The logger that prints all statistics when a crawl ends."""
_OF_THE_RUN = ("crawler.runs", "crawler.exports", "crawler.crawling.write_guard", "crawler.downloading.contact")
"""Loggers whose warnings are about the run, and not about one outlet, which has a line of its own."""


def hide_dumps(settings: BaseSettings) -> None:
    """Hide what Scrapy prints about itself, at any log level but DEBUG; statistics are shown to who sets STATS_DUMP."""
    if settings.get("LOG_LEVEL") == "DEBUG":
        return
    for name in (*_DUMPERS, *(() if set_by_user(settings, "STATS_DUMP") else (_STATS,))):
        logging.getLogger(name).addFilter(_is_warning)  # Scrapy resets the levels of its loggers


def _is_warning(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING


def write_journal(
    settings: BaseSettings, *, as_json: bool, only: "Quiet | None" = None, minimum: str | None = None
) -> None:
    """Replace Scrapy's log by one that writes the journal's lines as they are, or all as JSON; `only` may hide some.

    JSON is the form of the traceback that ends the program, too.
    """
    path = settings.get("LOG_FILE")
    if not path and not settings.getbool("LOG_ENABLED", True):
        return
    handler: logging.Handler = logging.StreamHandler()
    if path:
        mode = "a" if settings.getbool("LOG_FILE_APPEND", True) else "w"
        handler = logging.FileHandler(path, mode, encoding=settings.get("LOG_ENCODING") or "utf-8")
    text = _TextFormatter(settings.get("LOG_FORMAT"), settings.get("LOG_DATEFORMAT"))
    handler.setFormatter(_JsonFormatter() if as_json else text)
    handler.setLevel(minimum or settings.get("LOG_LEVEL"))
    if only is not None:
        handler.addFilter(only)
    settings.set("LOG_FILE", None, priority="cmdline")
    settings.set("LOG_ENABLED", False, priority="cmdline")  # Scrapy then installs a handler that writes nothing
    logging.root.addHandler(handler)
    if as_json:
        sys.excepthook = _print_as_json


class Quiet(logging.Filter):
    """Lets pass the line of the run, a line for each outlet that is not as usual, warnings about the run, and errors.

    With `every_outlet`, each outlet has its line; with `no_lines`, none has, nor the run. What is logged again and
    again is shown once.
    """

    def __init__(self, *, every_outlet: bool = False, no_lines: bool = False) -> None:
        super().__init__()
        self._every_outlet = every_outlet
        self._no_lines = no_lines
        self._shown: set[tuple[str, str, str]] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether a record is shown."""
        if record.name == JOURNAL.name:
            is_needed = self._every_outlet or record.levelno >= logging.WARNING or _fields(record)["event"] == "run"
            return is_needed and not self._no_lines
        if record.levelno >= logging.ERROR:
            return self._is_new((record.name, template_of(record), kind_of_error(record)))
        is_of_the_run = record.levelno >= logging.WARNING and record.name.startswith(_OF_THE_RUN)
        return is_of_the_run and self._is_new((record.name, record.getMessage(), ""))

    def _is_new(self, message: tuple[str, str, str]) -> bool:
        is_new = message not in self._shown
        self._shown.add(message)
        return is_new


def template_of(record: logging.LogRecord) -> str:
    """Return the text of a record without its arguments, also of one that a worker sent."""
    return str(getattr(record, "template", record.msg))


def kind_of_error(record: logging.LogRecord) -> str:
    """Return the name of the exception in a record, also of one that a worker sent; an empty text without any."""
    return type(record.exc_info[1]).__name__ if record.exc_info else str(getattr(record, "kind", ""))


class _TextFormatter(logging.Formatter):
    """Writes a line of the journal as it is, and any other record in Scrapy's format."""

    def format(self, record: logging.LogRecord) -> str:
        return mask(record.getMessage() if record.name == JOURNAL.name else super().format(record))


class _JsonFormatter(logging.Formatter):
    """Writes a record as one JSON object a line; the lines of the journal have their figures as keys."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, Any] = {**log_line(record.levelname.lower(), record.name, record.getMessage(), at=at)}
        line |= _fields(record)
        if record.exc_info or record.exc_text:
            line["exception"] = record.exc_text or self.formatException(record.exc_info or (None, None, None))
        return mask(json.dumps(line, ensure_ascii=False, default=str))


def _print_as_json(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Print the error that ends the program as a line of JSON."""
    name, level = JOURNAL.name, logging.CRITICAL
    record = JOURNAL.makeRecord(name, level, "", 0, "broke: %s", (error,), (kind, error, trace))
    print(_JsonFormatter().format(record), file=sys.stderr)


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    fields: dict[str, Any] = getattr(record, "fields", {})
    return fields
