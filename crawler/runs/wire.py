"""What a run and its workers tell each other: messages through a pipe, each with its length."""

import logging
import os
import pickle
import struct
import threading
import traceback
from asyncio import IncompleteReadError, StreamReader
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from scrapy.settings import Settings

from crawler.archive.replay import ArchiveIndex
from crawler.runs.ended import Ended
from crawler.runs.journal import kind_of_error, template_of

_LENGTH = struct.Struct("!I")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a worker is told when it starts."""

    number: int
    """Its number among the workers of the run."""
    asked: int = 0
    """How often workers were asked to look for lanes before it started."""
    settings: Settings
    store: str
    """Address of the store."""
    serves: str
    """The name under which it queues records."""
    outlets: Sequence[str]
    arguments: Mapping[str, str]
    """Those of the spiders."""
    at_once: int
    """Most outlets that it crawls at the same time."""
    at_a_look: int
    """Most outlets that it takes at one look for some."""
    is_exported: bool
    """Whether the run has an export, which reads the records back; else it gets a line of each article."""
    seconds: float | None
    """Time that is left to the run; None without a deadline."""
    again: float
    """Seconds after it was taken that an outlet is due again."""
    level: int
    """The lowest level of records of the log that the run wants."""
    index: ArchiveIndex | None = None
    """That of the archive that is replayed: it is read once for all workers."""
    filters: Sequence[logging.Filter] = ()
    """Those of the log of the run, for records below errors."""


class Log(NamedTuple):
    """A record of the log, as text."""

    name: str
    level: int
    created: float
    text: str
    template: str
    """The text without its arguments."""
    outlet: str | None
    """The outlet whose crawl logged it."""
    kind: str
    """Name of the exception in it; empty without any."""
    trace: str | None

    @classmethod
    def of(cls, record: logging.LogRecord) -> Self:
        """Return a record as the run gets it."""
        error = record.exc_info[1] if record.exc_info else None
        trace = "".join(traceback.format_exception(error)).rstrip() if error is not None else None
        outlet = getattr(getattr(record, "spider", None), "name", None)
        text, template, kind = record.getMessage(), template_of(record), kind_of_error(record)
        return cls(record.name, record.levelno, record.created, text, template, outlet, kind, trace)

    def write(self) -> None:
        """Write the record into the log of this process."""
        record = logging.makeLogRecord(
            {
                "name": self.name,
                "levelno": self.level,
                "levelname": logging.getLevelName(self.level),
                "created": self.created,
                "msg": self.text,
                "template": self.template,
                "kind": self.kind,
                "exc_text": self.trace,
            }
        )
        if self.outlet is not None:
            record.spider = _Named(self.outlet)
        logging.getLogger(self.name).handle(record)


@dataclass(frozen=True, slots=True)
class _Named:
    """Stands for the spider that a worker's record of the log names."""

    name: str


class SoFar(NamedTuple):
    """The results so far of the outlets at work."""

    outlets: list[Ended]


class Left(NamedTuple):
    """The results of an outlet that was crawled to its end."""

    outlet: Ended


class Refused(NamedTuple):
    """A refused or failed URL."""

    refusal: dict[str, Any]


class Fed(NamedTuple):
    """The record of an article that no export takes."""

    line: str


class Idle(NamedTuple):
    """Nothing is at work, and no lane was free; `asked` is how often the worker was asked to look."""

    asked: int


class Over(NamedTuple):
    """The worker ends of its own accord: the run's deadline has come, or it cannot write."""


Message = Log | SoFar | Left | Refused | Fed | Idle | Over

LOOK, SAVE, OFFLINE = b"look\n", b"save\n", b"offline\n"
"""What a run tells a worker: look for lanes again; end, the machine has a network; end, it has none."""


class Pipe:
    """The worker's end of the pipe; several threads may write."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lock = threading.Lock()

    def send(self, message: Message) -> None:
        """Send a message; nothing happens if the run has died."""
        rest = memoryview(framed(message))
        try:
            with self._lock:
                while rest:
                    rest = rest[os.write(self._descriptor, rest) :]
        except OSError:
            pass  # the worker learns it from its other pipe, which ends


def framed(message: object) -> bytes:
    """Return a message as it goes through a pipe."""
    content = pickle.dumps(message)
    return _LENGTH.pack(len(content)) + content


def read_exactly(descriptor: int) -> bytes:
    """Return the content of the next message in a pipe; raise EOFError if that ends before."""
    (length,) = _LENGTH.unpack(_read(descriptor, _LENGTH.size))
    return _read(descriptor, length)


def _read(descriptor: int, length: int) -> bytes:
    content = bytearray()
    while len(content) < length:
        more = os.read(descriptor, length - len(content))
        if not more:
            raise EOFError("the run has ended")
        content += more
    return bytes(content)


async def receive(reader: StreamReader) -> Message | None:
    """Return the next message of a worker, or None when it has ended."""
    try:
        (length,) = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))
        message: Message = pickle.loads(await reader.readexactly(length))
    except IncompleteReadError:
        return None
    return message
