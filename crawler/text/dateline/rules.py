"""Decide whether a slot is a dateline, and name the rule or the reason."""

import re

from crawler.text.dateline.day import is_weekday
from crawler.text.dateline.narrative_says import first_words, region_in_sentence, says_again, says_where
from crawler.text.dateline.slot import Slot
from crawler.text.dateline.spots import Spot, is_sure, spots_of
from crawler.text.dateline.unknown_names import is_topic, is_trap_element, judge_unknown
from crawler.text.dateline.verdict import CLOSED, SPLITTERS, Verdict
from crawler.text.fold import fold
from crawler.text.gazetteer import gazetteer
from crawler.text.places import Named, look_up

_LARGE = 500_000
"""Least population of an Indian city whose name means the city, not the word: पटना, सूरत; not गया or सागर."""
_TOWN = 100_000
"""Least population of a foreign place whose generated spelling counts before a colon; smaller ones' may be words."""
_INDIAN_TOWN = 20_000
"""The same for a place in India."""
_PROMINENT = 300_000
"""Least population of a place that is recognised in a spelling that is not listed, if no newsroom's row has it."""
_LONG = 6
"""Least characters of such a spelling before a colon: डूबी is not दुबई. Of 21,000 words of news, with 6 none is taken
for a place, with 4 six are (हैरत, सीढ़ी)."""
_TOPICS = frozenset(fold("दिल्ली कश्मीर गाजा delhi यूएन चेल्सी बाढ़ मोबाइल सार").split())
"""Names that are topic labels before a colon; Delhi's dateline is नई दिल्ली."""
_WORDS_FIRST = frozenset(fold("बाढ़ मोबाइल सार").split())
"""Those of them that are words before they are places: a date or an agency does not make them one."""
_COMPOUND_ENDS = frozenset(map(fold, ("एनसीआर", "कश्मीर", "ncr", "हवेली", "पाक", "चीन")))
_CLAUSE_STARTS = frozenset(fold("जो जहां जिस जिसे जिसके यानी के में से की का को और भी तो ने पर तक आदि समेत").split())
_ROADS = frozenset(fold("सड़क मार्ग रोड हाईवे राजमार्ग एक्सप्रेसवे सीमा बॉर्डर रेलखंड रेलवे लाइन ट्रेन कॉरिडोर").split())
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_FIRST_YEAR = 1995
"""The year in which the first Hindi reports were printed on the web."""
_BEHIND_A_DAY = _CLAUSE_STARTS | frozenset(fold("सुबह शाम रात दोपहर तड़के देर बजे वाले वाला वाली एवं व तथा या").split())
"""Words that follow a date inside a sentence: 12 जून की सुबह, 12 जून तक."""


def judge(slot: Slot, text: str) -> Verdict:
    """Return whether a slot is a dateline, and why; `text` is its whole line."""
    spots, rest = spots_of(slot), text[slot.raw_end :]
    if not spots:
        return _signature(slot)
    if any(element.kind == "unknown" and _YEAR.fullmatch(element.text) for element in slot.elements):
        return Verdict(False, "a year without a day is a title")
    if any(element.day and (element.day.year or _FIRST_YEAR) < _FIRST_YEAR for element in slot.elements):
        return Verdict(False, "a date of history, before newsrooms printed reports on the web")
    if all(spot.element.kind == "unknown" for spot in spots):
        return judge_unknown(slot, spots, rest)
    supports = [element for element in slot.elements if element.kind in ("agency", "desk", "date")]
    is_label = _is_broad(spots) and all(element.kind == "desk" and not element.before for element in supports)
    return _supported(slot, spots, rest) if supports and not is_label else _bare(slot, spots, rest)


def is_known_city(slot: Slot) -> bool:
    """Return whether the first place of a slot is a city in its listed spelling, no ordinary word and no topic."""
    spots = spots_of(slot)
    named = spots[0].element.named if spots else None
    is_topic = spots != [] and fold(spots[0].element.text) in _TOPICS
    return named is not None and named.spelling == "curated" and not (_is_word(named) or named.is_broad or is_topic)


def _signature(slot: Slot) -> Verdict:
    agencies, desks = slot.of("agency"), slot.of("desk")
    if slot.terminator == "end" and (agencies or desks) and not slot.of("unknown"):
        return Verdict(True, "agency or desk alone on its line")
    if desks and slot.terminator in SPLITTERS:
        return Verdict(True, "own desk before the report")
    return Verdict(False, "no place in it")


def _is_broad(spots: list[Spot]) -> bool:
    return any(spot.element.named and spot.element.named.is_broad for spot in spots)


