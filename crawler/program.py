"""The name of the program that runs, for messages that say what to type."""

import re
import sys
from pathlib import Path

_COMMAND = re.compile("\\bscrapy(?= [a-z<])")


def program() -> str:
    """Return `videsh` if the program of that name runs, else `scrapy`."""
    return "videsh" if Path(sys.argv[0]).stem == "videsh" else "scrapy"


def as_typed(text: str) -> str:
    """Return a message for the program that runs: what `scrapy` does in a checkout, `videsh` does anywhere."""
    return _COMMAND.sub(program(), text)
