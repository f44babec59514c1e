"""The generic reader's first half: which element of a page holds the report."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from crawler.reading.lines import BLOCK_TAGS, is_hidden, name_mark
from crawler.reading.tree import Element, all_of

_LONG = "text()[string-length(.) > 32]"
_ANY = "text()[normalize-space(.)]"
_LONG_TEXTS, _TEXTS = all_of(f"//body//{_LONG}"), all_of(f"//body//{_ANY}")
_LONG_TEXTS_AFTER, _TEXTS_AFTER = all_of(f"following::{_LONG}"), all_of(f"following::{_ANY}")
_UNREAD = frozenset(("script", "style", "noscript", "template", "textarea", "option", "title", "button", "a"))
_NEVER_TEXT = frozenset("""script style select iframe svg""".split())
_SELDOM_TEXT = frozenset("""nav footer aside form noscript figure figcaption ins""".split())
"""What seldom holds a report, and is judged by how much of the text it holds."""
_WHOLE = frozenset(("body", "html", "main", "article"))
_JUNK_MARKS = frozenset(("advertising", "sharing", "related", "furniture", "caption", "embedded"))
_LEAVES = frozenset(("p", "li", "blockquote", "h2", "h3", "h4", "h5", "dd", "pre"))
_LARGE = 0.4
"""Share of a page's text that shows a name to be wrong: no advertisement holds two fifths of the page."""
_MOSTLY = 0.75
"""Share of a page's text that makes a `form`, a `footer` or an `aside` the report's own element."""
_ENOUGH = 40
"""Letters in long texts; a page with fewer is weighed by all its texts."""
_MOST_ANCESTORS = 80
_FAIR = 0.1
_OUTSIDE = 0.1
"""What a paragraph is worth outside the `article` that the headline stands in."""
_FURTHER = 0.8
"""What a paragraph is worth to an ancestor, one step further up."""
_REACH = 6
_REACH_OF_ROWS = 4
_WIDER = 1.05
"""An ancestor that holds this much more text than the densest element belongs to the report too."""
_ALL = 0.9
"""Share of a page's text that shows an element to be more than the readers' comments."""
_MUCH_WIDER = 2.5
"""The element that joins headline and body is the report only while it does not hold this much more."""


@dataclass(slots=True)
class Mass:
    """How much text each element of a page holds: Devanagari letters outside links and junk."""

    own: dict[Element, float] = field(default_factory=dict)
    """By block: the text that stands in it directly."""
    total: dict[Element, float] = field(default_factory=dict)
    """By element: the text of all blocks below it."""
    page: float = 0.0


def letters(text: str) -> int:
    """Return about how many Devanagari letters a text has (each takes three bytes where a Latin one takes one)."""
    return (len(text.encode("utf-8", "ignore")) - len(text)) // 2


def weigh_page(root: Element, headline: Element | None) -> Mass:
    """Return the mass of each element of a page, of what stands after its headline where it has one."""
    if headline is not None:
        for texts in (_LONG_TEXTS_AFTER, _TEXTS_AFTER):
            mass = _weighed(_found(headline, texts))
            if mass.page >= _ENOUGH:
                return mass
        if mass.page:
            return mass
    mass = _weighed(_found(root, _LONG_TEXTS))
    return mass if mass.page >= _ENOUGH else _weighed(_found(root, _TEXTS))


def _found(start: Element, texts: Callable[[Element], list[Any]]) -> list[tuple[Element, int]]:
    found = []
    for text in texts(start):
        parent = text.getparent()
        if not text.is_tail and parent.tag in _UNREAD:
            continue
        size = letters(text)
        if size < 8:
            if len(text.split()) < 4:
                continue
            size = len(text) // 4
        if text.is_tail:
            parent = parent.getparent()
        if parent is not None:
            found.append((parent, size))
    return found


def _weighed(found: list[tuple[Element, int]]) -> Mass:
    chains: dict[Element, list[Element]] = {}
    linked: dict[Element, bool] = {}
    rough: dict[Element, int] = {}
    texts: list[tuple[list[Element], int]] = []
    page = 0
    for parent, size in found:
        chain = chains.get(parent)
        if chain is None:
            chain = chains[parent] = [parent, *islice(parent.iterancestors(), _MOST_ANCESTORS)]
            linked[parent] = "a" in {element.tag for element in chain[:4]}
        if linked[parent]:
            continue
        texts.append((chain, size))
        page += size
        for element in chain:
            rough[element] = rough.get(element, 0) + size
    mass = Mass()
    junk = {element for element, held in rough.items() if _is_junk(element, held / page)}
    for chain, size in texts:
        if junk and not junk.isdisjoint(chain):
            continue
        block = next((element for element in chain if element.tag in BLOCK_TAGS), chain[-1])
        mass.own[block] = mass.own.get(block, 0) + size
        mass.page += size
        for element in chain:
            mass.total[element] = mass.total.get(element, 0) + size
    return mass