def _supported(slot: Slot, spots: list[Spot], rest: str) -> Verdict:
    bracketed = [e for e in slot.elements if e.before == "(" and e.kind in ("agency", "desk")]
    dates = slot.of("date")
    mark, last = slot.terminator, slot.elements[-1]
    if last.kind == "unknown" and last.before == "" and bracketed:
        return Verdict(False, "words after the bracket: a sentence")
    if mark == ":" and not spots[0].region and fold(spots[0].element.text) in _WORDS_FIRST:
        return Verdict(False, "an ordinary word before all, with a colon")
    if any(
        element.kind == "agency" and not element.before and is_topic(element.text) for element in slot.elements[1:2]
    ):
        return Verdict(False, "an agency's name directly behind the place, where it names a topic: talks")
    if mark == ",":
        found = last.day is not None and _begins_report(spots[0], last.before, rest)
        return Verdict(found, "place and date before a comma" if found else "a comma does not end a dateline")
    if mark == "/":
        found = bool(dates) and last.kind == "date"
        return Verdict(found, "place and date before a slash" if found else "a slash divides, it does not end")
    if mark == "":
        return _unmarked(slot, spots, rest)
    if mark == "end" and _is_broad(spots) and not dates and bracketed and all(is_trap_element(e) for e in bracketed):
        return Verdict(False, "a country or state alone on its line, and what may be its abbreviation")
    if mark == "end" and dates and not bracketed and len(slot.elements) == 1:
        return Verdict(False, "a date alone")
    if not is_sure(spots[0].element) and not (dates and bracketed):
        return Verdict(False, "an unseen spelling of a small place, with a date or an agency but not both")
    return Verdict(True, "place with agency, date or desk before a terminator")


def _unmarked(slot: Slot, spots: list[Spot], rest: str) -> Verdict:
    """Judge a slot that ends in a bracket or a date, without a terminator."""
    last, dates = slot.elements[-1], slot.of("date")
    bracketed = [e for e in slot.elements if e.before == "(" and e.kind in ("agency", "desk")]
    in_sentence = first_words(rest)[:1] != [] and first_words(rest)[0] in _CLAUSE_STARTS
    if last.before != "(":
        found = last.day is not None and _begins_report(spots[0], last.before, rest)
        return Verdict(found, "place and date before the report" if found else "a date, but the sentence goes on")
    if dates and (bracketed or not (in_sentence or last.kind == "place")):
        return Verdict(True, "place, date and agency" if bracketed else "place, date and what a bracket holds")
    if not bracketed:
        return Verdict(False, "no terminator and no agency")
    if _is_broad(spots) or (in_sentence and all(is_trap_element(element) for element in bracketed)):
        return Verdict(False, "no terminator, and the bracket may be a party or a language")
    return Verdict(True, "place and agency in brackets")


def _begins_report(spot: Spot, before: str, rest: str) -> bool:
    """Return whether the report begins after a known place, a comma and a date: काठमांडू, 12 जून नेपाल में …"""
    words, named = first_words(rest), spot.element.named
    is_place = named is not None and not _is_word(named) and (named.is_exact or _is_likely(spot.element.text, named))
    goes_on = not words or words[0] in _BEHIND_A_DAY or words[0][:1].isdigit() or is_weekday(words[0])
    return before == "," and is_place and not goes_on


def _is_word(named: Named) -> bool:
    """Return whether a name is more likely a word than a place; a large capital or Indian city is always a place."""
    first = named.places[0]
    is_well_known = first.population >= _LARGE and (first.kind == "capital" or first.country == "IN")
    return named.is_word_too and not is_well_known


def _is_likely(name: str, named: Named) -> bool:
    """Return whether a name may be an unlisted spelling of a place in the news: it is too long to be another word."""
    first = named.places[0]
    is_known = first.population >= _PROMINENT or first.kind == "capital" or gazetteer().is_curated(name)
    return len(fold(name)) >= _LONG and is_known


