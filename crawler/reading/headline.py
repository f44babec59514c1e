"""The headline of a page: which of its titles is the article's own."""

import re

from lxml import etree

from crawler.reading.junk import folded
from crawler.reading.lines import text_in

_SITE_SUFFIX = re.compile(r"\s*(?:[|»]|\s[-–—])\s*[^|»–—]{2,60}$")
_TITLE = etree.XPath("string(//head/title)")


def find_h1(root: etree._Element, titles: list[str]) -> etree._Element | None:
    """Return the `h1` that says most of what the page's titles say; the longest one where they say nothing."""
    wanted = {word for title in titles for word in folded(title).split()}
    best: tuple[float, int] = (0.0, 0)
    chosen = None
    for element in root.iter("h1"):
        words = folded("".join(element.itertext())).split()
        if not words:
            continue
        shared = sum(word in wanted for word in words) / len(words) if wanted else 0.0
        rank = (round(shared, 1), min(len(words), 40))
        if chosen is None or rank > best:
            best, chosen = rank, element
    return chosen


def read_h1(h1: etree._Element) -> str | None:
    """Return the text of a headline; a kicker before it stays, with a space between them."""
    return text_in(h1) or None


def page_title(root: etree._Element) -> str | None:
    """Return the text of `<title>`."""
    return " ".join(_TITLE(root).split()) or None


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
