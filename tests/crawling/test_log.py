"""Which lines a crawl has at level DEBUG."""

import logging

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from crawler.crawling.log import ArticleLogFormatter


@pytest.mark.parametrize(("level", "has_them"), [("INFO", False), (30, False), ("DEBUG", True), (logging.DEBUG, True)])
def test_each_page_has_its_two_lines_only_where_the_level_shows_them(level: str | int, *, has_them: bool) -> None:
    crawler = get_crawler(settings_dict={"LOG_LEVEL": level})
    formatter = ArticleLogFormatter.from_crawler(crawler)
    request = Request("https://example.org/")
    response = Response(request.url, request=request)
    lines = [formatter.crawled(request, response, None), formatter.scraped({"url": request.url}, response, None)]
    assert [line is not None for line in lines] == [has_them] * 2
