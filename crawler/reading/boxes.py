"""Find the parts of a page that are not its report: boxes with skip links, comments, the next article."""

import re
from collections import Counter
from itertools import dropwhile, islice

from crawler.reading.junk import fold_phrase, junk
from crawler.reading.labels import opens_box, opens_summary
from crawler.reading.tree import Element, is_longer, text_of_element

_END = re.compile(r"^#(?:end-of-.|(?:.{1,60}-)?end$)")
"""The `href` of skip links: `#end-of-recommendations`, `#podcast-end`."""
_LARGEST = 2000
"""Elements in the largest box."""
_STORY = re.compile(r"story|article|post(?!er)|news(?!letter)|infinite", re.IGNORECASE)
"""A class of elements that each hold a whole report; that of rows of one report names a row."""
_SHORTEST_HEADLINE = 5
"""Words in the shortest headline of another article; a subhead of the report is shorter or shares its words."""
_KNOWN = 0.34
"""A heading belongs to the report if the report uses at least this share of its words before it."""
_MOST_HEADINGS = 20
_REPLY = frozenset(fold_phrase(word) for word in ("reply", "जवाब दें", "जवाब दो", "उत्तर दें", "रिप्लाई", "रिप्लाई करें"))
_WITHIN = 4
"""Levels between a heading and its `article`, at most."""
_LONGEST_REPLY = 20
_MOST_ANCESTORS = 30
_LONGEST_COMMENT = 3000
_MOST_FORMS = 50
_LONGEST_CALL = 250
"""Characters around a form for an e-mail address in the box of a newsletter."""
_MOST_BUTTONS = 200
_LARGEST_SUMMARY = 1500
"""Characters in a summary that a button shows."""
LABELLED = frozenset(("section", "aside"))
_LONGEST_LABEL = 250


def skipped_boxes(top: Element) -> frozenset[Element]:
    """Return the elements of boxes that a skip link jumps over, from the link to its target, both included.

    Such a link names the end of the box: `href="#end-of-recommendations"`. The report continues after the target; an
    element around the target is left out, because it may hold the rest of the report.
    """
    hrefs = [href for link in top.iter("a") if (href := link.get("href")) and href.startswith("#")]
    targets = {href[1:] for href in hrefs if _END.match(href)}
    if not targets:
        return frozenset()
    boxes: set[Element] = set()
    target: str | None = None
    box: list[Element] = []
    for element in top.iter():
        if target is None:
            opened = (element.get("href") or "")[1:] if element.tag == "a" else ""
            if opened in targets:
                target, box = opened, [element]
            continue
        box.append(element)
        if element.get("id") == target:
            above = set(element.iterancestors())
            boxes.update(part for part in box if part not in above)
        if element.get("id") == target or len(box) > _LARGEST:
            target = None
    return frozenset(boxes)


def other_reports(headline: Element | None, title: str | None) -> frozenset[Element]:
    """Return the element that begins with another article's headline, and all its following siblings.

    Such a headline is an `h1`, an `h2` below an `hr`, or the first heading of an `article`; it shares few words with
    the report before it and with the page's title.
    """
    if headline is None:
        return frozenset()
    above = set(headline.iterancestors())
    behind = dropwhile(lambda heading: heading is not headline, headline.getroottree().iter("h1", "h2"))
    for heading in islice(behind, 1, _MOST_HEADINGS + 1):
        first = _outermost(heading, above)
        rule = heading.getprevious()
        is_apart = heading.tag == "h1" or (rule is not None and rule.tag == "hr")
        is_apart = is_apart or _begins_article(heading) or _begins_twin(heading, first, headline)
        if is_apart and _is_foreign(heading, first, headline, title):
            return frozenset((first, *first.itersiblings()))
    return frozenset()


def _begins_article(heading: Element) -> bool:
    """Return whether a heading is the first one of an `article` that is not one of several alike."""
    for around in islice(heading.iterancestors(), _WITHIN):
        if around.tag == "article" or "Article" in (around.get("itemtype") or ""):
            alike = [other for other in around.itersiblings(around.tag) if other.get("class") == around.get("class")]
            return next(around.iter("h1", "h2", "h3"), None) is heading and not alike
    return False


