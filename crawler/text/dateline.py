"""Read the dateline that a report opens with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crawler.text.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """Place, date and agency printed before a report."""

    raw: str
    """The dateline as printed, to its terminator inclusive: `सियोल:`."""

    places: tuple[Place, ...] = ()
    """The places, in printed order."""

    date: str | None = None
    """`YYYY-MM-DD`. Datelines print no year: it comes from the publication date. None when no date is printed."""

    agency: str | None = None
    """Identifier of the agency in the dateline (`agencies.toml`), or None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How a report opens: its dateline, who else stands there, and where the narrative begins."""

    dateline: Dateline | None
    agencies: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    line: int = 0
    offset: int = 0


def read_opening(lines: Sequence[str], *, published: date | None = None) -> Opening:
    """Return what stands before the narrative of a report; `lines` are its blocks in page order."""
    return Opening(dateline=None)
