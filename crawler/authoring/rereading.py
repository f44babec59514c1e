"""Read pages without a crawl: the page reader, then each pipeline that does not compare articles."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.utils.misc import build_from_crawler, load_object
from scrapy.utils.reactor import is_reactor_installed
from scrapy.utils.test import get_crawler

from crawler.items import Article
from crawler.outlets import load_outlets
from crawler.reading.markup import declared_charset
from crawler.reading.outlet import Outlet
from crawler.reading.page import read_page
from crawler.reading.urls import hosts_of, outlet_at
from crawler.reasons import NotAnArticle, Reason, Refusal

Made = TypeVar("Made")


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
        self.largest_page = self._crawler.settings.getint("DOWNLOAD_MAXSIZE")
        """In bytes, when it is decompressed."""
        self._hosts = hosts_of(spider.outlet for spider in load_outlets(settings).values())
        self._pipelines = _pipelines(self._crawler)

    def article(self, page: Page, outlet: Outlet | None = None) -> Article:
        """Return the article of a page, of `outlet` or that of its host; raise NotAnArticle or DropItem if none."""
        outlet = outlet or self.outlet_of(page.url)
        article = read_page(page.body, page.url, outlet, encoding=page.encoding, fetched_at=page.fetched_at)
        for process_item in self._pipelines:
            article = process_item(article)
        return article

    def outlet_of(self, url: str) -> Outlet | None:
        """Return the outlet that a URL's host belongs to, or None."""
        return outlet_at(url, self._hosts)


class OtherLanguage(Exception):
    """A page is in none of the languages that are wanted."""


def read_page_of(load: Callable[[], Page], read: Callable[[Page], Made]) -> tuple[Made | NotAnArticle, Reason | None]:
    """Return what `read` returns for a page, or why it holds no article, and the damage of its body, or None.

    No exception of one page stops the others. Raise OtherLanguage if `load` does.
    """
    damage: Reason | None = None
    try:
        page = load()
        damage = page.damage
        found = read(page)
    except OtherLanguage:
        raise
    except (NotAnArticle, Refusal) as refusal:  # by the reader, or by a pipeline, as of a language
        reason, detail = (damage, damage.meaning) if damage else (refusal.reason, refusal.detail)
        return NotAnArticle(reason, detail), damage
    except Exception as error:  # noqa: BLE001
        return NotAnArticle(Reason.UNREADABLE, f"{type(error).__name__}: {error}"), damage
    return found, damage


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
