"""Titles of a page: which `h1` is the article's own, and whether two titles are one."""

import re
from collections.abc import Iterable

from crawler.reading.junk import folded
from crawler.reading.tree import Element, text_below

_SITE_SUFFIX = re.compile(r"\s*(?:[|»]|\s[-–—])\s*[^|»–—]{2,60}$")


def find_h1(elements: Iterable[Element], titles: list[str]) -> Element | None:
    """Return the `h1` that says most of what the page's titles say; the longest one where they say nothing."""
    headings = [(element, folded(text_below(element)).split()) for element in elements]
    headings = [pair for pair in headings if pair[1]]
    if len(headings) < 2:
        return headings[0][0] if headings else None
    wanted = {word for title in titles for word in folded(title).split()}
    return max(headings, key=lambda pair: (_share(pair[1], wanted), min(len(pair[1]), 40)))[0]


def _share(words: list[str], wanted: set[str]) -> float:
    return round(sum(word in wanted for word in words) / len(words), 1)


def without_site_name(title: str) -> str:
    """Return a title without the outlet's name behind it.

    >>> without_site_name("नेपाल में भूकंप के झटके | विदेश समाचार")
    'नेपाल में भूकंप के झटके'
    """
    shorter = _SITE_SUFFIX.sub("", title)
    return shorter if len(shorter.split()) >= 3 else title


def is_same_headline(one: str, other: str) -> bool:
    """Say whether two titles are the same save punctuation, or one is cut or has the outlet's name added."""
    a, b = folded(one), folded(other)
    if not a or not b:
        return False
    if a in b or b in a:
        return True
    first, second = set(a.split()), set(b.split())
    return len(first & second) >= 0.7 * min(len(first), len(second))
