"""Parse datelines in forms that few outlets print: glued to a sub-headline, with `से`, or with the time of update."""

import re
from dataclasses import replace

from crawler.text.dateline.day import day_at
from crawler.text.dateline.elements import DatelineElement, is_name, read_sign
from crawler.text.dateline.slot import Slot, slots
from crawler.text.dateline.verdict import Verdict
from crawler.text.fold import fold
from crawler.text.places import look_up
from crawler.text.spans import is_span

_REACH = 200  # characters
_BRACKETED_AGENCY = re.compile(r"[(\[][^()\[\]\n]{2,40}[)\]]\s*(?:।|:|ः)")
_MOST_WORDS = 3
"""Words in the name of a place."""
_SHORTEST_NAME = 3  # characters
_FEWEST_WORDS = 2
"""Words in a sub-headline; a single word before a place is the beginning of the place's name."""
_SIGNS = "\u093e-\u094d\u0900-\u0903\u0962\u0963\u093c\u200c\u200d"
_SYLLABLE = re.compile(f"[^\\s{_SIGNS}]")
_LONGEST_LINE = 80  # characters
_REACH_OF_FROM = 40  # characters
_WORD = r"[^\s:।,|]+"
_SENT_FROM = re.compile(
    rf"""
    \s*(?P<place>{_WORD}(?:\ {_WORD})?)\s+से,?\s+                    # लंदन से, नई दिल्ली से
    (?:
      (?P<outlet>{_WORD}(?:\ {_WORD}){{0,2}})\s+के\s+लिए\s+(?P<name>{_WORD}(?:\ {_WORD}){{0,2}})  # भास्कर के लिए …
    | (?P<reporter>{_WORD}(?:\ {_WORD}){{0,2}})\s+की\s+रिपोर्ट       # ललित मेहता की रिपोर्ट
    | (?P<desk>{_WORD}(?:\ {_WORD}){{0,2}})                          # विशेष संवाददाता, एएनआई
    )
    \s*(?P<mark>[:।|]|$)
    """,
    re.VERBOSE,
)
_SENDER = re.compile(r"\s*(?P<bracket>[(\[](?P<name>[^()\[\]\n]{2,40})[)\]]),?\s*(?=(?:ता|दि|तारीख|दिनांक)[ .:])")
"""An agency in brackets before a labelled day: `(जी.एन.एस) ता. 03`."""
_DAY_ALONE = re.compile(r"\S{2,6}\s?[.:]?\s?(?:[0-2०-२]?\d|[3३][01०१])(?!\d)")
"""The label and the day, without a month."""
_WORDS = re.compile(r"\s+(\S+(?:\s\S+){1,3})")
_MARKS = ",:।"
"""Marks that may stand behind that place."""
_GOES_ON = re.compile(r"(?:में|से|के|की|का|को|पर|ने|और|तक)(?![\u0900-\u0963])")
"""What follows the name of a place in a sentence."""
_UPDATED = re.compile(
    rf"""
    \s*(?P<places>[^\W\d][^\d:।,|()]{{1,40}}?)\s*(?:\|\s*)?   # जकार्ता, वॉशिंगटन डीसी, लंदन/पेरिस
    (?P<span>\d{{1,2}}\s\S{{2,8}}\sपहले)         # 6 घंटे पहले
    \s*(?:कॉपी\sलिंक\s*)?(?:लेखक\s*:\s*(?P<name>{_WORD}(?:\ {_WORD}){{0,3}})\s*)?$
    """,
    re.VERBOSE,
)


def read_rare_form(line: str) -> tuple[Slot | None, Verdict]:
    """Return the slot of a rare form and the rule that accepts it, or None and the reason."""
    if slot := _glued(line):
        return slot, Verdict(True, "glued to a sub-headline")
    if slot := _sent_from(line):
        return slot, Verdict(True, "place from which somebody reports")
    if slot := _sender_and_day(line):
        return slot, Verdict(True, "place behind its agency and the day")
    return None, Verdict(False, "nothing in it is a dateline")


