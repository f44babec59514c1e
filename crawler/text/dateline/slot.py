"""The slot before a report, taken apart: what stands where a dateline stands, piece by piece."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from crawler.text.dateline.day import day_at
from crawler.text.dateline.elements import DatelineElement, ElementKind, read_bracketed, read_elements

_LONGEST = 200
"""Characters that a slot may span; the longest of 374 datelines read has 55."""
_MOST_ELEMENTS = 10
_QUOTES = ("'", '"', "‘", "“", "`")
"""A line that opens with a quote has no dateline."""

_COLONS = ":ः\u02d0\u02f8\u05c3\u2236\ua789\ufe13\ufe55\uff1a"
_BARS = "|\u00a6\u01c0\u05c0\u2223\u2502\u2758\uff5c"
_DASHES = "–—\u2010-\u2012\u2015\u2212\ufe58\uff0d-"
"""Colons, bars and dashes, and the signs that look like one, which some keyboards and systems print for it."""

_PLAIN = "\u0900-\u0902\u0904-\u0963\u0966-\u096f\u200b-\u200dA-Za-km-z0-9'’¨²"
_LETTER = f"{_PLAIN}l"
_WORD = (
    rf"(?:(?<![{_LETTER}.])(?:[{_LETTER}]{{1,3}}\. ?){{2,}}(?=[\s,:।|()\[\]])"  # डी.सी., यू.ए.ई.
    rf"|[{_PLAIN}]++"
    r"|(?!(?<=[\u0900-\u0963])l(?!\S))l"  # a Latin l after Hindi letters is a mistyped danda: जेएनएनl
    rf"|ः(?=[{_LETTER}])"  # visarga inside a word; at its end it stands for a colon: यांगूनः
    rf"|(?<=[{_LETTER}])[-.](?=[{_LETTER}])"  # पोर्ट-ऑ-प्रिंस, हि.स
    r")++"
)
_RUN = re.compile(rf"{_WORD}(?:[ \t\u00a0]+{_WORD}){{0,8}}")
"""Words without punctuation: nine at most, for no slot has so many."""
_BRACKETED = re.compile(r"[(\[]([^()\[\]\n]{0,80})[)\]]")
_SPACES = re.compile(r"\s*")
_SIGNS = re.compile(r"\s*[*•●▪■◆★►▶➤📍#]+\s*")
"""What some outlets print before the place."""
_TERMINATOR = re.compile(
    rf"।।|[.,{_DASHES}]?\s?(?!(?<=\d):\d)[{_COLONS}][{_DASHES}]*"  # not the colon of 09:16
    rf"|[।॥.,/!{_BARS}]|[{_DASHES}]+|l(?!\S)"
)
_GOES_ON = (":", "-", "।", "|")
"""Marks that end most datelines, and divide a few: काठमाडौं–१३ नवम्बर, लंदन: (भाषा), पेरिस। एजेंसी।, एजेंसी | काबुल."""
_SUPPORTS = ("agency", "desk", "date")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The pieces up to one terminator."""

    elements: tuple[DatelineElement, ...]
    terminator: str
    """`:`, `।`, `|`, `.`, `-`, `/`, `,`, `end` of the line, or nothing after a closing bracket."""
    raw_end: int
    """Offset behind the terminator."""
    raw_start: int = 0
    """Offset of its first word; more than 0 behind a sign, or where a sub-headline is glued in front."""

    def of(self, kind: ElementKind) -> list[DatelineElement]:
        """Return the pieces of one kind."""
        return [element for element in self.elements if element.kind == kind]


def slots(text: str) -> Iterator[Slot]:
    """Yield the slots that a line may open with, the shortest first."""
    head = text[:_LONGEST]
    elements: list[DatelineElement] = []
    signs = _SIGNS.match(head)
    start = position = signs.end() if signs else _skip(head, 0)
    before = ""
    if head[position : position + 1] in _QUOTES:
        return
    while position < len(head) and len(elements) < _MOST_ELEMENTS:
        found, position = _read_piece(head, position, before, is_first=not elements)
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
    """Say whether a piece may stand behind a mark: a place's agency, desk or date, or the place of one of them."""
    if any(element.kind == "place" for element in elements):
        return found.kind in _SUPPORTS
    is_city = found.named is not None and found.named.is_exact and not found.named.is_broad
    return is_city and all(element.kind in ("agency", "desk") for element in elements)


def _read_piece(head: str, position: int, before: str, *, is_first: bool) -> tuple[list[DatelineElement], int]:
    """Return the pieces at a position and where they end; no pieces in a sentence."""
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
    """Return pieces with those found behind them; a year behind a comma belongs to its date: 12 जून, 2024."""
    last = elements[-1] if elements else None
    if last and last.day and last.day.year is None and len(found) == 1 and _YEAR.fullmatch(found[0].text):
        return [*elements[:-1], replace(last, day=replace(last.day, year=int(found[0].text)))]
    return [*elements, *found]


def _ends(text: str, position: int) -> bool:
    """Say whether words may end at a position: before a mark, a bracket or the end, not before another word."""
    after = _skip(text, position)
    return after == len(text) or text[after] in "([" or _TERMINATOR.match(text, after) is not None


def _skip(text: str, position: int) -> int:
    found = _SPACES.match(text, position)
    return found.end() if found else position


def _plain(mark: str) -> str:
    if any(sign in _COLONS for sign in mark):
        return ":"
    if mark in ("।", "।।", "॥", "l"):
        return "।"
    if mark in _BARS:
        return "|"
    return mark if mark in ".,/" else "-"
