"""A URL that cannot be requested is rejected, wherever a page prints it."""

import ast
import random
from pathlib import Path

import pytest
from publicsuffixlist import PSLFILE, PublicSuffixList
from scrapy import Request
from scrapy.utils.request import fingerprint

from crawler.reading.article_ids import article_id, article_number
from crawler.reading.outlet import Outlet
from crawler.reading.pagination import next_page
from crawler.reading.urls import absolute_url, canonical_url, outlet_of, registered_domain
from crawler.url_parts import host_of, is_url, path_of, split_url
from tests.conftest import ROOT
from tests.reading.markup import URL, meta, paragraphs, read

BASE = "https://www.khabar.example.in/world/"
OUTLET = Outlet(
    slug="khabar",
    name="खबर",
    hosts=("www.khabar.example.in",),
    group="digital",
    article=r"/world/.+-(?P<number>\d+)(?:\.html)?$",
    article_evidence="unverified",
)
INVALID_URLS = [
    "http://[link]/world/x-1",
    "https://[::1",
    "https://::1]/x",
    "http://[::1]x/y",
    "http://a[::1]/y",
    "http://[fe80::zz]/",
    "http://[v1.x]/",
    "https://www.khabar.example.in:99999/x",
    "https://www.khabar.example.in:0/x",
    "https://www.khabar.example.in:eighty/x",
    "https://www.khabar.example.in:²/x",
    "https://www.khabar.example.in/world/\ud83d-1",
    "https://www.khabar.example.in/world/\ud83d\ude00-1",
    "https://www.khabar.example.in/\x00world/x-1",
    "https://www.khabar.example.in/world/x\x1f-1",
    "https://www.khabar.example.in/world/x\x85-1",
    "https://www.khabar.example.in/world/x\ufdd0-1",
    "https:///world/x-1",
    "https://?x=1",
    "https://www..example.in/x",
    "https://.example.in/x",
    "https://www.khabar.example.in../x",
    f"https://{'k' * 64}.example.in/x",
    f"https://{'k.' * 140}in/x",
    "https://www.kha bar.in/x",
    "https://www.kha<b>bar.in/x",
    "https://www.%6bhabar.in/x",
    "https://www.khabar℀.in/x",
    "https://user:pw\\@www.khabar.in/x",
]
URLS = [
    "https://www.khabar.example.in/world/a-1",
    "http://www.khabar.example.in:8080/world/a-1",
    "https://www.khabar.example.in:/world/a-1",
    "https://www.khabar.example.in./world/a-1",
    "http://[2001:db8::1]:8000/x",
    "https://खबर.example/विदेश/आंधी-12",
    "https://xn--21b8bm.example/x",
    "https://user:pw@www.khabar.example.in/x",
    "https://www.khabar.example.in/world/😀-1",
    "https://www.khabar.example.in/world/[live]-1?q=[a]#[b]",
    "https://www.khabar.example.in/a b",
    "https://a_b.example.in/x",
    "HTTPS://WWW.KHABAR.EXAMPLE.IN/World/a-1",
]


@pytest.mark.parametrize("url", INVALID_URLS)
def test_a_url_that_cannot_be_requested_is_rejected(url: str) -> None:
    parsed = [split_url(url), absolute_url(url, BASE), outlet_of(url, [OUTLET]), article_number(url, OUTLET)]
    assert parsed == [None] * 4
    assert (host_of(url), path_of(url), is_url(url)) == ("", "", False)
    with pytest.raises(ValueError, match="is not a web address"):
        canonical_url(url)


@pytest.mark.parametrize("url", URLS)
def test_a_url_that_can_be_requested_is_accepted(url: str) -> None:
    address = absolute_url(url, BASE)

    assert address is not None
    assert is_url(Request(address).url)
    assert canonical_url(canonical_url(address)) == canonical_url(address)


@pytest.mark.parametrize(
    ("printed", "address"),
    [
        ("\n  https://www.khabar.example.in/world/a-1\n", "https://www.khabar.example.in/world/a-1"),
        ("https://www.khabar.example.in/wor\n\tld/a-1", "https://www.khabar.example.in/world/a-1"),
        ("\ufeffhttps://www.khabar.example.in/world/a-1\u200b", "https://www.khabar.example.in/world/a-1"),
        ("a-1", "https://www.khabar.example.in/world/a-1"),
        ("//www.khabar.example.in/world/a-1", "https://www.khabar.example.in/world/a-1"),
        ("//[x/y", None),
        ("?page=2", "https://www.khabar.example.in/world/?page=2"),
        ("mailto:desk@khabar.example.in", None),
        ("viber://forward?text=x", None),
        ("  javascript:void(0)", None),
        ("#top", None),
        ("", None),
    ],
)
def test_a_printed_url_is_made_absolute(printed: str, address: str | None) -> None:
    assert absolute_url(printed, BASE) == address


