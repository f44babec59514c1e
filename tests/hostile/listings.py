"""Scenarios of listings: endless or too large ones, bad entries, wrong charsets, walls against crawlers."""

import gzip
from collections.abc import Callable, Mapping
from itertools import pairwise

from tests.crawling.site import HOME, address
from tests.hostile.outlet import COUNT, FEED, HTML, SECTION, SITEMAP, XML, feed, index, item, section, sitemap
from tests.hostile.scenario import Scenario
from tests.site.publisher import Answer

_URLS = [address(number) for number in range(COUNT)]
_LAUGHS = '<!DOCTYPE x [<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 10)
)


def _feed(make: Callable[[], bytes]) -> Callable[[], Mapping[str, Answer]]:
    return lambda: {FEED: Answer(body=make(), headers=XML)}


def _poisoned(*urls: str) -> Callable[[], Mapping[str, Answer]]:
    """Return listings that each announce bad URLs before the articles."""
    lists = [*urls, *_URLS]
    return lambda: {
        FEED: Answer(body=feed(map(item, lists)), headers=XML),
        SITEMAP: Answer(body=sitemap(lists), headers=XML),
        SECTION: Answer(body=section(lists), headers=HTML),
    }


def _deep() -> Mapping[str, Answer]:
    """Return an index that names an index that names an index, eight times."""
    names = [SITEMAP, *(f"{HOME}/maps/{number}.xml" for number in range(8))]
    return {name: Answer(body=index([further]), headers=XML) for name, further in pairwise(names)}


def _wide() -> Mapping[str, Answer]:
    """Return an index of 30 indexes, each of which names 5,000 more that do not exist."""
    names = [f"{HOME}/maps/{number}.xml" for number in range(30)]
    further = {name: Answer(body=index(f"{name}?{n}" for n in range(5_000)), headers=XML) for name in names}
    return {SITEMAP: Answer(body=index(names), headers=XML), **further}


def _huge_sitemap() -> Mapping[str, Answer]:
    urls = (f"{HOME}/india/report-2026-11-24-{number}" for number in range(200_000))
    return {SITEMAP: Answer(body=gzip.compress(sitemap(urls), 1), headers=XML)}


def _huge_feed() -> Mapping[str, Answer]:
    items = (item(f"{HOME}/india/report-2026-11-24-{number}") for number in range(60_000))
    return {FEED: Answer(body=feed([*map(item, _URLS), *items]), headers=XML)}


def _bad_entry(make: Callable[[], str]) -> Callable[[], Mapping[str, Answer]]:
    """Return a feed with a bad entry before those of the articles."""
    return _feed(lambda: feed([make(), *map(item, _URLS)]))


def _good_feed() -> bytes:
    return feed(map(item, _URLS))


def _entry(title: str) -> str:
    return f"<item><title>{title}</title><link>{_URLS[0]}</link></item>"


