"""Read the byline of an article: people and desks as printed; its agencies become credits."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice, pairwise

from crawler.items import Source
from crawler.reading.designs import texts_near
from crawler.reading.json_ld import names_of
from crawler.reading.junk import fold_phrase
from crawler.reading.kind import own_piece
from crawler.reading.lines import text_in
from crawler.reading.marked_authors import marked_authors
from crawler.reading.metadata import Sources
from crawler.reading.outlet import Design, Outlet
from crawler.reading.phrases import is_sentence
from crawler.reading.tree import Element, all_of, is_longer, text_of_element
from crawler.text.agencies import find_agency
from crawler.text.credit.byline_text import Byline, is_byline_row, parse_byline
from crawler.text.desks import is_desk
from crawler.text.fold import fold
from crawler.text.parts import Credit
from crawler.text.people import holds_institution, holds_person, is_role

_AUTHORS = all_of("descendant::*/@itemprop[. = 'author']")  # a step to the attribute takes a fifth of a test of it
_AUTHOR_NAMES = all_of("descendant::*/@itemprop[. = 'name']")
_AUTHOR_PATHS = ("/author", "/profile/", "/reporter/")
_BY = re.compile(r"\W*by\s", re.IGNORECASE)
_HIDDEN_LABEL = re.compile(r"^(?:author|लेखक|role|पदनाम)\s*,\s*", re.IGNORECASE)
"""The labels of BBC Hindi before a name and a role, for screen readers."""
_NAMES = re.compile(r"[^\d:।|!?/()]{3,60}")
_FROM_A_PLACE = re.compile(r"\S{2,20}(?:\s\S{2,20}){0,2}\sसे(?:,|\sलौटकर|$)")
"""`कुशीनगर से, बीबीसी हिंदी के लिए`: the place of a reporter, printed instead of a role."""
_CONTRIBUTORS = re.compile(
    r"""
    \W*
    (?:
        contributors?|contributed\sby|योगदानकर्ता|योगदान
        |(?:लाइव\s)?(?:कवरेज|रिपोर्टिंग)     # the reporters of a live page
    )
    \s*(?:[:：–—-]+\s*|$)                   # a label: the names follow it in this row or in the next one
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LABEL_ALONE = re.compile(
    r"""
    (?:(?:(?:written|posted|published|reported)\s)?by|लेखक|लेखिका|द्वारा|रिपोर्टर?|संवाददाता)
    [\s:：–—-]{0,3}                        # the name is on the next line
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BAR = re.compile("[|•·]")
_LONGEST_ROW = 120
_METAS = ("author", "article:author", "dc.creator", "byl")
_MOST_NAMES = 4
_MOST_PARAGRAPHS = 1
"""Paragraphs before a byline at most: a standfirst."""


@dataclass(frozen=True, slots=True)
class PageByline:
    """The byline of a page: people and desks, and agencies."""

    names: list[str] = field(default_factory=list)
    """People and desks as printed."""
    credits: list[Credit] = field(default_factory=list)
    """The agencies in the byline."""
    source: Source | None = None
    """Where the byline was read; None if there is none."""


def read_byline(page: Sources, design: Design | None, top: Element | None) -> PageByline:
    """Return the byline of an article, from the first source that has one: selectors, JSON-LD, markup, meta tags.

    `top` is the element around headline and body: names outside it belong to other articles.
    """
    not_names = _titles(page)
    for source, raws in _offers(page, design, top):
        signed = [raw for raw in raws if fold_phrase(raw) not in not_names]
        names, agencies = _taken_apart(signed, page.outlet)
        if names or agencies:
            return PageByline(names, agencies, source)
    return PageByline()


def with_printed_rows(
    byline: PageByline, rows: Sequence[str], above: Sequence[str], outlet: Outlet | None
) -> PageByline:
    """Return a byline with the agencies in rows around the report added, and with names if it has none.

    Of `rows`, those count that begin with a label or have an agency beside a time. Of the short lines `above` the
    report, those count that are a person's name directly before a role, or the names of contributors.
    """
    names, agencies = _taken_apart([row for row in rows if _is_signed_row(row)], outlet)
    if not names and not byline.names:
        names, _ = _taken_apart(
            [_HIDDEN_LABEL.sub("", name) for name, role in pairwise(above) if _is_signature(name, role)]
            or [row for row in above if _is_signed_by_a_person(row)]
            or [name for label, name in pairwise(above) if _is_labelled(label, name)]
            or list(_contributors(above))
            or [piece for row in rows for piece in _pieces(row) if _names_people(piece)],
            outlet,
        )
    known = {credit.agency for credit in byline.credits}
    added = [credit for credit in agencies if credit.agency not in known]
    if not added and (byline.names or not names):
        return byline
    return PageByline(byline.names or names, [*byline.credits, *added], byline.source or "generic")


def _is_signed_row(row: str) -> bool:
    if is_byline_row(row) or _BY.match(row):
        return True
    byline = parse_byline(row) if _holds_digit(row) else Byline()
    return bool(byline.agencies) and not byline.names


def _holds_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _is_signed_by_a_person(row: str) -> bool:
    """Return whether a row is a label and a person's name: `रिपोर्ट: सीता राव`, not `रिपोर्ट: पुल के पास मिली नाव`."""
    return bool(is_byline_row(row) or _BY.match(row)) and any(map(holds_person, parse_byline(row).names))


def _pieces(row: str) -> list[str]:
    """Return a row with a time, or what stands behind bars in it if the time comes first: `12 जून 2024 | सीता राव`."""
    if len(row) > _LONGEST_ROW or not _holds_digit(row):
        return []
    first, *others = _BAR.split(row)
    return [row] if not others or not _holds_digit(first) else others


def _names_people(text: str) -> bool:
    """Return whether a text consists of persons' full names, and perhaps a time: `सीता राव | 12 जून 2024`."""
    names = parse_byline(text).names
    return bool(names) and all(holds_person(name) and len(name.split()) in (2, 3) for name in names)


def _is_labelled(label: str, name: str) -> bool:
    """Return whether two lines are the label of a byline and a person's name: `By`, `सीता राव`."""
    return bool(_LABEL_ALONE.fullmatch(label) and _NAMES.fullmatch(name)) and holds_person(name)


def _contributors(above: Sequence[str]) -> Iterator[str]:
    """Yield the names of people after a label for contributors or on the lines below it."""
    names = False
    for row in above:
        label = _CONTRIBUTORS.match(row)
        words = row[label.end() :] if label else row
        if (label or names) and words and _NAMES.fullmatch(words) and holds_person(words):
            yield words
        names = label is not None or (names and holds_person(words))


def _is_signature(name: str, role: str) -> bool:
    """Return whether two lines are a person's name and role: `अभिनव गोयल`, `बीबीसी संवाददाता`."""
    role = _HIDDEN_LABEL.sub("", role)
    if not _NAMES.fullmatch(name) or not (is_role(role) or _FROM_A_PLACE.match(role)):
        return False
    return holds_person(name) or (bool(find_agency(role.split()[0])) and not holds_institution(name) and " " in name)


def _taken_apart(raws: Sequence[str], outlet: Outlet | None) -> tuple[list[str], list[Credit]]:
    if not raws:
        return [], []
    own = _own_names(outlet)
    names: dict[str, None] = {}
    found: dict[str, Credit] = {}
    for raw in raws:
        byline = parse_byline(raw, own)
        names |= dict.fromkeys(byline.names)
        for agency, words in byline.agencies:
            found.setdefault(agency.id, Credit(agency=agency.id, name=agency.name, raw=words, where="byline"))
    return list(names), list(found.values())


def _titles(page: Sources) -> set[str]:
    """Return the titles of the page, folded: some pages state them as their author."""
    stated = (page.stated_headline, page.meta("og:title"), page.title)
    return {fold_phrase(title) for title in (*stated, page.h1_text) if title}


def _offers(page: Sources, design: Design | None, top: Element | None) -> Iterator[tuple[Source, list[str]]]:
    printed = texts_near(top, page.root, design.byline) if design else []
    yield "selector", printed
    publishers = [*names_of(page.node.get("publisher"), page.nodes), page.meta("og:site_name") or ""]
    publisher = {fold_phrase(name) for name in publishers}
    node = page.signed_node or own_piece(page) or {}
    authors = names_of(node.get("author") or node.get("creator"), page.nodes)
    yield "json-ld", [name for name in authors if fold_phrase(name) not in publisher]
    yield "generic", _signed(page, top) if top is not None else []
    metas = [name for key in _METAS for name in page.metas.get(key, ())]
    yield "meta", [name for name in metas if fold_phrase(name) not in publisher]


def _signed(page: Sources, top: Element) -> list[str]:
    """Return the authors in microdata, else those of links and marks before the second paragraph."""
    if top.tag in ("body", "html"):
        return []
    above = {top, *(page.h1.iterancestors() if page.h1 is not None else ())}
    authors = (mark.getparent() for mark in _AUTHORS(top))
    own = (author for author in authors if not _is_of_another(author, above))
    found = [name for author in islice(own, _MOST_NAMES) for name in _author_names(author)]
    return found or list(_linked_authors(top))[:_MOST_NAMES] or list(marked_authors(top, above))


def _author_names(author: Element) -> list[str]:
    names = [text_in(mark.getparent()) for mark in _AUTHOR_NAMES(author)] or [text_in(author)]
    return [name for name in names if name]


def _is_of_another(author: Element, above: Collection[Element]) -> bool:
    """Return whether an author belongs to another article on the page."""
    for ancestor in author.iterancestors():
        if ancestor in above:
            return False
        if "Article" in (ancestor.get("itemtype") or ""):
            return True
    return False


def _linked_authors(top: Element) -> Iterator[str]:
    paragraphs = 0
    for element in top.iter("a", "p"):
        paragraphs += element.tag == "p" and is_sentence(text_of_element(element))
        if paragraphs > _MOST_PARAGRAPHS:
            return
        if element.tag == "a" and _names_author(element) and (name := text_of_element(element)):
            yield _row_around(element, name)


def _row_around(link: Element, name: str) -> str:
    """Return the labelled row around the link of an author, which may name others without a link; else the name.

    `By: <a>सीता राव</a> | Edited By: रमन वर्मा` is such a row.
    """
    around = link.getparent()
    if around is None or is_longer(around, _LONGEST_ROW):
        return name
    row = text_in(around, line_break=", ")
    names = parse_byline(row).names if is_byline_row(row) or _BY.match(row) else ()
    return row if name in names and all(each == name or holds_person(each) or is_desk(each) for each in names) else name


def _names_author(link: Element) -> bool:
    href = link.get("href") or ""
    return any(path in href for path in _AUTHOR_PATHS) or "author" in (link.get("rel") or "")


def _own_names(outlet: Outlet | None) -> frozenset[str]:
    """Return the outlet's own names, folded: desks on its own pages, even if other outlets credit it as an agency."""
    return _folded((outlet.name, outlet.slug, *outlet.signatures)) if outlet else frozenset()


@lru_cache(maxsize=64)
def _folded(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, names))
