"""The lines of an element: its text in page order, with what each line looked like."""

from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from crawler.reading.junk import mark_of

BLOCK_TAGS = frozenset(
    """address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3
    h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul amp-story""".split()
)
HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_NEVER_TEXT = frozenset(
    """script style noscript template iframe form button select option textarea input svg canvas video audio object embed
    ins nav aside footer head title map picture amp-ad amp-embed amp-iframe amp-video amp-social-share amp-sidebar
    amp-carousel dialog label""".split()
)
_WHOLE = frozenset(("html", "body", "main", "article"))
_BOLD = frozenset(("b", "strong"))
Kind = Literal["paragraph", "subhead", "list_item", "quote"]


@dataclass(slots=True)
class Line:
    """One line of text, as it was found in the page."""

    text: str
    kind: Kind
    element: etree._Element
    linked: int = 0
    """Characters of the line that are links."""
    bold: bool = False
    heading: bool = False
    links: list[tuple[str, str]] = field(default_factory=list)
    """Text and address of each link."""
    mark: str | None = None
    """What a class name around the line says: `caption`, `deck`, `related`; junk of other kinds is not a line."""


@dataclass(slots=True)
class _Walk:
    lines: list[Line] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    linked: int = 0
    plain: int = 0
    """Characters of the current line that are not bold."""
    bold_depth: int = 0
    link_depth: int = 0
    list_depth: int = 0
    quote_depth: int = 0
    heading_depth: int = 0
    mark: str | None = None
    mark_depth: int = 0
    depth: int = 0
    blocks: list[etree._Element] = field(default_factory=list)

    def add(self, text: str | None) -> None:
        if not text:
            return
        self.parts.append(text)
        size = len(text.strip())
        if self.link_depth:
            self.linked += size
        if not self.bold_depth:
            self.plain += size

    def end_line(self) -> None:
        if not self.parts:
            return
        text = " ".join("".join(self.parts).split())
        if text:
            kind: Kind = "paragraph"
            if self.heading_depth:
                kind = "subhead"
            elif self.quote_depth:
                kind = "quote"
            elif self.list_depth:
                kind = "list_item"
            self.lines.append(
                Line(
                    text,
                    kind,
                    self.blocks[-1],
                    self.linked,
                    self.plain == 0,
                    bool(self.heading_depth),
                    self.links,
                    self.mark,
                )
            )
            self.links = []
        self.parts = []
        self.linked = self.plain = 0


def read_lines(
    container: etree._Element, keep: frozenset[etree._Element], junk: frozenset[etree._Element]
) -> list[Line]:
    """Return the lines of a container in page order.

    `keep` are elements that hold so much of the text that no name of theirs can make them junk; `junk` are elements
    that the outlet's design names as junk.
    """
    walk = _Walk(blocks=[container])
    skipped: etree._Element | None = None
    walker = etree.iterwalk(container, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        if event == "start":
            if element is not container and _is_skipped(element, tag, keep, junk, walk):
                skipped = element
                walker.skip_subtree()
                if tag in BLOCK_TAGS:
                    walk.end_line()
                continue
            walk.depth += 1
            _enter(walk, element, tag)
            walk.add(element.text)
            continue
        if element is skipped:
            skipped = None
        else:
            walk.depth -= 1
            _leave(walk, element, tag)
        if element is not container:
            walk.add(element.tail)
    walk.end_line()
    return walk.lines


def _is_skipped(
    element: etree._Element, tag: str, keep: frozenset[etree._Element], junk: frozenset[etree._Element], walk: _Walk
) -> bool:
    if element in keep:
        return False
    if tag in _NEVER_TEXT or element in junk:
        return True
    if tag in _WHOLE:
        return False
    if is_hidden(element):
        return True
    mark = "caption" if tag in ("figure", "figcaption") else name_mark(element)
    if mark is None:
        return False
    if mark in ("caption", "deck", "related"):
        if not walk.mark:
            walk.mark, walk.mark_depth = mark, walk.depth
            if tag in BLOCK_TAGS:
                walk.end_line()
        return False
    return True


def name_mark(element: etree._Element) -> str | None:
    """Return what an element's class names and id say that it is, or None."""
    names, identifier = element.get("class"), element.get("id")
    if names is None and identifier is None:
        return None
    return mark_of(f"{names or ''} {identifier or ''}")


def is_hidden(element: etree._Element) -> bool:
    """Say whether an element's own attributes hide it."""
    style = element.get("style")
    if style and "display" in style and "none" in style.replace(" ", "").partition("display:")[2][:4]:
        return True
    return element.get("hidden") is not None


def _enter(walk: _Walk, element: etree._Element, tag: str) -> None:
    if tag in BLOCK_TAGS:
        walk.end_line()
        walk.blocks.append(element)
        if tag in HEADINGS or tag == "h1":
            walk.heading_depth += 1
        elif tag == "li":
            walk.list_depth += 1
        elif tag == "blockquote":
            walk.quote_depth += 1
    elif tag == "br":
        walk.end_line()
    elif tag == "a":
        walk.link_depth += 1
        walk.links.append((" ".join("".join(element.itertext()).split()), element.get("href") or ""))
    elif tag in _BOLD:
        walk.bold_depth += 1


def _leave(walk: _Walk, element: etree._Element, tag: str) -> None:
    if tag in BLOCK_TAGS:
        walk.end_line()
        walk.blocks.pop()
        if tag in HEADINGS or tag == "h1":
            walk.heading_depth = max(0, walk.heading_depth - 1)
        elif tag == "li":
            walk.list_depth = max(0, walk.list_depth - 1)
        elif tag == "blockquote":
            walk.quote_depth = max(0, walk.quote_depth - 1)
    elif tag == "a":
        walk.link_depth = max(0, walk.link_depth - 1)
    elif tag in _BOLD:
        walk.bold_depth = max(0, walk.bold_depth - 1)
    if walk.mark and walk.depth <= walk.mark_depth:
        walk.end_line() if tag in BLOCK_TAGS else None
        walk.mark = None