SCENARIOS = (
    Scenario(
        name="index-itself",
        does="a sitemap: an index that names itself",
        answers=lambda: {SITEMAP: Answer(body=index([SITEMAP]), headers=XML)},
    ),
    Scenario(
        name="index-deep",
        does="a sitemap: an index that names an index, and so on, eight times",
        answers=_deep,
        listings={"read": 7},
        output="endless",
    ),
    Scenario(
        name="index-wide",
        does="a sitemap: 30 indexes, each of which names 5,000 more that do not exist",
        answers=_wide,
        listings={"read": 33, "failed/http-404": 467},
        output="endless",
        settings={"OUTLET_MINUTES": "1.5", "DOWNLOAD_DELAY": "0"},
        cpu=12,
    ),
    Scenario(
        name="sitemap-huge",
        does="a sitemap: 200,000 URLs, none of them wanted",
        answers=_huge_sitemap,
        listings={"read": 2, "failed/too-large": 1},
        cpu=15,
    ),
    Scenario(
        name="feed-huge",
        does="a feed: 60,000 items",
        answers=_huge_feed,
        listings={"read": 2, "failed/too-large": 1},
        cpu=10,
    ),
    Scenario(
        name="feed-laughs",
        does="a feed: entities that unfold to a billion laughs",
        answers=_feed(
            lambda: feed([item(_URLS[0], "&a9;"), *map(item, _URLS[1:])], head=f'<?xml version="1.0"?>{_LAUGHS}]>')
        ),
    ),
    Scenario(
        name="sitemap-laughs",
        does="a sitemap: entities that unfold to a billion laughs",
        answers=lambda: {SITEMAP: Answer(body=f"{_LAUGHS}]><x>&a9;</x>".encode() + sitemap(_URLS), headers=XML)},
    ),
    Scenario(
        name="feed-files",
        does="a feed: an entity that is a file of this machine",
        answers=_feed(
            lambda: feed(
                [item(_URLS[0], "&x;"), *map(item, _URLS[1:])],
                head='<?xml version="1.0"?><!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
            )
        ),
    ),
    Scenario(
        name="item-huge",
        does="a feed: an item of 5 MB",
        answers=_bad_entry(lambda: _entry("क" * 1_700_000)),
    ),
    Scenario(
        name="item-elements",
        does="a feed: an item of 300,000 elements",
        answers=_bad_entry(lambda: _entry("<b>x</b>" * 300_000)),
    ),
    Scenario(
        name="item-attributes",
        does="a feed: an item with 100,000 attributes",
        answers=_bad_entry(
            lambda: _entry("x").replace("<item", "<item " + "".join(f" a{n}='x'" for n in range(100_000)))
        ),
    ),
    Scenario(
        name="item-surrogates",
        does="a feed: an emoji as two surrogate references",
        answers=_bad_entry(lambda: item(_URLS[0], "नया पुल &#55357;&#56832; खुला")),
    ),
    Scenario(
        name="item-reference",
        does="a feed: a character reference beyond Unicode",
        answers=_bad_entry(lambda: item(_URLS[0], "&#x110000;")),
    ),
    Scenario(
        name="item-tags",
        does="a feed: tags that are closed in the wrong order",
        answers=_bad_entry(lambda: f"<item><title><b>x</title></b><link>{_URLS[0]}</item></link>"),
    ),
    Scenario(
        name="item-control",
        does="a feed: control characters, escapes of a terminal",
        answers=_bad_entry(lambda: item(_URLS[0], "\x00\x07\x1b[31m नया पुल\x1b[0m")),
    ),
    Scenario(
        name="links-no-addresses",
        does="every listing: invalid URLs",
        answers=_poisoned(
            "http://[::1", "http://[url]/", "https://www.indiatv.in:99999/world/a", "http://", "//", "%00"
        ),
    ),
    Scenario(
        name="links-long",
        does="every listing: a URL of 100,000 characters",
        answers=_poisoned(f"{HOME}/world/{'a' * 100_000}-2026-11-24-1"),
        articles={"exported": COUNT},
    ),
    Scenario(
        name="links-private",
        does="every listing: URLs of private networks, other ports and schemes",
        answers=_poisoned(
            "http://127.0.0.1/world/a-2026-11-24-1",
            "http://169.254.169.254/latest/meta-data/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "https://user:password@example.org/world/a-2026-11-24-1",
        ),
    ),
    Scenario(
        name="links-port",
        does="every listing: an article at port 22 of the outlet's host",
        answers=_poisoned("https://www.indiatv.in:22/world/asia/a-2026-11-24-799999"),
        articles={"exported": COUNT, "filtered/port": 1},
    ),
    Scenario(
        name="index-private",
        does="a sitemap: an index that names private networks and files",
        answers=lambda: {
            SITEMAP: Answer(
                body=index(["http://10.0.0.1/a.xml", "file:///etc/passwd", "http://localhost/a.xml"]), headers=XML
            )
        },
    ),
    Scenario(
        name="feed-byte",
        does="a feed: one byte that is not UTF-8",
        answers=_feed(lambda: _good_feed().replace("नया".encode(), b"\xff\xfe", 1)),
    ),
    Scenario(
        name="feed-utf-16-lie",
        does="a feed: UTF-8 labelled UTF-16",
        answers=_feed(lambda: feed(map(item, _URLS), head='<?xml version="1.0" encoding="utf-16"?>')),
    ),
    Scenario(
        name="feed-utf-16",
        does="a feed: UTF-16 without a label",
        answers=_feed(lambda: feed(map(item, _URLS), head='<?xml version="1.0"?>').decode().encode("utf-16")),
    ),
    Scenario(
        name="feed-comment",
        does="a feed: a notice of 6,000 characters before it",
        answers=_feed(lambda: b"<!-- %b -->\n<br />\n<b>Notice</b>: Undefined index\n" % (b"x" * 6_000) + _good_feed()),
    ),
    Scenario(
        name="feed-cut",
        does="a feed: cut in its second item",
        answers=_feed(lambda: _good_feed()[: _good_feed().index(b"<item>") + 400]),
        listings={"read": 2, "failed/cut-short": 1},
    ),
    Scenario(
        name="feed-html",
        does="a feed: a web page in its place",
        answers=lambda: {FEED: Answer(body=section([]), headers=HTML)},
        listings={"read": 2, "failed/html": 1},
    ),
    Scenario(
        name="feed-wall",
        does="a feed: `Just a moment…` in its place",
        answers=lambda: {
            FEED: Answer(body=b"<html><head><title>Just a moment...</title></head><body></body></html>", headers=HTML)
        },
        listings={"read": 2, "failed/blocked": 1},
    ),
    Scenario(
        name="feed-empty", does="a feed: empty", answers=_feed(lambda: b""), listings={"read": 2, "failed/empty": 1}
    ),
    Scenario(
        name="feed-noise",
        does="a feed: noise",
        answers=_feed(lambda: bytes(range(256)) * 4_000),
        listings={"read": 2, "failed/not-xml": 1},
    ),
    Scenario(
        name="feed-future",
        does="a feed: dates of the year 2099, and none",
        answers=_feed(lambda: _good_feed().replace(b"Nov 2026", b"Nov 2099").replace(b"Tue, 24", b"Xyz, 77", 2)),
    ),
    Scenario(
        name="feed-one-guid",
        does="a feed: one guid for all items",
        answers=_feed(lambda: _good_feed().replace(b"<pubDate>", b"<guid>1</guid><pubDate>")),
    ),
    Scenario(
        name="section-links",
        does="a section page: 100,000 links",
        answers=lambda: {SECTION: Answer(body=section([*_URLS, *(f"/a/{n}" for n in range(100_000))]), headers=HTML)},
        listings={"read": 2, "failed/too-large": 1},
    ),
)