def _bare(slot: Slot, spots: list[Spot], rest: str) -> Verdict:
    mark, main = slot.terminator, spots[0]
    named = main.element.named
    is_topic = named is not None and (named.is_broad or (not main.region and fold(main.element.text) in _TOPICS))
    if named is not None and is_topic and mark not in CLOSED and not _is_place(main.element.text, named, rest):
        return Verdict(False, "a country, a state or the like before a colon is a topic label")
    last = slot.elements[-1]
    if named is None or main.region:
        word = (first_words(rest) or [""])[0]
        is_dashed = mark == "-" and last.before == "(" and rest[:1].isspace() and not _is_city(word)
        found = mark in (*SPLITTERS, ".", "end") or is_dashed  # न्यूयॉर्क (अमेरिका) – भारत …
        return Verdict(found, "place with its region" if found else "a region, but no terminator")
    if not named.is_exact and not (mark in (*SPLITTERS, ".") and is_sure(main.element)):
        return Verdict(False, "an unseen spelling of a small place, with nothing to support it")
    if last.kind == "unknown" and last.before == "" and main.element.before == "(":
        return Verdict(False, "words after the bracket: a sentence")
    persons = [element for element in slot.of("unknown") if element is not main.element]
    if persons and mark not in (*SPLITTERS, ".", "end"):
        return Verdict(False, "words beside the place, and no terminator")
    if mark == ":" and not persons and (doubt := _doubt(main.element.text, named)):
        found = _is_confirmed(main.element.text, named, rest)
        return Verdict(found, "place that the sentence names again" if found else doubt)
    if mark in SPLITTERS:
        return Verdict(True, "place before a terminator")
    return _bare_soft(slot, spots, rest)


def _is_place(name: str, named: Named, rest: str) -> bool:
    """Return whether a name that may be a topic label is a place, as the sentence after it says."""
    return not named.is_broad and _is_confirmed(name, named, rest)


def _doubt(name: str, named: Named) -> str | None:
    """Return the reason against a place before a colon, which may be a word or a topic label, or None."""
    first = named.places[0]
    if _is_word(named):
        return "an ordinary word as well, and the sentence does not say that it is the place"
    if first.kind in ("site", "sea") and first.country is not None:
        return "a site before a colon is a topic label"
    if named.spelling == "loose" and not _is_likely(name, named):
        return "an unseen spelling of a place, which may be a word"
    if named.spelling == "built" and first.population < (_INDIAN_TOWN if first.country == "IN" else _TOWN):
        return "the name of a small place, which may be a word"
    return None


def _is_confirmed(name: str, named: Named, rest: str) -> bool:
    """Return whether the sentence repeats a name as a place or names the country or state that the place lies in."""
    again = says_where(name, rest) if named.is_word_too else says_again(name, rest)
    return again or region_in_sentence(name, named, rest) is not None


def _bare_soft(slot: Slot, spots: list[Spot], rest: str) -> Verdict:
    """Judge places before a terminator that also occurs in sentences: a comma, a dash, a slash, a full stop."""
    mark, main = slot.terminator, spots[0]
    named = main.element.named
    if mark == "" and len(slot.elements) == 1:  # [काबुल] …
        found = is_known_city(slot) and (first_words(rest) or [""])[0] not in _CLAUSE_STARTS
        return Verdict(found, "place in a bracket of its own" if found else "a bracket, and the sentence goes on")
    if named is not None and named.is_word_too and not (mark in (".", "end") and not _is_word(named)):
        return Verdict(False, "the name is an ordinary word as well")
    if mark in (".", "end"):
        return Verdict(True, "place before a full stop" if mark == "." else "place alone on its line")
    word = (first_words(rest) or [""])[0]
    if mark == "-":
        is_road = not _ROADS.isdisjoint(first_words(rest)[1:2])  # टिकारी - रुपसपुर सड़क
        is_pair = is_road or (_is_city(word) and not says_again(main.element.text, rest))  # मुंबई - पुणे मार्ग
        compound = word in _COMPOUND_ENDS or is_pair or not rest[:1].isspace()
        return Verdict(not compound, "a compound of two places" if compound else "place before a dash")
    if mark == "," and len(spots) == 1 and len(slot.elements) == 1:
        goes_on = (
            not word or word[0].isdigit() or word in _CLAUSE_STARTS or is_weekday(word) or _names_place(word, rest)
        )
        return Verdict(not goes_on, "a sentence that begins with a place" if goes_on else "place before a comma")
    if mark == "/" and len(slot.elements) == 1 and rest[:1].isspace():
        goes_on = word in _COMPOUND_ENDS or _is_city(word) or named is None or named.spelling != "curated"
        return Verdict(not goes_on, "a slash between two places" if goes_on else "place before a slash and a blank")
    return Verdict(False, "no terminator")


def _names_place(word: str, rest: str) -> bool:
    """Return whether the word after a comma is a second place, not an English keyword: `काबुल, Afghanistan Blast`."""
    is_keyword = word.isascii() and not _CLAUSE_STARTS & set(first_words(rest)[1:2])
    return not is_keyword and look_up(word) is not None


def _is_city(word: str) -> bool:
    named = look_up(word) if word else None
    return named is not None and named.is_exact and not named.is_broad
