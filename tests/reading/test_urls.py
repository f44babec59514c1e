"""An article has one canonical URL and one id."""

from dataclasses import replace
from urllib.parse import urljoin, urlsplit

import pytest

from crawler.reading.article_ids import article_id
from crawler.reading.outlet import Outlet
from crawler.reading.urls import absolute_url, canonical_url, outlet_of
from tests.reading.markup import FIRST, URL, page, paragraphs, read

OUTLET = Outlet(
    slug="khabar",
    name="खबर",
    hosts=("www.khabar.example.in", "old-khabar.example.in", "m.khabar.example.in"),
    group="digital",
    article=r"/world/.+-(?P<number>\d+)(?:\.html)?$",
    article_evidence="unverified",
    keep_query=("page",),
    twins=((r"/amphtml/", "/"), (r"\.amp$", "")),
)
HINDI_OF_BBC = Outlet(
    slug="bbc_hindi",
    name="बीबीसी",
    hosts=("www.bbc.com/hindi",),
    group="public",
    article="/hindi/",
    article_evidence="code",
)

SAME = [
    "https://www.khabar.example.in/world/varunpur-storm-4512",
    "http://www.khabar.example.in/world/varunpur-storm-4512",
    "https://khabar.example.in/world/varunpur-storm-4512",
    "https://m.khabar.example.in/world/varunpur-storm-4512?utm_source=whatsapp&utm_medium=share",
    "https://www.khabar.example.in/amphtml/world/varunpur-storm-4512",
    "https://www.khabar.example.in/world/varunpur-storm-4512#comments",
    "https://www.khabar.example.in//world/varunpur-storm-4512",
    "https://web.archive.org/web/20240613093000/https://www.khabar.example.in/world/varunpur-storm-4512",
    "https://web.archive.org/web/20240613id_/http:/www.khabar.example.in/world/varunpur-storm-4512",
    "https://www-khabar-example-in.cdn.ampproject.org/c/s/www.khabar.example.in/amphtml/world/varunpur-storm-4512",
]


@pytest.mark.parametrize("url", SAME)
def test_amp_and_mobile_forms_have_one_canonical_url(url: str) -> None:
    assert canonical_url(url, OUTLET) == SAME[0]


@pytest.mark.parametrize(
    "url",
    [
        "https://www.khabar.example.in/world/varunpur-storm-4512/amp",
        "https://www.khabar.example.in/world/varunpur-storm-4512/amp/",
        "https://www.khabar.example.in/world/varunpur-storm-4512_amp",
        "https://m.khabar.example.in/amp/world/varunpur-storm-4512?amp=1",
        "https://old-khabar.example.in/amp/world/varunpur-storm-4512",
    ],
)
def test_the_common_forms_apply_to_an_outlet_with_twins_of_its_own(url: str) -> None:
    assert urlsplit(canonical_url(url, OUTLET)).path == "/world/varunpur-storm-4512"


@pytest.mark.parametrize(
    "path",
    ["/world/amp-up-4512", "/world/headphone-amp-4512", "/ampere/unit-4512", "/world/a-4512.amphora"],
)
def test_a_word_in_a_path_does_not_mark_an_amp_or_mobile_form(path: str) -> None:
    assert urlsplit(canonical_url(f"https://www.khabar.example.in{path}", OUTLET)).path == path


def test_an_outlets_own_twins_are_applied_before_the_common_forms() -> None:
    slashed = replace(OUTLET, twins=((r"/amp/?$", "/"),))

    assert canonical_url(f"{SAME[0]}/amp", slashed) == f"{SAME[0]}/"


def test_a_mobile_host_of_an_outlet_with_a_path_becomes_its_first_host() -> None:
    address = canonical_url("https://m.bbc.com/hindi/articles/c123", HINDI_OF_BBC)

    assert address == "https://www.bbc.com/hindi/articles/c123"


def test_a_changed_slug_with_the_same_number_keeps_the_id() -> None:
    urls = [
        "https://www.khabar.example.in/world/a-first-slug-4512",
        "https://www.khabar.example.in/world/a-better-one-4512",
    ]

    identifiers = {article_id(url, OUTLET) for url in urls}

    assert len(identifiers) == 1


def test_two_numbers_are_two_articles() -> None:
    assert article_id(SAME[0], OUTLET) != article_id(SAME[0].replace("4512", "4513"), OUTLET)


def test_a_query_parameter_that_identifies_an_article_is_kept() -> None:
    assert canonical_url("https://www.khabar.example.in/story?page=2&ref=home", OUTLET).endswith("/story?page=2")


