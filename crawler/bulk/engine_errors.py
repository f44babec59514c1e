"""What keeps an engine from doing a job."""


class NoEngineError(Exception):
    """The engine cannot begin, or may not write there; the text says why, and what to do."""


class EngineError(Exception):
    """The job failed; the text says what happened. Its output is not there as a whole."""
