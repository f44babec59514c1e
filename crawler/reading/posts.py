"""Add the times of a live blog's posts to its body, as subheads."""

from crawler.items import Block
from crawler.reading.layout import Setting
from crawler.reading.lines import Line
from crawler.reading.live import is_post_time, leading_time, with_moment
from crawler.reading.tree import Element


class Posts:
    """The times of the posts; each is added to `blocks`, and the page's own time to `rows`."""

    def __init__(self, blocks: list[Block], rows: list[str], setting: Setting) -> None:
        self._blocks = blocks
        self._rows = rows
        self._setting = setting
        self._printed = ""
        self._behind = -1
        """Number of blocks directly after the last time."""
        self._begun: set[Element] = set()
        """Elements of which a line has been read."""

    @property
    def have_begun(self) -> bool:
        """Return whether a time has been added."""
        return self._behind >= 0

    def take(self, line: Line) -> bool:
        """Add the time that a line is or begins with, and cut it off; return whether the line is nothing else."""
        is_first = line.element not in self._begun
        self._begun.add(line.element)
        if is_first and (time := leading_time(line)):
            self._add(line, time)
            line.text = line.text.removeprefix(time).lstrip(" :–—|-")
            return False
        if not is_post_time(line.text):
            return False
        self._add(line, line.text)
        return True

    def _add(self, line: Line, text: str) -> None:
        """Add the time of a post; a time directly before another one is the page's own."""
        if self._behind == len(self._blocks):
            self._blocks.pop()
            self._rows.append(self._printed)
        moment = with_moment(text, line, self._setting.now, self._setting.zone)
        self._blocks.append(Block(kind="subhead", text=moment))
        self._behind, self._printed = len(self._blocks), text
