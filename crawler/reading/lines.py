"""The lines of a part of a page, and what class names and attributes say of the elements around them."""

from dataclasses import dataclass, field

from crawler.items import BlockKind
from crawler.limits import LONGEST_FIELD, LONGEST_TITLE
from crawler.reading.junk import mark_of
from crawler.reading.tree import Element
from crawler.reading.tree import walk as walk_events

BLOCK_TAGS = frozenset(
    """address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3
    h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul""".split()
)


@dataclass(slots=True)
class Line:
    """One line of text, as it was found in the page."""

    text: str
    kind: BlockKind
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


def name_mark(element: Element) -> str | None:
    """Return what an element's class names and id say that it is, or None."""
    names, identifier = element.get("class"), element.get("id")
    if names is None and identifier is None:
        return None
    return mark_of(f"{names or ''} {identifier or ''}"[:LONGEST_TITLE])


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
        if len(parts) > LONGEST_FIELD:
            break
        if event == "start":
            if node is not element and node.tag not in _EMPHASIS:
                parts.append(" ")
            parts.append(node.text or "" if node.tag not in ("script", "style") else "")
        elif node is not element:
            if node.tag not in _EMPHASIS:
                parts.append(" ")
            parts.append(node.tail or "")
    return " ".join("".join(parts).split())[:LONGEST_FIELD]


_EMPHASIS = frozenset(("a", "b", "em", "font", "i", "mark", "strong", "u"))
