"""The lines of a part of a page: its text in page order, with what each line looked like."""

import re
from dataclasses import dataclass, field
from typing import Literal

from crawler.reading.junk import mark_of
from crawler.reading.tree import Element, text_of_element
from crawler.reading.tree import walk as walk_events

Kind = Literal["paragraph", "subhead", "list_item", "quote"]

BLOCK_TAGS = frozenset(
    """address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3
    h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul""".split()
)
_NEVER_TEXT = frozenset(
    """script style noscript template iframe form button select option textarea input svg canvas video audio object
    embed ins nav aside footer head title map amp-ad amp-embed amp-iframe amp-video amp-social-share amp-sidebar dialog
    label""".split()
)
_DEPTH_OF = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("b", "strong"), "bold"),
    "a": "link",
    "li": "item",
    "blockquote": "quote",
}
_PICTURES = frozenset(("img", "amp-img"))
_PICTURE_FILE = re.compile(r"^#?$|\.(?:jpe?g|png|webp|gif|avif)(?:[?#]|$)|/(?:photo|image|gallery)", re.IGNORECASE)
_ALL_BOLD = 0.9
"""Share of a line that is bold when a full stop or a space is not."""
_WHOLE = frozenset(("html", "body", "main", "article"))
_SENTENCES = frozenset(("p", "li", "blockquote", "b", "strong", "em", "i"))
_SOFT_MARKS = frozenset(("caption", "deck", "related", "furniture"))
"""Marks that say what a line is; all other marks say that it is not read at all."""


@dataclass(slots=True)
class Line:
    """One line of text, as it was found in the page."""

    text: str
    kind: Kind
    element: Element
    """The block that the line ends in."""
    linked: int = 0
    """Characters of the line that are links."""
    bold: bool = False
    links: list[tuple[str, str]] = field(default_factory=list)
    """Text and address of each link."""
    mark: str | None = None
    """What a class name around the line says: `caption`, `deck`, `related`."""
    inside: bool = True
    """Whether the line stands in the container of the body, not between it and the headline."""
    pictures: int = 0
    """How many pictures stand before the line."""


@dataclass(slots=True)
class Passage:
    """A part of a page: its lines and its pictures, both in page order."""

    lines: list[Line] = field(default_factory=list)
    pictures: list[Element] = field(default_factory=list)


@dataclass(slots=True)
class _Walk:
    passage: Passage = field(default_factory=Passage)
    parts: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    linked: int = 0
    bold: int = 0
    """Characters of the current line that are links, and that are bold."""
    depths: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("heading", "bold", "link", "item", "quote"), 0)
    )
    blocks: list[Element] = field(default_factory=list)
    mark: str | None = None
    marked: Element | None = None
    inside: bool = True

    def add(self, text: str | None) -> None:
        if not text:
            return
        self.parts.append(text)
        if self.depths["link"]:
            self.linked += len(text.strip())
        if self.depths["bold"]:
            self.bold += len(text.strip())

    def end_line(self) -> None:
        if not self.parts:
            return
        text = " ".join("".join(self.parts).split())
        self.parts.clear()
        if text:
            line = Line(text, self._kind(), self.blocks[-1], self.linked, self.bold >= _ALL_BOLD * len(text))
            line.links, line.mark, line.inside = self.links, self.mark, self.inside
            line.pictures = len(self.passage.pictures)
            self.passage.lines.append(line)
            self.links = []
        self.linked = self.bold = 0

    def _kind(self) -> Kind:
        if self.depths["heading"]:
            return "subhead"
        if self.depths["quote"]:
            return "quote"
        return "list_item" if self.depths["item"] else "paragraph"

    def enter(self, element: Element, tag: str) -> None:
        if tag in BLOCK_TAGS:
            self.end_line()
            self.blocks.append(element)
        elif tag == "br":
            self.end_line()
        elif tag in _PICTURES and self.mark != "related" and not self._links_elsewhere():
            self.passage.pictures.append(element)
        if tag in _DEPTH_OF:
            self.depths[_DEPTH_OF[tag]] += 1
            if tag == "a":
                self.links.append((text_of_element(element), element.get("href") or ""))

    def _links_elsewhere(self) -> bool:
        """Say whether the walk is in a link to another page, not to a larger copy of a picture."""
        return bool(self.depths["link"] and self.links) and not _PICTURE_FILE.search(self.links[-1][1])

    def leave(self, element: Element, tag: str) -> None:
        if tag in BLOCK_TAGS:
            self.end_line()
            self.blocks.pop()
        if tag in _DEPTH_OF:
            self.depths[_DEPTH_OF[tag]] -= 1
        if element is self.marked:
            self.end_line()
            self.mark = self.marked = None


