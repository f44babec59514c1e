"""The generic reader's first half: which element of a page holds the report."""

from dataclasses import dataclass, field

from lxml import etree

from crawler.reading.lines import BLOCK_TAGS, is_hidden, name_mark

_TEXTS = etree.XPath(
    "//body//text()[string-length(.) > 24][not(parent::script or parent::style or parent::noscript or parent::template"
    " or parent::textarea or parent::option or parent::title or parent::button)]"
)
_ALL_TEXTS = etree.XPath("//body//text()[normalize-space(.)][not(parent::script or parent::style or parent::noscript)]")
_NOT_TEXT = frozenset(
    ("nav", "footer", "aside", "form", "script", "style", "noscript", "select", "figure", "figcaption")
)
_JUNK_MARKS = frozenset(("advertising", "sharing", "related", "furniture", "caption"))
_LARGE = 0.4
"""Share of a page's text that shows a name to be wrong: no advertisement holds two fifths of the page."""


@dataclass(slots=True)
class Mass:
    """How much text each element holds: Devanagari letters outside links."""

    own: dict[etree._Element, float] = field(default_factory=dict)
    total: dict[etree._Element, float] = field(default_factory=dict)
    page: float = 0.0
    order: list[etree._Element] = field(default_factory=list)
    """The blocks with text, in page order."""


def letters(text: str) -> int:
    """Return about how many Devanagari letters a text has (each takes three bytes where a Latin one takes one)."""
    return (len(text.encode("utf-8", "ignore")) - len(text)) // 2


def weigh(root: etree._Element) -> Mass:
    """Return the mass of each element of a page; text in links, hidden and junk elements does not count."""
    mass = _weighed(_found(root, _TEXTS))
    return mass if mass.page >= 40 else _weighed(_found(root, _ALL_TEXTS))


def _found(root: etree._Element, texts: etree.XPath) -> list[tuple[etree._Element, int]]:
    found = []
    for text in texts(root):
        size = letters(text)
        if size < 8 and len(text.split()) < 4:
            continue
        parent = text.getparent()
        if text.is_tail:
            parent = parent.getparent()
        if parent is not None:
            found.append((parent, size or len(text) // 4))
    return found


def _weighed(found: list[tuple[etree._Element, int]]) -> Mass:
    chains: dict[etree._Element, list[etree._Element]] = {}
    rough: dict[etree._Element, int] = {}
    blocks: list[tuple[list[etree._Element], int]] = []
    for parent, size in found:
        chain = chains.get(parent)
        if chain is None:
            chain = chains[parent] = [parent, *parent.iterancestors()]
        if any(element.tag == "a" for element in chain[:4]):
            continue
        blocks.append((chain, size))
        for element in chain:
            rough[element] = rough.get(element, 0) + size
    page = sum(size for _, size in blocks)
    mass = Mass()
    verdicts: dict[etree._Element, bool] = {}
    for chain, size in blocks:
        if any(_is_junk(element, rough, page, verdicts) for element in chain):
            continue
        block = next((element for element in chain if element.tag in BLOCK_TAGS), chain[-1])
        if block not in mass.own:
            mass.order.append(block)
        mass.own[block] = mass.own.get(block, 0) + size
        mass.page += size
        for element in chain:
            mass.total[element] = mass.total.get(element, 0) + size
    return mass


def _is_junk(
    element: etree._Element, rough: dict[etree._Element, int], page: int, verdicts: dict[etree._Element, bool]
) -> bool:
    verdict = verdicts.get(element)
    if verdict is None:
        small = rough.get(element, 0) < _LARGE * page
        verdict = element.tag in _NOT_TEXT or (
            small
            and (
                is_hidden(element)
                or (element.tag not in ("body", "html", "main", "article") and name_mark(element) in _JUNK_MARKS)
            )
        )
        verdicts[element] = verdict
    return verdict


def large_elements(mass: Mass) -> frozenset[etree._Element]:
    """Return the elements whose names cannot make them junk, since they hold so much of the text."""
    return frozenset(element for element, size in mass.total.items() if size >= _LARGE * mass.page)


def find_container(root: etree._Element, mass: Mass, headline: etree._Element | None) -> etree._Element | None:
    """Return the element that holds the report, or None for a page without text.

    The densest parent of paragraphs, widened while an ancestor adds more of the same; never beyond the element that
    joins it with the headline.
    """
    parents: dict[etree._Element, float] = {}
    after = _after(root, headline, mass)
    for block in after:
        parent = block.getparent() if block.tag in ("p", "li", "blockquote", "h2", "h3", "h4") else block
        if parent is not None:
            parents[parent] = parents.get(parent, 0) + mass.own[block]
    if not parents:
        return None
    best = max(parents, key=lambda element: parents[element])
    return _widened(best, mass, headline)


def _after(root: etree._Element, headline: etree._Element | None, mass: Mass) -> list[etree._Element]:
    if headline is None:
        return mass.order
    positions = {element: n for n, element in enumerate(root.iter())}
    at = positions.get(headline, 0)
    return [block for block in mass.order if positions[block] > at] or mass.order


def _widened(best: etree._Element, mass: Mass, headline: etree._Element | None) -> etree._Element:
    above = set(headline.iterancestors()) if headline is not None else set()
    chosen, held = best, mass.total[best]
    if best in above:
        return best
    for ancestor in best.iterancestors():
        if ancestor.tag in ("body", "html"):
            break
        size = mass.total[ancestor]
        joins = ancestor in above
        if size >= 1.05 * held and not (joins and size > 2.5 * held):
            chosen, held = ancestor, size
        if joins or ancestor.tag == "article":
            break
    return chosen
