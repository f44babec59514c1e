"""A page that holds an article is read; a stub that only says where the page moved is followed."""

from dataclasses import replace

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response
from scrapy.utils.test import get_crawler

from crawler.discovery.ask import ListingAsk
from crawler.discovery.links import Further
from crawler.discovery.listing import Feed, Section
from crawler.downloading.follow import MetaRefreshMiddleware, RedirectMiddleware
from crawler.notes import Notes
from crawler.reasons import RequestRefused, reason_of
from crawler.signals import page_done, page_reading
from spiders.indiatv import IndiatvSpider
from tests.reading.markup import page, paragraphs

URL = "https://www.indiatv.in/world/asia/a-2026-11-23-1"
LISTING = ListingAsk(listing=Section(url=URL, evidence="page"), further=Further(url=URL))
OTHER = "https://www.indiatv.in/world/asia/b-2026-11-23-2"
STUB = f'<html><head><meta http-equiv="refresh" content="0;url={OTHER}"></head></html>'.encode()


def middleware() -> MetaRefreshMiddleware:
    crawler = get_crawler(IndiatvSpider)
    crawler.spider = IndiatvSpider.from_crawler(crawler)
    return MetaRefreshMiddleware.from_crawler(crawler)


def refreshed(target: str, body: str, *, delay: int = 0, meta: dict[str, object] | None = None) -> Request | Response:
    head = f'<meta http-equiv="refresh" content="{delay};url={target}">'
    whole = (
        body.replace("</head>", f"{head}</head>") if "</head>" in body else f"<html><head>{head}</head>{body}</html>"
    )
    request = Request(URL, meta=meta or {})
    return middleware().process_response(request, HtmlResponse(URL, body=whole.encode(), encoding="utf-8"))


@pytest.mark.parametrize(
    "target", [OTHER, "http://127.0.0.1/admin", "https://login.example.org/", "http://[link]/x", URL]
)
def test_an_article_is_read_wherever_its_refresh_leads(target: str) -> None:
    assert isinstance(refreshed(target, page(paragraphs())), Response)


@pytest.mark.parametrize("body", ["", "<body><p>यह पन्ना हट गया है</p></body>"])
def test_a_stub_is_followed(body: str) -> None:
    request = refreshed(OTHER, body)

    assert isinstance(request, Request)
    assert request.url == OTHER


@pytest.mark.parametrize("content", ["0;URL={}", " 1.5 ;\n url= {}", "0; Url='{}'"])
def test_a_stub_is_followed_however_its_target_is_written(content: str) -> None:
    stub = f'<meta http-equiv="refresh" content="{content.format(OTHER)}">'
    request = middleware().process_response(Request(URL), HtmlResponse(URL, body=stub.encode(), encoding="utf-8"))

    assert isinstance(request, Request)
    assert request.url == OTHER


def test_a_page_that_loads_itself_again_is_not_decoded_for_that() -> None:
    response = HtmlResponse(URL, body=b'<meta http-equiv="refresh" content="300"><p>x', encoding="utf-8")

    assert middleware().process_response(Request(URL), response) is response
    assert response._cached_ubody is None


@pytest.mark.parametrize("charset", ["utf-8", "utf-16-le", "utf-16-be", "iso-8859-1"])
@pytest.mark.parametrize("word", ["refresh", "REFRESH", "Refresh"])
@pytest.mark.parametrize("before", [0, 3_900])
def test_a_stub_is_followed_in_each_charset_as_far_as_scrapy_looks(charset: str, word: str, before: int) -> None:
    stub = f'{" " * before}<meta http-equiv="{word}" content="0;url={OTHER}">'
    response = HtmlResponse(URL, body=stub.encode(charset), encoding=charset)

    request = middleware().process_response(Request(URL), response)

    assert isinstance(request, Request)
    assert request.url == OTHER


@pytest.mark.parametrize("target", ["http://[link]/x", "javascript:x()", ""])
def test_a_stub_that_leads_nowhere_is_read(target: str) -> None:
    assert isinstance(refreshed(target, "<body>x</body>"), Response)


def test_a_section_page_that_reloads_itself_is_read() -> None:
    links = "".join(f'<a href="/world/asia/a-2026-11-23-{n}">खबर {n}</a>' for n in range(9))

    assert isinstance(refreshed(URL, f"<body>{links}</body>", delay=30, meta={"ask": LISTING}), Response)
    assert isinstance(refreshed(OTHER, "<body></body>", meta={"ask": LISTING}), Request)


@pytest.mark.parametrize("content_type", ["text/html", "text/html; charset=utf-8"])
@pytest.mark.parametrize(
    "entry", ["<rss><channel><item>", "<feed><ENTRY>", "<urlset><url >", "<sitemapindex><sitemap>"]
)
def test_a_feed_or_sitemap_is_read_whatever_refresh_an_entry_quotes(entry: str, content_type: str) -> None:
    quoted = f'<![CDATA[<meta http-equiv="refresh" content="0;url={OTHER}">]]>'
    listing = replace(LISTING, listing=Feed(url=URL, evidence="page"))
    body = f'<?xml version="1.0"?>{entry}<title>{quoted}</title>'.encode()
    response = HtmlResponse(URL, body=body, headers={"Content-Type": content_type})

    assert middleware().process_response(Request(URL, meta={"ask": listing}), response) is response


def test_a_stub_in_the_place_of_a_feed_is_followed() -> None:
    listing = replace(LISTING, listing=Feed(url=URL, evidence="page"))

    assert isinstance(refreshed(OTHER, '<body><a href="/">मुखपृष्ठ</a></body>', meta={"ask": listing}), Request)


def test_a_page_with_a_refresh_is_marked_while_it_is_read() -> None:
    follow, request = middleware(), Request(URL)
    sent: list[tuple[str, Request | None]] = []
    for name, signal in (("reading", page_reading), ("done", page_done)):
        follow.crawler.signals.connect(
            lambda response, name=name: sent.append((name, response.request)), signal, weak=False
        )

    follow.process_response(request, HtmlResponse(URL, body=STUB))

    assert sent == [("reading", request), ("done", request)]


def test_a_page_on_which_three_runs_died_is_left_to_the_spider_to_refuse() -> None:
    request = Request(URL, meta={"notes": Notes(reader_deaths=3)})

    assert isinstance(middleware().process_response(request, HtmlResponse(URL, body=STUB)), Response)


@pytest.mark.parametrize("location", ["http://[link]/x", "https://www.indiatv.in:99999/x", "http://[::1", "//[x"])
def test_a_redirect_to_an_invalid_url_is_refused_with_a_reason(location: str) -> None:
    crawler = get_crawler(IndiatvSpider)
    crawler.spider = IndiatvSpider.from_crawler(crawler)
    response = Response(URL, status=302, headers={"Location": location})

    with pytest.raises(RequestRefused) as refusal:
        RedirectMiddleware.from_crawler(crawler).process_response(Request(URL), response)
    assert reason_of(refusal.value)[0] == "redirect"


def test_a_redirect_to_a_valid_url_is_followed() -> None:
    crawler = get_crawler(IndiatvSpider)
    crawler.spider = IndiatvSpider.from_crawler(crawler)
    response = Response(URL, status=301, headers={"Location": "/world/asia/b-2026-11-23-2"})

    request = RedirectMiddleware.from_crawler(crawler).process_response(Request(URL), response)

    assert isinstance(request, Request)
    assert request.url == OTHER
