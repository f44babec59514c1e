"""Read one page: bytes in, an article out."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from lxml import etree

import crawler
from crawler.items import Article, Source
from crawler.reading.address import article_id, article_number, canonical_url, original_url
from crawler.reading.body import Body, Setting, read_body
from crawler.reading.byline import read_byline
from crawler.reading.container import Mass, find_container, joining, large_elements, weigh
from crawler.reading.designs import elements, fitting_design, outermost, texts
from crawler.reading.headline import is_same_headline, read_h1, without_site_name
from crawler.reading.images import read_images
from crawler.reading.json_ld import text_of
from crawler.reading.junk import folded
from crawler.reading.kind import read_access, read_kind
from crawler.reading.labels import own_address, read_section, read_tags
from crawler.reading.lines import Passage, read_passage
from crawler.reading.markup import read_markup
from crawler.reading.outlet import Design, Outlet
from crawler.reading.refusal import NotAnArticle
from crawler.reading.sources import Sources, read_sources
from crawler.reading.times import read_times, told_day
from crawler.reading.walls import refuse_little, refuse_wall

__all__ = ["NotAnArticle", "read_page"]


def read_page(
    page: bytes,
    url: str,
    outlet: Outlet | None = None,
    *,
    encoding: str | None = None,
    fetched_at: datetime | None = None,
) -> Article:
    """Return the article that a page holds.

    Raise NotAnArticle when it holds none. `encoding` is the charset of the HTTP header, which yields to the page's
    own declaration and to its bytes.
    """
    url = original_url(url)
    markup = read_markup(page, url, encoding=encoding)
    return _Reading(read_sources(markup, url, outlet, fetched_at)).article()


@dataclass(slots=True)
class _Reading:
    """One page while its article is put together."""

    page: Sources
    provenance: dict[str, Source] = field(default_factory=dict)

    def article(self) -> Article:
        page, outlet = self.page, self.page.outlet
        refuse_wall(page)
        design = fitting_design(page.root, outlet, told_day(page))
        mass = weigh(page.root, page.h1)
        container = find_container(mass, page.h1)
        top = joining(container, page.h1) if container is not None else None
        times = read_times(page, design, top)
        refuse_little(page, mass, times.published is not None)
        headline = self._headline(design)
        names, byline_source = read_byline(page, design, top)
        passage, body = self._body(design, mass, container, headline, names)
        if not body.blocks:
            raise NotAnArticle("no-body", f"{page.url}: {headline!r} has no paragraph of text that the reader found")
        address = canonical_url(own_address(page), outlet)
        section, section_source = read_section(page, design)
        tags, tags_source = read_tags(page, design)
        deck, deck_source = self._deck(design, body)
        article = Article(
            id=article_id(outlet.slug if outlet else None, address, article_number(address, outlet) if outlet else None),
            outlet=outlet.slug if outlet else None,
            url=address,
            headline=headline,
            deck=deck,
            byline=names,
            published_at=times.published,
            modified_at=times.modified,
            section=section,
            tags=tags,
            body=body.blocks,
            images=read_images(passage.pictures, body.captions, page.node, page.base, headline),
            related=list(dict.fromkeys(body.related)),
            kind=read_kind(page, headline, section, body.blocks),
            access=read_access(page, body.blocks, " ".join(line.text for line in passage.lines[-12:])),
            fetched_at=page.fetched_at.isoformat() if page.fetched_at else None,
            reader_version=crawler.__version__,
        )
        for name, source in (
            ("deck", deck_source),
            ("byline", byline_source),
            ("published_at", times.published_source),
            ("modified_at", times.modified_source),
            ("section", section_source),
            ("tags", tags_source),
        ):
            if source is not None and getattr(article, name):
                self.provenance[name] = source
        article.provenance = self.provenance
        return article

    def _headline(self, design: Design | None) -> str:
        page = self.page
        told = text_of(page.node.get("headline"))
        selected = texts(page.root, design.headline if design else None)
        printed = read_h1(page.h1) if page.h1 is not None else None
        offers: list[tuple[str | None, Source]] = [
            (selected[0] if selected else None, "selector"),
            (printed, "generic"),
            (told, "json-ld"),
            (page.meta("og:title", "twitter:title"), "meta"),
            (page.title, "meta"),
        ]
        for text, source in offers:
            if not text:
                continue
            if source == "generic" and told and not is_same_headline(text, told) and not self._is_titled(text):
                continue
            if told and folded(text) == folded(told):
                source = "json-ld"
            self.provenance["headline"] = source
            return text if source != "meta" else without_site_name(text)
        raise NotAnArticle("no-headline", f"{page.url}: no headline in JSON-LD, h1 or meta tags")

    def _is_titled(self, text: str) -> bool:
        titles = (self.page.title, self.page.meta("og:title"))
        return any(title and is_same_headline(text, title) for title in titles)

    def _body(
        self, design: Design | None, mass: Mass, container: etree._Element | None, headline: str, names: list[str]
    ) -> tuple[Passage, Body]:
        page = self.page
        keep = large_elements(mass)
        known = [headline, *names, *(text for text in (page.title, text_of(page.node.get("headline"))) if text)]
        description = page.description
        passage = Passage()
        selected = outermost(elements(page.root, design.body if design else None))
        junk = frozenset(elements(page.root, design.junk if design else None))
        for part in selected:
            found = read_passage(part, keep=keep | {part}, junk=junk)
            for line in found.lines:
                line.pictures += len(passage.pictures)
            passage.lines += found.lines
            passage.pictures += found.pictures
        setting = Setting(
            base=page.base,
            container=container,
            not_body=frozenset(folded(text) for text in known),
            alts=frozenset(),
            description=folded(description) if description else None,
        )
        body = read_body(passage.lines, setting)
        if body.blocks:
            self.provenance["body"] = "selector"
            if container is not None and _disagree(selected, container, mass):
                self.provenance["disagreement"] = cast(Source, "body")
            return passage, body
        if container is None:
            return passage, body
        top = joining(container, page.h1)
        passage = read_passage(
            top, keep=keep, junk=junk, after=page.h1 if top is not container or _holds(top, page.h1) else None, container=container
        )
        self.provenance["body"] = "generic"
        alts = frozenset(folded(picture.get("alt") or "") for picture in passage.pictures) - {""}
        setting = Setting(
            base=page.base,
            container=container,
            not_body=setting.not_body,
            alts=alts,
            description=setting.description,
        )
        return passage, read_body(passage.lines, setting)

    def _deck(self, design: Design | None, body: Body) -> tuple[str | None, Source | None]:
        selected = texts(self.page.root, design.deck if design else None)
        if selected:
            return selected[0], "selector"
        return body.deck, "generic" if body.deck else None


def _holds(top: etree._Element, headline: etree._Element | None) -> bool:
    return headline is not None and any(ancestor is top for ancestor in headline.iterancestors())


def _disagree(selected: list[etree._Element], container: etree._Element, mass: Mass) -> bool:
    """Say whether the generic reader holds another part of the page, or far more or less of it, for the report."""
    there = mass.total.get(container, 0)
    here = sum(mass.total.get(element, 0) for element in selected)
    inside = any(element is container or container in set(element.iterancestors()) for element in selected)
    around = any(element in set(container.iterancestors()) for element in selected)
    return not (inside or around) or here < 0.5 * there or there < 0.5 * here