def test_an_unknown_host_keeps_its_query_except_for_tracking() -> None:
    url = "https://samachar.example//storypage.php?autono=166607&utm_source=x&fbclid=y"

    assert canonical_url(url) == "https://samachar.example//storypage.php?autono=166607"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://खबर.example/विदेश/1", "https://xn--21b8bm.example/%E0%A4%B5%E0%A4%BF%E0%A4%A6%E0%A5%87%E0%A4%B6/1"),
        ("https://khabar.example/%e0%a4%95/1", "https://khabar.example/%E0%A4%95/1"),
        ("https://khabar.example/amp/world/a-1", "https://khabar.example/world/a-1"),
        ("https://khabar.example/world/a-1/amp/", "https://khabar.example/world/a-1"),
        ("https://KHABAR.example:443/world/a-1", "https://khabar.example/world/a-1"),
    ],
)
def test_spellings_of_a_url_have_one_canonical_url(one: str, other: str) -> None:
    assert canonical_url(one) == canonical_url(other)


def test_an_encoded_slash_stays_encoded() -> None:
    assert canonical_url("https://khabar.example/a%2Fb/%E0%A4%95") == "https://khabar.example/a%2Fb/%E0%A4%95"


def test_a_canonical_url_is_its_own_canonical_url() -> None:
    for url in (*SAME, "https://खबर.example/विदेश/आंधी-12?b=2&a=1"):
        once = canonical_url(url)
        assert canonical_url(once) == once


def test_the_outlet_of_a_page_is_found_by_host_and_path() -> None:
    outlets = [OUTLET, HINDI_OF_BBC]

    assert outlet_of("http://m.khabar.example.in/x", outlets) is OUTLET
    assert outlet_of("https://old-khabar.example.in/x", outlets) is OUTLET
    assert outlet_of("https://www.bbc.com/hindi/articles/c1", outlets) is HINDI_OF_BBC
    assert outlet_of("https://web.archive.org/web/2019/https://www.bbc.com/hindi/x", outlets) is HINDI_OF_BBC
    assert outlet_of("https://www.bbc.com/news/world-1", outlets) is None
    assert outlet_of("https://another-khabar.example.org/x", outlets) is None


def test_a_canonical_link_on_the_domain_is_the_url_of_the_article() -> None:
    article = read(paragraphs(), head='<link rel="canonical" href="https://www.khabar.example/world/own-4512">')

    assert article.url == "https://www.khabar.example/world/own-4512"


@pytest.mark.parametrize(
    "href", ["https://agency.example.org/copy", "https://khabar.example/", "javascript:void(0)", ""]
)
def test_a_canonical_link_to_another_site_is_ignored(href: str) -> None:
    article = read(paragraphs(), head=f'<link rel="canonical" href="{href}">')

    assert article.url == URL


def test_relative_links_start_from_base() -> None:
    body = f'<p>{FIRST}</p>{paragraphs()}<p><a href="varunpur-flood-9">वरुणपुर में बाढ़ का पानी उतरने लगा</a></p>'

    article = read(body, head='<base href="https://khabar.example/archive/2024/">')

    assert [link.url for link in article.related] == ["https://khabar.example/archive/2024/varunpur-flood-9"]


def test_a_page_of_the_wayback_machine_is_read_as_the_original_page() -> None:
    prefix = "https://web.archive.org/web/20240613093000"
    head = f'<link rel="canonical" href="{prefix}/{URL}">'
    body = f'{paragraphs()}<p><a href="/web/20240613/https://khabar.example/world/next-1">वरुणपुर में स्कूल फिर खुले</a></p>'

    article = read(page(body, head=head), url=f"{prefix}/{URL}")

    assert article.url == URL
    assert article.id == read(paragraphs()).id
    assert article.related[0].url == "https://khabar.example/world/next-1"


@pytest.mark.parametrize("href", [None, "", "#top", "mailto:a@b.example", "javascript:void(0)", "http://[broken"])
def test_other_links_have_no_url(href: str | None) -> None:
    assert absolute_url(href, "https://khabar.example/a") in (None, "http://[broken")


OWN = "https://www.khabar.example.in/world/varunpur-storm-4512"
WITHOUT_NUMBERS = replace(OUTLET, article=r"/world/[^/]+/?$", keep_query=())


@pytest.mark.parametrize(
    "canonical",
    [
        *SAME[:7],
        "https://www.khabar.example.in/world/a-better-slug-4512",
        "https://www.khabar.example.in/world/europe/varunpur-storm-4512.html",
        "/world/varunpur-storm-4512",
    ],
)
def test_a_canonical_link_with_the_articles_number_is_accepted(canonical: str) -> None:
    head = f'<link rel="canonical" href="{canonical}">'

    assert read(paragraphs(), head=head, url=OWN, outlet=OUTLET).url == canonical_url(urljoin(OWN, canonical), OUTLET)


