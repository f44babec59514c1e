"""Read one line's sign-off: the agencies that a report is signed with, in all the forms that newsrooms use."""

import re

from crawler.text.agencies import Agency, find_agency, is_trap
from crawler.text.credit.acknowledged import read_disclaimer, read_input
from crawler.text.credit.named import DASHES, PARTS, SignOff, agencies_of
from crawler.text.dateline.elements import is_name
from crawler.text.fold import fold

_REACH = 400
"""Characters from a line's end that are searched: disclaimers are long sentences."""
_BRACKET = re.compile(r"[(\[{]([^()\[\]{}\n]{1,90})[)\]}]\s*[।.|]*\s*$")
_DESK_LINE = re.compile(
    r"\s*(?:[\u0900-\u0963]{1,6}\.?(?:/[\u0900-\u0963]{1,6}\.?){1,3}"  # एसबी/आरके, as DW signs
    r"|रिपोर्ट\s*[:ः]\s*[\u0900-\u0963 ./,-]{2,60})"
)
_SENTENCE_ENDS = "।?!|.…\"”’'»):*–—-"
_LAST_WORDS = frozenset(fold("है हैं था थे थी गया गई गए हो की दी दिया किया रहा रहे रही सके गी गे गा होगा").split())
"""Words that close a sentence whose danda was forgotten."""
_FUTURE = tuple(fold("ेगा ेगी ेंगे ोगा ोगी ोंगे ाएगा ाएगी ाएंगे").split())
"""Endings of the verb that closes a sentence about what will be: होगी, आएंगे."""
_LONGEST_WORD = 40
_SENTENCE_MARKS = '।?!|"”’…»'
_FULL_STOP = re.compile(r"\.(?=\s|[\u0900-\u0963]{3})")
_LONGEST_FRAGMENT = 8  # words
_BEFORE_BRACKET = " \u00a0-–—"
_REPORTED_BY = re.compile(r"(?:रिपोर्ट|रिपोर्टः|एडिटर|संपादन|report)\s*[:ः-]*\s*", re.IGNORECASE)
_INITIALS = re.compile(r"[A-Z]{1,3}\.?")
"""`HY` in `(AP/HY)`: with such beside it, AP is a sub-editor as well."""
_PICTURE = re.compile(r"फोटो|फ़ोटो|तस्वीर|चित्र|इमेज|वीडियो|photo|image|picture|video|getty|गेटी", re.IGNORECASE)


def read_sign_off(line: str) -> SignOff | None:
    """Return the sign-off that a line ends in, or None."""
    return next((found for form in _FORMS if (found := form(line)) is not None), None)


def read_doubled(line: str, below: str) -> SignOff | None:
    """Return the agency of a line whose editor's name the line below prints again: `भाषा राजेश`, `राजेश`."""
    name, *editors = line.split()[:_LONGEST_FRAGMENT] or [""]
    agency = find_agency(name)
    if agency is None or not agency.may_credit or not editors or len(editors) > 3 or below.split() != editors[-1:]:
        return None
    return SignOff(agencies=(agency,), raw=line.strip(), start=0, rule="agency and its desk's name, printed twice")


def is_about_picture(words: str) -> bool:
    """Say whether words speak of a picture, whose credit is none of the text."""
    return bool(_PICTURE.search(words))


def read_bracket(line: str) -> SignOff | None:
    """Return the agencies in brackets that close a line, after a sentence: `… चाहता है। (एपी)`."""
    if line.rstrip(" ।.|")[-1:] not in (")", "]", "}"):
        return None
    found = _BRACKET.search(line, max(0, len(line) - _REACH))
    if found is None or _PICTURE.search(found[1]):
        return None
    before = line[: found.start()].rstrip()
    agencies = agencies_of(found[1])
    if agencies and _DESK_LINE.fullmatch(before):
        return SignOff(agencies=agencies, raw=line.strip(), start=0, rule="in brackets behind the desk's initials")
    if not agencies or not (not before or before[-1] in _SENTENCE_ENDS or _closes(before)):
        return None
    start = len(before.rstrip(_BEFORE_BRACKET))
    return SignOff(
        agencies=agencies, raw=found[0].strip(" \n।|"), start=start, rule="in brackets after the last sentence"
    )


def _closes(before: str) -> bool:
    last = fold(before[-_LONGEST_WORD:]).split()[-1:]
    return bool(last) and (last[0] in _LAST_WORDS or last[0].endswith(_FUTURE))


def _read_signature(line: str) -> SignOff | None:
    """Return the agencies behind the names or initials of who edited their copy: `एए/वीके (एपी, डीपीए)`."""
    found = _BRACKET.search(line, max(0, len(line) - _REACH))
    if found is None:
        return None
    who = line[: found.start()].strip()
    is_signed = bool(_REPORTED_BY.match(who)) or "/" in who
    names = _REPORTED_BY.sub("", who).replace("/", " ")
    agencies = agencies_of(found[1])
    if not agencies or not is_name(names) or (not is_signed and any(is_trap(part) for part in PARTS.split(found[1]))):
        return None
    return SignOff(agencies=agencies, raw=found[0].strip(), start=found.start(), rule="in brackets behind names")


def _read_fragment(line: str) -> SignOff | None:
    """Return agencies that stand behind the last sentence or alone: `--आईएएनएस`, `। एएफपी शरद मनोहरमनोहर`."""
    begin = max(len(line) - _REACH, 0, *(line.rfind(mark) + 1 for mark in _SENTENCE_MARKS))
    last = line[begin:]
    stops = [stop.end() for stop in _FULL_STOP.finditer(last) if last[stop.end() :].strip(DASHES)]
    start = begin + (stops[-1] if stops and not find_agency(last.strip(DASHES)) else 0)
    fragment = line[start:]
    words = fragment.strip(DASHES + "()[]")
    if not words or len(words.split()) > _LONGEST_FRAGMENT or _PICTURE.search(words):
        return None
    start += len(fragment) - len(fragment.lstrip())
    if agencies := agencies_of(words):
        return SignOff(agencies=agencies, raw=fragment.strip(), start=start, rule="alone behind the last sentence")
    is_bracket = fragment.strip(DASHES)[0] in "(["
    if not is_bracket and (agency := _signing_desk(words, behind_sentence=start > 0)):
        return SignOff(agencies=(agency,), raw=fragment.strip(), start=start, rule="agency and its desk's names")
    return None


def _signing_desk(words: str, *, behind_sentence: bool) -> Agency | None:
    """Return the agency of a desk's signature: its name, then one to three names of editors.

    A name that is a word too (`वार्ता विफल`) needs a sentence before it, or two names behind it.
    """
    parts = words.replace("/", " ").split()
    for cut in (2, 1):
        name, rest = " ".join(parts[:cut]), parts[cut:]
        agency = find_agency(name)
        if agency is None or agency.kind != "agency" or not agency.may_credit:
            continue
        if any(_INITIALS.fullmatch(part) for part in rest):
            continue
        fewest = 2 if is_trap(name) and not behind_sentence else 1
        if fewest <= len(rest) <= 3 and is_name(" ".join(rest)) and not any(sign in words for sign in ":,।"):
            return agency
    return None


_FORMS = (read_disclaimer, read_bracket, _read_signature, read_input, _read_fragment)
