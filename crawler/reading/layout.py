"""Locate a line on its page: above the body, directly below a picture, in a box, or apart from the paragraphs."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import islice

from crawler.reading.junk import fold_phrase
from crawler.reading.lines import Line
from crawler.reading.live import is_post_time, leading_time
from crawler.reading.photo_credits import photo_credit
from crawler.reading.phrases import is_credit_like, is_pointer, is_sentence
from crawler.reading.tree import Element, only_child
from crawler.text.date_rows import is_date_row

LONGEST_STRAY = 200
"""A line with at least so many characters is a paragraph, whatever its element is."""
_MOSTLY = 0.7
_LEAVES = frozenset(("p", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "td", "dd", "pre"))
_WRAPPERS = 6
"""Elements around one paragraph only, at most."""
_TOP_LINES = 60
_LARGEST_BOX = 1500
_MOST_OF_PAGE = 0.5
"""Size of the largest box, in characters and as a share of all text; a larger element holds the report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The facts about a page that its lines are compared with."""

    base: str
    container: Element | None
    not_body: frozenset[str]
    """Folded texts of other fields of the article: its headline, its bylines."""
    alts: frozenset[str]
    """The `alt` texts of the pictures, which captions may repeat."""
    description: str | None
    """The page's own description, folded."""
    is_live: bool = False
    """Whether the page is a live blog: the times of its entries are kept, as subheads."""
    now: datetime | None = None
    """When the page was fetched."""
    zone: str = "Asia/Kolkata"
    """IANA zone of times that are printed without one."""


class Layout:
    """The lines of a page and their positions; lines are named by their index."""

    def __init__(self, lines: list[Line], setting: Setting) -> None:
        self._lines = lines
        self._container = setting.container
        self._in_paragraphs = not setting.is_live and _in_paragraphs(lines)
        self._parents = {line.element.getparent() for line in lines if line.element.tag == "p"} - {None}
        self.meta_row = _meta_row(lines, setting)
        """Index of the last date row or byline row above the body; -1 if there is none."""

    def follows_picture(self, number: int) -> bool:
        """Return whether a picture is between a line and the one before it."""
        return self._lines[number].pictures > (self._lines[number - 1].pictures if number else 0)

    def is_under_picture(self, number: int) -> bool:
        """Return whether a short line that is no sentence is the caption of the picture directly before it.

        A caption is in one element with the picture, or in italics.
        """
        line = self._lines[number]
        return (
            line.mark is None
            and line.kind == "paragraph"
            and not line.linked
            and self.follows_picture(number)
            and line.element is not self._container
            and line.element not in self._parents
            and not is_sentence(line.text)
            and not is_credit_like(line.text)
            and (
                _is_in_italics(line)
                or line.element.tag == "dd"
                or next(line.element.iter("img", "amp-img"), None) is not None
            )
        )

    def is_stray(self, number: int) -> bool:
        """Return whether a short line has its own `div` among the paragraphs: a label or a caption without class."""
        line = self._lines[number]
        if not self._in_paragraphs or line.element.tag in _LEAVES or line.element is self._container:
            return False
        if line.element in self._parents:
            return False  # loose text directly between paragraphs
        is_among = _outermost_wrapper(line.element).getparent() in self._parents and not line.linked
        if is_among and is_sentence(line.text) and not self.follows_picture(number):
            return False
        return len(line.text) < LONGEST_STRAY and not is_credit_like(line.text)

    def is_apart(self, number: int) -> bool:
        """Return whether the paragraphs after a line are in another element than the line."""
        place = bisect_right(self._sentences, number)
        return place < len(self._sentences) and self._are_apart(self._lines[number], place)

    def _are_apart(self, line: Line, place: int) -> bool:
        """Return whether a line and a sentence after it, the one at `place` among the sentences, are apart."""
        mine, other = line.element, self._lines[self._sentences[place]].element
        for _ in range(_WRAPPERS):
            above, around = mine.getparent(), other.getparent()
            if above is around or above is None or around is None:
                return above is not around
            look = above.get("class")
            if (above.tag, look) != (around.tag, around.get("class")):
                return True
            if look is None and self._wraps_several(around, place):
                return True
            mine, other = above, around  # each paragraph has a wrapper of its own
        return True

    def _wraps_several(self, wrapper: Element, place: int) -> bool:
        """Return whether an element around a paragraph holds the next paragraph too."""
        following = self._sentences[place + 1 : place + 2]
        return any(wrapper in islice(self._lines[at].element.iterancestors(), _WRAPPERS) for at in following)

    def is_last(self, number: int) -> bool:
        """Return whether no sentence follows a line."""
        return bisect_right(self._sentences, number) == len(self._sentences)

    def end_of_box(self, number: int) -> int:
        """Return the index of the last line of the box that a line begins; its own index if it begins none."""
        line = self._lines[number]
        end = number
        for around in (line.element, *islice(line.element.iterancestors(), _WRAPPERS)):
            if around is self._container or (number and _holds(around, self._lines[number - 1])):
                break
            last = number
            while last + 1 < len(self._lines) and _holds(around, self._lines[last + 1]):
                last += 1
            size = sum(len(each.text) for each in self._lines[number : last + 1])
            if size > min(_LARGEST_BOX, _MOST_OF_PAGE * self._size):
                break
            end = last
        return end

    def is_among(self, number: int) -> bool:
        """Return whether a line begins a box among the paragraphs: the report continues behind the box.

        The paragraph behind it is beside the last one before it, or directly in an element around that one.
        """
        behind = bisect_right(self._sentences, self.end_of_box(number))
        before = bisect_left(self._sentences, number) - 1
        if before < 0 or behind == len(self._sentences):
            return False
        last, following = self._lines[self._sentences[before]], self._lines[self._sentences[behind]]
        is_boxed = not _holds(self._lines[number].element.getparent(), last)
        is_beside = _holds(following.element, last) or not self._are_apart(last, behind)
        return is_boxed and is_beside and following.mark is None and not is_pointer(following)

    @cached_property
    def _size(self) -> int:
        return sum(len(line.text) for line in self._lines)

    @cached_property
    def _sentences(self) -> list[int]:
        return [at for at, line in enumerate(self._lines) if line.kind == "paragraph" and is_sentence(line.text)]


