"""The headline of an article as the page prints it: without outlet, kicker, or the label of a live page."""

import re
from collections.abc import Iterator
from itertools import islice

from crawler.items import Source
from crawler.limits import LONGEST_TITLE
from crawler.reading.designs import texts
from crawler.reading.junk import fold_phrase
from crawler.reading.lines import text_in
from crawler.reading.metadata import Sources, is_same_headline
from crawler.reading.outlet import Design
from crawler.reading.site_name import may_hold_name, site_names, without_brand, without_names, without_site_name
from crawler.reading.tree import Element
from crawler.reasons import NotAnArticle, Reason

_LONGEST_KICKER = 4
"""Words of a kicker. One outlet colours the first half of each headline, which is not a kicker: it has five or more."""
_MOST_KICKERS = 3
_SECTION_NAME = 2
"""Words of a section's name: विदेश, दुनिया, World News."""
_LONG_TITLE = 4
_NAMED_KICKER = re.compile(
    r"""
    (?<![a-z])
    (?:kicker|eyebrow|overline|topline|shoulder|slug|tagline      # newsrooms' own words
    |category|cat|section|topic|label|badge|tag|flag|pill         # designers' words
    |breaking|exclusive|live)
    (?![a-z])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_AROUND = " :：|–—-•·।,/»>"
"""What parts a kicker from the headline."""
_LIVE = r"""
    (?<![a-z\u0900-\u0963])
    (?:live|लाइव)
    (?:\s?[-–]?\s?(?:updates?|blog|coverage|news|अपडेट्?स?|ब्लॉग|कवरेज|न्यूज))?
    (?![a-z\u0900-\u0963])
"""
_LIVE_LABEL = re.compile(
    rf"""
    ^\W{{0,3}}{_LIVE}\s?[:：|•·,–—-]{{1,3}}\s{{0,3}}     # `LIVE: …`; a word without a mark after it opens a sentence
    |\s{{0,3}}[:：|•·,–—(\[-]{{1,3}}\s?{_LIVE}[)\]]?\W{{0,2}}$  # `… | लाइव अपडेट`
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BEHIND_A_HEADING = re.compile(r"\s[|:–—-]\s")
_MOST_HEADINGS = 40
_SHORTEST_HEADING = 3
"""Words of a heading that is the headline, not that of a section."""
_LIVE_INSIDE = re.compile(rf"\S\s{_LIVE}\s?[:：|–—-]{{1,2}}\s", re.VERBOSE | re.IGNORECASE)


def read_headline(page: Sources, design: Design | None) -> tuple[str, Source]:
    """Return the headline as printed, and where it was read; raise NotAnArticle for a page that has none.

    What the page prints wins: JSON-LD cuts long headlines and puts the outlet's name before them. It is named as the
    source where it says the same, and it is taken where no printed title is the page's own.
    """
    stated = page.stated_headline
    whole = text_in(page.h1) if page.h1 is not None else None
    printed = _without_kicker(page.h1, whole, page) if page.h1 is not None and whole else None
    if printed and may_hold_name(printed):
        printed = without_names(printed, site_names(page))
    selected = next(iter(texts(page.root, design.headline if design else None)), None)
    if selected == whole:
        selected = selected and printed
    if printed and _is_of_another(printed, stated, page):
        printed = None
    for text, source in _offers(page, selected, printed, stated):
        if text and len(text) <= LONGEST_TITLE:
            return text, "json-ld" if stated and fold_phrase(text) == fold_phrase(stated) else source
    raise NotAnArticle(Reason.NO_HEADLINE, f"{page.url}: no headline in JSON-LD, h1 or meta tags")


def _offers(
    page: Sources, selected: str | None, printed: str | None, stated: str | None
) -> Iterator[tuple[str | None, Source]]:
    yield selected, "selector"
    yield printed, "generic"
    yield stated, "json-ld"
    names, announced = site_names(page), page.meta("og:title", "twitter:title")
    yield without_site_name(announced, names) if announced else None, "meta"
    yield _as_a_heading(without_brand(page.title, names), page) if page.title else None, "meta"
    yield page.announced, "feed"


def _as_a_heading(title: str, page: Sources) -> str:
    """Return the heading with which a title begins, before a dash, a bar or a colon; else the title.

    The page prints the headline in an `h2`, and the names of section and outlet stand behind it in the title. A heading
    of fewer words than those behind it is that of a topic, in a title such as `वरुणपुर चुनाव 2024 : आज मतदान शुरू हुआ`.
    """
    if not _BEHIND_A_HEADING.search(title):
        return title
    headings = (text_in(heading) for heading in islice(page.root.iter("h2", "h3"), _MOST_HEADINGS))
    return next((text for text in headings if _opens(title, text)), title)


def _opens(title: str, heading: str) -> bool:
    if len(heading.split()) < _SHORTEST_HEADING or not title.startswith(heading):
        return False
    behind = _BEHIND_A_HEADING.match(title, len(heading))
    return behind is not None and len(heading.split()) >= len(title[behind.end() :].split())


def names_live_page(headline: str) -> bool:
    """Return whether a headline has the label of a live page between a topic and what is new: `वरुणपुर LIVE: आंधी थमी`."""
    return mentions_live(headline) and _LIVE_INSIDE.search(headline) is not None


def mentions_live(headline: str) -> bool:
    """Return whether a headline has the word of a live page anywhere; nearly all have not, and need no pattern."""
    return "लाइव" in headline or "live" in headline.lower()


def without_live_label(headline: str) -> str:
    """Return the headline of a live page without the label that says so; a word inside a sentence stays.

    >>> without_live_label("LIVE: वरुणपुर में मतगणना शुरू"), without_live_label("लाइव मैच में भिड़े खिलाड़ी")
    ('वरुणपुर में मतगणना शुरू', 'लाइव मैच में भिड़े खिलाड़ी')
    """
    return (_LIVE_LABEL.sub("", headline) if mentions_live(headline) else headline).strip() or headline


def _is_of_another(printed: str, stated: str | None, page: Sources) -> bool:
    """Return whether an `h1` is not the headline: no title of the page agrees with it, and one of them says more."""
    if _is_titled(page, printed):
        return False
    if stated:
        return not is_same_headline(printed, stated)
    titles = (page.meta("og:title"), page.title)
    is_short = len(printed.split()) <= _SECTION_NAME
    return is_short and any(title and len(title.split()) >= _LONG_TITLE for title in titles)


def _is_titled(page: Sources, text: str) -> bool:
    titles = (page.title, page.meta("og:title"))
    return any(title and is_same_headline(text, title) for title in titles)


def _without_kicker(h1: Element, whole: str, page: Sources) -> str:
    """Return `whole`, the text of an `h1`, without the kicker inside it.

    An element that opens the `h1` is a kicker where the page's titles begin behind it, or where its class names one
    and no title begins with it.
    """
    stated = (page.stated_headline, page.meta("og:title", "twitter:title"), page.title)
    titles = [fold_phrase(title) for title in stated if title]
    if any(_begin_alike(title, fold_phrase(whole)) for title in titles):
        return whole
    openers = _openers(h1)
    rests = list(_behind(whole, openers))
    for rest in rests:
        if len(rest.split()) > 1 and any(_begin_alike(title, fold_phrase(rest)) for title in titles):
            return rest
    named = [rest for rest, opener in zip(rests, openers, strict=False) if rest and _is_named_kicker(opener)]
    return named[-1] if named else whole


def _openers(h1: Element) -> list[Element]:
    """Return the elements that open an `h1`, before any text of its own."""
    while len(h1) == 1 and not (h1.text or "").strip() and not (h1[0].tail or "").strip():
        h1 = h1[0]
    openers: list[Element] = []
    if (h1.text or "").strip():
        return openers
    for child in islice(h1, _MOST_KICKERS):
        openers.append(child)
        if (child.tail or "").strip(_AROUND + "\n\t\r"):
            break
    return openers


def _behind(whole: str, openers: list[Element]) -> Iterator[str]:
    """Yield what stands behind each of the opening elements, as long as what stands before it may be a kicker."""
    end = 0
    for opener in openers:
        text = text_in(opener)
        end = whole.find(text, end) + len(text)
        if len(fold_phrase(whole[:end]).split()) > _LONGEST_KICKER:
            return
        yield whole[end:].lstrip(_AROUND)


def _is_named_kicker(element: Element) -> bool:
    return _NAMED_KICKER.search(f"{element.get('class') or ''} {element.get('id') or ''}".replace("_", "-")) is not None


def _begin_alike(title: str, text: str) -> bool:
    """Return whether one of two folded texts begins with the other: titles are cut, or have the outlet behind them."""
    shorter, longer = (title, text) if len(title) <= len(text) else (text, title)
    return f"{longer} ".startswith(f"{shorter} ") and len(shorter.split()) > 1
