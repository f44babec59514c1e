"""The slot before a report, taken apart: what stands where a dateline stands, piece by piece."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from crawler.text.dateline.elements import DatelineElement, ElementKind, read_bracketed, read_elements

_LONGEST = 200
"""Characters that a slot may span; the longest of 374 datelines read has 55."""
_MOST_ELEMENTS = 10
_QUOTES = ("'", '"', "‘", "“", "`")
"""A line that opens with a quote has no dateline."""

_PLAIN = "\u0900-\u0902\u0904-\u0963\u0966-\u096f\u200b-\u200dA-Za-km-z0-9'’¨²"
_LETTER = f"{_PLAIN}l"
_WORD = (
    rf"(?:[{_PLAIN}]++"
    r"|(?!(?<=[\u0900-\u0963])l(?!\S))l"  # a Latin l after Hindi letters is a mistyped danda: जेएनएनl
    rf"|ः(?=[{_LETTER}])"  # visarga inside a word; at its end it stands for a colon: यांगूनः
    rf"|(?<=[{_LETTER}])[-.](?=[{_LETTER}])"  # पोर्ट-ऑ-प्रिंस, हि.स
    r")++"
)
_RUN = re.compile(rf"{_WORD}(?:[ \t\u00a0]+{_WORD}){{0,8}}")
"""Words without punctuation: nine at most, for no slot has so many."""
_BRACKETED = re.compile(r"[(\[]([^()\[\]\n]{1,80})[)\]]")
_SPACES = re.compile(r"\s*")
_TERMINATOR = re.compile(r"।।|[.,]?\s?[:ः](?:-|–|—)*|[।॥|.,/]|[-–—]+|l(?!\S)")
_GOES_ON = {":": re.compile(r"[(\[\d]"), "-": re.compile(r"[(\[\d]"), "।": re.compile(r"[(\[]")}
"""What a mark may divide from its place: a bracket or a date. काठमाडौं–१३ नवम्बर, लंदन: (भाषा), पेरिस। (एपी)."""
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
    """Offset of its first word; more than 0 where a sub-headline is glued in front."""

    def of(self, kind: ElementKind) -> list[DatelineElement]:
        """Return the pieces of one kind."""
        return [element for element in self.elements if element.kind == kind]


def slots(text: str) -> Iterator[Slot]:
    """Yield the slots that a line may open with, the shortest first."""
    head = text[:_LONGEST]
    elements: list[DatelineElement] = []
    position, before = _skip(head, 0), ""
    if head[position : position + 1] in _QUOTES:
        return
    while position < len(head) and len(elements) < _MOST_ELEMENTS:
        found, position, is_bracket = _read_piece(head, position, before, is_first=not elements)
        if not found or (before in _GOES_ON and found[0].kind not in _SUPPORTS):
            return
        elements = _joined(elements, found)
        after = _skip(head, position)
        if after == len(text):
            yield Slot(elements=tuple(elements), terminator="end", raw_end=position)
            return
        if after == len(head):
            return
        mark = _TERMINATOR.match(head, after)
        if mark:
            terminator = _plain(mark[0])
            yield Slot(elements=tuple(elements), terminator=terminator, raw_end=mark.end())
            position = _skip(head, mark.end())
            known = any(element.kind == "place" for element in elements)
            goes_on = _GOES_ON.get(terminator) if known else None
            if terminator not in ",/" and not (goes_on and goes_on.match(head, position)):
                return
            before = terminator
            continue
        if is_bracket:
            yield Slot(elements=tuple(elements), terminator="", raw_end=position)
        elif head[after] not in "([":
            return
        position, before = after, ""


def _read_piece(head: str, position: int, before: str, *, is_first: bool) -> tuple[list[DatelineElement], int, bool]:
    """Return the pieces at a position, where they end, and whether a bracket holds them; no pieces in a sentence."""
    if bracket := _BRACKETED.match(head, position):
        return read_bracketed(bracket[0]), bracket.end(), True
    run = _RUN.match(head, position)
    if run is None or not _ends(head, run.end()):
        return [], position, False
    return read_elements(run[0], before, is_first=is_first), run.end(), False


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
    if ":" in mark or "ः" in mark:
        return ":"
    if mark in ("।", "।।", "॥", "l"):
        return "।"
    return "-" if mark[0] in "-–—" else mark
