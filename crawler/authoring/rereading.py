"""Read pages without a crawl: the page reader, then each pipeline that does not compare articles."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.settings import BaseSettings
from scrapy.utils.misc import build_from_crawler, load_object
from scrapy.utils.reactor import is_reactor_installed
from scrapy.utils.test import get_crawler

from crawler.archive.reader import Answer, ArchiveError
from crawler.archive.whole_answers import KeptAnswer
from crawler.downloading.content_encoding import unpacked_page
from crawler.items import Article
from crawler.outlets import load_outlets
from crawler.reading.markup import declared_charset, is_html
from crawler.reading.outlet import Outlet
from crawler.reading.page import read_page
from crawler.reading.urls import hosts_of, outlet_at
from crawler.reasons import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page to read, from a file or an archive."""

    url: str
    body: bytes
    encoding: str | None = None
    """The charset that the server declared."""
    fetched_at: datetime | None = None
    damage: Reason | None = None
    """Why only a part of the body is there; None if it is complete."""


class Rereader:
    """Reads pages as a crawl does; it finds the outlet by the page's host."""

    def __init__(self, settings: BaseSettings) -> None:
        self._crawler = _without_crawl(settings)
        self._most = self._crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self._hosts = hosts_of(spider.outlet for spider in load_outlets(settings).values())
        self._pipelines = _pipelines(self._crawler)

    def article(self, page: Page, outlet: Outlet | None = None) -> Article:
        """Return the article of a page, of `outlet` or that of its host; raise NotAnArticle or DropItem if none."""
        outlet = outlet or self.outlet_of(page.url)
        article = read_page(page.body, page.url, outlet, encoding=page.encoding, fetched_at=page.fetched_at)
        for process_item in self._pipelines:
            article = process_item(article)
        return article

    def is_page(self, kept: KeptAnswer) -> bool:
        """Return whether an archived answer that `may_be_page` is one: by its bytes, if it has no Content-Type."""
        try:
            return kept.is_typed or is_html(self.archived(kept).body)
        except (ArchiveError, ValueError):
            return True  # reading it raises the error again

    def archived(self, kept: KeptAnswer) -> Page:
        """Return an archived answer as a page with a decompressed body; raise ArchiveError if its body is missing."""
        content = kept.content()
        headers = Headers(content.headers)
        found = unpacked_page(content.body, map(bytes.decode, headers.getlist("Content-Encoding")), self._most)
        return Page(
            url=Request(kept.url).url,
            body=found.body,
            encoding=declared_charset(headers.get("Content-Type")),
            fetched_at=kept.at,
            damage=found.damage or (Reason.CUT if kept.is_cut else None),
        )

    def outlet_of(self, url: str) -> Outlet | None:
        """Return the outlet that a URL's host belongs to, or None."""
        return outlet_at(url, self._hosts)


def may_be_page(answer: Answer) -> bool:
    """Return whether an archived answer is a web page by its Content-Type, or has none."""
    return (
        answer.status == 200 and answer.is_answer and (not answer.content_type or "html" in answer.content_type.lower())
    )


def page_of(response: Response, fetched_at: datetime | None) -> Page:
    """Return a response as a page."""
    encoding = declared_charset(response.headers.get("Content-Type"))
    return Page(url=response.url, body=response.body, encoding=encoding, fetched_at=fetched_at)


def _pipelines(crawler: Crawler) -> list[Callable[[Article], Article]]:
    """Return the `process_item` of each pipeline that does not compare an article with others, in order."""
    comparing = crawler.settings.getint("FIRST_COMPARING_PIPELINE")
    listed = {name: order for name, order in crawler.settings.getdict("ITEM_PIPELINES").items() if order < comparing}
    names = sorted(listed, key=listed.__getitem__)
    return [build_from_crawler(load_object(name), crawler).process_item for name in names]


def _without_crawl(settings: BaseSettings) -> Crawler:
    """Return a crawler that never crawls, and therefore needs no reactor, no extension and no CONTACT."""
    alone = {"ADDONS": {}, "EXTENSIONS": {}, "EXTENSIONS_BASE": {}, "TWISTED_REACTOR_ENABLED": is_reactor_installed()}
    plain = {"LOG_FORMATTER": "scrapy.logformatter.LogFormatter"}  # it logs nothing, and ours imports the store
    return get_crawler(settings_dict={**settings, **alone, **plain})
