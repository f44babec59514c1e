"""Find the body of a WARC revisit record, which repeats an unchanged page without its body."""

from pathlib import Path
from typing import Any

Place = tuple[Path, int]
"""A WARC file and the offset of a record in it."""


class Bodies:
    """The response records read so far, by the three keys a revisit can use: record id, digest, URL with date."""

    def __init__(self) -> None:
        self._places: dict[str, Place] = {}

    def note(self, record: Any, place: Place) -> None:
        """Record in which file and at which offset a response record stands, under each of its keys."""
        header = record.rec_headers.get_header
        fetch = _fetch(header("WARC-Target-URI"), header("WARC-Date"))
        for name in filter(None, (header("WARC-Record-ID"), header("WARC-Payload-Digest"), fetch)):
            self._places[name] = place

    def of(self, record: Any) -> Place | None:
        """Return the place of the record with a revisit's body, or None if no record read so far has it."""
        header = record.rec_headers.get_header
        fetch = _fetch(header("WARC-Refers-To-Target-URI"), header("WARC-Refers-To-Date"))
        names = (header("WARC-Refers-To"), fetch, header("WARC-Payload-Digest"))
        return next((self._places[name] for name in names if name in self._places), None)


def _fetch(url: str | None, date: str | None) -> str | None:
    return f"{date} {url.strip('<>')}" if url and date else None
