"""The byline of an article: people and desks as printed; agencies in it become credits."""

import re
from collections.abc import Iterator
from itertools import islice

from crawler.items import Source
from crawler.reading.designs import texts_near
from crawler.reading.json_ld import text_of
from crawler.reading.junk import folded
from crawler.reading.lines import text_in
from crawler.reading.metadata import Sources
from crawler.reading.outlet import Design, Outlet
from crawler.reading.tree import Element, all_of, text_of_element
from crawler.text.agencies import Agency, find_agency
from crawler.text.credit.credits import Credit
from crawler.text.places import find_place

_LABEL = re.compile(
    r"^\W*(?:(?:written|edited|posted|published|reported|curated|updated|compiled|story)\s*by|by|author|reporter|agency|"
    r"लेखक|रिपोर्टर|रिपोर्ट|संपादन|प्रस्तुति|लेखन|द्वारा)\s*[:：\-–—]*\s+|^\W+",
    re.IGNORECASE,
)
_PARTS = re.compile(r"(?:(?<!\s)\s+)?[,;/|•&]\s*|(?<!\s)\s+(?:और|व|एवं|and|with)\s+", re.IGNORECASE)
_DESK = re.compile(r"डेस्क|ब्यूरो|टीम|नेटवर्क|संवाददाता|प्रतिनिधि|desk|bureau|team|network|correspondent|staff", re.IGNORECASE)
_NOT_A_NAME = re.compile(
    r"\d{4}|https?:|@|\bIST\b|^(?:admin|administrator|editor|null|undefined|author|none|na|n/a)$", re.IGNORECASE
)
_DATE_TAIL = re.compile(
    r"(?:(?:updated?|published|अपडेटेड|प्रकाशित)\W{0,4})?"
    r"(?:\d{1,2}[\s/.-]{1,3}[^\s\d,/.-]{1,15}[\s,/.-]{1,3}\d{4}|\d{1,2}[\s/.-]{1,3}\d{1,2}[\s,/.-]{1,3}\d{4}"
    r"|[^\W\d]{3,10}\.?\s{1,3}\d{1,2},?\s{1,3}\d{4}|\d{4}-\d\d-\d\d)",
    re.IGNORECASE,
)
"""Where the date begins that stands behind a name: no name goes on behind it."""
_LONGEST = 80
_AUTHORS = all_of(".//*[@itemprop='author']")
_AUTHOR_PATHS = ("/author", "/profile/", "/reporter/")
_MOST_NAMES = 4


def read_byline(
    page: Sources, design: Design | None, top: Element | None
) -> tuple[list[str], list[Credit], Source | None]:
    """Return the names that a page signs its article with, the agencies among them as credits, and the source.

    `top` is the element that holds the headline and the body: names outside it sign other articles.
    """
    own = _own_names(page.outlet)
    for source, raws in _offers(page, design, top):
        found = list(dict.fromkeys(name for raw in raws for name in split_names(raw, page.outlet)))
        agencies = {name: _agency(name) for name in found if folded(name) not in own}
        names = [name for name in found if agencies.get(name) is None]
        by_agency: dict[str, Credit] = {}
        for name in found:
            agency = agencies.get(name)
            if agency:
                credit = Credit(agency=agency.id, name=agency.name, raw=name, where="byline")
                by_agency.setdefault(agency.id, credit)
        if found:
            return names, list(by_agency.values()), source
    return [], [], None


def _agency(name: str) -> Agency | None:
    agency = find_agency(name)
    return agency if agency and agency.may_credit else None


def _offers(page: Sources, design: Design | None, top: Element | None) -> Iterator[tuple[Source, list[str]]]:
    printed = texts_near(top, page.root, design.byline) if design else []
    yield "selector", printed
    publisher = {folded(name) for name in (text_of(page.node.get("publisher")), page.meta("og:site_name")) if name}
    authors = page.node.get("author") or page.node.get("creator")
    told = [text_of(author) for author in (authors if isinstance(authors, list) else [authors])]
    names = [name for name in told if name and folded(name) not in publisher]
    yield "json-ld", names
    yield "generic", _signed(top) if top is not None else []
    metas = [name for key in ("author", "article:author", "dc.creator", "byl") for name in page.metas.get(key, ())]
    yield "meta", [name for name in metas if folded(name) not in publisher and not name.startswith("http")]


def _signed(top: Element) -> list[str]:
    """Return the names in microdata, or those that link to a page about an author."""
    if top.tag in ("body", "html"):
        return []
    found = [text_in(element) for element in _AUTHORS(top)[:_MOST_NAMES]]
    links = (link for link in top.iter("a") if _names_author(link))
    found += [text_of_element(link) for link in islice(links, _MOST_NAMES)] if not any(found) else []
    return [name for name in found if name]


def _names_author(link: Element) -> bool:
    href = link.get("href") or ""
    return any(path in href for path in _AUTHOR_PATHS) or "author" in (link.get("rel") or "")


def split_names(raw: str, outlet: Outlet | None) -> list[str]:
    """Return the names of a byline.

    >>> split_names("By रमेश कुमार और सीता देवी", None)
    ['रमेश कुमार', 'सीता देवी']
    """
    text = _cleaned(raw)
    if not text or len(text) > 2 * _LONGEST:
        return []
    own = _own_names(outlet)
    parts = [part for part in (_cleaned(part) for part in _PARTS.split(text)) if part]
    if (
        len(parts) > 1
        and any(_DESK.search(part) or folded(part) in own for part in parts)
        and not any(_agency(part) for part in parts)
    ):
        return [text]
    names = [part for part in parts if len(part) <= _LONGEST and not _NOT_A_NAME.search(part)]
    return [name for number, name in enumerate(names) if number == 0 or find_place(name) is None]


def _own_names(outlet: Outlet | None) -> set[str]:
    """Return what an outlet signs itself with: a desk in its own pages, even where others credit it as an agency."""
    return {folded(name) for name in (outlet.name, outlet.slug, *outlet.signatures)} if outlet else set()


def _cleaned(text: str) -> str:
    plain = " ".join(text.split())
    date = _DATE_TAIL.search(plain)
    name = plain[: date.start()].rstrip(" ,/|(–—-") if date else plain
    return _LABEL.sub("", name).strip(" ,;:-–—|/•")
