"""Read one line's sign-off: the agencies that a report is signed with, in all the forms that newsrooms use."""

import re
from dataclasses import dataclass

from crawler.text.agencies import Agency, find_agency, is_trap
from crawler.text.fold import fold
from crawler.text.slot import is_name


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """Agencies that a line is signed with, and the words that say so."""

    agencies: tuple[Agency, ...]
    raw: str
    start: int
    """Offset of the words in their line."""
    rule: str
    """Which form it is, in words."""


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
_SENTENCE_MARKS = '।?!|"”’…»'
_FULL_STOP = re.compile(r"\.(?=\s|[\u0900-\u0963]{3})")
_LONGEST_FRAGMENT = 8  # words
_DASHES_BEFORE = " \u00a0-–—"
_DASHES = " \u00a0\t-–—*~•:."

_INPUT = r"(?:इनपुट्?स?|इनपुटस|inputs?)"
_LEAD = re.compile(
    rf"^(?:with\s+)?(?:{_INPUT}|स्(?:त्)?रोत|सोर्स|साभार|सौजन्य|source|sources|courtesy|via)\s*(?:(?:from|से|by)\s+|[-–—:ः]+\s*|\s+)",
    re.IGNORECASE,
)
_TRAIL = re.compile(
    rf"\s*(?:(?:के|से|की|का)\s+)?{_INPUT}(?:\s+(?:के\s+साथ|से|सहित|के\s+आधार\s+पर).*)?$|\s+से(?:\s+प्राप्त.*)?$",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*[,/&;+|]\s*|\s+(?:और|एवं|व|तथा|and|-|–)\s+", re.IGNORECASE)
_INPUT_WORD = re.compile(_INPUT, re.IGNORECASE)
_TAKEN = re.compile(r"से\s+(?:ली\s+गई|लिया\s+गया|ली\s+है|प्राप्त|साभार)")
_INPUT_WORDS = ("इनपुट", "nput", "NPUT", "से ली", "से लिया", "से प्राप्त", "से साभार")
_WITH = re.compile(r"\s+(?:के\s+साथ|से)\s*$")
_OF = re.compile(r"\s+(?:के|से|की)\s*$")
_BEFORE_INPUT = re.compile(
    rf"((?:[^\s।.:()\[\]]+\s+){{1,8}})(?={_INPUT}(?:\s+(?:के\s+साथ|से|सहित)|\W*$)|{_TAKEN.pattern})", re.IGNORECASE
)
_AFTER_INPUT = re.compile(rf"{_INPUT}\s*[-–—:ः]+\s*([^।()\[\]\n]{{2,60}})", re.IGNORECASE)
_DISCLAIMER = re.compile(
    r"(?<![\u0900-\u0963])(?:(?:फीड|सिंडिकेट|सिंडीकेट|सिंडिकेटेड|वायर)(?![\u0900-\u0963])|syndicate\w*|feed)[^।]{0,80}"
    r"(?<![\u0900-\u0963])(?:ऑटो-?अपलोड|अपलोड|प्रकाशित|पब्लिश|ली गई|लिया गया|published|upload\w*)"
    r"|(?:एडिट|संपादित|सम्पादित|edited)\s+(?:नहीं|not)|(?:not been|nahi)\s+edited"
    r"|ऑटो[\s-]*अपलोड|ऑटो[\s-]*जे?नरेट|auto[\s-]*generated",
    re.IGNORECASE,
)
_DISCLAIMER_WORDS = ("फीड", "सिंड", "वायर", "डिट", "पादित", "ऑटो", "ynd", "eed", "dited", "uto")
"""One of these stands in every disclaimer; looking for them costs a tenth of the pattern."""
_ABOUT_FEED = re.compile(r"एजेंसी|एजेंसि|फीड(?!बै)|सिंडिक|सिंडीक|वायर(?![\u0900-\u0963])|syndicat|feed|agency", re.IGNORECASE)
_REPORTED_BY = re.compile(r"(?:रिपोर्ट|रिपोर्टः|एडिटर|संपादन|report)\s*[:ः-]*\s*", re.IGNORECASE)
_ABOUT_REPORT = frozenset(fold("ये यह इस खबर रिपोर्ट आर्टिकल स्टोरी लेख समाचार न्यूज को हमारी").split())
_INITIALS = re.compile(r"[A-Z]{1,3}\.?")
"""`HY` in `(AP/HY)`: with such beside it, AP is a sub-editor as well."""
_PICTURE = re.compile(r"फोटो|फ़ोटो|तस्वीर|चित्र|इमेज|वीडियो|photo|image|picture|video|getty|गेटी", re.IGNORECASE)


def read_sign_off(line: str) -> SignOff | None:
    """Return the sign-off that a line ends in, or None."""
    return next((found for form in _FORMS if (found := form(line)) is not None), None)


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
    agencies = _agencies(found[1])
    if agencies and _DESK_LINE.fullmatch(before):
        return SignOff(agencies=agencies, raw=line.strip(), start=0, rule="in brackets behind the desk's initials")
    if not agencies or not (not before or before[-1] in _SENTENCE_ENDS or _closes(before)):
        return None
    start = len(before.rstrip(_DASHES_BEFORE))
    return SignOff(
        agencies=agencies, raw=found[0].strip(" \n।|"), start=start, rule="in brackets after the last sentence"
    )


def _closes(before: str) -> bool:
    return fold(before).split()[-1:] != [] and fold(before).split()[-1] in _LAST_WORDS


def _read_signature(line: str) -> SignOff | None:
    """Return the agencies behind the names or initials of who edited their copy: `एए/वीके (एपी, डीपीए)`."""
    found = _BRACKET.search(line, max(0, len(line) - _REACH))
    if found is None:
        return None
    who = line[: found.start()].strip()
    is_signed = bool(_REPORTED_BY.match(who)) or "/" in who
    names = _REPORTED_BY.sub("", who).replace("/", " ")
    agencies = _agencies(found[1])
    if not agencies or not is_name(names) or (not is_signed and any(is_trap(part) for part in _PARTS.split(found[1]))):
        return None
    return SignOff(agencies=agencies, raw=found[0].strip(), start=found.start(), rule="in brackets behind names")


def read_disclaimer(line: str) -> SignOff | None:
    """Return the agency whose feed a line says it was published from, unedited; `agencies` where none is named."""
    if not any(word in line for word in _DISCLAIMER_WORDS):
        return None
    found = _DISCLAIMER.search(line, max(0, len(line) - _REACH))
    if found is None or not _ABOUT_FEED.search(line):
        return None
    start = max((line.rfind(mark, 0, found.start()) + 1 for mark in "।([.|"), default=0)
    opened = start - 1 if start and line[start - 1] in "([" else start
    words = line[start:]
    named = [
        a
        for word in re.split(r"[\s/,()\[\]]+", words)
        if (a := find_agency(word)) and a.kind == "agency" and a.may_credit
    ]
    unnamed = find_agency("एजेंसियां")
    agencies = tuple(dict.fromkeys(named)) or ((unnamed,) if unnamed else ())
    return (
        SignOff(agencies=agencies, raw=line[opened:].strip(), start=opened, rule="published from a feed, unedited")
        if agencies
        else None
    )


def _read_input(line: str) -> SignOff | None:
    """Return the agencies whose input a line acknowledges: `एएनआई के इनपुट के साथ`, `इनपुट: पीटीआई`."""
    if not any(word in line for word in _INPUT_WORDS):
        return None
    reach = max(0, len(line) - _REACH)
    word = _INPUT_WORD.search(line, reach) or _TAKEN.search(line, reach)
    if word is None:
        return None
    start = max(line.rfind(mark, 0, word.start()) for mark in '।([\n"”’') + 1
    start = max(start, word.start() - _REACH)
    sentence = line[start:]
    after = _AFTER_INPUT.search(sentence)
    agencies = _known(_WITH.sub("", after[1])) if after else ()
    before = _BEFORE_INPUT.search(sentence)
    if not agencies and before:
        words = _OF.sub("", before[1]).split()
        agencies = next((known for n in range(len(words)) if (known := _acknowledged(words, n))), ())
    if not agencies:
        return None
    opened = start - 1 if start and line[start - 1] in "([" else start
    return SignOff(agencies=agencies, raw=line[opened:].strip(), start=opened, rule="says whose input it has")


def _acknowledged(words: list[str], first: int) -> tuple[Agency, ...]:
    """Return the agencies that words name from one on; unnamed ones only of the report itself, not of a state."""
    agencies = _agencies(" ".join(words[first:]))
    unnamed = any(agency.kind == "unnamed" for agency in agencies)
    return () if unnamed and not _ABOUT_REPORT.issuperset(map(fold, words[:first])) else agencies


def _read_fragment(line: str) -> SignOff | None:
    """Return agencies that stand behind the last sentence or alone: `--आईएएनएस`, `। एएफपी शरद मनोहरमनोहर`."""
    begin = max(len(line) - _REACH, 0, *(line.rfind(mark) + 1 for mark in _SENTENCE_MARKS))
    last = line[begin:]
    stops = [stop.end() for stop in _FULL_STOP.finditer(last) if last[stop.end() :].strip(_DASHES)]
    start = begin + (stops[-1] if stops and not find_agency(last.strip(_DASHES)) else 0)
    fragment = line[start:]
    words = fragment.strip(_DASHES + "()[]")
    if not words or len(words.split()) > _LONGEST_FRAGMENT or _PICTURE.search(words):
        return None
    start += len(fragment) - len(fragment.lstrip())
    if agencies := _agencies(words):
        return SignOff(agencies=agencies, raw=fragment.strip(), start=start, rule="alone behind the last sentence")
    is_bracket = fragment.strip(_DASHES)[0] in "(["
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


def _agencies(words: str) -> tuple[Agency, ...]:
    """Return the agencies that words name, input words aside; none if anything else stands there."""
    plain = _TRAIL.sub("", _LEAD.sub("", words.strip(_DASHES))).strip(_DASHES)
    whole = find_agency(plain)
    if whole is not None:
        return (whole,) if whole.may_credit else ()
    found = [find_agency(part.strip(_DASHES)) for part in _PARTS.split(plain) if part.strip(_DASHES)]
    known = [agency for agency in found if agency is not None and agency.may_credit]
    return tuple(dict.fromkeys(known)) if known and len(known) == len(found) else ()


def _known(words: str) -> tuple[Agency, ...]:
    """Return the agencies among the names of an acknowledgement, whoever else is thanked."""
    return _agencies(words) or tuple(
        dict.fromkeys(a for part in _PARTS.split(words) if (a := find_agency(part.strip(_DASHES))) and a.may_credit)
    )


_FORMS = (read_disclaimer, read_bracket, _read_signature, _read_input, _read_fragment)
