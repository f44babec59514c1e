"""The other fields of an article: headline, section, tags, images, kind, access, provenance."""

import json

import pytest

from crawler.items import Image
from tests.reading.markup import FIRST, HEADLINE, SECOND, THIRD, URL, json_ld, meta, page, paragraphs, read, texts

# Headline


def test_emphasis_inside_a_word_does_not_split_it() -> None:
    assert read(page(paragraphs(), headline="वरुण<b>पुर</b> में आंधी से अंधेरा")).headline == "वरुणपुर में आंधी से अंधेरा"


def test_the_printed_headline_wins_over_a_cut_one() -> None:
    article = read(paragraphs(), head=json_ld(headline=f"{HEADLINE[:20]}..."))

    assert (article.headline, article.provenance["headline"]) == (HEADLINE, "generic")


def test_json_ld_is_the_source_if_it_states_the_same() -> None:
    assert read(paragraphs(), head=json_ld()).provenance["headline"] == "json-ld"


def test_a_site_name_in_h1_is_not_the_headline() -> None:
    markup = (
        page(paragraphs(), head=json_ld())
        .replace("<nav>", "<h1>खबर संसार</h1><nav>")
        .replace(f"<h1>{HEADLINE}</h1>", "")
    )

    assert read(markup).headline == HEADLINE


def test_the_headline_among_several_is_the_one_that_the_titles_name() -> None:
    markup = page(paragraphs()).replace(
        "<nav>", "<h1>दिन भर की बड़ी और बहुत लंबी खबरों का सबसे तेज और भरोसेमंद मंच यहां है</h1><nav>"
    )

    assert read(markup).headline == HEADLINE


def test_without_h1_the_title_without_the_site_name_is_used() -> None:
    markup = page(paragraphs()).replace(f"<h1>{HEADLINE}</h1>", "")

    article = read(markup)

    assert (article.headline, article.provenance["headline"]) == (HEADLINE, "meta")


# JSON-LD

TIME = '"datePublished":"2024-06-12T10:15:00+05:30"'
BROKEN = [
    '[{"@type":"NewsArticle","headline":"%s",%t}]',
    '{"@context":"x","@graph":[{"@type":"WebPage"},{"@type":["NewsArticle","Article"],"headline":"%s",%t}]}',
    '{"@type":"NewsArticle","headline":"%s","description":"दो\n\tपंक्ति",%t}',
    '{"@type":"NewsArticle","headline":"%s",%t,}',
    '<!-- {"@type":"NewsArticle","headline":"%s",%t} -->',
    "{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;%s&quot;,%q}",
    '{"@type":"NewsArticle","headline":"%s","description":"उसने कहा \\\'हां\\\'",%t}',
    '{"@type":"Organization","name":"खबर"}{"@type":"NewsArticle","headline":"%s",%t}',
    '{"@type":"NewsArticle","headline":"%s","description":"टूटा "उद्धरण" है",%t}',
    '//<![CDATA[\n{"@type":"NewsArticle","headline":"%s",%t}\n//]]>',
    '{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","headline":"%s",%t}};',
    '{"@type":"http://schema.org/NewsArticle","headline":"%s","datePublished":"2024-06-12 10:15:00 IST"}',
]


@pytest.mark.parametrize("script", BROKEN)
def test_json_ld_is_read_in_every_form(script: str) -> None:
    whole = script.replace("%q", TIME.replace('"', "&quot;")).replace("%t", TIME).replace("%s", HEADLINE)

    article = read(paragraphs(), head=f'<script type="application/ld+json">{whole}</script>')

    assert article.published_at == "2024-06-12T04:45:00Z"
    assert article.provenance["published_at"] == "json-ld"


@pytest.mark.parametrize(
    "script", ["", "{", "[[[[", "null", "12", '"text"', "[" * 20_000, '{"@type":' * 5_000, "{" + "ख" * 10]
)
def test_json_ld_beyond_repair_does_not_affect_other_fields(script: str) -> None:
    article = read(paragraphs(), head=f'<script type="application/ld+json">{script}</script>')

    assert texts(article) == [FIRST, SECOND, THIRD]


