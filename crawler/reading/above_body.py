"""Collect what stands above the first paragraph of a report: its deck, and a place above its time."""

from crawler.reading.junk import fold_phrase
from crawler.reading.layout import Layout, Setting
from crawler.reading.lines import Line
from crawler.reading.phrases import is_sentence
from crawler.reading.summaries import end_of_points

_SHORTEST_DECK = 40
_LONGEST_PLACE = 60


class AboveBody:
    """The lines above the body; `deck` is the first that may be one, and places are added to `rows`."""

    def __init__(self, lines: list[Line], layout: Layout, setting: Setting, rows: list[str], *, strict: bool) -> None:
        self.deck: str | None = None
        self._lines = lines
        self._layout = layout
        self._setting = setting
        self._rows = rows
        self._strict = strict

    def take(self, number: int, line: Line, printed: str) -> bool:
        """Return whether a line before the first paragraph is no text: a deck, a date row, a share bar, a highlight.

        `printed` is its text with the promotion that is cut from it.
        """
        if line.mark == "deck":
            self._offer(line)
            return True
        if line.inside and self._is_lead(number, line):
            return False
        if not line.inside or number < self._layout.meta_row:
            if number + 1 == self._layout.meta_row and len(line.text) <= _LONGEST_PLACE:
                self._rows.append(line.text)  # a place above its time of update: जकार्ता
            self._offer(line)
            return True
        if self._is_deck(number, line, printed):
            self._offer(line)
            return True
        return line.kind == "list_item" and self._strict and not self._setting.is_live

    def take_highlights(self, number: int) -> int:
        """Offer the points of an editor's summary below its label as the deck; return the index of the last one."""
        end = max(self._layout.end_of_box(number), end_of_points(self._lines, number))
        for each in self._lines[number + 1 : end + 1]:
            self._offer(each)
        return end

    def _is_lead(self, number: int, line: Line) -> bool:
        """Return whether a line above the date row is the first paragraph: a sentence placed like the others."""
        return (
            number < self._layout.meta_row
            and line.kind == "paragraph"
            and line.mark is None
            and (is_sentence(line.text) or line.text.endswith("।"))  # a dateline on a line of its own ends in a danda
            and not self._layout.is_apart(number)
        )

    def _is_deck(self, number: int, line: Line, printed: str) -> bool:
        if line.kind == "subhead":
            return len(line.text) > _SHORTEST_DECK or self._is_description(printed)
        return line.kind == "paragraph" and self._is_description(printed) and self._layout.is_apart(number)

    def _is_description(self, printed: str) -> bool:
        return self._setting.description is not None and fold_phrase(printed) == self._setting.description

    def _offer(self, line: Line) -> None:
        if self.deck is None and len(line.text) >= _SHORTEST_DECK and line.kind != "list_item":
            self.deck = line.text
