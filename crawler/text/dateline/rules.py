"""Decide whether a slot is a dateline, and say by which rule or why not."""

from dataclasses import dataclass

from crawler.text.dateline.elements import DatelineElement
from crawler.text.dateline.slot import Slot
from crawler.text.fold import fold
from crawler.text.places import look_up

_SPLITTERS = (":", "।", "|")
"""Terminators that close a dateline and nothing before it: not a comma, a stop or a dash, which sentences have too."""
_CLOSED = ("।", ".", "|")
"""Terminators that no topic label has."""
_PROMINENT = 50_000
"""People that a place must have to be found by the looser key where nothing but a terminator supports it."""
_LARGE = 500_000
"""People of a city that its name stands for before the ordinary word that it is too: पटना, not गया or सागर."""
_TOPICS = frozenset(fold("दिल्ली कश्मीर गाजा delhi यूएन चेल्सी बाढ़ मोबाइल सार").split())
"""Names that newsrooms print before a colon as a topic; as a dateline Delhi is नई दिल्ली."""
_COMPOUND_ENDS = frozenset(map(fold, ("एनसीआर", "कश्मीर", "ncr", "हवेली", "पाक", "चीन")))
_CLAUSE_STARTS = frozenset(fold("जो जहां जिस जिसे जिसके यानी के में से की का को और भी तो ने पर तक आदि समेत").split())


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a slot is judged to be."""

    accepted: bool
    why: str
    """The rule that accepted it, or the reason against it."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of a slot, and the region printed beside it."""

    element: DatelineElement
    region: str | None = None


def judge(slot: Slot, text: str) -> Verdict:
    """Return whether a slot of a line is a dateline, and why."""
    spots = spots_of(slot)
    if not spots:
        return _signature(slot)
    supported = bool(slot.of("agency") or slot.of("desk") or slot.of("date"))
    if all(spot.element.kind == "unknown" for spot in spots):
        return _unknown_place(slot, spots)
    return _supported(slot, spots, text) if supported else _bare(slot, spots, text)


def spots_of(slot: Slot) -> list[Spot]:
    """Return the places of a slot in printed order, each with its region; an unknown name where only it can be one."""
    spots: list[Spot] = []
    for element in slot.elements:
        if element.kind != "place" or element.named is None:
            continue
        last = spots[-1].element if spots else None
        beside = last is not None and last.named is not None and element.before in ("(", ",")
        if beside and last is not None and last.named is not None:
            if element.named.is_broad or (element.before == "(" and not last.named.is_broad):
                spots[-1] = Spot(last, spots[-1].region or element.text)
                continue
            if last.named.is_broad and element.before == "(":
                spots[-1] = Spot(element, last.text)
                continue
        spots.append(Spot(element))
    if len(spots) > 1 and spots[1].element.before == "," and not _is_sure(spots[0].element):
        del spots[0]  # a person whose name sounds like a small town's: नीलकमल, पटना
    return _with_unknown(slot, spots)


def _is_sure(element: DatelineElement) -> bool:
    named = element.named
    return named is not None and (named.is_exact or named.places[0].population >= _PROMINENT)


def _with_unknown(slot: Slot, spots: list[Spot]) -> list[Spot]:
    """Add the name that opens a slot, where what follows says that it is a place: a region, or no other place."""
    elements = slot.elements
    if elements[0].kind == "desk" and not spots and len(elements) == 2 and elements[1].kind == "unknown":
        return [Spot(elements[1])]
    at = 1 if elements[0].kind == "desk" and len(elements) > 1 else 0
    first = elements[at]
    if first.kind != "unknown" or first.before == "(":
        return spots
    if not spots:
        return [Spot(first)] if at == 0 else spots
    second = spots[0].element
    follows = elements.index(second) == at + 1
    is_region = follows and (second.before == "(" or (second.before == "," and second.named and second.named.is_broad))
    if is_region:
        return [Spot(first, second.text), *spots[1:]]
    return [Spot(first), *spots] if follows and second.before == "/" else spots


def _signature(slot: Slot) -> Verdict:
    agencies, desks = slot.of("agency"), slot.of("desk")
    if slot.terminator == "end" and (agencies or desks) and not slot.of("unknown"):
        return Verdict(True, "agency or desk alone on its line")
    if desks and slot.terminator in _SPLITTERS:
        return Verdict(True, "own desk before the report")
    return Verdict(False, "no place in it")


