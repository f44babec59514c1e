"""Where the bodies lie that revisit records leave out: a page that came again unchanged is recorded once."""

from pathlib import Path
from typing import Any

Place = tuple[Path, int]
"""A file, and where a record begins in it."""


class Bodies:
    """The responses that were read so far, by the three names that a revisit gives them: record, digest, address."""

    def __init__(self) -> None:
        self._places: dict[str, Place] = {}

    def note(self, record: Any, place: Place) -> None:
        """Note where a response lies."""
        header = record.rec_headers.get_header
        fetch = _fetch(header("WARC-Target-URI"), header("WARC-Date"))
        for name in filter(None, (header("WARC-Record-ID"), header("WARC-Payload-Digest"), fetch)):
            self._places[name] = place

    def of(self, record: Any) -> Place | None:
        """Return where the body of a revisit lies; None where no record that was read holds it."""
        header = record.rec_headers.get_header
        fetch = _fetch(header("WARC-Refers-To-Target-URI"), header("WARC-Refers-To-Date"))
        names = (header("WARC-Refers-To"), fetch, header("WARC-Payload-Digest"))
        return next((self._places[name] for name in names if name in self._places), None)


def _fetch(url: str | None, date: str | None) -> str | None:
    return f"{date} {url.strip('<>')}" if url and date else None
