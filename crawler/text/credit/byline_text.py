"""Take a byline apart: who wrote a report, which agencies it is from, and where they stood."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from crawler.text.agencies import Agency
from crawler.text.credit.named import INPUT, agencies_of
from crawler.text.desks import is_desk
from crawler.text.fold import fold
from crawler.text.people import is_role
from crawler.text.places import Place, find_place, look_up

_VERBS = "written|edited|posted|published|reported|curated|updated|compiled|translated|uploaded|authored|story|report"
_PICTURES = r"फ\u093c?ोटो|तस्वीर|चित्र|वीडियो|इमेज|photos?|images?|pictures?|videos?|graphics"
_LABEL = re.compile(
    rf"""
    (?:^|(?<=[\s|,;/(•।]))                                      # a label opens a byline, or a part of it
    (?P<label>
        (?:{_VERBS})\s*by\b                                     # Written By : रीना शर्मा Edited By : अजय वर्मा
        | (?:by|author|reporter|agency|source|byline)(?=\s*[:：–—-])
        | (?:लेखक|लेखिका|रिपोर्टर|रिपोर्ट|संपादन|संपादक|प्रस्तुति|लेखन|अनुवाद|द्वारा|एजेंसी|एडिटेड\s+बाय)(?=\s*[:：ः–—-])
        | {INPUT}(?=\s*[:：ः–—-])
        | (?P<picture>(?:{_PICTURES})(?:\s+(?:by|credits?|साभार))?(?=\s*[:：ः–—-]))
    )
    \s*[:：ः–—-]*\s*
    """,
    re.IGNORECASE | re.VERBOSE,
)
_OPENING_LABEL = re.compile(
    r"^\W*(?:by\b\s*[:：–—-]*(?:\s+|$)|(?:author|reporter|agency|लेखक|रिपोर्टर|रिपोर्ट|संपादन|प्रस्तुति|लेखन|द्वारा)\s*[:：–—-]*\s+)"
    r"|^[^\w(\[]+",
    re.IGNORECASE,
)
"""What a whole byline may begin with, a mark behind it or not: By रीना शर्मा."""
_PARTS = re.compile(r"(?:(?<!\s)\s+)?[,;/|•&]\s*|(?<!\s)\s+(?:और|व|एवं|तथा|and|with)\s+", re.IGNORECASE)
_BRACKET = re.compile(r"[(\[]([^()\[\]]{1,80})[)\]]")
_ADDRESS = re.compile(r"(?<!\S)(?:\S*@\S+|\S+\.[a-z]{2,}/\S*)|\b(?:https?:|www\.)\S*", re.IGNORECASE)
"""E-mail addresses and URLs, with a scheme or without."""
_NOT_A_NAME = re.compile(
    r"\d{4}|\bIST\b|^(?:admin|administrator|editor|null|undefined|author|none|na|n/a|webdesk)$", re.IGNORECASE
)
_LETTERS = re.compile(r"[^\W\d_]{2}|[\u0904-\u0939]")
_DATE_TAIL = re.compile(
    r"(?:(?:(?:last\s)?(?:updated?|published|modified|posted)(?:\son)?|अपडेटेड|प्रकाशित|अपडेट)\W{0,4})?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\W{1,3}|[\u0904-\u0939\u093e-\u094d]{2,6}वार\W{1,3})?"
    r"(?:\d{1,2}[\s/.-]{1,3}[^\s\d,/.-]{1,15}[\s,/.-]{1,3}\d{4}|[^\W\d]{3,10}\.?\s\d{1,2},?\s\d{4}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{4}"
    r"|\d{1,2}:\d\d(?::\d\d)?\s?(?:[ap]\.?m\b|IST|बजे)|\d{1,2}\s(?:मिनट|घंटे?|दिन|minutes?|mins?|hours?|days?)\s(?:पहले|ago))",
    re.IGNORECASE,
)
"""Where a date begins behind a name, in a line whose white space is single spaces: no name goes on behind it."""
_DESK = re.compile(r"डेस्क|ब्यूरो|टीम|नेटवर्क|संवाददाता|प्रतिनिधि|desk|bureau|team|network|correspondent|staff", re.IGNORECASE)
_LONGEST = 80
_MOST_LETTERS = 400
_AROUND = " ,;:-–—|/•'\"‘’“”"


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """What a byline says."""

    names: tuple[str, ...] = ()
    """People and desks as printed, no agency among them."""
    agencies: tuple[tuple[Agency, str], ...] = ()
    """Agencies, each with the words that name it."""
    places: tuple[Place, ...] = ()
    """Places that are printed beside an agency: `भाषा, वॉशिंगटन`."""


@lru_cache(maxsize=1024)
def read_byline(raw: str, own: frozenset[str] = frozenset()) -> Byline:
    """Return what a byline says; `own` are the folded names that the outlet's own desk signs with.

    >>> read_byline("Edited by: रमन वर्मा (इनपुट भाषा)").names
    ('रमन वर्मा',)
    """
    text = _ADDRESS.sub(" ", " ".join(raw[:_MOST_LETTERS].split()))
    parts = [_read_part(plain, own) for words in _signed_parts(text) if (plain := _cleaned(words))]
    agencies: dict[Agency, str] = {}
    for part in parts:
        agencies |= dict(part.agencies)
    return Byline(
        names=tuple(dict.fromkeys(name for part in parts for name in part.names)),
        agencies=tuple(agencies.items()),
        places=tuple(place for part in parts for place in part.places),
    )


def is_byline_row(line: str) -> bool:
    """Say whether a line begins as a row under a headline does: `Written By: `, `रिपोर्ट- `."""
    found = _LABEL.match(line)
    return found is not None and not found["picture"]


def _signed_parts(text: str) -> Iterator[str]:
    """Yield what stands behind each label of a byline, pictures' credits left out."""
    labels = list(_LABEL.finditer(text))
    ends = [*(label.start() for label in labels), len(text)]
    yield text[: ends[0]]
    for label, end in zip(labels, ends[1:], strict=True):
        if not label["picture"]:
            yield text[label.end() : end]


def _read_part(plain: str, own: frozenset[str]) -> Byline:
    if len(plain) > 2 * _LONGEST:
        return Byline()
    outside, agencies = _without_brackets(plain, own)
    parts = [part for part in map(_cleaned, _PARTS.split(outside)) if part]
    named = [_agencies(part, own) for part in parts]
    if not any(named) and len(parts) > 1 and any(_is_own(part, own) for part in parts):
        return Byline(names=(outside.strip(_AROUND),), agencies=tuple(agencies.items()))
    are_places = [not found and _is_place(part) for part, found in zip(parts, named, strict=True)]
    is_whole = all(found or place for found, place in zip(named, are_places, strict=True))
    names, places = [], []
    for number, (part, found) in enumerate(zip(parts, named, strict=True)):
        if found:
            agencies |= dict.fromkeys(found, plain if is_whole or any(are_places) else part)
        elif (is_whole or number > 0) and (place := find_place(part)):
            places.append(place)
        elif len(part) <= _LONGEST and _LETTERS.search(part) and not _NOT_A_NAME.search(part):
            names.append(part)
    return Byline(names=tuple(names), agencies=tuple(agencies.items()), places=tuple(places) if any(named) else ())


def _without_brackets(plain: str, own: frozenset[str]) -> tuple[str, dict[Agency, str]]:
    """Return a byline without what its brackets say, and the agencies among that; a place stands behind a comma."""
    outside = plain
    agencies: dict[Agency, str] = {}
    for bracket in _BRACKET.finditer(plain):
        inside = bracket[1]
        found = _agencies(inside, own)
        agencies |= dict.fromkeys(found, inside)
        if found or is_role(inside) or is_desk(inside):
            outside = outside.replace(bracket[0], " ")
        elif _is_place(inside):
            outside = outside.replace(bracket[0], f", {inside}")
    return outside, agencies


def _agencies(words: str, own: frozenset[str]) -> tuple[Agency, ...]:
    return () if fold(words) in own else agencies_of(words)


def _is_own(part: str, own: frozenset[str]) -> bool:
    return fold(part) in own or _DESK.search(part) is not None


def _is_place(part: str) -> bool:
    named = look_up(part)
    return named is not None and named.is_exact


def _cleaned(text: str) -> str:
    date = _DATE_TAIL.search(text)
    plain = text[: date.start()].rstrip(" ,/|(–—-") if date else text
    plain = _OPENING_LABEL.sub("", plain)
    plain = plain.strip(_AROUND)
    plain = plain.rstrip("([ ")
    return plain.strip(f"{_AROUND})]") if "(" not in plain and "[" not in plain else plain
