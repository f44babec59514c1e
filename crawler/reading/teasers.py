"""Teasers: links to other articles, each with a line or two of text, as front pages, sections and topics list them."""

from collections.abc import Iterable, Iterator
from itertools import islice

from crawler.items import Block
from crawler.reading.lines import BLOCK_TAGS, Line, name_mark
from crawler.reading.tree import Element, text_of_element
from crawler.reading.urls import leads_elsewhere

MANY = 8
"""Teasers that make a list where the page has no report of its own."""
_SOME = 3
"""Teasers that make a list where the page has no text of its own at all."""
_TITLE = 4
"""Words of a linked line that is an article's title and no name of a section."""
_OWN = 0.25
"""Share of a page's text that a list has outside its teasers at most: an introduction, a line about the topic."""
_HEADINGS = frozenset(("h2", "h3", "h4"))
_FURNITURE = frozenset(("nav", "header", "footer"))
_NEAR = 4
"""How far above a link its heading stands at most, and above a text the card that holds it."""
_MOST_LINKS = 500


def is_list_of_teasers(root: Element, h1: Element | None, lines: Iterable[Line], blocks: list[Block]) -> bool:
    """Return whether the text read as a body is that of teasers; `lines` are the lines that it was made of."""
    texts = [block.text for block in blocks if block.kind != "subhead"]  # names of a front page's parts
    read, above = set(texts), set(h1.iterancestors()) if h1 is not None else set()
    counted: dict[Element, int] = {}  # linked headings by element
    of_teasers = {
        line.text
        for line in lines
        if line.text in read and (_is_linked(line) or _is_of_a_card(line.element, above, counted))
    }
    own = sum(len(text) for text in texts if text not in of_teasers)
    return own <= _OWN * sum(map(len, texts)) and count_teasers(root) >= MANY  # the count costs most


def is_bare_list(root: Element) -> bool:
    """Return whether a page on which no text was found is a list of titles."""
    return count_teasers(root) >= _SOME


def count_linked(lines: Iterable[Line]) -> int:
    """Count the lines around a report that are links and in no box that its name calls related."""
    return sum(_is_linked(line) and not _is_in_a_related_box(line.element) for line in lines)


def _is_in_a_related_box(element: Element) -> bool:
    return any(name_mark(each) == "related" for each in islice((element, *element.iterancestors()), 2 * _NEAR))


def _is_linked(line: Line) -> bool:
    return line.linked > len(line.text) // 2


def count_teasers(root: Element) -> int:
    """Count the teasers of a page, as far as it matters how many they are."""
    return len(set(islice(_addresses(root), 2 * MANY)))


def opens_a_teaser(element: Element) -> bool:
    """Return whether the first heading below an element is a link and stands before any paragraph."""
    first = next(element.iter("p", *_HEADINGS), None)
    if first is None or first.tag == "p":
        return False
    return any(link.get("href") for link in (*first.iter("a"), *islice(first.iterancestors("a"), 1)))


def _addresses(root: Element) -> Iterator[str]:
    for link in islice(root.iter("a"), _MOST_LINKS):
        href = link.get("href")
        if href and not leads_elsewhere(href) and (is_linked_heading(link) or _is_a_line(link)):
            yield href


def is_linked_heading(link: Element) -> bool:
    """Return whether a link is a heading, stands in one or holds one."""
    around = islice(link.iterancestors(), _NEAR)
    return any(element.tag in _HEADINGS for element in around) or any(child.tag in _HEADINGS for child in link)


def _is_a_line(link: Element) -> bool:
    """Return whether a link is an article's title that stands alone, outside menus: not one inside a sentence."""
    text = text_of_element(link)
    if len(text.split()) < _TITLE or any(above.tag in _FURNITURE for above in link.iterancestors()):
        return False
    block = next((above for above in link.iterancestors() if above.tag in BLOCK_TAGS), None)
    return block is not None and len(text_of_element(block)) < 2 * len(text)


def _is_of_a_card(element: Element, above_h1: set[Element], counted: dict[Element, int]) -> bool:
    """Return whether a line stands in a card with one linked heading, or directly under a linked heading."""
    for each in islice((element, *element.iterancestors()), _NEAR):
        if each in above_h1:
            break
        if each not in counted:
            counted[each] = sum(1 for link in islice(each.iter("a"), _MOST_LINKS) if is_linked_heading(link))
        if counted[each]:
            return counted[each] <= 2
    before = element.getprevious()
    return before is not None and before.tag in _HEADINGS and any(link.get("href") for link in before.iter("a"))
