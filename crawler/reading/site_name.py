"""The names of outlet and section in the titles of a page, which are not part of the headline."""

import re

from crawler.limits import MOST_OF_A_KIND
from crawler.reading.json_ld import text_of, types
from crawler.reading.junk import fold_phrase
from crawler.reading.metadata import Sources

_BAR = re.compile(r"[|»›]|::")
_DASH = re.compile(r"(?<=\S)\s{1,3}[-–—]\s{1,3}(?=\S)")
"""A dash with spaces; one without is part of a word."""
_MARKS = ("|", "»", "›", "::", "-", "–", "—")
_SITES = frozenset(("Organization", "NewsMediaOrganization", "WebSite"))
_MOST_NAMES = 4
"""Names that are cut from one title."""
_MOST_MARKS = 8
"""Bars at each end of a title beside which a name is looked for, and dashes: between more of them stands no title."""
_FEWEST = 3
"""Words that stay of a title."""
_LONGEST_BRAND = 4
_HEADLINE = 5
"""Words of a piece that is the headline after a piece with the outlet's name."""
_OF_HEADLINES = frozenset(
    """एक की के का में से पर और ने को क्या क्यों कैसे कब कौन रिपोर्ट विश्लेषण विवेचना नजरिया ब्लॉग कहानी तस्वीरें
    वीडियो खास विशेष जानिए देखें देखिए पढ़ें report analysis video watch the a of in""".split()
)
"""Words after a dash that belong to a headline: `… - एक रिपोर्ट`, `… - ग्राउंड रिपोर्ट`."""


def site_names(page: Sources) -> frozenset[str]:
    """Return the names, folded, that a page gives its site: in meta tags, in JSON-LD, or as the outlet's."""
    names = [page.meta(name) for name in ("og:site_name", "application-name", "apple-mobile-web-app-title")]
    names += [text_of(page.node.get("publisher"))]
    names += [text_of(node.get("name")) for node in page.nodes[:MOST_OF_A_KIND] if types(node) & _SITES]
    if page.outlet:
        names += [page.outlet.name, *page.outlet.signatures]
    return frozenset(fold_phrase(name) for name in names if name) - {""}


def may_hold_name(title: str) -> bool:
    """Return whether a title holds a mark beside which a name may stand: a bar or a dash."""
    return any(map(title.__contains__, _MARKS))


def _outer_marks(mark: re.Pattern[str], title: str) -> list[re.Match[str]]:
    found = list(mark.finditer(title))
    return found if len(found) <= 2 * _MOST_MARKS else found[:_MOST_MARKS] + found[-_MOST_MARKS:]


def without_names(text: str, names: frozenset[str]) -> str:
    """Return a headline without the names of `names` at its begin and end, after a bar or a dash; three words stay."""
    if not may_hold_name(text):
        return text
    for _ in range(_MOST_NAMES):
        before, text = text, _without_a_name(text, names)
        if text == before:
            break
    return text


def _without_a_name(text: str, names: frozenset[str]) -> str:
    for mark in [*_outer_marks(_BAR, text), *_outer_marks(_DASH, text)]:
        before, after = text[: mark.start()].strip(), text[mark.end() :].strip()
        if fold_phrase(after) in names and len(before.split()) >= _FEWEST:
            return before
        if fold_phrase(before) in names and len(after.split()) >= _FEWEST:
            return after
    return text


def without_site_name(title: str, names: frozenset[str]) -> str:
    """Return a title without the pieces between bars that name outlet and section; at least three words stay.

    After a dash only a name of `names` is cut.

    >>> without_site_name("नेपाल में भूकंप के झटके | विदेश | खबर", frozenset())
    'नेपाल में भूकंप के झटके'
    """
    pieces = [piece.strip() for piece in _BAR.split(without_names(title, names)) if piece.strip()]
    if len(pieces) > 1 and len(pieces[0].split()) < _FEWEST and len(pieces[1].split()) >= _HEADLINE:
        pieces = pieces[1:]
    while len(pieces) > 1 and sum(len(piece.split()) for piece in pieces[:-1]) >= _FEWEST:
        pieces.pop()
    return without_names(" | ".join(pieces), names)


def without_brand(title: str, names: frozenset[str]) -> str:
    """Return the content of a `title` element without the site's name, which may follow a dash and be no other name."""
    whole = without_site_name(title, names)
    if whole != title:
        return whole
    for dash in _outer_marks(_DASH, title):
        before, after = title[: dash.start()], fold_phrase(title[dash.end() :]).split()
        is_brand = len(after) <= _LONGEST_BRAND and not set(after) & _OF_HEADLINES and not any(map(str.isdigit, after))
        if is_brand and len(before.split()) >= _FEWEST:
            return before
    return title
