"""The times of an article: their sources, and the times that are refused."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from crawler.items import Article
from tests.reading.markup import FIRST, HEADLINE, SECOND, THIRD, json_ld, meta, page, paragraphs, read, texts

FETCHED = datetime(2024, 6, 13, 12, 0, tzinfo=UTC)


def stated(article: Article) -> str | None:
    """Return when an article was published: the instant, or the day where no time of day is printed."""
    return article.published_at or article.published_on


@pytest.mark.parametrize(
    ("head", "body", "published", "source"),
    [
        (json_ld(datePublished="2024-06-12T04:45:00Z"), "", "2024-06-12T04:45:00Z", "json-ld"),
        (json_ld(datePublished="2024-06-12T10:15:00"), "", "2024-06-12T04:45:00Z", "json-ld"),
        (json_ld(datePublished="2024-06-12T10:15:00+0530"), "", "2024-06-12T04:45:00Z", "json-ld"),
        (json_ld(datePublished="2024-06-12 10:15:33.123"), "", "2024-06-12T04:45:33Z", "json-ld"),
        (meta("article:published_time", "2024-06-12T10:15:00+05:30"), "", "2024-06-12T04:45:00Z", "meta"),
        (meta("publish-date", "Wed, 12 Jun 2024 10:15 AM IST"), "", "2024-06-12T04:45:00Z", "meta"),
        ("", "<time datetime='2024-06-12T10:15:00+05:30'>12 जून</time>", "2024-06-12T04:45:00Z", "generic"),
        ("", "<div>12 जून 2024, 10:15 AM IST</div>", "2024-06-12T04:45:00Z", "generic"),
        ("", "<div>Publish Date: Wed, 12 Jun 2024 10:15 PM (IST)</div>", "2024-06-12T16:45:00Z", "generic"),
        ("", "<div>प्रकाशित: १२ जून २०२४</div>", "2024-06-12", "generic"),
        ("", "<ul><li>वरुणपुर,</li><li>12 जून 2024,</li></ul>", "2024-06-12", "generic"),
        ("", "<p>जून 12, 2024 10:15 am IST</p>", "2024-06-12T04:45:00Z", "generic"),
        ("", "<div>2 घंटे पहले</div>", "2024-06-13T10:00:00Z", "generic"),
        ("", "<div>दो घंटे पहले</div>", "2024-06-13T10:00:00Z", "generic"),
        (json_ld(datePublished=1718167500000), "", "2024-06-12T04:45:00Z", "json-ld"),
        (json_ld(datePublished="2024-06-12T10:15:00 GMT+0530"), "", "2024-06-12T04:45:00Z", "json-ld"),
        (json_ld(datePublished="2024-06-12T10:15:00 XQT"), "", None, None),
        (meta("publish-date", "Wednesday 12th of June 2024 10:15:00 AM"), "", "2024-06-12T04:45:00Z", "meta"),
        ("", "", None, None),
    ],
)  # fmt: skip
def test_the_time_of_publication(head: str, body: str, published: str | None, source: str | None) -> None:
    article = read(body + paragraphs(), head=head, fetched_at=FETCHED)

    assert (stated(article), article.provenance.get("published_on")) == (published, source)
    assert article.provenance.get("published_at") == (source if article.published_at else None)
    assert texts(article) == [FIRST, SECOND, THIRD]


def test_an_update_is_no_publication() -> None:
    body = "<ul><li>वरुणपुर,</li><li>12 जून 2024,</li><li>(अपडेटेड 12 जून 2024, 2:14 PM IST)</li></ul>"

    article = read(body + paragraphs(), fetched_at=FETCHED)

    assert (stated(article), article.modified_at) == ("2024-06-12", "2024-06-12T08:44:00Z")


@pytest.mark.parametrize("row", ["अपडेटेड: दो घंटे पहले", "Updated 2 hours ago", "अपडेटेड | करीब दो घंटे पहले"])
def test_a_span_with_a_label_is_what_the_label_says(row: str) -> None:
    article = read(f"<div>{row}</div>{paragraphs()}", fetched_at=FETCHED)

    assert (article.published_at, article.modified_at) == (None, "2024-06-13T10:00:00Z")


def test_an_update_alone_leaves_the_publication_unknown() -> None:
    article = read("<div>Updated Wed, 12 Jun 2024 03:16 PM IST</div>" + paragraphs(), fetched_at=FETCHED)

    assert (article.published_at, article.modified_at) == (None, "2024-06-12T09:46:00Z")


@pytest.mark.parametrize(
    "time", ["2031-01-01T00:00:00+05:30", "1970-01-01T00:00:00Z", "0001-01-01", "2024-13-45T99:99:00", "बाद में"]
)
def test_an_impossible_time_is_refused(time: str) -> None:
    assert read(paragraphs(), head=json_ld(datePublished=time), fetched_at=FETCHED).published_at is None


@pytest.mark.parametrize(
    ("ahead", "read_as"),
    [
        (timedelta(minutes=20), True),
        (timedelta(hours=2), False),
        (timedelta(hours=30), False),
    ],
)
@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=5, minutes=30)), timezone(timedelta(hours=-12))])
def test_a_time_after_the_fetch_is_refused_unless_clocks_differ(
    ahead: timedelta, read_as: bool, zone: timezone
) -> None:
    time = (FETCHED + ahead).astimezone(zone).isoformat()
    stated = read(paragraphs(), head=json_ld(datePublished=time), fetched_at=FETCHED).published_at
    is_read = stated is not None and datetime.fromisoformat(stated) <= FETCHED + timedelta(hours=1)

    assert is_read == (read_as or (zone is UTC and ahead == timedelta(hours=2)))


@pytest.mark.parametrize(("days", "read_as"), [(0, True), (1, False), (2, False)])
def test_a_day_after_the_fetch_is_refused(days: int, read_as: bool) -> None:
    day = (FETCHED + timedelta(days=days)).date().isoformat()

    article = read(paragraphs(), head=json_ld(datePublished=day), fetched_at=FETCHED)

    assert stated(article) == (day if read_as else None)


def test_an_impossible_time_yields_to_the_next_source() -> None:
    head = json_ld(datePublished="2031-01-01T00:00:00Z") + meta("article:published_time", "2024-06-12T10:15:00+05:30")

    assert read(paragraphs(), head=head, fetched_at=FETCHED).published_at == "2024-06-12T04:45:00Z"


def test_a_local_time_marked_as_utc_is_corrected_by_meta() -> None:
    head = json_ld(datePublished="2024-06-12T10:15:00Z") + meta("article:published_time", "2024-06-12T10:15:00+05:30")

    assert read(paragraphs(), head=head).published_at == "2024-06-12T04:45:00Z"


def test_a_local_time_marked_as_utc_is_corrected_by_the_printed_time() -> None:
    body = "<div>12 जून 2024, 10:15 AM IST</div>"

    assert (
        read(body + paragraphs(), head=json_ld(datePublished="2024-06-12T10:15:00Z")).published_at
        == "2024-06-12T04:45:00Z"
    )


def test_a_utc_time_after_the_fetch_is_a_local_time() -> None:
    head = json_ld(datePublished="2024-06-13T16:30:00Z")

    assert read(paragraphs(), head=head, fetched_at=FETCHED).published_at == "2024-06-13T11:00:00Z"


def test_the_time_of_another_article_is_ignored() -> None:
    markup = page(paragraphs()).replace(
        "</main>", "</main><div><time datetime='2023-01-01T00:00:00Z'>पुराना</time></div>"
    )

    assert read(markup).published_at is None


ASIDE = "<time datetime='2024-06-11T09:00:00+05:30'>11 जून 2024, 09:00</time>"


@pytest.mark.parametrize(
    "markup",
    [
        "<script>var built = '4 मई 2019 10:00';</script>",
        "<style>/* 4 May 2019 10:00 */</style>",
        "<noscript>4 मई 2019 10:00</noscript>",
        f"<div class='comments'>{ASIDE}</div>",
        f"<section id='comment-list'><div>{ASIDE}</div></section>",
        f"<aside>{ASIDE}</aside>",
        "<div class='trending'><ul><li>4 मई 2019 10:00</li></ul></div>",
        "<section class='most-read'><div>4 मई 2019 10:00</div></section>",
        f"<div class='related-news'><ul><li>{ASIDE}</li></ul></div>",
        f"<footer>{ASIDE}</footer>",
        f"<ul><li><a href='/world/other-12'><h3>दूसरी खबर</h3></a>{ASIDE}</li></ul>",
    ],
)
@pytest.mark.parametrize("place", ["before", "under the headline", "within", "after"])
def test_a_time_of_something_else_dates_no_article(markup: str, place: str) -> None:
    whole = page(paragraphs() + (markup if place == "within" else ""))
    whole = whole.replace("</h1>", f"</h1>{markup if place == 'under the headline' else ''}")
    whole = whole.replace("<main>", f"{markup if place == 'before' else ''}<main>")
    whole = whole.replace("</main>", f"</main>{markup if place == 'after' else ''}")

    assert read(whole, fetched_at=FETCHED).published_at is None


@pytest.mark.parametrize(
    "markup",
    [
        f"<div class='meta'>{ASIDE}</div>",
        f"<div class='post-meta author-info'>{ASIDE}</div>",
        f"<p>संवाददाता {ASIDE}</p>",
        f"<div class='post-date'><a href='/world/varunpur-storm-4512'>{ASIDE}</a></div>",
        f"<header><ul><li>{ASIDE}</li></ul></header>",
    ],
)
def test_a_time_under_the_headline_dates_the_article(markup: str) -> None:
    assert read(markup + paragraphs(), fetched_at=FETCHED).published_at == "2024-06-11T03:30:00Z"


@pytest.mark.parametrize(
    ("head", "body", "published", "modified"),
    [
        (json_ld(datePublished="2024-06-12T04:45:00Z"), "", "2024-06-12T04:45:00Z", None),
        (json_ld(datePublished=1718167500000, dateModified="12 जून 2024"), "", "1718167500000", "12 जून 2024"),
        (json_ld(datePublished={"@value": " 2024-06-12\n10:15 "}), "", "2024-06-12 10:15", None),
        (meta("publish-date", "Wed, 12 Jun 2024 10:15 AM IST"), "", "Wed, 12 Jun 2024 10:15 AM IST", None),
        ("", "<time datetime='2024-06-12T10:15'>12 जून</time>", "2024-06-12T10:15", None),
        ("", "<time>12  जून\n2024</time>", "12 जून 2024", None),
        ("", "<div>प्रकाशित: १२ जून २०२४</div>", "प्रकाशित: १२ जून २०२४", None),
        ("", "<div>दो घंटे पहले</div>", "दो घंटे पहले", None),
        ("", "<p>12 जून 2024</p><p>Updated: 12 Jun 2024 2:14 PM</p>", "12 जून 2024", "Updated: 12 Jun 2024 2:14 PM"),
        (json_ld(datePublished="2031-01-01T00:00:00Z"), "", None, None),
        (json_ld(datePublished="जल्द ही"), "", None, None),
        (json_ld(datePublished="2024-06-12", dateModified="2024-06-10"), "", "2024-06-12", None),
        ("", "", None, None),
    ],
)  # fmt: skip
def test_what_was_printed_is_kept(head: str, body: str, published: str | None, modified: str | None) -> None:
    article = read(body + paragraphs(), head=head, fetched_at=FETCHED)

    assert (article.published_raw, article.modified_raw) == (published, modified)
    assert (article.published_on is None) == (published is None)


def test_a_time_that_is_mended_keeps_what_was_printed() -> None:
    head = json_ld(datePublished="2024-06-12T10:15:00Z") + meta("article:published_time", "2024-06-12T10:15:00+05:30")

    article = read(paragraphs(), head=head)

    assert (article.published_at, article.published_raw) == ("2024-06-12T04:45:00Z", "2024-06-12T10:15:00Z")


UPLOADED = "2024-06-11T09:00:00+05:30"
OTHER = "पश्चिमी तट पर मछुआरों की नाव डूबी, सात लापता"


def video(name: str | None = HEADLINE, uploaded: str = UPLOADED) -> str:
    named = f'"name": "{name}", ' if name else ""
    return f'<script type="application/ld+json">{{"@type": "VideoObject", {named}"uploadDate": "{uploaded}"}}</script>'


VIDEO = f'{{"@type": "VideoObject", "name": "{HEADLINE}", "uploadDate": "{UPLOADED}"}}'
GRAPH = f'{{"@graph": [{{"@type": "WebPage"}}, {VIDEO}]}}'
CUT = f"{HEADLINE[:28]}..."


@pytest.mark.parametrize(
    "head",
    [
        video(),
        video(None),
        video(CUT),
        video(f"{HEADLINE} | खबर"),
        f'<script type="application/ld+json">{GRAPH}</script>',
        video(OTHER, "2020-01-01") + video(),
        json_ld() + video(),
        video().replace("uploadDate", "datePublished"),
        video(uploaded="11 जून 2024, 09:00 AM"),
    ],
)
def test_the_upload_of_its_own_video_dates_a_page(head: str) -> None:
    article = read(paragraphs(), head=head, fetched_at=FETCHED)

    assert (article.published_at, article.provenance["published_at"]) == ("2024-06-11T03:30:00Z", "json-ld")


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        (json_ld(datePublished="2024-06-12T10:15:00+05:30") + video(), "", "2024-06-12T04:45:00Z"),
        (meta("article:published_time", "2024-06-12T10:15:00+05:30") + video(), "", "2024-06-12T04:45:00Z"),
        (json_ld(datePublished="2024-06-12") + video(OTHER), "", "2024-06-12"),
        (json_ld() + video(OTHER), "<div>12 जून 2024</div>", "2024-06-12"),
        (json_ld() + video(None), "", None),
        (video(OTHER), "", None),
        (video(None) + video(None, "2020-01-01"), "", None),
        (video(uploaded="2031-01-01"), "", None),
        (video(uploaded="PT3M12S"), "", None),
        (json_ld(video={"@type": "VideoObject", "name": OTHER, "uploadDate": UPLOADED}), "", None),
    ],
)
def test_the_upload_of_a_video_dates_no_article_beside_it(head: str, body: str, published: str | None) -> None:
    assert stated(read(body + paragraphs(), head=head, fetched_at=FETCHED)) == published


@pytest.mark.parametrize(
    ("row", "published"),
    [
        ("12 जून 2024, 10:15 XQT", None),
        ("12 Jun 2024 10:15 AM (KLT)", None),
        ("Published: 12 June 2024, 10:15 PM ABCT", None),
        ("12 जून 2024, 10:15 AM IST", "2024-06-12T04:45:00Z"),
        ("12 जून 2024, 10:15 NPT", "2024-06-12T04:30:00Z"),
        ("12 June 2024, 10:15 MSK", "2024-06-12T07:15:00Z"),
        ("12 जून 2024, 10:15 AM ANI", "2024-06-12T04:45:00Z"),
        ("12 जून 2024, 10:15 AM | NDTV", "2024-06-12T04:45:00Z"),
        ("NEAT 12 जून 2024, 10:15 AM", "2024-06-12T04:45:00Z"),
    ],
)
def test_a_row_with_a_zone_that_nobody_knows_is_no_time(row: str, published: str | None) -> None:
    assert stated(read(f"<div>{row}</div>{paragraphs()}", fetched_at=FETCHED)) == published


PROMOTED = "12 जून 2024, 10:15"


@pytest.mark.parametrize(
    "box",
    [
        "<div class='promo'><a href='/9'>पुस्तक मेला</a><time datetime='2024-06-12T10:15:00+05:30'></time></div>",
        f"<div class='promotion'><p>हमारा ऐप लें</p><p>{PROMOTED}</p></div>",
        f"<div class='app-promo'>आज ही जुड़ें<br>{PROMOTED} तक</div>",
        f"<div class='eventPromo'><strong>पुस्तक मेला</strong> {PROMOTED}</div>",
        f"<div class='offer-box'><p>ऑफर {PROMOTED} तक</p></div>",
        f"<section id='webinar'><p>वेबिनार: {PROMOTED}</p></section>",
        f"<div class='newsletter'><p>{PROMOTED} का अंक</p></div>",
        f"<div class='news-ticker'><span>{PROMOTED}</span> पुस्तक मेला</div>",
        f"<div class='poll'>क्या आप सहमत हैं? <span>{PROMOTED}</span></div>",
    ],
)
def test_the_time_of_a_promotion_is_not_the_articles_nor_its_words_the_body(box: str) -> None:
    for markup in (box + paragraphs(), f"<p>{FIRST}</p>{box}{paragraphs(SECOND, THIRD)}", paragraphs() + box):
        article = read(markup, fetched_at=FETCHED)

        assert (stated(article), texts(article)) == (None, [FIRST, SECOND, THIRD])


@pytest.mark.parametrize("name", ["post-meta", "info-bar", "subscriber-story", "story-date", "promoted-by"])
def test_the_time_in_an_element_of_another_name_is_the_articles(name: str) -> None:
    article = read(f"<div class='{name}'>{PROMOTED}</div>{paragraphs()}", fetched_at=FETCHED)

    assert article.published_at == "2024-06-12T04:45:00Z"


ABBR = "<abbr class='published' title='2024-06-12T10:15:00+05:30'>10:15 am</abbr>"


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        ("", f"<div>सीता राव at <a href='#'>{ABBR}</a></div>", "2024-06-12T04:45:00Z"),
        ("", ABBR.replace("class='published'", "itemprop='datePublished'"), "2024-06-12T04:45:00Z"),
        (json_ld(datePublished="2024-06-11T10:15:00+05:30"), ABBR, "2024-06-11T04:45:00Z"),
        ("", ABBR + ABBR.replace("06-12", "06-11"), None),
        ("", "<abbr title='2024-06-12T10:15:00+05:30'>10:15</abbr>", None),
        ("", "<abbr class='published' title='सुबह'>10:15</abbr>", None),
    ],
)
def test_the_one_time_that_a_blog_marks_is_the_articles(head: str, body: str, published: str | None) -> None:
    assert (
        read(f"{paragraphs()}<div class='post-footer'>{body}</div>", head=head, fetched_at=FETCHED).published_at
        == published
    )


@pytest.mark.parametrize(
    ("pieces", "published"), [(1, "2024-06-12T04:45:00Z"), (2, None)], ids=["its own", "of a list"]
)
@pytest.mark.parametrize("type_", ["ImageGallery", "MediaGallery", "Review"])
def test_the_time_of_a_pages_only_gallery_or_review_is_the_articles(
    type_: str, pieces: int, published: str | None
) -> None:
    author = {"@type": "Person", "name": "सीता राव"}
    head = json_ld(**{"@type": type_}, datePublished="2024-06-12T10:15:00+05:30", author=author) * pieces

    article = read(paragraphs(), head=head, fetched_at=FETCHED)

    assert (article.published_at, article.byline) == (published, ["सीता राव"] if published else [])
