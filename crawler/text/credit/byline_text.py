"""Parse a byline into people, agencies and the places beside them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from crawler.text.agencies import Agency
from crawler.text.credit.beside_names import (
    find_sender,
    is_place,
    is_role_beside_name,
    with_sender,
    without_day,
    without_roles,
)
from crawler.text.credit.named import INPUT, agencies_of
from crawler.text.desks import is_desk
from crawler.text.fold import fold
from crawler.text.parts import Place

_VERBS = "written|edited|posted|published|reported|curated|updated|compiled|translated|uploaded|authored|story|report"
_PICTURES = r"फ\u093c?ोटो|तस्वीर|चित्र|वीडियो|इमेज|photos?|images?|pictures?|videos?|graphics"
_LABEL = re.compile(
    rf"""
    (?:^|(?<=[\s|,;/(•।]))                                      # a label begins a byline or a part of one
    (?P<label>
        (?:{_VERBS})\s*by\b                                     # Written By : रीना शर्मा Edited By : अजय वर्मा
        | (?:by|author|reporter|agency|source|byline)(?=\s*[:：–—-])
        | (?:लेखक|लेखिका|रिपोर्टर|रिपोर्ट|संपादन|संपादक|प्रस्तुति|लेखन|अनुवाद|संकलन|द्वारा|एजेंसी
            |(?:सब\s+|कॉपी\s+)?एडिटर|(?:\S{{2,10}}ेड|\S{{1,4}}[टन]|पब्लिश्ड)\s+बाय)(?=\s*[:：ः–—-])   # रिटन बाय
        | {INPUT}(?=\s*[:：ः–—-])
        | (?P<picture>(?:{_PICTURES})(?:\s+(?:by|credits?|साभार))?(?=\s*[:：ः–—-]))
    )
    \s*[:：ः–—-]*\s*
    """,
    re.IGNORECASE | re.VERBOSE,
)
_OPENING_LABEL = re.compile(
    r"""
    ^\W* (?: by\b \s*[:：–—-]* (?:\s+|$)                                              # By रीना शर्मा
           | (?:author|reporter|agency|लेखक|रिपोर्टर|रिपोर्ट|संपादन|प्रस्तुति|लेखन|द्वारा) \s*[:：–—-]*\s+ )
    | ^[^\w(\[]+                                                                     # marks alone: - रीना शर्मा
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What to strip from the beginning of a byline; its label needs no colon."""
_PARTS = re.compile(
    r"""
    (?: (?<!\s)\s+ )? [,;/|•&] \s*                        # spaces match from the first only: linear on a run of them
    | (?<!\s)\s+ (?:और|व|एवं|तथा|and|with) \s+
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BRACKET = re.compile(r"[(\[]([^()\[\]]{1,80})[)\]]")
_ADDRESS = re.compile(
    r"""
    (?<!\S) (?: \S*@\S+                                   # an e-mail address, a handle
              | \S+\.[a-z]{2,}/\S* )                      # a URL without a scheme
    | \b (?:https?:|www\.)\S*                             # a URL, also after a bracket or a colon
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NOT_A_NAME = re.compile(
    r"""
    \d{4} | \bIST\b                                       # part of a date or time
    | ^(?:admin|administrator|editor|null|undefined|unknown|anonymous|guest|facebook|twitter
        |author|none|na|n/a|webdesk)$                     # what a publishing system fills in
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LETTERS = re.compile(r"[^\W\d_]{2}|[\u0904-\u0939]")
"""Two letters of any script, or one of Devanagari, whose vowel signs are no \\w: the least that a name has."""
_DATE_TAIL = re.compile(
    r"""
    (?: (?: (?:last\s)?(?:updated?|publish(?:ed)?|modified|posted)(?:\s(?:on|at|date))?
          | अपडेटेड|प्रकाशित|अपडेट|प्रकाशन\sतिथि ) \W{0,4} )?                  # a label
    (?: (?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\W{1,3}
      | [\u0904-\u0939\u093e-\u094d]{2,6}वार\W{1,3} )?                        # a day of the week: सोमवार
    (?: \d{1,2}[\s/.-]{1,3}[^\s\d,/.-]{1,15}[\s,/.-]{1,3}\d{4}               # 12 जून 2026, 12-Jun-2026
      | [^\W\d]{3,10}\.?\s\d{1,2},?\s\d{4}                                   # June 12, 2026
      | \d{4}-\d\d-\d\d | \d{1,2}[/.]\d{1,2}[/.]\d{4}                        # 2026-06-12, 12/06/2026
      | \d{1,2}:\d\d(?::\d\d)?\s?(?:[ap]\.?m\b|IST|बजे)                       # 10:30 AM
      | (?<=updated\s)[a-z]{3,9}\.?\s\d{1,2}\b                              # Updated Jun 12
      | \d{1,2}\s(?:मिनट|घंटे?|दिन|minutes?|mins?|hours?|days?)\s(?:पहले|ago) )   # 5 मिनट पहले
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""The date after a name, in text whose white space is single spaces; no name continues after it."""
_DESK = re.compile(r"डेस्क|ब्यूरो|टीम|नेटवर्क|संवाददाता|प्रतिनिधि|desk|bureau|team|network|correspondent|staff", re.IGNORECASE)
_LONGEST = 80  # characters of one name
_MOST_LETTERS = 400
"""Characters of a byline that are read."""
_AROUND = " ,;:-–—|/•·।'\"‘’“”"


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """A parsed byline."""

    names: tuple[str, ...] = ()
    """People and desks as printed, without agencies."""
    agencies: tuple[tuple[Agency, str], ...] = ()
    """Agencies, each with the words that name it."""
    places: tuple[Place, ...] = ()
    """Places printed beside an agency: `भाषा, वॉशिंगटन`."""


@lru_cache(maxsize=1024)
def parse_byline(raw: str, own: frozenset[str] = frozenset()) -> Byline:
    """Parse a byline; `own` holds the folded names of the outlet's own desk, which are never agencies.

    >>> parse_byline("Edited by: रमन वर्मा (इनपुट भाषा)").names
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
    """Return whether a line begins with the label of a byline (`Written By: `, `रिपोर्ट- `), not of a picture."""
    found = _LABEL.match(line)
    return found is not None and not found["picture"]


def _signed_parts(text: str) -> Iterator[str]:
    """Yield the text before the first label of a byline and after each label, except pictures' credits."""
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
    printed = (without_day(_cleaned(part)) for part in _PARTS.split(outside))
    parts = without_roles([part for words in printed for part in with_sender(words) if part])
    named = [_agencies(part, own) for part in parts]
    if not any(named) and len(parts) > 1 and any(_is_own(part, own) for part in parts):
        return Byline(names=(outside.strip(_AROUND),), agencies=tuple(agencies.items()))
    are_places = [not found and is_place(part) for part, found in zip(parts, named, strict=True)]
    is_whole = all(found or place for found, place in zip(named, are_places, strict=True))
    names, places = [], []
    for number, (part, found) in enumerate(zip(parts, named, strict=True)):
        if found:
            agencies |= dict.fromkeys(found, plain if is_whole or any(are_places) else part)
        elif (is_whole or number > 0) and (place := find_sender(part)):
            places.append(place)
        elif len(part) <= _LONGEST and _LETTERS.search(part) and not _NOT_A_NAME.search(part):
            names.append(part)
    return Byline(names=tuple(names), agencies=tuple(agencies.items()), places=tuple(places) if agencies else ())


def _without_brackets(plain: str, own: frozenset[str]) -> tuple[str, dict[Agency, str]]:
    """Return a byline without its brackets, and the agencies in them; a place in brackets stays, after a comma."""
    outside = plain
    agencies: dict[Agency, str] = {}
    for bracket in _BRACKET.finditer(plain):
        inside = bracket[1]
        found = _agencies(inside, own)
        agencies |= dict.fromkeys(found, inside)
        if found or is_role_beside_name(inside) or is_desk(inside):
            outside = outside.replace(bracket[0], " ")
        elif is_place(inside):
            outside = outside.replace(bracket[0], f", {inside}").replace(" , ", ", ")
    return outside, agencies


def _agencies(words: str, own: frozenset[str]) -> tuple[Agency, ...]:
    return () if fold(words) in own else agencies_of(words)


def _is_own(part: str, own: frozenset[str]) -> bool:
    return fold(part) in own or _DESK.search(part) is not None


def _cleaned(text: str) -> str:
    date = _DATE_TAIL.search(text)
    plain = text[: date.start()].rstrip(" ,/|(–—-•·") if date else text
    plain = _OPENING_LABEL.sub("", plain)
    plain = plain.strip(_AROUND)
    plain = plain.rstrip("([ ")
    return plain.strip(f"{_AROUND})]") if "(" not in plain and "[" not in plain else plain