def _unknown_place(slot: Slot, spots: list[Spot]) -> Verdict:
    agencies, dates = slot.of("agency"), slot.of("date")
    bracketed = [element for element in (*agencies, *slot.of("desk")) if element.before == "("]
    if any(spot.region for spot in spots):
        if slot.terminator in _SPLITTERS or (slot.terminator in (".", "-") and bracketed):
            return Verdict(True, "name with its region before a terminator")
        if slot.terminator == "" and dates and bracketed:
            return Verdict(True, "name with its region, date and agency")
        return Verdict(False, "a name with a region, but no terminator")
    if dates and bracketed:
        return Verdict(True, "name, date and agency; the place is not in the gazetteer")
    if slot.terminator not in _SPLITTERS:
        return Verdict(False, "the name is not in the gazetteer, and no terminator follows")
    if dates or slot.of("desk") or any(not _is_trap(element) for element in agencies):
        return Verdict(True, "name with a date, desk or agency before a terminator; the place is not in the gazetteer")
    return Verdict(False, "the name is not in the gazetteer, and nothing else says that it is a place")


def _is_trap(element: DatelineElement) -> bool:
    return element.agency is not None and " ".join(fold(element.text).split()) in element.agency.traps


def _supported(slot: Slot, spots: list[Spot], text: str) -> Verdict:
    bracketed = [e for e in slot.elements if e.before == "(" and e.kind in ("agency", "desk")]
    dates = slot.of("date")
    broad = any(spot.element.named and spot.element.named.is_broad for spot in spots)
    mark, last = slot.terminator, slot.elements[-1]
    if last.kind == "unknown" and last.before == "" and bracketed:
        return Verdict(False, "words behind the bracket: a sentence")
    if mark == ",":
        return Verdict(False, "a comma does not end a dateline")
    if mark == "/":
        found = bool(dates) and slot.elements[-1].kind == "date"
        return Verdict(found, "place and date before a slash" if found else "a slash divides, it does not end")
    if mark == "":
        if not bracketed:
            return Verdict(False, "no terminator and no agency")
        if dates:
            return Verdict(True, "place, date and agency")
        in_sentence = _first_word(text[slot.raw_end :]) in _CLAUSE_STARTS
        if broad or (in_sentence and all(_is_trap(element) for element in bracketed)):
            return Verdict(False, "no terminator, and the bracket may be a party or a language")
        return Verdict(True, "place and agency in brackets")
    if mark == "end" and broad and not dates and bracketed and all(_is_trap(element) for element in bracketed):
        return Verdict(False, "a country or state alone on its line, and what may be its abbreviation")
    if mark == "end" and dates and not bracketed and len(slot.elements) == 1:
        return Verdict(False, "a date alone")
    return Verdict(True, "place with agency, date or desk before a terminator")


def _bare(slot: Slot, spots: list[Spot], text: str) -> Verdict:
    mark, main = slot.terminator, spots[0]
    named = main.element.named
    is_topic = named is not None and (named.is_broad or (not main.region and fold(main.element.text) in _TOPICS))
    if is_topic and mark not in _CLOSED:
        return Verdict(False, "a country, a state or the like before a colon is a topic label")
    if named is None or main.region:
        found = mark in _SPLITTERS or mark in (".", "end")
        return Verdict(found, "place with its region" if found else "a region, but no terminator")
    if not named.is_exact and not (mark in (*_SPLITTERS, ".") and _is_sure(main.element)):
        return Verdict(False, "an unseen spelling of a small place, with nothing to support it")
    persons = [element for element in slot.of("unknown") if element is not main.element]
    if persons and mark not in (*_SPLITTERS, ".", "end"):
        return Verdict(False, "words beside the place, and no terminator")
    if mark in _SPLITTERS:
        return Verdict(True, "place before a terminator")
    return _bare_soft(slot, spots, text)


def _bare_soft(slot: Slot, spots: list[Spot], text: str) -> Verdict:
    """Judge places before a mark that sentences have too."""
    mark, named = slot.terminator, spots[0].element.named
    is_large = named is not None and named.places[0].population >= _LARGE
    if named is not None and named.is_word_too and not (is_large and mark in (".", "end")):
        return Verdict(False, "the name is an ordinary word as well")
    if mark in (".", "end"):
        return Verdict(True, "place before a full stop" if mark == "." else "place alone on its line")
    rest = text[slot.raw_end :]
    word = _first_word(rest)
    if mark == "-":
        compound = word in _COMPOUND_ENDS or _is_city(word) or not rest[:1].isspace()
        return Verdict(not compound, "a compound of two places" if compound else "place before a dash")
    if mark == "," and len(spots) == 1 and len(slot.elements) == 1 and rest[:1].isspace():
        goes_on = not word or word[0].isdigit() or word in _CLAUSE_STARTS or look_up(word) is not None
        return Verdict(not goes_on, "a sentence that begins with a place" if goes_on else "place before a comma")
    return Verdict(False, "no terminator")


def _first_word(rest: str) -> str:
    follows = rest.split(maxsplit=1)[:1]
    return fold(follows[0].strip(",।:'\"‘“")) if follows else ""


def _is_city(word: str) -> bool:
    named = look_up(word) if word else None
    return named is not None and named.is_exact and not named.is_broad
