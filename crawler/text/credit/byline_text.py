"""Take a byline apart: who wrote a report, which agencies it is from, and where they stood."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

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


@dataclass(slots=True, kw_only=True)
class Byline:
    """What a byline says."""

    names: list[str] = field(default_factory=list)
    """People and desks as printed, no agency among them."""
    agencies: dict[Agency, str] = field(default_factory=dict)
    """Agencies, each with the words that name it."""
    places: list[Place] = field(default_factory=list)
    """Places that are printed beside an agency: `भाषा, वॉशिंगटन`."""


def read_byline(raw: str, own: Collection[str] = ()) -> Byline:
    """Return what a byline says; `own` are the folded names that the outlet's own desk signs with.

    >>> read_byline("Edited by: रमन वर्मा (इनपुट भाषा)").names
    ['रमन वर्मा']
    """
    byline = Byline()
    for words in _signed_parts(_ADDRESS.sub(" ", " ".join(raw[:_MOST_LETTERS].split()))):
        _read_part(words, own, byline)
    byline.names = list(dict.fromkeys(byline.names))
    return byline


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


def _read_part(words: str, own: Collection[str], byline: Byline) -> None:
    plain = _cleaned(words)
    if not plain or len(plain) > 2 * _LONGEST:
        return
    outside = plain
    for bracket in _BRACKET.finditer(plain):
        agencies = _agencies(bracket[1], own)
        byline.agencies.update({agency: bracket[1] for agency in agencies if agency not in byline.agencies})
        if agencies or is_role(bracket[1]) or is_desk(bracket[1]):
            outside = outside.replace(bracket[0], " ")
        elif _is_place(bracket[1]):
            outside = outside.replace(bracket[0], f", {bracket[1]}")
    parts = [part for part in map(_cleaned, _PARTS.split(outside)) if part]
    named = [_agencies(part, own) for part in parts]
    if not any(named) and len(parts) > 1 and any(_is_own(part, own) for part in parts):
        byline.names.append(outside.strip(_AROUND))
        return
    is_whole = bool(parts) and all(found or _is_place(part) for part, found in zip(parts, named, strict=True))
    has_place = any(named) and any(_is_place(part) for part in parts)
    for number, (part, agencies) in enumerate(zip(parts, named, strict=True)):
        if agencies:
            byline.agencies.update(dict.fromkeys(agencies, plain if is_whole or has_place else part))
        elif (is_whole or number > 0) and (place := find_place(part)):
            byline.places += [place] if any(named) else []
        elif len(part) <= _LONGEST and _LETTERS.search(part) and not _NOT_A_NAME.search(part):
            byline.names.append(part)


def _agencies(words: str, own: Collection[str]) -> tuple[Agency, ...]:
    return () if fold(words) in own else agencies_of(words)


def _is_own(part: str, own: Collection[str]) -> bool:
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
