"""An article leaves the spider with the id of its announced URL, and with all of its pages."""

import pickle
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import HtmlResponse, Response
from scrapy.utils.request import request_from_dict
from twisted.python.failure import Failure

from crawler.discovery.links import Link
from crawler.notes import notes_of
from crawler.reading.article_ids import article_id
from crawler.reasons import NotAnArticle
from spiders.indiatv import IndiatvSpider
from tests.spiders.crawl import FEED, PAGE, PAGES, SILENT, article_page, listed, rss, spider


def test_an_article_that_moved_to_another_section_leaves_the_spider_with_the_id_of_its_announced_address() -> None:
    page = (PAGES / "indiatv" / "passport_desk.html").read_text(encoding="utf-8")
    moved = re.sub(r'(rel="canonical" href=")[^"]*', rf"\1{PAGE.replace('/world/asia/', '/india/')}", page)
    crawl = spider()

    (article,) = crawl.read_article(article_page(Link(url=PAGE, listing=FEED.url), moved))

    assert article.url == PAGE.replace("/world/asia/", "/india/")
    assert article.id == article_id(PAGE, IndiatvSpider.outlet) != article_id(article.url, IndiatvSpider.outlet)


def test_an_article_on_several_pages_is_one_article() -> None:
    page = (PAGES / "indiatv" / "passport_desk.html").read_text(encoding="utf-8")
    first = page.replace("</head>", f'<link rel="next" href="{PAGE}?page=2"></head>')
    second = page.replace("यूरोप के 29 देशों की यात्रा पर", "दूसरे पन्ने पर भी यूरोप के 29 देशों की यात्रा पर")
    crawl = spider()

    (request,) = crawl.read_article(article_page(Link(url=PAGE, listing=FEED.url), first))
    response = HtmlResponse(request.url, body=second.encode(), encoding="utf-8", request=request)
    (article,) = crawl.read_article(response)

    assert request.url == f"{PAGE}?page=2"
    assert article.body[0].text.startswith("यूरोप के 29 देशों")
    assert article.body[-1].text.startswith("दूसरे पन्ने पर भी")
    assert article.pages == [PAGE, f"{PAGE}?page=2"]


def test_an_article_whose_second_page_holds_nothing_is_delivered_with_its_first() -> None:
    page = (PAGES / "indiatv" / "passport_desk.html").read_text(encoding="utf-8")
    first = page.replace("</head>", f'<link rel="next" href="{PAGE}?page=2"></head>')
    crawl = spider()

    (request,) = crawl.read_article(article_page(Link(url=PAGE, listing=FEED.url), first))
    (article,) = crawl.read_article(Response(request.url, request=request))

    assert article.headline.startswith("यूरोप घूमने")
    assert crawl.crawler.stats.get_value("article/pages_missing") == 1


def test_a_known_article_whose_second_page_is_missing_was_not_read() -> None:
    page = (PAGES / "indiatv" / "passport_desk.html").read_text(encoding="utf-8")
    first = article_page(
        Link(url=PAGE, listing=FEED.url), page.replace("</head>", f'<link rel="next" href="{PAGE}?page=2"></head>')
    )
    crawl = spider()

    (request,) = crawl.read_article(first)
    notes_of(request).is_recheck = True
    with pytest.raises(NotAnArticle, match="empty"):
        list(crawl.read_article(Response(request.url, request=request)))
    failure: Any = Failure(DownloadTimeoutError("too long"))  # type: ignore[no-untyped-call]
    failure.request = request
    assert list(crawl.page_failed(failure)) == []

    assert crawl.crawler.stats.get_value("article/failed/timeout") == 1
    assert crawl.crawler.stats.get_value("article/pages_missing") is None


def test_requests_survive_a_job_that_is_paused() -> None:
    crawl = spider()
    page = (PAGES / "indiatv" / "passport_desk.html").read_text(encoding="utf-8")
    first = page.replace("</head>", f'<link rel="next" href="{PAGE}?page=2"></head>')
    (article,) = crawl.read_listing(listed(FEED, rss((PAGE, "क", ""))))
    (further,) = crawl.read_article(article_page(article.meta["ask"].link, first))

    for request in (article, further):
        copy = request_from_dict(pickle.loads(pickle.dumps(request.to_dict(spider=crawl))), spider=crawl)

        assert (copy.url, copy.callback, copy.meta) == (request.url, request.callback, request.meta)
        assert copy.errback == request.errback


def test_a_page_whose_readers_disagree_is_counted() -> None:
    crawl = spider()
    body = "काठमांडू में संसद ने नया कानून पारित किया और सरकार ने नियम बताए। " * 30
    node = f'{{"@type": "NewsArticle", "headline": "न", "articleBody": "{body}"}}'
    script = f'<script type="application/ld+json">{node}</script>'
    link = Link(
        url=PAGE, listing=FEED.url, title="नेपाल में नया कानून", published=datetime(2026, 11, 23, 4, 30, tzinfo=UTC)
    )

    (article,) = crawl.read_article(article_page(link, SILENT.replace("<body>", f"<body>{script}")))

    assert article.disagreement == "body"
    assert crawl.crawler.stats.get_value("reading/disagreement") == 1
    assert crawl.crawler.stats.get_value("reading/last_resort") == 0


def test_the_amp_twin_of_an_empty_page_has_further_pages_too_and_is_counted_once() -> None:
    page = (PAGES / "indiatv" / "passport_desk.html").read_text(encoding="utf-8")
    twin = PAGE.replace("/world/", "/amp/world/")
    empty = f'<html><head><link rel="amphtml" href="{twin}"></head><body><div id="app"></div></body></html>'
    crawl = spider(settings={"AMP_OUTLETS": "indiatv"})

    (request,) = crawl.read_article(article_page(Link(url=PAGE, listing=FEED.url), empty))
    copy = request_from_dict(pickle.loads(pickle.dumps(request.to_dict(spider=crawl))), spider=crawl)
    first = page.replace("</head>", f'<link rel="next" href="{twin}?page=2"></head>')
    (second,) = crawl.read_article(HtmlResponse(twin, body=first.encode(), encoding="utf-8", request=copy))
    (article,) = crawl.read_article(HtmlResponse(second.url, body=page.encode(), encoding="utf-8", request=second))

    assert request.url == twin
    assert (copy.errback, str(copy.meta["ask"].empty)) == (request.errback, str(request.meta["ask"].empty))
    assert second.url == f"{twin}?page=2"
    assert article.headline.startswith("यूरोप घूमने")
    assert crawl.crawler.stats.get_value("article/from_amp") == 1