def read_passage(
    top: Element,
    *,
    keep: frozenset[Element],
    junk: frozenset[Element],
    after: Element | None = None,
    container: Element | None = None,
) -> Passage:
    """Return the lines below an element in page order.

    `keep` hold so much of the text that no name of theirs can make them junk; `junk` are what the outlet's design
    names as junk. With `after`, a headline below `top`, what stands before it is left out; with `container`, another
    element below `top`, what stands behind it is left out, and what stands before it is not `inside`.
    """
    walk = _Walk(blocks=[top], inside=container is None or container is top)
    path = _path(after, top)
    started = after is None
    skipped: Element | None = None
    walker = walk_events(top)
    for event, element in walker:
        tag = element.tag
        if event == "start":
            if not started and element not in path:
                skipped = element
                walker.skip_subtree()
                continue
            if element is container:
                walk.end_line()
                walk.inside = True
            if element is after or (started and element is not top and _is_skipped(element, tag, keep, junk, walk)):
                skipped = element
                walker.skip_subtree()
                if tag in BLOCK_TAGS:
                    walk.end_line()
                continue
            walk.enter(element, tag)
            if started:
                walk.add(element.text)
            continue
        if element is skipped:
            skipped = None
            started = started or element is after
        else:
            walk.leave(element, tag)
        if element is container:
            break
        if started and element is not top:
            walk.add(element.tail)
    walk.end_line()
    return walk.passage


def _path(after: Element | None, top: Element) -> set[Element]:
    if after is None:
        return set()
    path = {after, top}
    for ancestor in after.iterancestors():
        if ancestor is top:
            break
        path.add(ancestor)
    return path


def _is_skipped(element: Element, tag: str, keep: frozenset[Element], junk: frozenset[Element], walk: _Walk) -> bool:
    if element in keep:
        return False
    if tag in _NEVER_TEXT or element in junk:
        return True
    if tag in ("figure", "figcaption"):
        _mark(walk, element, "caption")
        return False
    if tag == "time" and walk.blocks[-1].tag not in _SENTENCES:
        _mark(walk, element, "furniture")
        return False
    if tag in _WHOLE:
        return False
    if is_hidden(element):
        return True
    mark = name_mark(element)
    if mark is None:
        return False
    if mark in _SOFT_MARKS:
        _mark(walk, element, mark)
        return False
    return True


def _mark(walk: _Walk, element: Element, mark: str) -> None:
    if walk.mark is None:
        walk.end_line()
        walk.mark, walk.marked = mark, element


def name_mark(element: Element) -> str | None:
    """Return what an element's class names and id say that it is, or None."""
    names, identifier = element.get("class"), element.get("id")
    if names is None and identifier is None:
        return None
    return mark_of(f"{names or ''} {identifier or ''}")


def is_hidden(element: Element) -> bool:
    """Say whether an element's own attributes hide it."""
    style = element.get("style")
    if style and "display" in style and "display:none" in style.replace(" ", "").lower():
        return True
    return element.get("hidden") is not None


def text_in(element: Element) -> str:
    """Return the text of an element in one line; a space stands where a tag other than plain emphasis parts words."""
    parts: list[str] = []
    for event, node in walk_events(element):
        if event == "start":
            if node is not element and node.tag not in _EMPHASIS:
                parts.append(" ")
            parts.append(node.text or "" if node.tag not in ("script", "style") else "")
        elif node is not element:
            if node.tag not in _EMPHASIS:
                parts.append(" ")
            parts.append(node.tail or "")
    return " ".join("".join(parts).split())


_EMPHASIS = frozenset(("a", "b", "em", "font", "i", "mark", "strong", "u"))
