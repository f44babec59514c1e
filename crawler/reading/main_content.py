"""Find the main content: the element of a page that holds the report, by how much Hindi text each element holds."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from crawler.reading.lines import BLOCK_TAGS, is_hidden, name_mark
from crawler.reading.notices import states_rights
from crawler.reading.tree import Element, all_of, texts_of

_IN_LINK = "ancestor::a and (parent::a or ../parent::a or ../../parent::a or ../../../parent::a)"  # few have any above
_LONG = f"text()[string-length() > 32][not({_IN_LINK} or parent::script or parent::style)]"
"""Texts outside links that may be long; `string-length(.)` takes a fifth longer. Most long texts are links."""
_ANY = f"text()[normalize-space(.)][not({_IN_LINK})]"
_LONG_TEXTS, _TEXTS = all_of(f"//body//{_LONG}"), all_of(f"//body//{_ANY}")
_LONG_TEXTS_AFTER, _TEXTS_AFTER = all_of(f"following::{_LONG}"), all_of(f"following::{_ANY}")
_UNREAD = frozenset(("script", "style", "noscript", "template", "textarea", "option", "title", "button", "a"))
_NEVER_TEXT = frozenset("""script style select iframe svg""".split())
_SELDOM_TEXT = frozenset("""nav footer aside form noscript figure figcaption ins""".split())
"""Elements that rarely hold a report: junk unless they hold most of the page's text."""
_WHOLE = frozenset(("body", "html", "main", "article"))
_JUNK_MARKS = frozenset(("advertising", "sharing", "related", "furniture", "caption", "embedded"))
_LEAVES = frozenset(("p", "li", "blockquote", "h2", "h3", "h4", "h5", "dd", "pre"))
_LARGE = 0.4
"""An element with at least this share of the page's text is not junk, whatever its name is."""
_MOSTLY = 0.75
"""A `form`, `footer` or `aside` with at least this share of the page's text holds the report."""
_MOST_TEXTS = 200
_ENOUGH = 40
"""Letters in long texts; a page with fewer is measured by all its texts."""
_MOST_ANCESTORS = 80
_FAIR = 0.1
"""Least share of the page's text in the `article` or `main` around the headline."""
_OUTSIDE = 0.1
"""Factor for the score of a paragraph outside the `article` around the headline."""
_FURTHER = 0.8
"""Factor for the score that a paragraph adds to an ancestor, for each level up."""
_REACH = 6
"""Levels up to which a paragraph adds to the scores of its ancestors."""
_REACH_OF_ROWS = 4
"""Levels up to which rows of one report are searched."""
_WIDER = 1.05
"""An ancestor with at least this multiple of the densest element's text holds more of the report."""
_ALL = 0.9
"""An element named as comments with at least this share of the page's text holds the report."""
_MUCH_WIDER = 2.5
"""The element around headline and body is not the container if it has more than this multiple of the body's text."""


@dataclass(slots=True)
class Mass:
    """The amount of text in the elements of a page: Devanagari letters outside links and junk."""

    own: dict[Element, float] = field(default_factory=dict)
    """Block element → letters directly in it."""
    total: dict[Element, float] = field(default_factory=dict)
    """Element → letters in all blocks below it."""
    page: float = 0.0
    """Letters on the whole page."""


def letters(text: str) -> int:
    """Return the approximate number of Devanagari letters, which take three bytes in UTF-8; Latin ones take one."""
    return (len(text.encode("utf-8", "ignore")) - len(text)) // 2


def weigh_page(root: Element, headline: Element | None) -> Mass:
    """Return the mass of each element of a page; only text after the headline counts, if there is a headline."""
    if headline is not None:
        for texts in (_LONG_TEXTS_AFTER, _TEXTS_AFTER):
            mass = _weighed(_found(headline, texts))
            if mass.page >= _ENOUGH:
                return mass
        if mass.page:
            return mass
    mass = _weighed(_found(root, _LONG_TEXTS))
    return mass if mass.page >= _ENOUGH else _weighed(_found(root, _TEXTS))


def _found(start: Element, texts: Callable[[Element], list[Any]]) -> dict[Element, int]:
    """Return the elements that hold texts themselves, each with the letters of these, in page order."""
    sizes: dict[Element, int] = {}
    for text in texts(start):
        parent = text.getparent()
        if text.is_tail:
            parent = parent.getparent()
        elif parent.tag in _UNREAD:
            continue
        size = letters(text)
        if size < 8:
            if len(text.split()) < 4:
                continue
            size = len(text) // 4
        if parent is not None:
            sizes[parent] = sizes.get(parent, 0) + size
    return sizes


