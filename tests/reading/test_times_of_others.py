"""The time of something else on the page does not date the article; the upload of its own video does."""

import pytest

from tests.reading.dated_pages import FETCHED, stated
from tests.reading.markup import FIRST, HEADLINE, SECOND, THIRD, json_ld, meta, page, paragraphs, read, texts


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
