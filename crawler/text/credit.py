"""Read the wire credits of a report, and the media that it quotes as sources."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Where = Literal["dateline", "tail", "inline", "byline", "meta"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """One agency that a report is credited to."""

    agency: str
    """Identifier of the agency: `ap`, `reuters`, `pti-bhasha`, ...; `agencies` where none is named."""

    name: str
    """The agency's name in `agencies.toml`: `एसोसिएटेड प्रेस`."""

    raw: str
    """The credit as printed: `(एपी)`."""

    where: Where
    """Where it stood: `dateline`, `tail`, `inline`, `byline` or `meta`."""
