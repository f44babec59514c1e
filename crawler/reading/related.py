"""Collect the lines of a page that point to other articles, such as यह भी पढ़ें, with links or without."""

from functools import cached_property

from crawler.items import Related
from crawler.limits import MOST_LINKS
from crawler.reading.junk import fold_phrase, junk
from crawler.reading.lines import Line
from crawler.reading.phrases import (
    goes_on_from_marker,
    is_labelled_link,
    is_pointer,
    is_sentence,
    is_title,
    title_after_marker,
    without_marker,
)
from crawler.reading.urls import absolute_url
from crawler.text.date_rows import is_clock, is_date_row

_LONGEST_TITLE = 400


class Pointers:
    """The related articles that the lines of a page point to, in page order, in `related`."""

    def __init__(self, lines: list[Line], base: str) -> None:
        self.related: list[Related] = []
        self._lines = lines
        self._base = base
        self._pointing = False
        self._pointed = 0
        self._teaser = -1
        """Index of the line that is the teaser of the article named before it."""
        self._last = -1
        """Index of the last line that points to another article."""

    @cached_property
    def _last_sentence(self) -> int:
        return max((number for number, line in enumerate(self._lines) if is_sentence(line.text)), default=-1)

    def take(self, number: int, line: Line) -> bool:
        """Add the articles that a line points to; return whether the line does nothing else. `number` is its index."""
        if number == self._last + 1 and (is_clock(line.text) or is_date_row(line.text)):
            return True  # the time of the related article
        if number == self._teaser:
            return True
        title = title_after_marker(line.text)
        if title and not line.links and goes_on_from_marker(line.text, title):
            title = None
        if title is not None and len(title) <= _LONGEST_TITLE:
            self._pointing, self._pointed = not title, 0
            if not self._point(line) and title:
                self.related.append(Related(title=title))
            return True
        if line.mark == "related" or is_pointer(line) or is_labelled_link(line):
            self._last = number
            self._pointed += self._point(line)
            return True
        if not self._pointing:
            return False
        if not self._pointed and is_title(line) and (url := self._continued_elsewhere(number + 1)):
            self._teaser = number + 1
            self.related.append(Related(title=line.text, url=url))
            return True
        if not self._pointed and is_title(line) and self._is_unlinked_title(number, line):
            self.related.append(Related(title=line.text))
            return True
        self._pointing = False
        return False

    def _continued_elsewhere(self, number: int) -> str | None:
        """Return the URL where a line is continued if it ends in a link such as `पूरी खबर पढ़ें`, or None."""
        for line in self._lines[number : number + 1]:
            title, href = line.links[-1] if line.links else ("", "")
            if title and line.text.endswith(title) and fold_phrase(title) in junk().line:
                return absolute_url(href, self._base)
        return None

    def _is_unlinked_title(self, number: int, line: Line) -> bool:
        if line.kind != "subhead" and not line.bold:
            return True
        return number >= self._last_sentence

    def _point(self, line: Line) -> int:
        found = 0
        for title, href in line.links[: max(0, MOST_LINKS - len(self.related))]:
            url = absolute_url(href, self._base)
            plain_title = title_after_marker(title)
            title = title if plain_title is None else plain_title
            if url and len(title.split()) >= 3:
                self.related.append(Related(title=title, url=url))
                found += 1
        return found

    def cut(self, line: Line) -> str:
        """Return the text of a line without `इसे भी पढ़ें: <link>` at its end, and add that link's article."""
        if not line.links:
            return line.text
        title, href = line.links[-1]
        if not title or not line.text.endswith(title):
            return line.text
        before = line.text[: -len(title)]
        within = title_after_marker(title)
        text = before.rstrip(" (|-–—") if within else without_marker(before)
        if text is None:
            return line.text
        self.related.append(Related(title=within or title, url=absolute_url(href, self._base)))
        return text