def _is_junk(element: Element, share: float) -> bool:
    if element.tag in _NEVER_TEXT or (element.tag in _SELDOM_TEXT and share < _MOSTLY):
        return True
    if element.tag in _WHOLE:
        return False
    mark = name_mark(element)
    if mark == "comments":
        return share < _ALL
    return share < _LARGE and (is_hidden(element) or mark in _JUNK_MARKS)


def large_elements(mass: Mass) -> frozenset[Element]:
    """Return the elements whose names cannot make them junk, since they hold so much of the text."""
    return frozenset(element for element, size in mass.total.items() if size >= _LARGE * mass.page)


def find_container(mass: Mass, headline: Element | None) -> Element | None:
    """Return the element that holds the report, or None for a page without text.

    The densest parent of paragraphs, widened while an ancestor adds more of the same; never beyond the element that
    joins it with the headline.
    """
    scores: dict[Element, float] = {}
    own = _own_article(mass, headline)
    for block, size in mass.own.items():
        worth = (
            size
            if own is None or block is own or own in islice(block.iterancestors(), _MOST_ANCESTORS)
            else size * _OUTSIDE
        )
        if block.tag not in _LEAVES:
            scores[block] = scores.get(block, 0) + worth
            worth *= _FURTHER
        for ancestor in islice(block.iterancestors(), _REACH):
            scores[ancestor] = scores.get(ancestor, 0) + worth
            worth *= _FURTHER
    if not scores:
        return None
    return _widened(max(scores, key=lambda element: scores[element]), mass, headline)


def _own_article(mass: Mass, headline: Element | None) -> Element | None:
    """Return the `article` or `main` around a headline, where it holds a fair part of the text."""
    for ancestor in headline.iterancestors("article", "main") if headline is not None else ():
        if mass.total.get(ancestor, 0) >= _FAIR * mass.page:
            return ancestor
    return None


def _widened(best: Element, mass: Mass, headline: Element | None) -> Element:
    above = set(headline.iterancestors()) if headline is not None else set()
    chosen, held = best, mass.total.get(best, 0)
    if best in above:
        return best
    for ancestor in best.iterancestors():
        if ancestor.tag in ("body", "html"):
            break
        size = mass.total.get(ancestor, 0)
        joins = ancestor in above
        if size >= _WIDER * held and not (joins and size > _MUCH_WIDER * held):
            chosen, held = ancestor, size
        if joins or ancestor.tag == "article":
            break
    return chosen


def continuations(container: Element, mass: Mass) -> list[Element]:
    """Return the elements behind a container that go on with its report: of its tag and class, and as deep in the page.

    A page cuts a report into rows so that a box stands between them; a row that has a headline is another report.
    """
    look = (container.tag, container.get("class"))
    if not look[1]:
        return []
    found: list[Element] = []
    path: list[Any] = [container.tag]
    for above in islice(container.iterancestors(), _REACH_OF_ROWS):
        if above.tag in ("body", "html"):
            break
        below = container if len(path) == 1 else next(e for e in container.iterancestors() if e.getparent() is above)
        for row in below.itersiblings():
            if row.tag in ("h1", "hr") or next(row.iter("h1"), None) is not None:
                return found
            parts = [part for part in _at(row, path) if (part.tag, part.get("class")) == look]
            found += [part for part in parts if mass.total.get(part, 0) >= _ENOUGH]
        if found:
            break
        path.insert(0, above.tag)
    return found


def _at(row: Element, path: list[Any]) -> list[Element]:
    """Return the elements that stand below a row as deep as the path says, by tags."""
    if row.tag != path[0]:
        return []
    level = [row]
    for tag in path[1:]:
        level = [child for element in level for child in element if child.tag == tag]
    return level


def joining(container: Element, headline: Element | None) -> Element:
    """Return the lowest element that holds both the headline and the container."""
    if headline is None:
        return container
    above = {headline, *headline.iterancestors()}
    if container in above:
        return container
    return next((ancestor for ancestor in container.iterancestors() if ancestor in above), container)