def test_huge_json_ld_is_skipped() -> None:
    article = read(paragraphs(), head=json_ld(articleBody="बहुत लंबा " * 500_000))

    assert texts(article) == [FIRST, SECOND, THIRD]


def test_entities_in_json_ld_are_resolved() -> None:
    markup = page(paragraphs(), head=json_ld(articleSection="देश &amp;amp; विदेश", keywords="आंधी, &#039;वरुणपुर&#039;"))

    article = read(markup)

    assert (article.section, article.tags) == ("देश & विदेश", ["आंधी", "वरुणपुर"])


def test_the_node_of_the_pages_own_article_is_used() -> None:
    other = json_ld(headline="पश्चिमी तट पर कुछ और हुआ", datePublished="2023-01-01T00:00:00+05:30")

    article = read(paragraphs(), head=other + json_ld(datePublished="2024-06-12T10:15:00+05:30"))

    assert article.published_at == "2024-06-12T04:45:00Z"


def test_article_body_is_used_if_the_page_prints_only_a_part() -> None:
    whole = "\n".join([FIRST, SECOND, THIRD, f"{FIRST} {SECOND}", f"{SECOND} {THIRD}"])

    article = read(paragraphs(FIRST), head=json_ld(articleBody=whole))

    assert len(article.body) == 5
    assert (article.provenance["body"], article.disagreement) == ("json-ld", "body")


# Section and tags


def test_section_and_tags_come_from_meta_and_breadcrumbs_too() -> None:
    crumbs = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"position": 1, "item": {"name": "Hindi News"}},
            {"position": 2, "name": "विदेश"},
            {"position": 3, "name": HEADLINE},
        ],
    }
    tags = meta("article:tag", "आंधी") + meta("article:tag", "बिजली")
    head = f'<script type="application/ld+json">{json.dumps(crumbs)}</script>{tags}'

    article = read(paragraphs(), head=head)

    assert (article.section, article.tags) == ("विदेश", ["आंधी", "बिजली"])
    assert (article.provenance["section"], article.provenance["tags"]) == ("json-ld", "meta")


# Images


@pytest.mark.parametrize(
    ("printed", "caption", "credit"),
    [
        ("वरुणपुर की अंधेरी सड़कें (Photo: AP)", "वरुणपुर की अंधेरी सड़कें", "AP"),
        ("वरुणपुर की अंधेरी सड़कें - फोटो : एएनआई", "वरुणपुर की अंधेरी सड़कें", "एएनआई"),
        ("वरुणपुर की अंधेरी सड़कें (File Photo: Reuters)", "वरुणपुर की अंधेरी सड़कें", "Reuters"),
        ("वरुणपुर की अंधेरी सड़कें (Photo-AFP)", "वरुणपुर की अंधेरी सड़कें", "AFP"),
        ("वरुणपुर की अंधेरी सड़कें (Image: X/AP)", "वरुणपुर की अंधेरी सड़कें", "X/AP"),
        ("वरुणपुर की अंधेरी सड़कें (AFP or licensors)", "वरुणपुर की अंधेरी सड़कें", "AFP or licensors"),
        ("वरुणपुर की अंधेरी सड़कें (एपी)", "वरुणपुर की अंधेरी सड़कें", "एपी"),
        ("वरुणपुर की अंधेरी सड़कें (बाएं)", "वरुणपुर की अंधेरी सड़कें (बाएं)", None),
        ("वरुणपुर की अंधेरी सड़कें", "वरुणपुर की अंधेरी सड़कें", None),
    ],
)
def test_a_caption_and_its_credit_belong_to_the_image(printed: str, caption: str, credit: str | None) -> None:
    body = f"<figure><img data-src='/a.jpg' src='data:image/gif;base64,x'><figcaption>{printed}</figcaption></figure>"

    article = read(body + paragraphs())

    assert article.images == [Image(url="https://khabar.example/a.jpg", caption=caption, credit=credit, main=True)]
    assert (texts(article), article.credits) == ([FIRST, SECOND, THIRD], [])


