"""Scenarios of listings: endless or too large ones, bad entries, wrong charsets, walls against crawlers."""

import gzip
from collections.abc import Callable, Mapping
from itertools import pairwise

from tests.crawling.site import HOME, address
from tests.hostile.outlet import COUNT, FEED, HTML, SECTION, SITEMAP, XML, feed, index, item, section, sitemap
from tests.hostile.scenario import Scenario
from tests.hostile.targets import on_feed, on_sitemap
from tests.site.publisher import Answer

_ALL = {"exported": COUNT}
_URLS = [address(number) for number in range(COUNT)]
_LAUGHS = '<!DOCTYPE x [<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 10)
)


def _poisoned(name: str, does: str, *urls: str, articles: Mapping[str, int] = _ALL) -> Scenario:
    """Return a scenario in which every listing announces bad URLs before the articles."""
    lists = [*urls, *_URLS]
    return Scenario(
        name=name,
        does=f"every listing: {does}",
        answers=lambda: {
            FEED: Answer(body=feed(map(item, lists)), headers=XML),
            SITEMAP: Answer(body=sitemap(lists), headers=XML),
            SECTION: Answer(body=section(lists), headers=HTML),
        },
        articles=articles,
    )


def _deep() -> Mapping[str, Answer]:
    """Return an index that names an index that names an index, eight times."""
    names = [SITEMAP, *(f"{HOME}/maps/{number}.xml" for number in range(8))]
    return {name: Answer(body=index([further]), headers=XML) for name, further in pairwise(names)}


def _wide() -> Mapping[str, Answer]:
    """Return an index of 30 indexes, each of which names 5,000 more that do not exist."""
    names = [f"{HOME}/maps/{number}.xml" for number in range(30)]
    further = {name: Answer(body=index(f"{name}?{n}" for n in range(5_000)), headers=XML) for name in names}
    return {SITEMAP: Answer(body=index(names), headers=XML), **further}


def _huge_sitemap() -> bytes:
    urls = (f"{HOME}/india/report-2026-11-24-{number}" for number in range(200_000))
    return gzip.compress(sitemap(urls), 1)


def _huge_feed() -> bytes:
    items = (item(f"{HOME}/india/report-2026-11-24-{number}") for number in range(60_000))
    return feed([*map(item, _URLS), *items])


def _bad_item(name: str, does: str, make: Callable[[], str]) -> Scenario:
    """Return a scenario of a feed with a bad item before those of the articles."""
    return on_feed(name, does, lambda: feed([make(), *map(item, _URLS)]))


def _first_title(title: str, *, head: str) -> bytes:
    """Return a feed with this title in its first item."""
    return feed([item(_URLS[0], title), *map(item, _URLS[1:])], head=head)


def _good_feed(*, head: str = '<?xml version="1.0" encoding="utf-8"?>') -> bytes:
    return feed(map(item, _URLS), head=head)


def _entry(title: str) -> str:
    return f"<item><title>{title}</title><link>{_URLS[0]}</link></item>"


