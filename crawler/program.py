"""The name of the program that runs, for messages that say what to type."""

import json
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

_COMMAND = re.compile("\\bscrapy(?= [a-z<])")


def program() -> str:
    """Return `videsh` if the program of that name runs, else `scrapy`."""
    return "videsh" if Path(sys.argv[0]).stem == "videsh" else "scrapy"


def as_typed(text: str) -> str:
    """Return a message for the program that runs: what `scrapy` does in a checkout, `videsh` does anywhere."""
    return _COMMAND.sub(program(), text)


def wants_json(arguments: Sequence[str]) -> bool:
    """Return whether the arguments of a command ask for `--log json`."""
    return "--log=json" in arguments or ("--log", "json") in pairwise(arguments)


def log_line(level: str, logger: str, message: str, *, at: datetime | None = None) -> dict[str, str]:
    """Return what each line of `--log json` has, for a message that is said at a time, or now."""
    time = (at or datetime.now(UTC)).isoformat(timespec="milliseconds")
    return {"time": time, "level": level, "logger": logger, "message": message}


def wrong_use_line(message: str) -> str:
    """Return the line of `--log json` for a command that does not begin, as it was used wrongly."""
    line = {**log_line("error", "videsh", message), "event": "run", "exit_code": 2}
    return json.dumps(line, ensure_ascii=False)
