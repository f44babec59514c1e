"""Collect the captions among the lines of a page."""

from crawler.reading.layout import LONGEST_STRAY, Layout, Setting
from crawler.reading.lines import Line
from crawler.reading.photo_credits import photo_credit
from crawler.reading.phrases import is_sentence


class Captions:
    """The captions of a page; each is added to `found`, with the number of pictures before it."""

    def __init__(self, found: list[tuple[str, int]], layout: Layout, setting: Setting) -> None:
        self._found = found
        self._layout = layout
        self._alts = setting.alts

    def take(self, number: int, line: Line) -> bool:
        """Add a line that is a caption, by its mark, credit, place or a picture's `alt`; return whether it is one."""
        printed = photo_credit(line.text)
        is_alt = line.text in self._alts and line.kind != "subhead"
        if line.mark is None and printed and self._is_paragraph(number, printed[0]):
            return False
        if line.mark == "caption" or is_alt or printed or self._layout.is_under_picture(number):
            self._add(line)
            return True
        return False

    def take_stray(self, number: int, line: Line) -> bool:
        """Return whether a line is a label or a caption among the paragraphs; add a caption."""
        if not self._layout.is_stray(number):
            return False
        if self._layout.follows_picture(number) and not is_sentence(line.text) and not line.linked:
            self._add(line)
        return True

    def _is_paragraph(self, number: int, text: str) -> bool:
        """Return whether the text before a photo mark is a paragraph, not the caption of the picture above it."""
        return is_sentence(text) and (len(text) > LONGEST_STRAY or not self._layout.follows_picture(number))

    def _add(self, line: Line) -> None:
        self._found.append((line.text, line.pictures))
