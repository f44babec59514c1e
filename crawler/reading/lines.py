"""Lines, the unit in which bodies are read: the text of one block element, with its links and surroundings."""

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
    """The text of one block element, or of a piece of it."""

    text: str
    kind: BlockKind
    element: Element
    """The block element in which the line ends."""
    linked: int = 0
    """Number of characters inside links."""
    bold: bool = False
    links: list[tuple[str, str]] = field(default_factory=list)
    """Text and `href` of each link."""
    mark: str | None = None
    """The role that a class name or id around the line gives it (`junk.toml`): `caption`, `deck`, `related`."""
    inside: bool = True
    """Whether the line is inside the container of the body; if not, it is between the headline and the container."""
    pictures: int = 0
    """Number of pictures before the line."""


@dataclass(slots=True)
class Passage:
    """The lines and the pictures of a part of a page, both in page order."""

    lines: list[Line] = field(default_factory=list)
    pictures: list[Element] = field(default_factory=list)


def name_mark(element: Element) -> str | None:
    """Return the role that an element's class names and id give it (`junk.toml`), or None."""
    names, identifier = element.get("class"), element.get("id")
    if not identifier:
        return mark_of(names[:LONGEST_TITLE]) if names else None
    return mark_of(f"{names or ''} {identifier}"[:LONGEST_TITLE])


def is_hidden(element: Element) -> bool:
    """Return whether an element's attributes hide it: `hidden`, or `display: none` in `style`."""
    style = element.get("style")
    if style and "display" in style and "display:none" in style.replace(" ", "").lower():
        return True
    return element.get("hidden") is not None


def text_in(element: Element, *, line_break: str = " ") -> str:
    """Return the text of an element on one line, with a space for each tag except plain emphasis (`<b>`, `<i>`).

    `line_break` is written for a `br`, which divides the names of a byline.
    """
    if next(element.iterchildren(), None) is None and element.tag not in _SCRIPTS:
        return " ".join((element.text or "").split())[:LONGEST_FIELD]
    parts: list[str] = []
    for event, node in walk_events(element):
        if len(parts) > LONGEST_FIELD:
            break
        if event == "start":
            if node is not element and node.tag not in _EMPHASIS:
                parts.append(line_break if node.tag == "br" else " ")
            parts.append(node.text or "" if node.tag not in _SCRIPTS else "")
        elif node is not element:
            if node.tag not in _EMPHASIS:
                parts.append(" ")
            parts.append(node.tail or "")
    return " ".join("".join(parts).split())[:LONGEST_FIELD]


_EMPHASIS = frozenset(("a", "b", "em", "font", "i", "mark", "strong", "u"))
_SCRIPTS = frozenset(("script", "style"))
