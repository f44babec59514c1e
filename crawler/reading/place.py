"""A dateline that is printed outside the text, as in a list under the byline."""

import re

from crawler.reading.designs import texts
from crawler.reading.metadata import Sources
from crawler.reading.outlet import Design
from crawler.text.dateline.opening import Dateline
from crawler.text.places import find_place

_AROUND = " ,;:।|/–—-"
_PARTS = re.compile(r"\s*[/,]\s*")


def read_printed_dateline(page: Sources, design: Design | None) -> Dateline | None:
    """Return the dateline that the outlet prints outside the text, where its design says so; never a guess."""
    for raw in texts(page.root, design.dateline if design else None)[:1]:
        places = tuple(place for part in _PARTS.split(raw.strip(_AROUND)) if (place := find_place(part)))
        if places:
            return Dateline(raw=raw, places=places)
    return None