def _glued(line: str) -> Slot | None:
    """Return the slot of a place and a bracketed agency that follow a sub-headline: `…21 की मौतमांट्रियल (एएफपी)।`."""
    if "(" not in line and "[" not in line:
        return None
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
    """Return the index at which the city at the end of a text begins, even inside its last word; 0 if there is none."""
    words = list(re.finditer(r"\S+", text))[-_MOST_WORDS:]
    starts = [word.start() for word in words]
    if words:
        last = words[-1]
        starts += [last.start() + s.start() for s in _SYLLABLE.finditer(last[0]) if s.start()]
    for start in starts:
        if len(text[:start].split()) < _FEWEST_WORDS:
            continue
        if len(text[start:]) >= _SHORTEST_NAME and _city(text[start:]):
            return start
    return 0


def _sent_from(line: str) -> Slot | None:
    """Return the slot of a place with `से` and a reporter: `रोम से भास्कर के लिए अनिल वर्मा`, `लंदन से विशेष संवाददाता:`."""
    found = _SENT_FROM.match(line[:_LONGEST_LINE]) if " से" in line[:_REACH_OF_FROM] else None
    place = _city(found["place"]) if found else None
    if found is None or place is None or (found.end() == _LONGEST_LINE < len(line)):
        return None
    sign = read_sign(found["outlet"] or found["desk"] or "", "")
    if sign is not None and sign.kind == "date":
        return None
    person = found["name"] or found["reporter"]
    if ((found["outlet"] or found["desk"]) and sign is None) or (person and not is_name(person)):
        return None
    who = DatelineElement(kind="unknown", text=person, raw=person, before="") if person else sign
    if who is None:
        return None
    return Slot(elements=(place, who), terminator=found["mark"] or "end", raw_end=found.end())


def _sender_and_day(line: str) -> Slot | None:
    """Return the slot of an agency, a labelled day and a city before a sentence: `(जी.एन.एस) ता. 03 बीजिंग …`."""
    found = _SENDER.match(line)
    sender = read_sign(found["name"], "", bracket=found["bracket"]) if found else None
    if found is None or sender is None:
        return None
    day, end = day_at(line, found.end()) or (None, 0)
    alone = None if day else _DAY_ALONE.match(line, found.end())
    words = _WORDS.match(line, alone.end() if alone else end) if day or alone else None
    place = _city_before_sentence(words[1].split()) if words else None
    if words is None or place is None:
        return None
    printed = line[found.end() : words.start()]
    date = DatelineElement(kind="date", text=printed, raw=printed, before="", day=day)
    raw_end = words.start(1) + len(place.raw)
    mark = place.raw[-1] if place.raw[-1] in _MARKS else ""
    return Slot(elements=(sender, date, place), terminator=mark, raw_end=raw_end)


def _city_before_sentence(words: list[str]) -> DatelineElement | None:
    """Return the city at the beginning of these words, with a mark behind it, unless a sentence begins with it."""
    for length in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
        name = " ".join(words[:length])
        place = _city(name.rstrip(_MARKS))
        if place and place.named and not place.named.is_word_too and not _GOES_ON.match(words[length]):
            return replace(place, raw=name)
    return None


def read_updated(line: str) -> Slot | None:
    """Return the slot of a line that holds only places and the time since the update: `जकार्ता6 घंटे पहले`; else None."""
    found = _UPDATED.match(line) if len(line) <= _LONGEST_LINE and "पहले" in line else None
    if found is None or not is_span(found["span"]):
        return None
    places = [_city(name.strip()) for name in found["places"].split("/")]
    known = [place for place in places if place is not None]
    if len(known) < len(places):
        return None
    name = found["name"]
    persons = [DatelineElement(kind="unknown", text=name, raw=name, before="")] if name else []
    return Slot(elements=(*known, *persons), terminator="end", raw_end=len(line))


def _city(name: str) -> DatelineElement | None:
    named = look_up(name) if fold(name) else None
    if named is None or not named.is_exact or named.is_broad:
        return None
    return DatelineElement(kind="place", text=name, raw=name, before="", named=named)