def _begins_twin(heading: Element, first: Element, headline: Element) -> bool:
    """Return whether a heading is the first of an element, `first`, that is alike the report's and named as a story."""
    look = first.get("class") or ""
    if _STORY.search(look) is None or next(first.iter("h1", "h2", "h3"), None) is not heading:
        return False
    own = _outermost(headline, set(heading.iterancestors()))
    return (first.tag, look) == (own.tag, own.get("class"))


def _is_foreign(heading: Element, before: Element, headline: Element, title: str | None) -> bool:
    """Return whether a heading is another article's; `before` is the largest element around it without the headline."""
    words = _words(text_of_element(heading))
    if len(words) < _SHORTEST_HEADLINE:
        return False
    known = {*_words(text_of_element(headline)), *_words(title or "")}
    for element in (*headline.itersiblings(), *before.itersiblings(preceding=True)):
        if element is before:
            break
        known.update(_words(text_of_element(element)))
    return sum(word in known for word in words) < _KNOWN * len(words)


def _words(text: str) -> list[str]:
    return [word for word in fold_phrase(text[:20_000]).split() if len(word) > 2]


def _outermost(heading: Element, above: set[Element]) -> Element:
    """Return the largest element around a heading that is not among those `above` another one."""
    outermost = heading
    for ancestor in heading.iterancestors():
        if ancestor in above:
            break
        outermost = ancestor
    return outermost


def comments(top: Element) -> frozenset[Element]:
    """Return the readers' comments: at least two elements, each with one link to reply."""
    replies = [
        link
        for link in top.iter("a", "button", "span")
        if (label := link.text) and len(label) < _LONGEST_REPLY and fold_phrase(label) in _REPLY
    ]
    if len(replies) < 2:
        return frozenset()
    items = set()
    held = Counter(above for link in replies for above in islice(link.iterancestors(), _MOST_ANCESTORS))
    for link in replies:
        item = link
        for above in islice(link.iterancestors(), _MOST_ANCESTORS):
            if held[above] > 1:
                break
            item = above
        if not is_longer(item, _LONGEST_COMMENT):
            items.add(item)
    return frozenset(items)


def is_marked_comment(element: Element) -> bool:
    """Return whether microdata or `aria-label` mark an element as readers' comments, however much text it holds."""
    if element.get("itemprop") == "comment" or "/Comment" in (element.get("itemtype") or ""):
        return True
    return (
        element.tag in LABELLED and fold_phrase((element.get("aria-label") or "")[:_LONGEST_LABEL]) in junk().comments
    )


def summaries_of_buttons(top: Element) -> frozenset[Element]:
    """Return the small boxes whose button is the label of a summary: `<div><button>AI Summary</button>…</div>`."""
    found = set()
    for button in islice(top.iter("button"), _MOST_BUTTONS):
        label, box = " ".join((button.text or "")[:_LONGEST_LABEL].split()), button.getparent()
        if label and box is not None and opens_summary(label, fold_phrase(label)):
            found.add(button if box is top or is_longer(box, _LARGEST_SUMMARY) else box)
    return frozenset(found)


def calls_to_register(top: Element) -> frozenset[Element]:
    """Return the small boxes that hold a form for an e-mail address and a few words: a newsletter's."""
    found = set()
    for form in islice(top.iter("form"), _MOST_FORMS):
        box = form.getparent()
        if box is None or box is top or all((field.get("type") or "") != "email" for field in form.iter("input")):
            continue
        if not is_longer(box, _LONGEST_CALL) and next(box.iter("h1"), None) is None:
            found.add(box)
    return frozenset(found)


def is_labelled_box(element: Element) -> bool:
    """Return whether the `aria-label` of an element is the label of a box: `aria-label="पॉडकास्ट"`."""
    if element.tag not in LABELLED:
        return False
    label = fold_phrase((element.get("aria-label") or "")[:_LONGEST_LABEL])
    return bool(label) and (opens_box(label, label) or opens_summary(label, label))