def _holds(element: Element | None, line: Line) -> bool:
    return element is not None and (line.element is element or element in line.element.iterancestors())


def _outermost_wrapper(element: Element) -> Element:
    """Return the largest element that contains no other element than this one."""
    for above in islice(element.iterancestors(), _WRAPPERS):
        if only_child(above) is None:
            break
        element = above
    return element


def _is_in_italics(line: Line) -> bool:
    """Return whether a paragraph consists of emphasised text only."""
    inner = only_child(line.element)
    return (
        inner is not None
        and inner.tag in ("em", "i", "small")
        and not (line.element.text or "").strip()
        and not (inner.tail or "").strip()
    )


def _in_paragraphs(lines: list[Line]) -> bool:
    """Return whether at least 70 % of a body's text is in `p` and similar elements, not in `div`."""
    size = in_leaves = 0
    for line in lines:
        if line.inside and line.mark is None and not (line.linked and is_pointer(line)):
            size += len(line.text)
            if line.element.tag in _LEAVES:
                in_leaves += len(line.text)
    return in_leaves >= _MOSTLY * size


def _meta_row(lines: list[Line], setting: Setting) -> int:
    """Return the index of the last date or byline row before the second paragraph; -1 if there is none."""
    last = clock = -1
    sentences = 0
    for number, line in enumerate(lines[:_TOP_LINES]):
        is_time = setting.is_live and (is_post_time(line.text) or leading_time(line) is not None)
        if is_time and sentences:
            break  # the first post, below an introduction
        if line.mark == "related" or (sentences and number and is_pointer(lines[number - 1])):
            continue  # the time of another article
        if (
            line.mark == "furniture"
            or (is_date_row(line.text) and not (sentences and line.kind == "subhead"))
            or (number and len(line.text) < LONGEST_STRAY and fold_phrase(line.text) in setting.not_body)
        ):
            last = number
            clock = number if is_time else clock
        elif (
            is_sentence(line.text)
            and line.kind in ("paragraph", "list_item")
            and line.mark is None
            and not photo_credit(line.text)
        ):
            sentences += 1
            if sentences == 2 or clock >= 0:  # an entry of a live blog stands under its time
                break
    return last