def test_a_url_inside_a_url_of_an_archive_or_amp_cache_is_checked_too() -> None:
    good = "https://web.archive.org/web/2019/https://www.khabar.example.in/world/a-1"
    bad = "https://web.archive.org/web/2019/https://[khabar/world/a-1"

    assert absolute_url(good, BASE) == "https://www.khabar.example.in/world/a-1"
    assert absolute_url(bad, BASE) in (None, bad)
    assert absolute_url("https://x.cdn.ampproject.org/c/s/khabar.in:99999/a", BASE) is not None


@pytest.mark.parametrize("bad", ["http://[link]/x", "https://[::1", "https://khabar.example:99999/x", "//[x"])
@pytest.mark.parametrize(
    "place",
    [
        '<link rel="canonical" href="{}">',
        '<link rel="amphtml" href="{}">',
        '<base href="{}">',
        '<meta property="og:url" content="{}">',
        '<meta property="og:image" content="{}">',
        '<meta http-equiv="refresh" content="0;url={}">',
    ],
)
def test_a_page_with_an_invalid_url_in_its_head_is_read(place: str, bad: str) -> None:
    assert read(paragraphs(), head=place.format(bad)).url == URL


@pytest.mark.parametrize(
    "place",
    [
        '<img src="http://[::1/x.jpg">',
        '<a href="http://[link]/x">एक और खबर</a>',
        '<p>यह भी पढ़ें: <a href="http://[link]/x">वरुणपुर में बिजली लौटी</a></p>',
        '<iframe src="https://[x"></iframe>',
        '<a rel="next" href="https://[x">अगला पेज</a>',
    ],
)
def test_a_page_with_an_invalid_url_in_its_body_is_read(place: str) -> None:
    article = read(paragraphs() + place)

    assert len(article.body) >= 3
    assert all(is_url(link.url) for link in article.related if link.url)


def test_an_invalid_url_of_a_next_page_is_ignored() -> None:
    for bad in ("https://[x", f"{URL}?page=²", f"{URL}?page={'9' * 5000}"):
        page = f'<html><body><a rel="next" href="{bad}">अगला पेज</a></body></html>'
        assert next_page(page.encode(), URL) is None


def test_og_url_is_the_url_of_the_article() -> None:
    own = "https://khabar.example/world/own-4512"

    assert read(paragraphs(), head=meta("og:url", own)).url == own


PIECES = [*"[]:/?#@%\\ .-{}|^<>\"'\x00\n\t\ud83d\ude00\u200b\ufffd\uffff²①：℀ﬀ", "99999", "xn--", "&#55357;", "k" * 64]


def test_no_mutated_url_raises_and_an_accepted_one_can_be_requested() -> None:
    chance = random.Random(4)
    for _ in range(4000):
        url = chance.choice(URLS)
        for _ in range(chance.randint(1, 4)):
            at = chance.randint(0, len(url))
            url = url[:at] + chance.choice(PIECES) + url[at + chance.choice((0, 0, 1, 3)) :]
        outlet_of(url, [OUTLET])
        registered_domain(url)
        address = absolute_url(url, BASE)
        if address is not None:
            article_id(canonical_url(address, OUTLET), OUTLET)
            fingerprint(Request(canonical_url(address)))


def test_urls_are_parsed_in_one_module() -> None:
    gate = ROOT / "crawler/url_parts.py"
    for path in (path for room in ("crawler", "spiders", "pipelines") for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module in ("urllib.parse", "w3lib.url"):
                names = {alias.name for alias in node.names} & {"urlsplit", "urlparse", "urljoin", "is_url"}
                assert not names or path == gate, f"{path}: {names}: crawler/url_parts.py is the gate"


def test_a_domain_is_told_by_the_whole_list_of_public_suffixes() -> None:
    whole = PublicSuffixList(only_icann=True)
    lines = Path(PSLFILE).read_text(encoding="utf-8").splitlines()
    suffixes = [line.lstrip("!").replace("*", "any") for line in lines if line and not line.startswith("//")]
    chosen = [*suffixes[::40], *(suffix for suffix in suffixes if not suffix.isascii()), "nosuchsuffix", "in.", "CO.IN"]

    for url in (f"https://{below}samachar.{suffix}/" for suffix in chosen for below in ("", "www.")):
        host = host_of(url)
        assert registered_domain(url) == (whole.privatesuffix(host) or ".".join(host.split(".")[-2:])), url
