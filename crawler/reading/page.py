"""Read one page: its bytes become an `Article`, or a reason why it is none."""

from datetime import datetime
from typing import Any

import crawler
from crawler.items import Article, Publisher, Source
from crawler.limits import LONGEST_BODY
from crawler.reading.article_ids import article_id
from crawler.reading.body import Report, read_report
from crawler.reading.byline import read_byline, with_printed_rows
from crawler.reading.designs import fitting_design, texts_near
from crawler.reading.gallery import is_told_by_captions, with_captions
from crawler.reading.guard import TooLargeError
from crawler.reading.headline import read_headline, without_live_label
from crawler.reading.images import read_images
from crawler.reading.kind import is_live_page, read_access, read_kind
from crawler.reading.main_content import find_container, joining, weigh_page
from crawler.reading.markup import read_markup
from crawler.reading.metadata import Sources, read_sources
from crawler.reading.outlet import Design, Outlet
from crawler.reading.short_fields import own_address, read_printed_dateline, read_section, read_tags
from crawler.reading.times import read_times, stated_day
from crawler.reading.urls import canonical_url, original_url
from crawler.reading.walls import is_dated, refuse_empty, refuse_little, refuse_read, refuse_wall
from crawler.reasons import NotAnArticle, Reason
from crawler.text.instants import instant, published, utc
from crawler.url_parts import host_of

__all__ = ["NotAnArticle", "read_page"]


def read_page(
    page: bytes,
    url: str,
    outlet: Outlet | None = None,
    *,
    encoding: str | None = None,
    fetched_at: datetime | None = None,
    announced: str | None = None,
) -> Article:
    """Return the article on a page; raise NotAnArticle if there is none.

    `encoding` is the charset in the HTTP header; valid UTF-8 and the page's own declaration win over it. `fetched_at`
    resolves relative times (`5 घंटे पहले`). `announced` is the title in the listing, for a page without a headline.
    """
    url = original_url(url)
    try:
        root = read_markup(page, url, encoding=encoding)
        sources = read_sources(root, url, outlet, fetched_at)
        sources.announced = announced
        return _read(sources)
    except TooLargeError as error:
        raise NotAnArticle(Reason.TOO_LARGE, f"{url}: {error}") from error


def _read(page: Sources) -> Article:
    refuse_wall(page)
    day = stated_day(page)
    design, found = fitting_design(page.root, page.outlet, day)
    mass = weigh_page(page.root, page.h1)
    container = find_container(mass, page.h1)
    top = joining(container, page.h1) if container is not None else None
    refuse_little(page, mass, top, dated=day is not None or is_dated(top))
    headline, headline_source = read_headline(page, design)
    byline = read_byline(page, design, top)
    page.is_live = is_live_page(page)
    known = [headline, *byline.names, *filter(None, (page.title, page.stated_headline))]
    report = with_captions(page, read_report(page, design, found, mass, container, known))
    if report is None:
        refuse_empty(page, headline)
    size = sum(len(block.text) for block in report.body.blocks)
    if size > LONGEST_BODY:
        raise TooLargeError(f"its body has {size} characters; {LONGEST_BODY} are read")
    body = report.body
    byline = with_printed_rows(byline, [*body.rows, *body.signed], body.above, page.outlet)
    times = read_times(page, design, report.top, report.body.rows)
    first, last = times.published, times.modified
    refuse_read(page, headline, report, first.time if first else None)
    section, section_source = read_section(page, design)
    tags, tags_source = read_tags(page, design)
    deck, deck_source = _deck(page, design, report)
    dateline, dateline_source = read_printed_dateline(page, design, report.top, report.body.rows)
    article = _article(
        page,
        report,
        headline=headline,
        deck=deck,
        byline=byline.names,
        dateline=dateline,
        credits=byline.credits,
        **(dict(published(first.time, page.zone, first.raw)) if first else {}),
        modified_at=last and instant(last.time, page.zone),
        published_raw=first and first.raw,
        modified_raw=last and last.raw,
        section=section,
        tags=tags,
    )
    _note_provenance(
        article,
        headline=headline_source,
        deck=deck_source,
        byline=byline.source,
        dateline=dateline_source,
        credits=byline.source,
        published_at=first and first.source,
        published_on=first and first.source,
        modified_at=last and last.source,
        section=section_source,
        tags=tags_source,
        body=report.source,
    )
    amend = page.outlet.amend if page.outlet else None
    return amend(article, page.root) if amend else article


def _article(page: Sources, report: Report, **read: Any) -> Article:
    """Build the article from the fields in `read` and those that depend on several of them."""
    outlet = page.outlet
    slug = outlet.slug if outlet else None
    address = canonical_url(own_address(page), outlet)
    body = report.body
    kind = read_kind(page, read["headline"], read["section"], body.blocks)
    if kind == "report" and is_told_by_captions(body):
        kind = "gallery"
    if kind == "live-blog":
        read["headline"] = without_live_label(read["headline"])
    return Article(
        id=article_id(address, outlet),
        outlet=slug,
        publisher=outlet.publisher if outlet else Publisher(host=host_of(address) or None),
        url=address,
        body=body.blocks,
        images=read_images(report.passage.pictures, body.captions, page, read["headline"]),
        related=list(dict.fromkeys(body.related)),
        kind=kind,
        access=read_access(page, body.blocks, report.passage.lines),
        disagreement="body" if report.disagreement else None,
        fetched_at=utc(page.fetched_at) if page.fetched_at else None,
        reader_version=crawler.__version__,
        **read,
    )


def _note_provenance(article: Article, **sources: Source | None) -> None:
    """Fill `provenance` with the source of each field that is not empty; `sources` are in the order of the record."""
    for name, source in sources.items():
        if source and getattr(article, name):
            article.provenance[name] = source


def _deck(page: Sources, design: Design | None, report: Report) -> tuple[str | None, Source | None]:
    selected = texts_near(report.top, page.root, design.deck if design else None)
    if selected:
        return selected[0], "selector"
    return report.body.deck, "generic" if report.body.deck else None
