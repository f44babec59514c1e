"""An error in the log belongs to the outlet whose crawl logged it, also where several crawls share a process."""

import logging

from scrapy.utils.test import get_crawler

from crawler.runs.ended import ended
from crawler.runs.errors import ErrorCounter, count_errors, errors_of
from spiders.bbc_hindi import BbcHindiSpider
from spiders.indiatv import IndiatvSpider


def test_an_error_of_one_outlet_is_none_of_another_in_its_run() -> None:
    crawls = [get_crawler(spider) for spider in (IndiatvSpider, BbcHindiSpider)]
    counter, logger = ErrorCounter(), logging.getLogger("test_errors")
    logger.addHandler(counter)
    for crawl in crawls:
        count_errors(crawl, counter)

    logger.error("broke", extra={"spider": IndiatvSpider()})
    logger.removeHandler(counter)

    assert [errors_of(crawl) for crawl in crawls] == [1, 0]
    assert counter.counts[""] == 0


def test_the_errors_of_a_crawl_without_a_run_are_those_of_its_process() -> None:
    crawl = get_crawler(IndiatvSpider)
    assert crawl.stats is not None
    crawl.stats.set_value("log_count/ERROR", 3)

    assert errors_of(crawl) == 3
    assert ended(crawl).outlet == "indiatv"
