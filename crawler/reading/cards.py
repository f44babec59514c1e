"""Find cards: elements in a report that link to another article, with a heading that is one link."""

from itertools import islice

from crawler.reading.tree import Element, is_longer, text_of_element

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TAGS = frozenset(("article", "div", "li", "section", "td"))
_MOST_HEADINGS = 200
_LONGEST = 450
"""Characters of a card whose heading is directly in it."""
_LONGEST_NESTED = 300
"""Characters of a card whose heading is deeper in it: a title and a teaser."""
_LONGEST_LABEL = 60
"""Characters before the heading of a card: a section, a time."""
_STEPS = 4
_MOST_ELEMENTS = 150
"""Elements in a card, or in a heading; a larger one is not read."""


def cards(top: Element, keep: frozenset[Element]) -> frozenset[Element]:
    """Return the cards below `top`: a heading that is one link to another article, a picture, at most one teaser.

    The elements in `keep` hold the report and are not cards.
    """
    found = set()
    for heading in islice(top.iter(*_HEADINGS), _MOST_HEADINGS):
        card = None if _is_large(heading) or not _is_one_link(heading) else _card_around(heading, top, keep)
        if card is not None:
            found.add(card)
    return frozenset(found)


def _is_large(element: Element) -> bool:
    return next(islice(element.iter(), _MOST_ELEMENTS, None), None) is not None


def _is_one_link(heading: Element) -> bool:
    links = [link for link in heading.iter("a") if not (link.get("href") or "#").startswith("#")]
    if len(links) == 1:
        return text_of_element(links[0]) == text_of_element(heading)
    return not links and next(heading.iterancestors("a"), None) is not None


def _card_around(heading: Element, top: Element, keep: frozenset[Element]) -> Element | None:
    card: Element | None = None
    for around in islice(heading.iterancestors(), _STEPS):
        if card is not None and [*islice(around.iter(*_HEADINGS), 2)] != [heading]:
            break  # it holds other headings, as do the elements around it: a list of cards, whose text may be long
        if around is top or around in keep or is_longer(around, _LONGEST if card is None else _LONGEST_NESTED):
            break
        if _is_large(around):
            break
        if around.tag in _TAGS:
            if card is not None and not _begins_with(heading, around):
                break
            card = around
        elif around.tag != "a" and card is None:
            break
    return card


def _begins_with(heading: Element, around: Element) -> bool:
    """Return whether an element holds this heading, its only one, near its beginning, and at most one paragraph."""
    if next(islice(around.iter("p"), 1, None), None) is not None:
        return False
    text, title = text_of_element(around), text_of_element(heading)
    return bool(title) and 0 <= text.find(title) <= _LONGEST_LABEL
