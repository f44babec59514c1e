"""Leave out the imprint at the end of a page: what an outlet says of itself beside its notice of rights."""

from collections.abc import Iterator
from itertools import chain, islice

from crawler.reading.lines import Line
from crawler.reading.notices import may_be_notice, states_rights
from crawler.reading.phrases import is_sentence
from crawler.reading.tree import Element

_LAST = 8
"""Lines at the end of a page among which the notice is."""
_LONGEST_NOTICE = 200
_LARGEST = 600
"""Characters of an imprint, and as a share of all text at most half."""
_WRAPPERS = 6


def without_imprint(lines: list[Line]) -> list[Line]:
    """Return the lines of a page up to those that share an element with a notice of rights at its end.

    An element that is alike the one before it is a row of the report; a notice before a sentence is that of a picture.
    """
    last = range(len(lines) - 1, max(0, len(lines) - _LAST), -1)
    short = [number for number in last if len(lines[number].text) <= _LONGEST_NOTICE]
    if not may_be_notice("\n".join([lines[number].text for number in short])):
        return lines
    for number in short:
        if states_rights(lines[number].text):
            first = _first_beside(lines, number)
            size = sum(len(line.text) for line in lines[first:number])
            is_last = not any(is_sentence(line.text) for line in lines[number + 1 :])
            is_imprint = (
                is_last and 0 < first < number and size <= min(_LARGEST, sum(len(line.text) for line in lines[:first]))
            )
            return lines[:first] if is_imprint else lines
    return lines


def _first_beside(lines: list[Line], number: int) -> int:
    """Return the index of the first line in the smallest element around a notice and other lines.

    It is the notice's own index if that element is a row of the report.
    """
    for box in _around(lines[number]):
        first = number
        while first and box in _around(lines[first - 1]):
            first -= 1
        if first < number:
            return number if _is_row(box) else first
    return number


def _around(line: Line) -> Iterator[Element]:
    return islice(chain((line.element,), line.element.iterancestors()), _WRAPPERS)


def _is_row(box: Element) -> bool:
    before, look = box.getprevious(), box.get("class")
    return before is not None and look is not None and (before.tag, before.get("class")) == (box.tag, look)
