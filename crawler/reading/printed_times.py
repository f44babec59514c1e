"""Read the times that stand around a headline: in `time` and `abbr`, in the rows above the body, in loose texts."""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice

from crawler.reading.junk import mark_of
from crawler.reading.machine_time import has_unknown_zone
from crawler.reading.metadata import Sources
from crawler.reading.parts_of_others import PartsOfOthers
from crawler.reading.stated_time import Stated, is_plausible, time_of
from crawler.reading.teasers import opens_a_teaser
from crawler.reading.tree import Element, all_of, text_of_element, walk
from crawler.text.dates import read_printed_dates
from crawler.text.spans import is_span

_UNSEEN = "script or ancestor::style or ancestor::template or ancestor::noscript"
_UNSEEN_TAGS = frozenset(("script", "style", "template", "noscript"))
_MOST_TEXTS = 40
_TEXTS_BEFORE = all_of(
    "ancestor::*[position() <= 4]/preceding-sibling::*[position() <= 2]"
    f"//text()[normalize-space(.)][not(ancestor::{_UNSEEN})]"
)
_MICRODATA = all_of(
    "descendant::*/@itemprop[. = 'datePublished' or . = 'dateModified']/parent::*[@content][not(self::meta)]"
)
"""A time in an attribute of any element: `<span itemprop="datePublished" content="2024-06-13T09:30:00+05:30">`."""
_OF_OTHERS = frozenset(("advertising", "related"))
"""Marks of what stands beside a report: promotions, lists of other articles."""
_COMMENTS = re.compile(r"comment|disqus|vuukle|टिप्पणी", re.IGNORECASE)
_CARD = frozenset(("li", "article", "section", "div", "a"))
_MAY_BE_ZONE = re.compile(r"(?<![A-Za-z])[A-Z]{2,4}T(?![A-Za-z])")
"""An abbreviation in a row that may be a zone; others after a time are agencies and outlets: `10:15 AM ANI`."""
_LONGEST_ROW = 200
_LONGEST_LABEL = 30
_MOST_TIMES = 8
_DIGIT = re.compile(r"\d")


def read_printed_times(page: Sources, top: Element | None, rows: list[str]) -> tuple[list[Stated], list[Stated]]:
    """Return the times that stand around the headline: of publication, and of changes."""
    published: list[Stated] = []
    modified: list[Stated] = []
    if top is not None and top.tag not in ("body", "html"):
        _sort_marked(top.iter("time"), page, published, modified)
        if not published:
            _sort_marked(_MICRODATA(top), page, published, modified)
    published += [] if published else _of_microformats(page)
    if published:
        return published, modified
    _sort_printed(rows, page, published, modified)
    if not published and not modified:
        _sort_printed(_around(page), page, published, modified)
    return published, modified


def _sort_marked(elements: Iterable[Element], page: Sources, published: list[Stated], modified: list[Stated]) -> None:
    """Add the times that elements state, except those of other articles, to those of publication or of changes."""
    of_others = _of_others(page.h1)
    for element in islice((each for each in elements if not of_others.hold(each)), _MOST_TIMES):
        text = " ".join((element.get("datetime") or element.get("content") or text_of_element(element)).split())
        time = time_of(text, page)
        if time:
            names = f"{element.get('itemprop') or ''} {element.get('class') or ''}"
            (modified if "modified" in names.lower() else published).append(Stated(time, "generic", text))


def _of_microformats(page: Sources) -> list[Stated]:
    """Return the one time that a blog's markup states: `<abbr class="published" title="2026-03-12T18:45:00+05:30">`."""
    names = ((each, f"{each.get('class')} {each.get('itemprop')}") for each in page.root.iter("abbr"))
    marked = (each.get("title") for each, name in names if "published" in name.lower())
    titles = {title for title in islice(marked, _MOST_TIMES) if title}
    stated = [Stated(time, "generic", title) for title in titles if (time := time_of(title, page))]
    return stated if len(titles) == 1 else []


def _around(page: Sources) -> list[str]:
    if page.h1 is None:
        return []
    of_others = _of_others(page.h1)
    before = ((text, text.getparent()) for text in _TEXTS_BEFORE(page.h1)[:_MOST_TEXTS])
    behind = islice(_texts_behind(page.h1), _MOST_TEXTS)
    return [text for text, element in (*before, *behind) if not of_others.hold(element)]


def _texts_behind(h1: Element) -> Iterator[tuple[str, Element]]:
    """Yield each visible text after a headline, in page order, with the element that it stands in or follows."""
    for around in (h1, *h1.iterancestors()):
        if around.tail and not around.tail.isspace():
            yield around.tail, around
        for sibling in around.itersiblings():
            events = walk(sibling)
            for event, element in events:
                if event == "start" and element.tag in _UNSEEN_TAGS:
                    events.skip_subtree()
                    continue
                text = element.text if event == "start" else element.tail
                if text and not text.isspace():
                    yield text, element


def _of_others(h1: Element | None) -> PartsOfOthers:
    """Return the parts of a page that are comments, a promotion or another article's card."""
    return PartsOfOthers(h1.iterancestors() if h1 is not None else (), partial(_is_of_others, h1))


def _is_of_others(h1: Element | None, each: Element) -> bool | None:
    """Return whether an element is such a part, or is surely none; None where those around it decide."""
    names = f"{each.get('class') or ''} {each.get('id') or ''}"
    if each.tag in ("aside", "nav", "footer") or _COMMENTS.search(names) or mark_of(names) in _OF_OTHERS:
        return True
    if each.tag in _CARD and any(heading is not h1 for heading in each.iter("h2", "h3", "h4")):
        return each.find(".//p") is None or opens_a_teaser(each)
    return None


def _sort_printed(rows: list[str], page: Sources, published: list[Stated], modified: list[Stated]) -> None:
    """Add the times of printed rows to those of publication or of changes, as their labels say."""
    label = ""
    for row in rows:
        if len(row) > _LONGEST_ROW or (_MAY_BE_ZONE.search(row) and has_unknown_zone(row)):
            continue
        if not _DIGIT.search(row) and not is_span(row):
            label = row.strip() if len(row) < _LONGEST_LABEL else ""
            continue
        dates = read_printed_dates(f"{label} {row}", now=page.fetched_at, zone=page.zone)
        if not dates and label:  # what stands before a span may be anything: विदेश
            dates = read_printed_dates(row, now=page.fetched_at, zone=page.zone)
        for printed in dates:
            time = printed.isoformat()
            if is_plausible(time, page):
                stated = Stated(time, "generic", " ".join(row.split()))
                (modified if printed.label == "updated" else published).append(stated)
        label = ""