def test_images_keep_their_order_and_their_own_captions() -> None:
    body = (
        f"<figure><img src='/a.jpg'><figcaption>पहली तस्वीर का ब्योरा</figcaption></figure>"
        f"<p>{FIRST}</p><img src='/b.jpg'><div class='caption'>दूसरी तस्वीर का ब्योरा</div>"
        f"<p>{SECOND}</p><p>{THIRD}</p><img src='/c.jpg'><img src='/logo.png'>"
    )

    assert [(image.url[-5:], image.caption) for image in read(body).images] == [
        ("a.jpg", "पहली तस्वीर का ब्योरा"),
        ("b.jpg", "दूसरी तस्वीर का ब्योरा"),
        ("c.jpg", None),
    ]


def test_thumbnails_of_other_articles_are_no_images() -> None:
    body = (
        f"<p>{FIRST}</p><a href='/world/other-3'><img src='/thumb.jpg'></a>"
        "<a href='/a-large.jpg'><img src='/a.jpg'></a>"
        f"<div class='related'><img src='/b.jpg'></div><p>{SECOND}</p><p>{THIRD}</p>"
    )

    assert [image.url for image in read(body).images] == ["https://khabar.example/a.jpg"]


@pytest.mark.parametrize(
    ("size", "is_picture"),
    [
        ("1", False),
        ("099", False),
        ("100", True),
        ("640", True),
        ("²", True),
        ("１", True),
        ("9" * 5_000, True),
        ("-1", True),
        ("1e9", True),
        ("50%", True),
        ("", True),
    ],
)
def test_an_image_of_few_pixels_is_no_image_whatever_its_other_attributes(size: str, is_picture: bool) -> None:
    for name in ("width", "height"):
        article = read(f"<figure><img src='/a.jpg' {name}='{size}'></figure>{paragraphs()}")

        assert len(article.images) == is_picture


def test_the_image_of_json_ld_is_used_if_the_page_shows_none() -> None:
    article = read(paragraphs(), head=json_ld(image=[{"@type": "ImageObject", "url": "https://img.example/a.jpg"}]))

    assert [image.url for image in article.images] == ["https://img.example/a.jpg"]


# Kind and access


@pytest.mark.parametrize(
    ("head", "url", "kind"),
    [
        ("", URL, "report"),
        (json_ld(**{"@type": "LiveBlogPosting"}), URL, "live-blog"),
        (json_ld(**{"@type": "OpinionNewsArticle"}), URL, "opinion"),
        ("", "https://khabar.example/photo-gallery/world/varunpur-4512", "gallery"),
        ("", "https://khabar.example/video/world/varunpur-4512", "video"),
        ("", "https://khabar.example/opinion/varunpur-4512", "opinion"),
        ("", "https://khabar.example/world/varunpur-storm-live-updates-4512", "live-blog"),
        (meta("og:type", "video.other"), URL, "video"),
        (json_ld(articleSection="संपादकीय"), URL, "opinion"),
        ('<script type="application/ld+json">{"@type":"VideoObject","name":"x"}</script>', URL, "video"),
    ],
)
def test_the_kind_of_an_article(head: str, url: str, kind: str) -> None:
    article = read(page(paragraphs(), head=head), url=url)

    assert article.kind == kind


def test_a_live_blog_keeps_its_dated_entries_in_order() -> None:
    entries = "".join(
        f"<div class='entry'><div class='time'>{clock}</div><h3>{title}</h3><p>{text}</p></div>"
        for clock, title, text in (
            ("12 जून 2024, 11:40 AM (IST)", "बिजली लौटी", SECOND),
            ("10:15 AM", "पुल बंद हुआ", THIRD),
            ("09:05 बजे", "आंधी आई", FIRST),
        )
    )

    article = read(page(entries, head=json_ld(**{"@type": "LiveBlogPosting"})))

    assert texts(article) == [
        "12 जून 2024, 11:40 AM (IST)", "बिजली लौटी", SECOND, "10:15 AM", "पुल बंद हुआ", THIRD, "09:05 बजे", "आंधी आई", FIRST,
    ]  # fmt: skip