SCENARIOS = (
    on_sitemap("index-itself", "an index that names itself", lambda: index([SITEMAP])),
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
    on_sitemap("sitemap-huge", "200,000 URLs, none of them wanted", _huge_sitemap, "failed/too-large", cpu=15),
    on_feed("feed-huge", "60,000 items", _huge_feed, "failed/too-large", cpu=10),
    on_feed(
        "feed-laughs",
        "entities that unfold to a billion laughs",
        lambda: _first_title("&a9;", head=f'<?xml version="1.0"?>{_LAUGHS}]>'),
    ),
    on_sitemap(
        "sitemap-laughs",
        "entities that unfold to a billion laughs",
        lambda: f"{_LAUGHS}]><x>&a9;</x>".encode() + sitemap(_URLS),
    ),
    on_feed(
        "feed-files",
        "an entity that is a file of this machine",
        lambda: _first_title("&x;", head='<?xml version="1.0"?><!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    ),
    _bad_item("item-huge", "an item of 5 MB", lambda: _entry("क" * 1_700_000)),
    _bad_item("item-elements", "an item of 300,000 elements", lambda: _entry("<b>x</b>" * 300_000)),
    _bad_item(
        "item-attributes",
        "an item with 100,000 attributes",
        lambda: _entry("x").replace("<item", "<item " + "".join(f" a{n}='x'" for n in range(100_000))),
    ),
    _bad_item(
        "item-surrogates",
        "an emoji as two surrogate references",
        lambda: item(_URLS[0], "नया पुल &#55357;&#56832; खुला"),
    ),
    _bad_item("item-reference", "a character reference beyond Unicode", lambda: item(_URLS[0], "&#x110000;")),
    _bad_item(
        "item-tags",
        "tags that are closed in the wrong order",
        lambda: f"<item><title><b>x</title></b><link>{_URLS[0]}</item></link>",
    ),
    _bad_item(
        "item-control",
        "control characters, escapes of a terminal",
        lambda: item(_URLS[0], "\x00\x07\x1b[31m नया पुल\x1b[0m"),
    ),
    _poisoned(
        "links-no-addresses",
        "invalid URLs",
        *("http://[::1", "http://[url]/", "https://www.indiatv.in:99999/world/a", "http://", "//", "%00"),
    ),
    _poisoned("links-long", "a URL of 100,000 characters", f"{HOME}/world/{'a' * 100_000}-2026-11-24-1"),
    _poisoned(
        "links-private",
        "URLs of private networks, other ports and schemes",
        "http://127.0.0.1/world/a-2026-11-24-1",
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://user:password@example.org/world/a-2026-11-24-1",
    ),
    _poisoned(
        "links-port",
        "an article at port 22 of the outlet's host",
        "https://www.indiatv.in:22/world/asia/a-2026-11-24-799999",
        articles=_ALL | {"filtered/port": 1},
    ),
    on_sitemap(
        "index-private",
        "an index that names private networks and files",
        lambda: index(["http://10.0.0.1/a.xml", "file:///etc/passwd", "http://localhost/a.xml"]),
    ),
    on_feed("feed-byte", "one byte that is not UTF-8", lambda: _good_feed().replace("नया".encode(), b"\xff\xfe", 1)),
    on_feed(
        "feed-utf-16-lie",
        "UTF-8 labelled UTF-16",
        lambda: _good_feed(head='<?xml version="1.0" encoding="utf-16"?>'),
    ),
    on_feed(
        "feed-utf-16",
        "UTF-16 without a label",
        lambda: _good_feed(head='<?xml version="1.0"?>').decode().encode("utf-16"),
    ),
    on_feed(
        "feed-comment",
        "a notice of 6,000 characters before it",
        lambda: b"<!-- %b -->\n<br />\n<b>Notice</b>: Undefined index\n" % (b"x" * 6_000) + _good_feed(),
    ),
    on_feed(
        "feed-cut",
        "cut in its second item",
        lambda: _good_feed()[: _good_feed().index(b"<item>") + 400],
        "failed/cut-short",
    ),
    on_feed("feed-html", "a web page in its place", lambda: Answer(body=section([]), headers=HTML), "failed/html"),
    on_feed(
        "feed-wall",
        "`Just a moment…` in its place",
        lambda: Answer(body=b"<html><head><title>Just a moment...</title></head><body></body></html>", headers=HTML),
        "failed/blocked",
    ),
    on_feed("feed-empty", "empty", lambda: b"", "failed/empty"),
    on_feed("feed-noise", "noise", lambda: bytes(range(256)) * 4_000, "failed/not-xml"),
    on_feed(
        "feed-future",
        "dates of the year 2099, and none",
        lambda: _good_feed().replace(b"Nov 2026", b"Nov 2099").replace(b"Tue, 24", b"Xyz, 77", 2),
    ),
    on_feed(
        "feed-one-guid",
        "one guid for all items",
        lambda: _good_feed().replace(b"<pubDate>", b"<guid>1</guid><pubDate>"),
    ),
    Scenario(
        name="section-links",
        does="a section page: 100,000 links",
        answers=lambda: {SECTION: Answer(body=section([*_URLS, *(f"/a/{n}" for n in range(100_000))]), headers=HTML)},
        listings={"read": 2, "failed/too-large": 1},
    ),
)
