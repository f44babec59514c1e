"""Find a dateline in the forms that few outlets print: glued to a sub-headline, or as a line of its own with `से`."""

import re

from crawler.text.agencies import find_agency
from crawler.text.dateline.elements import DatelineElement, is_name
from crawler.text.dateline.slot import Slot, slots
from crawler.text.desks import is_desk
from crawler.text.places import look_up

_REACH = 200
_BRACKETED_AGENCY = re.compile(r"[(\[][^()\[\]\n]{2,40}[)\]]\s*(?:।|:|ः)")
_MOST_WORDS = 3
_SHORTEST_NAME = 3
_FEWEST_WORDS = 2
"""Words of a sub-headline; a single word before a place is the beginning of its name."""
_SIGNS = "\u093e-\u094d\u0900-\u0903\u0962\u0963\u093c\u200c\u200d"
_SYLLABLE = re.compile(f"[^\\s{_SIGNS}]")
_LONGEST_LINE = 80
_SENT_FROM = re.compile(
    r"\s*(?P<place>[^\s:।,]+(?: [^\s:।,]+)?)\s+से"
    r"\s+(?P<outlet>[^\s:।,]+(?: [^\s:।,]+){0,2})\s+के\s+लिए\s+(?P<name>[^:।,]+)"
)


def read_glued(line: str) -> Slot | None:
    """Return the slot of a place and a bracketed agency that stands behind a sub-headline, or None."""
    for bracket in _BRACKETED_AGENCY.finditer(line[:_REACH]):
        start = _place_before(line[: bracket.start()].rstrip())
        if not start:
            continue
        for slot in slots(line[start:]):
            if slot.raw_end == bracket.end() - start and slot.of("agency") and slot.terminator in (":", "।"):
                return Slot(
                    elements=slot.elements,
                    terminator=slot.terminator,
                    raw_end=bracket.end(),
                    raw_start=start,
                )
    return None


def _place_before(text: str) -> int:
    """Return where the city begins that a text ends in, by whole words or glued to the last word; 0 if none."""
    words = list(re.finditer(r"\S+", text))[-_MOST_WORDS:]
    starts = [word.start() for word in words]
    if words:
        last = words[-1]
        starts += [last.start() + s.start() for s in _SYLLABLE.finditer(last[0]) if s.start()]
    for start in starts:
        if len(text[:start].split()) < _FEWEST_WORDS:
            continue
        name = text[start:]
        named = look_up(name) if len(name) >= _SHORTEST_NAME else None
        if named is not None and named.is_exact and not named.is_broad:
            return start
    return 0


def read_sent_from(line: str) -> Slot | None:
    """Return the slot of a line that is nothing but a correspondent's place, newsroom and name, or None."""
    found = _SENT_FROM.fullmatch(line) if len(line) <= _LONGEST_LINE else None
    if found is None or not is_name(found["name"]):
        return None
    named = look_up(found["place"])
    if named is None or not named.is_exact or not (is_desk(found["outlet"]) or find_agency(found["outlet"])):
        return None
    place = DatelineElement(kind="place", text=found["place"], raw=found["place"], before="", named=named)
    name = found["name"].strip()
    person = DatelineElement(kind="unknown", text=name, raw=name, before="")
    return Slot(elements=(place, person), terminator="end", raw_end=len(line))
