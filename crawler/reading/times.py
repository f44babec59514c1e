"""Read the times that a page states: ISO 8601 with offset, or `YYYY-MM-DD` if it states only the day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

from crawler.items import Source
from crawler.reading.designs import texts
from crawler.reading.json_ld import text_of
from crawler.reading.junk import mark_of
from crawler.reading.kind import own_piece, own_video
from crawler.reading.machine_time import has_unknown_zone, read_machine_time
from crawler.reading.metadata import Sources
from crawler.reading.outlet import Design
from crawler.reading.teasers import opens_a_teaser
from crawler.reading.tree import Element, all_of, text_of_element, walk
from crawler.text.dates import read_printed_dates
from crawler.text.spans import is_span

_EARLIEST = date(2000, 1, 1)
CLOCKS = timedelta(hours=1)
"""How far the clocks of a publisher and of a crawl may lie apart."""
_ZONES = timedelta(hours=14)
"""How far a local time that calls itself UTC may lie ahead of UTC."""
_PUBLISHED_METAS = (
    "article:published_time",
    "datepublished",
    "article:published_date",
    "og:published_time",
    "og:article:published_time",
    "article:published",
    "publish-date",
    "publishdate",
    "published_time",
    "published-date",
    "pubdate",
    "article_date_original",
    "dc.date.issued",
    "dcterms.created",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "date",
    "dc.date",
)
_MODIFIED_METAS = (
    "article:modified_time",
    "datemodified",
    "article:modified_date",
    "og:modified_time",
    "og:updated_time",
    "article:modified",
    "last-modified",
    "lastmod",
    "dcterms.modified",
)
_UNSEEN = "script or ancestor::style or ancestor::template or ancestor::noscript"
_UNSEEN_TAGS = frozenset(("script", "style", "template", "noscript"))
_MOST_TEXTS = 40
_TEXTS_BEFORE = all_of(
    "ancestor::*[position() <= 4]/preceding-sibling::*[position() <= 2]"
    f"//text()[normalize-space(.)][not(ancestor::{_UNSEEN})]"
)
_OF_OTHERS = frozenset(("advertising", "related"))
"""Marks of what stands beside a report: promotions, lists of other articles."""
_COMMENTS = re.compile(r"comment|disqus|vuukle|टिप्पणी", re.IGNORECASE)
_CARD = frozenset(("li", "article", "section", "div", "a"))
_MAY_BE_ZONE = re.compile(r"(?<![A-Za-z])[A-Z]{2,4}T(?![A-Za-z])")
"""An abbreviation in a row that may be a zone; others after a time are agencies and outlets: `10:15 AM ANI`."""
_LONGEST_ROW = 200
_LONGEST_LABEL = 30
_MOST_TIMES = 8
_LONGEST_UNKNOWN = 60
_DIGIT = re.compile(r"\d")


class Stated(NamedTuple):
    """One time that a page states."""

    time: str
    """ISO 8601 with offset, or `YYYY-MM-DD`."""
    source: Source
    raw: str
    """The value or the printed text that it was read from."""


@dataclass(frozen=True, slots=True)
class Times:
    """The two times of an article."""

    published: Stated | None = None
    modified: Stated | None = None


def stated_day(page: Sources) -> date | None:
    """Return the day of publication that JSON-LD or a meta tag states."""
    stated = next(_stated(page, "datePublished", _PUBLISHED_METAS, None), None)
    return date.fromisoformat(stated.time[:10]) if stated else None


def read_times(page: Sources, design: Design | None, top: Element | None, rows: list[str]) -> Times:
    """Return the times that a page states: JSON-LD first, then selectors, meta tags, `time` and what it prints.

    `top` is the element that holds the headline and the body: a `time` outside it belongs to another article. `rows`
    are the lines that stand between the two.
    """
    published = _certain(_stated(page, "datePublished", _PUBLISHED_METAS, design.published if design else None))
    modified = _certain(_stated(page, "dateModified", _MODIFIED_METAS, design.modified if design else None))
    printed: tuple[list[Stated], list[Stated]] = ([], [])
    if not published or _is_utc(published[0].time):
        printed = _printed(page, top, rows)
    times = Times(_best([*published, *printed[0]], page), _best([*modified, *printed[1]], page))
    if times.published and times.modified and times.modified.time[:10] < times.published.time[:10]:
        return Times(times.published)
    return times


def _stated(page: Sources, key: str, metas: tuple[str, ...], selector: str | None) -> Iterator[Stated]:
    for text, source in _values(page, key, metas, selector):
        time = _read_time(text, page) if text else None
        if text and time and _is_plausible(time, page):
            yield Stated(time, source, text)


def _values(
    page: Sources, key: str, metas: tuple[str, ...], selector: str | None
) -> Iterator[tuple[str | None, Source]]:
    yield text_of(page.node.get(key)), "json-ld"
    for text in texts(page.root, selector):
        yield text, "selector"
    for name in metas:
        for value in page.metas.get(name, ()):
            yield value, "meta"
    if piece := own_piece(page):
        yield text_of(piece.get(key)), "json-ld"
    if key == "datePublished" and (video := own_video(page)):
        yield text_of(video.get("uploadDate")) or text_of(video.get(key)), "json-ld"


def _certain(stated: Iterator[Stated]) -> list[Stated]:
    """Return only the first time if it is certain (it has a time of day and is not in UTC), else all of them."""
    first = next(stated, None)
    if first is None:
        return []
    return [first] if len(first.time) > 10 and not _is_utc(first.time) else [first, *stated]


def _best(stated: list[Stated], page: Sources) -> Stated | None:
    """Return the first time with a time of day, else the first day; a time in UTC after the fetch does not count."""
    times = [each.time for each in stated]
    for each in sorted(stated, key=lambda each: len(each.time) <= 10):
        mended = _local(each.time, times, page)
        if not _is_utc(mended) or _is_past(mended, page, CLOCKS):
            return each._replace(time=mended)
    return None


def _local(time: str, others: list[str], page: Sources) -> str:
    """Return a time; if it is a local time mislabelled as UTC, return it with the offset of the page's zone.

    It is mislabelled if another time of the page has the same clock time with an offset, or if it is in the future.
    """
    if not _is_utc(time) or page.zone in ("UTC", "Etc/UTC"):
        return time
    local = datetime.fromisoformat(time).replace(tzinfo=ZoneInfo(page.zone)).isoformat()
    clock = time[:16]
    if any(other[:16] == clock and not _is_utc(other) for other in others):
        return local
    if page.fetched_at and datetime.fromisoformat(time) > page.fetched_at >= datetime.fromisoformat(local):
        return local
    return time


def _is_utc(time: str) -> bool:
    return time.endswith("+00:00")


def _read_time(text: str, page: Sources) -> str | None:
    """Return a machine-written or printed time in ISO 8601 with offset, or `YYYY-MM-DD` for a day, or None."""
    if text not in page.times:
        time = read_machine_time(text, page.zone, now=page.fetched_at)
        page.times[text] = time or (None if has_unknown_zone(text) else read_unknown(text, page.zone))
    return page.times[text]


def _is_plausible(time: str, page: Sources) -> bool:
    """Return whether a time may be a publication time: not before 2000, not after the page was fetched."""
    if date.fromisoformat(time[:10]) < _EARLIEST:
        return False
    return _is_past(time, page, _ZONES if _is_utc(time) else CLOCKS)


def _is_past(time: str, page: Sources, tolerance: timedelta) -> bool:
    moment = datetime.fromisoformat(time)
    moment = moment.replace(tzinfo=moment.tzinfo or ZoneInfo(page.zone))
    return moment <= (page.fetched_at or datetime.now(UTC)) + tolerance


def _printed(page: Sources, top: Element | None, rows: list[str]) -> tuple[list[Stated], list[Stated]]:
    """Return the times that stand around the headline: of publication, and of changes."""
    published: list[Stated] = []
    modified: list[Stated] = []
    within = top.iter("time") if top is not None and top.tag not in ("body", "html") else iter(())
    own = set(page.h1.iterancestors()) if page.h1 is not None else set()
    for element in islice((each for each in within if not _is_of_others(each, page.h1, own)), _MOST_TIMES):
        text = " ".join((element.get("datetime") or text_of_element(element)).split())
        time = _read_time(text, page)
        if time and _is_plausible(time, page):
            names = f"{element.get('itemprop') or ''} {element.get('class') or ''}"
            (modified if "modified" in names.lower() else published).append(Stated(time, "generic", text))
    published += [] if published else _of_microformats(page)
    if published:
        return published, modified
    _sort_printed(rows, page, published, modified)
    if not published and not modified:
        _sort_printed(_around(page), page, published, modified)
    return published, modified


def _of_microformats(page: Sources) -> list[Stated]:
    """Return the one time that a blog's markup states: `<abbr class="published" title="2026-03-12T18:45:00+05:30">`."""
    names = ((each, f"{each.get('class')} {each.get('itemprop')}") for each in page.root.iter("abbr"))
    marked = (each.get("title") for each, name in names if "published" in name.lower())
    titles = {title for title in islice(marked, _MOST_TIMES) if title}
    stated = [Stated(time, "generic", title) for title in titles if (time := _read_time(title, page))]
    return [each for each in stated if len(titles) == 1 and _is_plausible(each.time, page)]


