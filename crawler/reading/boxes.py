"""Boxes that a page sets into a report and offers to skip: podcasts, recommendations, embedded posts."""

import re

from crawler.reading.tree import Element, all_of

_SKIP_LINKS = all_of("//a[starts-with(@href, '#')][contains(@href, 'end')]")
_END = re.compile(r"^#(?:end-of-.|(?:.{1,60}-)?end$)")
"""Addresses of skip links: `#end-of-recommendations`, `#podcast-end`."""
_LARGEST = 2000
"""Elements of a box; what is larger is no box."""


def skipped_boxes(root: Element) -> frozenset[Element]:
    """Return the elements that stand between a skip link and its target, both included.

    A screen reader jumps over such a box, so the report goes on behind it.
    """
    targets = {link.get("href", "")[1:]: link for link in _SKIP_LINKS(root) if _END.match(link.get("href", ""))}
    if not targets:
        return frozenset()
    boxes: set[Element] = set()
    target: str | None = None
    box: list[Element] = []
    for element in root.iter():
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
