"""Traverse a part of a page once, and collect its lines, with links and formatting, and its pictures."""

from itertools import islice

from crawler.items import BlockKind
from crawler.limits import MOST_LINES, MOST_LINKS
from crawler.reading.boxes import LABELLED, is_labelled_box, is_marked_comment
from crawler.reading.cards import cards
from crawler.reading.frames import FRAMES, PICTURES, frames_picture, is_data_table, is_picture_url
from crawler.reading.guard import TooLargeError
from crawler.reading.lines import BLOCK_TAGS, Line, Passage, is_hidden, name_mark
from crawler.reading.phrases import is_labelled_link, is_pointer
from crawler.reading.tree import Element, is_longer, text_of_element, walk
from crawler.text.fold import collapsed

_NEVER_TEXT = frozenset(
    """script style noscript template iframe form button select option textarea input svg canvas video audio object
    embed ins nav aside footer head title map amp-ad amp-embed amp-iframe amp-video amp-social-share amp-sidebar dialog
    label""".split()
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BOLD = frozenset(("b", "strong"))
_ALL_BOLD = 0.9
"""Least share of bold characters in a bold line, whose full stop or spaces may not be bold."""
_LONGEST_CELL = 60
_WHOLE = frozenset(("html", "body", "main", "article"))
_SENTENCES = frozenset(("p", "li", "blockquote", "b", "strong", "em", "i"))
_COUNTED = _HEADINGS | {"li", "blockquote"}
_TELLING = _NEVER_TEXT | FRAMES | LABELLED | {"figure", "figcaption", "time"}
"""Elements that are looked at for their tag; the others, most of them, for these attributes only."""
_HIDING = frozenset(("style", "hidden"))
_OF_COMMENTS = frozenset(("itemprop", "itemtype", "aria-label"))
_NAMING = frozenset(("class", "id")) | _HIDING | _OF_COMMENTS
_SOFT_MARKS = frozenset(("caption", "deck", "related", "furniture"))
"""Roles whose lines are read and marked; elements with any other role are skipped."""


def read_passage(
    top: Element,
    *,
    keep: frozenset[Element],
    junk: frozenset[Element],
    after: Element | None = None,
    container: Element | None = None,
) -> Passage:
    """Return the lines and pictures below `top` in page order.

    Elements in `keep` hold so much text that their names cannot make them junk; elements in `junk` are skipped. With
    `after`, a headline below `top`, everything before it is skipped; with `container`, an element below `top`,
    everything after it is skipped, and lines before it are not `inside`. Raise TooLargeError if there are more than
    MOST_LINES lines.
    """
    reader = _Walk(top, keep, junk, inside=container is None or container is top)
    path = _path(after, top)
    started = after is None
    skipped: Element | None = None
    events = walk(top)
    for event, element in events:
        if event == "start":
            if element is container:
                reader.end_line()
                reader.inside = True
            if element is after or (element not in path if not started else reader.skips(element)):
                skipped = element
                events.skip_subtree()
                if started and element.tag in BLOCK_TAGS:
                    reader.end_line()
                continue
            reader.enter(element)
            if started and (text := element.text):
                reader.add(text)
            continue
        if element is skipped:
            skipped = None
            started = started or element is after
        else:
            reader.leave(element)
        if element is container:
            break
        if started and element is not top and (text := element.tail):
            reader.add(text)
    reader.end_line()
    return reader.passage


def _path(after: Element | None, top: Element) -> set[Element]:
    """Return the elements on the path from `top` to the headline `after`, both included."""
    path = {top} if after is None else {top, after}
    for ancestor in after.iterancestors() if after is not None else ():
        if ancestor is top:
            break
        path.add(ancestor)
    return path


def _has_file(picture: Element) -> bool:
    """Return whether a picture's URL is that of a file, not of a counter of readers."""
    source = picture.get("src") or ""
    return bool(source) and is_picture_url(source)


def _has_address(picture: Element) -> bool:
    """Return whether an attribute holds the URL of a picture: `src`, `srcset`, `data-original`."""
    names = (name for name in map(str, picture.keys()) if name in ("src", "srcset") or name.startswith("data-"))
    return any((picture.get(name) or "").strip() for name in names)


def _is_fallback(picture: Element) -> bool:
    """Return whether a picture is AMP's copy for old browsers, nested in another picture."""
    return picture.get("fallback") is not None


def _is_post(item: Element) -> bool:
    """Return whether a list item holds several paragraphs or a heading: it is a post or a whole report."""
    if next(islice(item.iter("p"), 1, None), None) is not None:
        return True
    return next(item.iter("h2", "h3", "h4"), None) is not None


class _Walk:
    """The state of the traversal: the current line, and the elements around it."""

    def __init__(self, top: Element, keep: frozenset[Element], junk: frozenset[Element], *, inside: bool) -> None:
        self.passage = Passage()
        self.keep = keep | {top}
        self.junk = junk
        self.cards = cards(top, self.keep)
        self.known = self.junk | self.cards
        self.inside = inside
        self.blocks = [top]
        self.parts: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.linked = self.bold = 0  # characters of the current line
        self.in_heading = self.in_bold = self.in_link = self.in_quote = 0
        self.items: list[Element] = []
        """The list items around the current line that are no posts."""
        self.mark: str | None = None
        self.marked: Element | None = None
        self.marked_lines = self.marked_pictures = 0
        """Number of lines and pictures before the marked element."""

    def add(self, text: str) -> None:
        if not self.parts and text.isspace():
            return  # between two blocks
        self.parts.append(text)
        if self.in_link:
            self.linked += len(text.strip())
        if self.in_bold:
            self.bold += len(text.strip())

    def end_line(self) -> None:
        if not self.parts:
            return
        text = collapsed("".join(self.parts))
        self.parts.clear()
        if text:
            is_bold = self.bold >= _ALL_BOLD * len(text)
            around = self.blocks[-1]
            line = Line(text, self._kind(), around, self.linked, is_bold, self.links, self.mark, self.inside)
            if self.links:
                self._leave_pictures_of(line)
            line.pictures = len(self.passage.pictures)
            self.passage.lines.append(line)
            if len(self.passage.lines) > MOST_LINES:
                raise TooLargeError(f"it has more than {MOST_LINES} lines of text")
            self.links = []
        self.linked = self.bold = 0

    def _kind(self) -> BlockKind:
        if self.in_heading:
            return "subhead"
        if self.in_quote:
            return "quote"
        return "list_item" if self.items else "paragraph"

    def enter(self, element: Element) -> None:
        tag = element.tag
        if tag in BLOCK_TAGS:
            if self.parts:
                self.end_line()
            self.blocks.append(element)
            if tag in _COUNTED:
                self._count(element, 1)
        elif tag == "br":
            self.end_line()
        elif tag == "a":
            self.in_link += 1
            if len(self.links) < MOST_LINKS:
                self.links.append((text_of_element(element), element.get("href") or ""))
        elif tag in _BOLD:
            self.in_bold += 1
        elif tag in PICTURES and self.mark != "related" and not self._links_elsewhere() and not _is_fallback(element):
            self._take_picture(element)

    def leave(self, element: Element) -> None:
        tag = element.tag
        if tag in BLOCK_TAGS:
            if self.parts:
                self.end_line()
            self.blocks.pop()
            if tag in _COUNTED:
                self._count(element, -1)
        elif tag == "a":
            self.in_link -= 1
        elif tag in _BOLD:
            self.in_bold -= 1
        if element is self.marked:
            self.end_line()
            if self.mark == "caption":
                self._move_captions_behind()
            self.mark = self.marked = None

    def _move_captions_behind(self) -> None:
        """Count a figure's picture as before its caption even if it follows it."""
        pictures = len(self.passage.pictures)
        for line in self.passage.lines[self.marked_lines :]:
            if line.pictures == self.marked_pictures < pictures:
                line.pictures += 1

    def _count(self, element: Element, step: int) -> None:
        tag = element.tag
        if tag in _HEADINGS:
            self.in_heading += step
        elif tag == "li" and step < 0:
            if self.items and self.items[-1] is element:
                self.items.pop()
        elif tag == "li":
            self.items += [] if _is_post(element) else [element]
        elif tag == "blockquote":
            self.in_quote += step

    def _links_elsewhere(self) -> bool:
        """Return whether the traversal is in a link to another page, not to a larger copy of a picture."""
        return bool(self.in_link and self.links) and not is_picture_url(self.links[-1][1])

    def _take_unscripted(self, element: Element) -> None:
        """Add the picture in a `noscript`, which has the URL that the lazily loaded picture before it lacks."""
        picture = next(element.iter("img"), None)
        if picture is None or self.mark == "related" or self._links_elsewhere():
            return
        before = element.getprevious()
        lazy = next(before.iter(*PICTURES), None) if before is not None else None
        pictures = self.passage.pictures
        if lazy is not None and pictures and pictures[-1] is lazy:
            pictures[-1] = picture
        elif self.mark == "caption" or (self.mark is None and _has_file(picture)):
            self._take_picture(picture)

    def _leave_pictures_of(self, line: Line) -> None:
        """Remove the pictures whose element holds nothing else than a line that links to another article."""
        pictures, lines = self.passage.pictures, self.passage.lines
        before = lines[-1].pictures if lines else 0
        if len(pictures) <= before or not (is_pointer(line) or is_labelled_link(line)):
            return
        above = {line.element, *line.element.iterancestors()}
        while len(pictures) > before:
            both = next((ancestor for ancestor in pictures[-1].iterancestors() if ancestor in above), None)
            if both is None or is_longer(both, len(line.text) + _LONGEST_CELL):
                return
            pictures.pop()

    def _take_picture(self, picture: Element) -> None:
        if len(self.passage.pictures) < MOST_LINKS and _has_address(picture):
            self.passage.pictures.append(picture)

    def skips(self, element: Element) -> bool:
        """Return whether an element is not part of the text; else mark its lines with the role that its name gives."""
        tag, names = element.tag, element.keys()
        is_plain = _NAMING.isdisjoint(names)
        if is_plain and tag not in _TELLING and element not in self.known:
            return False
        if not _OF_COMMENTS.isdisjoint(names) and is_marked_comment(element):
            return True
        if element in self.keep:
            return False
        if tag in _NEVER_TEXT or element in self.junk:
            if tag == "noscript" and element not in self.junk:
                self._take_unscripted(element)
            return True
        mark = "caption" if tag in ("figure", "figcaption") or (tag in FRAMES and frames_picture(element)) else None
        if tag == "table" and mark is None and is_data_table(element):
            return True
        if element in self.cards:
            mark = "related"
        if tag in LABELLED and is_labelled_box(element):
            return True
        if tag == "time" and self.blocks[-1].tag not in _SENTENCES:
            mark = "furniture"
        if mark is None and not is_plain and tag not in _WHOLE:
            if not _HIDING.isdisjoint(names) and is_hidden(element):
                return True
            mark = name_mark(element)
        if mark is None:
            return False
        if mark in _SOFT_MARKS and self.mark is None:
            self.end_line()
            self.mark, self.marked = mark, element
            self.marked_lines, self.marked_pictures = len(self.passage.lines), len(self.passage.pictures)
        return mark not in _SOFT_MARKS
