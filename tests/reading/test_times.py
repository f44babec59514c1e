"""The time of publication is read from the source that states it best, and is kept as it was printed."""

import pytest

from tests.reading.dated_pages import FETCHED, stated
from tests.reading.markup import FIRST, SECOND, THIRD, json_ld, meta, paragraphs, read, texts


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
        ("", "<i itemprop='datePublished' content='2024-06-12T10:15:00+05:30'></i>", "2024-06-12T04:45:00Z", "generic"),
        ("", "<i itemprop='dateModified' content='2024-06-12T10:15:00+05:30'></i>", None, None),
        ("", "<i itemprop='name' content='2024-06-12T10:15:00+05:30'></i>", None, None),
        ("", "<aside><i itemprop='datePublished' content='2024-06-12T10:15:00+05:30'></i></aside>", None, None),
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


@pytest.mark.parametrize(
    ("row", "published"),
    [
        ("12 जून 2024, 10:15 XQT", None),
        ("12 Jun 2024 10:15 AM (KLT)", None),
        ("Published: 12 June 2024, 10:15 PM ABCT", None),
        ("12 जून 2024, शाम 5 बजे (XQT)", None),
        ("12 जून 2024, शाम 5:30 बजे KLT", None),
        ("12 June 2024, 5 pm XQT", None),
        ("12 June 2024, 10 AM (KLT)", None),
        ("12 जून 2024, शाम 5 बजे (IST)", "2024-06-12T11:30:00Z"),
        ("12 जून 2024, शाम 5:30 बजे NPT", "2024-06-12T11:45:00Z"),
        ("12 June 2024, 5 pm GMT", "2024-06-12T17:00:00Z"),
        ("12 जून 2024, शाम 5 बजे ANI", "2024-06-12T11:30:00Z"),
        ("12 जून 2024, शाम 5 बजे | NDTV", "2024-06-12T11:30:00Z"),
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
