"""Split the beginning of a line into slots: the elements up to each terminator, where a dateline would be printed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from crawler.text.dateline.day import day_at
from crawler.text.dateline.elements import DatelineElement, ElementKind, read_bracketed, read_elements

_LONGEST = 200
"""Characters of a slot at most; the longest of 374 datelines that we read has 55."""
_MOST_ELEMENTS = 10
_QUOTES = ("'", '"', "‘", "“", "`")
"""A line that begins with a quotation mark has no dateline."""

_COLONS = ":ः\u02d0\u02f8\u05c3\u2236\ua789\ufe13\ufe55\uff1a"
_BARS = "|\u00a6\u01c0\u05c0\u2223\u2502\u2758\uff5c"
_DASHES = "–—\u2010-\u2012\u2015\u2212\ufe58\uff0d-"
"""Colons, bars and dashes, with the look-alikes that some keyboards and publishing systems print instead."""

_PLAIN = "\u0900-\u0902\u0904-\u0963\u0966-\u096f\u200b-\u200dA-Za-km-z0-9'’¨²"
_LETTER = f"{_PLAIN}l"
_WORD = rf"""
    (?: (?<![{_LETTER}.])(?:[{_LETTER}]{{1,3}}\.\ ?){{2,}}(?=[\s,:।|()\[\]])   # initials: डी.सी., यू.ए.ई.
      | [{_PLAIN}]++
      | (?!(?<=[\u0900-\u0963\s])l(?!\S))l      # a Latin l after Hindi letters is a mistyped danda: जेएनएनl
      | ः(?=[{_LETTER}])                        # visarga inside a word; at its end it replaces a colon: यांगूनः
      | (?<=[{_LETTER}])[-.](?=[{_LETTER}])     # a mark inside a word: पोर्ट-ऑ-प्रिंस, हि.स
    )++
"""
_RUN = re.compile(rf"{_WORD} (?: [ \t\u00a0]+ {_WORD} ){{0,8}}", re.VERBOSE)
"""Words without punctuation, nine at most: no slot has more."""
_BRACKETED = re.compile(r"[(\[]([^()\[\]\n]{0,80})[)\]]")
_SIGNS = re.compile(r"\s*[*•●▪■◆★►▶➤📍#]+\s*")
"""Bullets and pins that some outlets print before the place."""
_TERMINATOR = re.compile(
    rf"""
    [।॥]{{1,3}}[{_DASHES}]*                                      # the danda, doubled or with a dash
    | [.,{_DASHES}]?\s? (?!(?<=\d):\d) [{_COLONS}]{{1,3}}[{_DASHES}]*   # a colon, but not that of 09:16
    | [.,/!{_BARS}]
    | [{_DASHES}]+
    | l(?!\S)                                                    # a Latin l typed for a danda: जेएनएनl
    """,
    re.VERBOSE,
)
_RANGE = re.compile(rf"[{_DASHES}]\d")
"""Behind a date, the beginning of a second one: 12 जून-15 जून तक."""
_GOES_ON = (":", "-", "।", "|")
"""Terminators that separate elements in a few datelines: काठमाडौं–१३ नवम्बर, लंदन: (भाषा), पेरिस। एजेंसी।."""
_SUPPORTS = ("agency", "desk", "date")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The elements at the beginning of a line up to one terminator, such as `काठमांडू, 12 जून (एपी):`.

    `rules.judge` decides whether a slot is a dateline.
    """

    elements: tuple[DatelineElement, ...]
    terminator: str
    """`:`, `।`, `|`, `.`, `-`, `/`, `,`; `end` at the end of the line; "" after a bracket or a date."""
    raw_end: int
    """Index after the terminator."""
    raw_start: int = 0
    """Index of its first word; more than 0 after a bullet or a sub-headline."""

    def of(self, kind: ElementKind) -> list[DatelineElement]:
        """Return the elements of one kind."""
        return [element for element in self.elements if element.kind == kind]


def slots(text: str) -> Iterator[Slot]:
    """Yield the slots at the beginning of a line, one for each terminator, the shortest first."""
    head = text[:_LONGEST]
    elements: list[DatelineElement] = []
    signs = _SIGNS.match(head)
    start = position = signs.end() if signs else _skip(head, 0)
    before = ""
    if head[position : position + 1] in _QUOTES:
        return
    while position < len(head) and len(elements) < _MOST_ELEMENTS:
        found, position = _elements_at(head, position, before, is_first=not elements)
        if not found or (before in _GOES_ON and not _may_follow(elements, found[0])):
            return
        elements = _joined(elements, found)
        after = _skip(head, position)
        if after == len(text):
            yield Slot(elements=tuple(elements), terminator="end", raw_end=position, raw_start=start)
            return
        if after == len(head):
            return
        mark = _TERMINATOR.match(head, after)
        if mark and found[-1].day is not None and _RANGE.match(head, after):
            return
        if mark:
            before = _plain(mark[0])
            yield Slot(elements=tuple(elements), terminator=before, raw_end=mark.end(), raw_start=start)
            position = _skip(head, mark.end())
            continue
        if found[-1].before == "(" or (found[-1].day is not None and head[after] not in "(["):
            yield Slot(elements=tuple(elements), terminator="", raw_end=position, raw_start=start)
        elif head[after] not in "([":
            return
        position, before = after, ""


def _may_follow(elements: list[DatelineElement], found: DatelineElement) -> bool:
    """Return whether an element may follow a terminator: an agency, a desk or a date after a place, or the reverse."""
    if any(element.kind == "place" for element in elements):
        return found.kind in _SUPPORTS
    is_city = found.named is not None and found.named.is_exact and not found.named.is_broad
    return is_city and all(element.kind in ("agency", "desk") for element in elements)


def _elements_at(head: str, position: int, before: str, *, is_first: bool) -> tuple[list[DatelineElement], int]:
    """Return the elements at index `position` and the index after them; [] if a sentence begins there."""
    if bracket := _BRACKETED.match(head, position):
        return read_bracketed(bracket[0]), bracket.end()
    day = None if is_first and not head[position].isdigit() else day_at(head, position)
    if day is not None:
        printed, end = day
        text = head[position:end]
        return [DatelineElement(kind="date", text=text, raw=text, before=before, day=printed)], end
    run = _RUN.match(head, position)
    if run is None or not _ends(head, run.end()):
        return [], position
    return read_elements(run[0], before, is_first=is_first), run.end()


def _joined(elements: list[DatelineElement], found: list[DatelineElement]) -> list[DatelineElement]:
    """Return both lists as one; a year after a comma becomes part of its date: 12 जून, 2024."""
    last = elements[-1] if elements else None
    if last and last.day and last.day.year is None and len(found) == 1 and _YEAR.fullmatch(found[0].text):
        return [*elements[:-1], replace(last, day=replace(last.day, year=int(found[0].text)))]
    return [*elements, *found]


def _ends(text: str, position: int) -> bool:
    """Return whether a terminator, a bracket or the end of the line follows index `position`."""
    after = _skip(text, position)
    return after == len(text) or text[after] in "([" or _TERMINATOR.match(text, after) is not None


def _skip(text: str, position: int) -> int:
    while text[position : position + 1].isspace():
        position += 1
    return position


def _plain(mark: str) -> str:
    if any(sign in _COLONS for sign in mark):
        return ":"
    if mark[0] in "।॥l":
        return "।"
    if mark in _BARS:
        return "|"
    return mark if mark in ".,/" else "-"
