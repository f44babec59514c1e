"""Read a line that says who reports from where, and for whom: `रोम से भास्कर के लिए अनिल वर्मा`."""

import re

from crawler.text.agencies import find_agency
from crawler.text.dateline.elements import Element, is_name
from crawler.text.dateline.slot import Slot
from crawler.text.desks import is_desk
from crawler.text.places import look_up

_LONGEST = 80
_FORM = re.compile(
    r"\s*(?P<place>[^\s:।,]+(?: [^\s:।,]+)?)\s+से"
    r"\s+(?P<outlet>[^\s:।,]+(?: [^\s:।,]+){0,2})\s+के\s+लिए\s+(?P<name>[^:।,]+)"
)


def read_sent_from(line: str) -> Slot | None:
    """Return the slot of a line that is nothing but a correspondent's place, newsroom and name, or None."""
    found = _FORM.fullmatch(line) if len(line) <= _LONGEST else None
    if found is None or not is_name(found["name"]):
        return None
    named = look_up(found["place"])
    if named is None or not named.is_exact or not (is_desk(found["outlet"]) or find_agency(found["outlet"])):
        return None
    place = Element(kind="place", text=found["place"], raw=found["place"], before="", named=named)
    name = found["name"].strip()
    person = Element(kind="unknown", text=name, raw=name, before="")
    return Slot(elements=(place, person), terminator="end", raw_end=len(line))
