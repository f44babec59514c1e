"""Read the times that a page states: ISO 8601 with offset, or `YYYY-MM-DD` if it states only the day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from crawler.items import Source
from crawler.reading.designs import texts
from crawler.reading.json_ld import text_of
from crawler.reading.kind import own_piece, own_video
from crawler.reading.metadata import Sources
from crawler.reading.outlet import Design
from crawler.reading.printed_times import read_printed_times
from crawler.reading.stated_time import CLOCKS, Stated, is_past, is_utc, time_of
from crawler.reading.tree import Element

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
    if not published or is_utc(published[0].time):
        printed = read_printed_times(page, top, rows)
    times = Times(_best([*published, *printed[0]], page), _best([*modified, *printed[1]], page))
    if times.published and times.modified and times.modified.time[:10] < times.published.time[:10]:
        return Times(times.published)
    return times


def _stated(page: Sources, key: str, metas: tuple[str, ...], selector: str | None) -> Iterator[Stated]:
    for text, source in _values(page, key, metas, selector):
        if text and (time := time_of(text, page)):
            yield Stated(time, source, text)


def _values(
    page: Sources, key: str, metas: tuple[str, ...], selector: str | None
) -> Iterator[tuple[str | None, Source]]:
    yield text_of(page.signed_node.get(key)), "json-ld"
    for text in texts(page.root, selector):
        yield text, "selector"
    for name in filter(page.metas.__contains__, metas):
        for value in page.metas[name]:
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
    return [first] if len(first.time) > 10 and not is_utc(first.time) else [first, *stated]


def _best(stated: list[Stated], page: Sources) -> Stated | None:
    """Return the first time with a time of day, else the first day; a time in UTC after the fetch does not count."""
    times = [each.time for each in stated]
    for each in sorted(stated, key=lambda each: len(each.time) <= 10):
        mended = _local(each.time, times, page)
        if not is_utc(mended) or is_past(mended, page, CLOCKS):
            return each if mended == each.time else each._replace(time=mended)
    return None


def _local(time: str, others: list[str], page: Sources) -> str:
    """Return a time; if it is a local time mislabelled as UTC, return it with the offset of the page's zone.

    It is mislabelled if another time of the page has the same clock time with an offset, or if it is in the future.
    """
    if not is_utc(time) or page.zone in ("UTC", "Etc/UTC"):
        return time
    local = datetime.fromisoformat(time).replace(tzinfo=ZoneInfo(page.zone)).isoformat()
    clock = time[:16]
    if any(other[:16] == clock and not is_utc(other) for other in others):
        return local
    if page.fetched_at and datetime.fromisoformat(time) > page.fetched_at >= datetime.fromisoformat(local):
        return local
    return time
