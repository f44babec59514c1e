"""A response is decompressed by its bytes; damage is named, and a page that is cut is retried."""

import gzip

import brotli
import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response, TextResponse
from scrapy.utils.test import get_crawler

from crawler.discovery.ask import ListingAsk
from crawler.discovery.links import Further
from crawler.discovery.listing import Section
from crawler.downloading.content_encoding import ContentEncodingMiddleware
from crawler.reasons import RequestRefused, reason_of
from spiders.indiatv import IndiatvSpider

URL = "https://www.indiatv.in/world/asia/a-2026-11-23-1"
LISTING = ListingAsk(listing=Section(url=URL, evidence="page"), further=Further(url=URL))
PAGE = ("<html><body>" + "<p>वरुणपुर में आंधी से खंभे गिर गए।</p>" * 400 + "</body></html>").encode()
HALF = gzip.compress(PAGE)[:-60]


def middleware(**settings: object) -> ContentEncodingMiddleware:
    crawler = get_crawler(IndiatvSpider, settings_dict=settings)
    crawler.spider = IndiatvSpider.from_crawler(crawler)
    return ContentEncodingMiddleware.from_crawler(crawler)


def answer(body: bytes, label: str | None = "gzip", url: str = URL) -> Response:
    headers = {"Content-Type": "text/html; charset=utf-8"} | ({"Content-Encoding": label} if label else {})
    return Response(url, headers=headers, body=body)


@pytest.mark.parametrize("label", ["gzip", "br", "zstd", "deflate"])
def test_a_plain_page_under_a_false_label_is_read(label: str) -> None:
    response = middleware().process_response(Request(URL), answer(PAGE, label))

    assert isinstance(response, HtmlResponse)
    assert response.body == PAGE
    assert "Content-Encoding" not in response.headers


def test_a_compressed_page_is_decoded_with_the_charset_of_its_header() -> None:
    response = middleware().process_response(Request(URL), answer(brotli.compress(PAGE), "br"))

    assert isinstance(response, TextResponse)
    assert "आंधी" in response.text
    assert response.encoding == "utf-8"


def test_a_plain_response_passes_unchanged() -> None:
    response = answer(PAGE, None)

    assert middleware().process_response(Request(URL), response) is response


def test_a_page_that_is_cut_is_retried_and_then_fails() -> None:
    unpack, request = middleware(RETRY_TIMES=2), Request(URL)
    for tries in (1, 2):
        again = unpack.process_response(request, answer(HALF))
        assert isinstance(again, Request)
        assert again.meta["retry_times"] == tries
        request = again

    with pytest.raises(RequestRefused) as refusal:
        unpack.process_response(request, answer(HALF))
    assert reason_of(refusal.value)[0] == "cut"


def test_a_whole_page_whose_compressed_data_lacks_its_end_is_accepted() -> None:
    response = middleware().process_response(Request(URL), answer(gzip.compress(PAGE, mtime=0)[:-8]))

    assert isinstance(response, HtmlResponse)
    assert response.body == PAGE


@pytest.mark.parametrize(
    ("body", "reason"), [(bytes(range(256)) * 9, "damaged"), (gzip.compress(bytes(9000), mtime=0), "too-large")]
)
def test_a_body_that_cannot_be_decompressed_is_refused_with_its_reason(body: bytes, reason: str) -> None:
    with pytest.raises(RequestRefused) as refusal:
        middleware(RETRY_ENABLED=False, DOWNLOAD_MAXSIZE=8000).process_response(Request(URL), answer(body))

    assert reason_of(refusal.value)[0] == reason


def test_the_readable_part_of_a_cut_listing_is_returned() -> None:
    request = Request(URL, meta={"ask": LISTING, "dont_retry": True})

    response = middleware().process_response(request, answer(HALF))

    assert isinstance(response, Response)
    assert response.body
    assert PAGE.startswith(response.body)


def test_a_listing_that_is_a_compressed_file_is_left_to_its_reader() -> None:
    response = answer(gzip.compress(bytes(20_000)), None)

    handed = middleware(DOWNLOAD_MAXSIZE=8000).process_response(Request(URL, meta={"ask": LISTING}), response)

    assert handed is response


def test_a_robots_txt_without_readable_bytes_does_not_allow_all() -> None:
    url = "https://www.indiatv.in/robots.txt"
    request = Request(url, meta={"dont_retry": True})

    with pytest.raises(Exception, match="breaks off") as failure:
        middleware().process_response(request, answer(gzip.compress(b"User-agent: *")[:11], url=url))
    assert not isinstance(failure.value, RequestRefused)
