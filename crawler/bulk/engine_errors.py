"""What keeps an engine from doing a job."""

import re

_TRACEBACK = "Traceback (most recent call last):"
_LONGEST = 400
_OURS = re.compile(r"ModuleNotFoundError: No module named '(?:crawler|pyarrow|scrapy)\b")
_NO_ENVIRONMENT = ": the machines run a Python without videsh; give them the packed environment (docs/bulk.md)"


class NoEngineError(Exception):
    """The engine cannot begin, or may not write there; the text says why, and what to do."""


class EngineError(Exception):
    """The job failed; the text says what happened. Its output is not there as a whole."""


def said_by(text: str) -> str:
    """Return the line of an engine's error that says what happened: that of Python or Java, before its stack.

    A step that failed in a worker says it in the last line of its traceback.
    """
    _, is_python, after = text.rpartition(_TRACEBACK)
    raised = next((line[:_LONGEST] for line in after.splitlines() if line and not line[0].isspace()), None)
    if not is_python or raised is None:
        return text.strip().partition("\n")[0].strip()
    return f"{raised}{_NO_ENVIRONMENT if _OURS.match(raised) else ''}"