def _around(page: Sources) -> list[str]:
    if page.h1 is None:
        return []
    own = set(page.h1.iterancestors())
    before = ((text, text.getparent()) for text in _TEXTS_BEFORE(page.h1)[:_MOST_TEXTS])
    behind = islice(_texts_behind(page.h1), _MOST_TEXTS)
    return [text for text, element in (*before, *behind) if not _is_of_others(element, page.h1, own)]


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


def _is_of_others(element: Element, h1: Element | None, own: set[Element]) -> bool:
    """Return whether an element stands in comments, a promotion or another article's card.

    None of these stands in `own`, the ancestors of the `h1`.
    """
    for each in (element, *element.iterancestors()):
        if each in own:
            return False
        names = f"{each.get('class') or ''} {each.get('id') or ''}"
        if each.tag in ("aside", "nav", "footer") or _COMMENTS.search(names) or mark_of(names) in _OF_OTHERS:
            return True
        if each.tag in _CARD and any(heading is not h1 for heading in each.iter("h2", "h3", "h4")):
            return each.find(".//p") is None or opens_a_teaser(each)
    return False


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
            if _is_plausible(time, page):
                stated = Stated(time, "generic", " ".join(row.split()))
                (modified if printed.label == "updated" else published).append(stated)
        label = ""


def read_unknown(text: str, zone: str) -> str | None:
    """Return a time that our own grammar cannot read, as dateparser reads it, or None; only complete dates are read.

    dateparser takes a thousand times as long as our own grammar, so it reads only what JSON-LD, a selector, a meta tag
    or the element `time` states.
    """
    if len(text) > _LONGEST_UNKNOWN or not _DIGIT.search(text) or not any(letter.isalpha() for letter in text):
        return None
    from dateparser import parse as parse_date  # half a second to import

    settings = {
        "TIMEZONE": zone,
        "RETURN_AS_TIMEZONE_AWARE": True,
        "STRICT_PARSING": True,
        "PARSERS": ["absolute-time"],
    }
    moment: datetime | None = parse_date(text, languages=["hi", "en"], settings=settings)
    return moment.replace(microsecond=0).isoformat() if moment else None
