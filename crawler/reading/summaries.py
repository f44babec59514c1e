"""Find how far the summary of a report reaches that has a label and no element of its own."""

from collections.abc import Callable

from crawler.reading.junk import fold_phrase, junk
from crawler.reading.labels import closes_summary
from crawler.reading.lines import Line
from crawler.reading.phrases import is_credit_like, is_sentence

_BULLETS = ("•", "·", "*", "►", "▪", "➤", "✓", "✔")
_MOST_POINTS = 8
"""Lines of such a summary, at most."""
_LONGEST_PARAGRAPH = 250
"""Characters of the paragraph directly below a label that is the summary where nothing else is."""


def end_of_list(lines: list[Line], number: int) -> int:
    """Return the index of the last list item directly below a label, `number`, or of the note that closes a summary."""
    end = _last(_is_item, lines, number)
    for at in range(end + 1, min(number + 1 + _MOST_POINTS, len(lines))):
        if closes_summary(lines[at].text):
            return at
    return end


def end_of_points(lines: list[Line], number: int) -> int:
    """Return the index of the last point directly below the label of a summary: an item, or a line without a stop."""
    return max(end_of_list(lines, number), _last(_is_point, lines[: number + 1 + _MOST_POINTS], number))


def end_of_summary(lines: list[Line], number: int) -> int:
    """Return the index of the last line below the label of a summary.

    It is the line before the label of the report itself, the last point, or the one short paragraph below the label.
    """
    for at in range(number + 2, min(number + 2 + _MOST_POINTS, len(lines) - 1)):
        if fold_phrase(lines[at].text) in junk().whole:
            return at - 1
    end = end_of_points(lines, number)
    below = lines[end + 1 : end + 3]
    if end > number or len(below) < 2 or below[0].kind != "paragraph" or len(below[0].text) > _LONGEST_PARAGRAPH:
        return end
    return end + 1


def _last(belongs: Callable[[Line], bool], lines: list[Line], number: int) -> int:
    while number + 1 < len(lines) and belongs(lines[number + 1]):
        number += 1
    return number


def _is_item(line: Line) -> bool:
    return line.kind == "list_item" or line.text.startswith(_BULLETS)


def _is_point(line: Line) -> bool:
    is_line = line.kind == "paragraph" and line.mark is None and not line.linked
    return _is_item(line) or (is_line and not is_sentence(line.text) and not is_credit_like(line.text))