def test_live_updates_are_read_from_json_ld_where_the_page_has_none() -> None:
    updates = [
        {
            "@type": "BlogPosting",
            "headline": "बिजली लौटी",
            "datePublished": "2024-06-12T11:40:00+05:30",
            "articleBody": SECOND,
        },
        {
            "@type": "BlogPosting",
            "headline": "आंधी आई",
            "datePublished": "2024-06-12T09:05:00+05:30",
            "articleBody": f"{FIRST} {THIRD}",
        },
    ]

    article = read(page("<div id='app'></div>", head=json_ld(**{"@type": "LiveBlogPosting"}, liveBlogUpdate=updates)))

    assert texts(article) == [
        "2024-06-12T11:40:00+05:30",
        "बिजली लौटी",
        SECOND,
        "2024-06-12T09:05:00+05:30",
        "आंधी आई",
        f"{FIRST} {THIRD}",
    ]


@pytest.mark.parametrize(
    ("head", "body", "access"),
    [
        ("", paragraphs(), "full"),
        (json_ld(isAccessibleForFree=False), paragraphs(FIRST), "paywalled"),
        (json_ld(isAccessibleForFree="False"), paragraphs(FIRST), "paywalled"),
        (json_ld(hasPart={"isAccessibleForFree": False, "cssSelector": ".more"}), paragraphs(FIRST), "paywalled"),
        (json_ld(hasPart=[{"isAccessibleForFree": "false"}, "x"]), paragraphs(FIRST), "paywalled"),
        (json_ld(hasPart={"isAccessibleForFree": True}), paragraphs(FIRST), "full"),
        (json_ld(isAccessibleForFree=False), paragraphs(*[FIRST + SECOND] * 2, THIRD + FIRST, SECOND + THIRD), "full"),
        (json_ld(isAccessibleForFree=True), paragraphs(FIRST), "full"),
        ("", paragraphs(FIRST) + "<p>पूरी खबर पढ़ने के लिए ऐप डाउनलोड करें</p>", "teaser"),
    ],
)
def test_the_access_of_an_article(head: str, body: str, access: str) -> None:
    assert read(body, head=head).access == access


def test_provenance_names_no_field_that_is_absent() -> None:
    article = read(paragraphs())

    assert set(article.provenance) == {"headline", "body"}
    assert article.fetched_at is None
    assert article.reader_version


@pytest.mark.parametrize(
    ("h1", "title"),
    [
        ("खबर पत्र", f"{HEADLINE} | खबर पत्र"),
        ("The Khabar - Hindi", f"{HEADLINE} - The Khabar - Hindi"),
        ("विदेश समाचार", f"{HEADLINE} | विदेश समाचार | खबर पत्र"),
    ],
)
def test_an_h1_behind_a_bar_of_the_title_is_no_headline(h1: str, title: str) -> None:
    whole = page(paragraphs(), head=json_ld()).replace(f"<h1>{HEADLINE}</h1>", f"<h1>{h1}</h1><h2>{HEADLINE}</h2>")
    whole = whole.replace(f"<title>{HEADLINE} | खबर</title>", f"<title>{title}</title>")

    assert read(whole).headline == HEADLINE


def test_all_names_behind_the_bars_of_a_title_are_cut() -> None:
    whole = page(paragraphs()).replace(f"<h1>{HEADLINE}</h1>", "")
    whole = whole.replace(f"<title>{HEADLINE} | खबर</title>", f"<title>{HEADLINE} | World News in Hindi | खबर</title>")

    assert read(whole).headline == HEADLINE
