"""Find the author whom only the class or the id of an element marks: `<span class="author">सुधा वर्मा</span>`."""

import re
from collections.abc import Iterator

from crawler.reading.lines import name_mark, text_in
from crawler.reading.parts_of_others import PartsOfOthers
from crawler.reading.phrases import is_sentence
from crawler.reading.tree import Element, text_of_element
from crawler.text.credit.byline_text import parse_byline
from crawler.text.desks import is_desk
from crawler.text.people import holds_person

_MARKED = re.compile(
    r"""
    (?<![a-z]) (?<!(?:photo|image|video|quote)[-_]) (?<!(?:pic|img)[-_])         # not that of a picture or quotation
    (?:author|auther|byline|writer|reporter|(?:posted|written|post|publish|published)[-_]?by)
    (?:[-_]?(?:name|names|info|details?|title))?
    (?![a-z]|[-_]?(?:box|bio|desc|date|follow|image|img|pic|photo|social))     # not the box about the author
    """,
    re.VERBOSE,
)
_HINTS = ("auth", "by", "writer", "reporter")
"""Each marked name holds one of these, in lower case; few names do."""
_CAMEL = re.compile("(?<=[a-z])(?=[A-Z])")
_OTHERS = frozenset(("figure", "figcaption", "blockquote", "aside", "footer"))
"""Elements whose author is that of a picture, a quotation or another article."""
_OTHER_MARKS = frozenset(("related", "comments", "caption"))
_HEADINGS = ("h2", "h3", "h4")
_LONGEST = 80
_MOST_PARAGRAPHS = 1
_MOST_ELEMENTS = 400


def marked_authors(top: Element, above: set[Element]) -> Iterator[str]:
    """Yield the texts of elements marked as the author's before the second paragraph, if they name people or desks.

    `above` are the elements around the headline, `top` among them: what lies in one of them belongs to the article.
    """
    of_others = PartsOfOthers(above, _is_of_others)
    paragraphs = 0
    for number, element in enumerate(top.iter()):
        paragraphs += element.tag == "p" and is_sentence(text_of_element(element))
        if paragraphs > _MOST_PARAGRAPHS or number > _MOST_ELEMENTS:
            return
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if not any(map(names.lower().__contains__, _HINTS)):
            continue
        if _MARKED.search(_CAMEL.sub("-", names).lower()) and not of_others.hold(element):
            text = text_in(element, line_break=", ")
            if len(text) <= _LONGEST and _names_authors(text):
                yield text
                return


def _names_authors(text: str) -> bool:
    byline = parse_byline(text)
    are_people = all(_is_desk(name) or (holds_person(name) and len(name.split()) in (2, 3)) for name in byline.names)
    return are_people and bool(byline.names or byline.agencies)


def _is_desk(name: str) -> bool:
    """Return whether a name is a desk's, or that of a desk and its outlet: `विदेश डेस्क, खबर संसार, काठमांडू`."""
    return any(map(is_desk, (name, *name.split(", ")[:-1])))


def _is_of_others(element: Element) -> bool | None:
    """Return whether an element is a picture, a comment or a card with a heading; None where those around it decide."""
    if element.tag in _OTHERS or next(element.iter(*_HEADINGS), None) is not None:
        return True
    return True if name_mark(element) in _OTHER_MARKS else None