def _weighed(sizes: dict[Element, int]) -> Mass:
    chains: dict[Element | None, list[Element]] = {None: []}  # of most paragraphs it is that of the one before
    for parent in sizes:
        above = parent.getparent()
        if above is not None and above not in chains:
            chains[above] = [above, *islice(above.iterancestors(), _MOST_ANCESTORS - 1)]
    page = sum(sizes.values())
    total = _totals(sizes, chains)
    junk = {element for element, held in total.items() if _is_junk(element, held / page)}
    if junk:
        outside = {above for above, chain in chains.items() if junk.isdisjoint(chain)}
        sizes = {parent: size for parent, size in sizes.items() if parent not in junk and parent.getparent() in outside}
        total = _totals(sizes, chains)
    mass = Mass(total=total, page=sum(sizes.values()))
    for parent, size in sizes.items():
        block = parent if parent.tag in BLOCK_TAGS else _block_around(parent, chains[parent.getparent()])
        mass.own[block] = mass.own.get(block, 0) + size
    return mass


def _totals(sizes: dict[Element, int], chains: dict[Element | None, list[Element]]) -> dict[Element, float]:
    """Return the letters in and below each element; `chains` are the elements above the parents of those in `sizes`."""
    below: dict[Element | None, int] = {}
    for parent, size in sizes.items():
        above = parent.getparent()
        below[above] = below.get(above, 0) + size
    totals: dict[Element, float] = dict(sizes)
    for above, size in below.items():
        for element in chains[above]:
            totals[element] = totals.get(element, 0) + size
    return totals


def _block_around(element: Element, chain: list[Element]) -> Element:
    return next((above for above in chain if above.tag in BLOCK_TAGS), chain[-1] if chain else element)


def _is_junk(element: Element, share: float) -> bool:
    if element.tag in _NEVER_TEXT or (element.tag in _SELDOM_TEXT and (share < _MOSTLY or _is_imprint(element))):
        return True
    if element.tag in _WHOLE:
        return False
    mark = name_mark(element)
    if mark == "comments":
        return share < _ALL
    return share < _LARGE and (is_hidden(element) or mark in _JUNK_MARKS)


def _is_imprint(element: Element) -> bool:
    """Return whether a `footer` states the outlet's rights, however much of a small page's text it holds."""
    return element.tag == "footer" and any(map(states_rights, islice(texts_of(element), _MOST_TEXTS)))


def large_elements(mass: Mass) -> frozenset[Element]:
    """Return the elements that hold at least 40 % of the page's text, so that no name makes them junk."""
    large = _LARGE * mass.page
    return frozenset([element for element, size in mass.total.items() if size >= large])


def find_container(mass: Mass, headline: Element | None) -> Element | None:
    """Return the element that holds the report, or None for a page without text.

    It is the parent with the most text in paragraphs, replaced by an ancestor while that holds more of the report; the
    search ends at the element around the headline.
    """
    scores: dict[Element, float] = {}
    own = _own_article(mass, headline)
    chains: dict[Element | None, list[Element]] = {None: []}  # of most paragraphs it is that of the one before
    for block, size in mass.own.items():
        above = block.getparent()
        if above is not None and above not in chains:
            chains[above] = [above, *islice(above.iterancestors(), _MOST_ANCESTORS - 1)]
        worth = size if own is None or block is own or own in chains[above] else size * _OUTSIDE
        if block.tag not in _LEAVES:
            scores[block] = scores.get(block, 0) + worth
            worth *= _FURTHER
        for ancestor in chains[above][:_REACH]:
            scores[ancestor] = scores.get(ancestor, 0) + worth
            worth *= _FURTHER
    if not scores:
        return None
    return _widened(max(scores, key=lambda element: scores[element]), mass, headline)


def _own_article(mass: Mass, headline: Element | None) -> Element | None:
    """Return the `article` or `main` around a headline if it holds at least 10 % of the text, or None."""
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
    """Return the elements after a container that continue its report: of the same tag and class, at the same depth.

    Pages split a report into rows to insert boxes between them; a row with an `h1` is another report.
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
    """Return the elements below a row that a path of tags leads to; the first tag is the row's own."""
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