@pytest.mark.parametrize(
    "canonical",
    [
        "https://www.khabar.example.in/world/varunpur-storm-4513",
        "https://www.khabar.example.in/world/",
        "https://www.khabar.example.in/",
        "https://www.khabar.example.in/world/varunpur-storm",
        "https://www.khabar.example.in/world/4512/other-4513",
        "https://www.khabar.example.in/tag/4512",
        "https://marathi.khabar.example.in/world/varunpur-storm-4512",
        "https://khabar.example.org/world/varunpur-storm-4512",
        "javascript:void(0)",
    ],
)
@pytest.mark.parametrize("mark", ['<link rel="canonical" href="{}">', '<meta property="og:url" content="{}">'])
def test_a_canonical_link_to_another_page_is_ignored(mark: str, canonical: str) -> None:
    assert read(paragraphs(), head=mark.format(canonical), url=OWN, outlet=OUTLET).url == OWN


@pytest.mark.parametrize(
    ("asked", "canonical", "is_accepted"),
    [
        ("/world/storm-over-varunpur", "/world/Storm-Over-Varunpur/", True),
        ("/world/storm-over-varunpur?utm_source=x", "/world/storm-over-varunpur", True),
        ("/world/storm-over-varunpur", "/world/storm-over-varunpur?ref=canonical", True),
        ("/amphtml/world/storm-over-varunpur", "/world/storm-over-varunpur", True),
        ("/world/storm-over-varunpur.amp", "/world/storm-over-varunpur", True),
        ("/world/storm-over-varunpur", "/world/flood-in-varunpur", False),
        ("/world/storm-over-varunpur", "/world", False),
        ("/world/storm-over-varunpur-2", "/world/storm-over-varunpur", False),
    ],
)
def test_without_a_number_the_path_of_a_canonical_link_decides(asked: str, canonical: str, is_accepted: bool) -> None:
    host = "https://www.khabar.example.in"

    article = read(
        paragraphs(), head=f'<link rel="canonical" href="{canonical}">', url=host + asked, outlet=WITHOUT_NUMBERS
    )

    assert article.url == canonical_url(host + (canonical if is_accepted else asked), WITHOUT_NUMBERS)


@pytest.mark.parametrize(
    ("asked", "canonical", "is_accepted"),
    [
        ("/story.php?id=1001", "/story.php?id=1001", True),
        ("/story.php?id=1001", "/story.php?id=1002", False),
        ("/story.php?id=1001", "/story.php", False),
        ("/videsh/toofan?from=home", "/videsh/toofan", True),
        ("/videsh/toofan-90417", "/videsh/varunpur-mein-toofan-90417.html", True),
        ("/videsh/toofan-90417", "/videsh/toofan-90418", False),
        ("/videsh/shikhar-sammelan-2026", "/videsh/olympic-2026", False),
        ("/videsh/toofan", "/videsh/baadh", False),
    ],
)
def test_a_page_of_an_unknown_outlet_is_compared_by_its_path(asked: str, canonical: str, is_accepted: bool) -> None:
    host = "https://naya.example"

    article = read(paragraphs(), head=f'<link rel="canonical" href="{canonical}">', url=host + asked)

    assert article.url == host + (canonical if is_accepted else asked)


def test_a_canonical_link_needs_the_same_parameters_that_identify_an_article() -> None:
    first, second = "https://www.khabar.example.in/story?page=1001", "https://www.khabar.example.in/story?page=1002"

    assert read(paragraphs(), head=f'<link rel="canonical" href="{first}">', url=second, outlet=OUTLET).url == second


@pytest.mark.parametrize("outlet", [OUTLET, None])
@pytest.mark.parametrize("port", ["8080", "22", "65535"])
def test_a_canonical_link_to_another_port_is_ignored(port: str, outlet: Outlet | None) -> None:
    host = urlsplit(OWN).netloc
    head = f'<link rel="canonical" href="{OWN.replace(host, f"{host}:{port}")}">'

    assert read(paragraphs(), head=head, url=OWN, outlet=outlet).url == canonical_url(OWN, outlet)


def test_a_canonical_link_with_the_default_port_is_accepted() -> None:
    for port in ("80", "443", "080"):
        head = f'<link rel="canonical" href="https://www.khabar.example:{port}/world/own-4512">'
        assert read(paragraphs(), head=head).url == "https://www.khabar.example/world/own-4512"


def test_a_site_on_another_port_may_link_to_that_port() -> None:
    here = "https://khabar.example:8080/world/varunpur-4512"
    head = f'<link rel="canonical" href="{here.replace("varunpur", "own")}">'

    assert read(paragraphs(), head=head, url=here).url == here.replace("varunpur", "own")


def test_an_address_that_is_too_long_when_it_is_encoded_is_none_and_the_page_keeps_its_own() -> None:
    address = f"{URL.rpartition('/')[0]}/{'ख' * 500}"

    assert absolute_url(address, URL) is None
    assert absolute_url(address[:-300], URL) is not None
    assert read(paragraphs(), head=f'<link rel="canonical" href="{address}">').url == URL
