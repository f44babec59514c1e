"""Make a spider of one outlet, and responses for it: listings and pages of articles."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scrapy import Request
from scrapy.http import HtmlResponse, Response
from scrapy.utils.test import get_crawler

from crawler.discovery.ask import ArticleAsk, ListingAsk
from crawler.discovery.links import Further, Link, Listing
from spiders.indiatv import IndiatvSpider

PAGE = "https://www.indiatv.in/world/asia/a-2026-11-23-1184188"
PAGES = Path(__file__).resolve().parent.parent / "pages"
SILENT = """<html lang="hi"><body><article><div id="content"><p>काठमांडू: नेपाल की संसद ने सोमवार को नया कानून पारित
कर दिया। इसके बाद सरकार ने कहा कि नियम अगले साल से लागू होंगे।</p><p>विपक्ष ने इसका विरोध किया और कहा कि वह सड़क पर
उतरेगा। प्रधानमंत्री ने बातचीत का न्योता दिया है, जिसे विपक्ष ने ठुकरा दिया।</p><p>राजधानी में सुरक्षा बढ़ा दी गई है
और स्कूलों को दो दिन के लिए बंद रखने का फैसला किया गया है।</p></div></article></body></html>"""
FEED = IndiatvSpider.listings[0]


def spider(cls: Any = IndiatvSpider, settings: Mapping[str, Any] | None = None, **given: str) -> Any:
    crawler = get_crawler(cls, settings_dict={"CRAWL_TIME": "2026-11-24T10:00:00+05:30", **(settings or {})})
    crawler.spider = cls.from_crawler(crawler, **given)
    return crawler.spider


def listed(listing: Listing, body: str, url: str | None = None, page: int = 1, depth: int = 0) -> Response:
    ask = ListingAsk(listing=listing, further=Further(url=url or listing.url, page=page), depth=depth)
    return Response(url or listing.url, body=body.encode(), request=Request(url or listing.url, meta={"ask": ask}))


def rss(*items: tuple[str, str, str]) -> str:
    entries = "".join(f"<item><link>{u}</link><title>{t}</title><pubDate>{d}</pubDate></item>" for u, t, d in items)
    return f'<rss version="2.0"><channel>{entries}</channel></rss>'


def article_page(link: Link, body: str) -> HtmlResponse:
    request = Request(PAGE, meta={"ask": ArticleAsk(link=link, address="indiatv-1")})
    return HtmlResponse(PAGE, body=body.encode(), encoding="utf-8", request=request)
