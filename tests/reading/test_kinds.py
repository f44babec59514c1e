"""Pages with headline and text that are no article, and the kind of the others."""

import json
from pathlib import Path

import pytest

from tests.reading.markup import FIRST, HEADLINE, SECOND, THIRD, URL, json_ld, meta, page, paragraphs, read, reason

TABLE = Path(__file__).with_name("kind.tsv")
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
WEB_PAGE = '<script type="application/ld+json">{"@type": "WebPage", "name": "खबर"}</script>'
WEBSITE = meta("og:type", "website") + WEB_PAGE
TIME = "<time datetime='2024-06-12'>12 जून 2024</time>"
COOKIES = (
    "हम और हमारे सहयोगी आपके अनुभव को बेहतर बनाने के लिए कुकीज़ का इस्तेमाल करते हैं। आगे बढ़कर  आप हमारी गोपनीयता नीति से सहमत होते हैं।",
    "We use cookies to improve your experience. By continuing to browse you "
    "agree to our use of cookies and privacy policy.",
)


def teasers(count: int, *, time: str = "", text: str = "पहाड़ी जिले में सड़क धंसी और राहत दल रवाना हुआ") -> str:
    """Return cards of articles: a linked heading, a line and perhaps a time."""
    return (
        "<ul>"
        + "".join(
            f"<li><h3><a href='/world/story-{number}'>दूसरी खबर संख्या {number} का शीर्षक</a></h3>"
            f"<p>{text} {number}।</p>{time}</li>"
            for number in range(count)
        )
        + "</ul>"
    )


@pytest.mark.parametrize("time", ["", TIME])
@pytest.mark.parametrize("url", [URL, "https://khabar.example/hindi", "https://khabar.example/hindi/india-4512"])
def test_a_page_of_teasers_is_a_listing(time: str, url: str) -> None:
    assert reason(page(teasers(12, time=time), head=WEBSITE, headline="हमारी पुरखिन की कहानियां"), url) == "listing"


def test_a_report_of_a_website_with_promotions_is_no_listing() -> None:
    long = f"{FIRST} {SECOND} {THIRD}"

    assert read(
        page(paragraphs(long, SECOND), head=WEBSITE).replace(
            "</main>", f"</main><aside>{teasers(12, time=TIME)}</aside>"
        )
    )


def test_a_report_with_an_article_in_json_ld_is_no_listing() -> None:
    assert read(page(paragraphs() + teasers(2), head=meta("og:type", "website") + json_ld()))


@pytest.mark.parametrize("kind", ["AudioObject", "PodcastEpisode", "RadioEpisode", "TVEpisode"])
def test_a_podcast_or_programme_is_no_article(kind: str) -> None:
    audio = f'<script type="application/ld+json">{{"@type": "{kind}", "name": "विवेचना"}}</script>'

    assert reason(page(paragraphs(FIRST), head=audio)) == "audio"


@pytest.mark.parametrize("path", ["podcasts", "programme", "radio"])
def test_an_address_of_podcasts_is_no_article(path: str) -> None:
    url = f"https://khabar.example/{path}/p0552909"

    assert reason(page(paragraphs(FIRST, SECOND)), url) == "audio"
    assert read(page(paragraphs(FIRST, SECOND), head=json_ld()), url=url).kind == "report"


def test_a_report_with_an_audio_version_is_an_article() -> None:
    audio = '<script type="application/ld+json">{"@type": "AudioObject", "name": "सुनें"}</script>'

    assert read(page(paragraphs(), head=audio + json_ld())).kind == "report"


def test_one_line_without_an_article_in_json_ld_is_none() -> None:
    line = "बारिश के बाद शहर की तस्वीरें और वीडियो यहां देखें, अपनी राय भेजें।"

    assert reason(page(paragraphs(line), head=WEB_PAGE)) == "no-body"
    assert read(page(paragraphs(line), head=json_ld())).headline == HEADLINE


@pytest.mark.parametrize("head", ["", json_ld()])
@pytest.mark.parametrize("text", COOKIES)
def test_a_cookie_banner_is_no_body(text: str, head: str) -> None:
    assert reason(page(paragraphs(text, text.replace("अनुभव", "पाठन")), head=head)) == "consent-wall"


BANNERS = (
    *COOKIES,
    "इस वेबसाइट पर हम और हमारे 312 साझेदार जानकारी संग्रहित करते हैं। आप अपनी कुकी सेटिंग कभी भी बदल सकते हैं।",
    "We and our partners store information on a device, such as cookies, and process it with your consent.",
    "आपकी निजता हमारे लिए महत्वपूर्ण है। जारी रखने के लिए हमारी गोपनीयता नीति को स्वीकार करें।",
)


@pytest.mark.parametrize("banner", BANNERS)
def test_a_banner_beside_a_report_refuses_nothing(banner: str) -> None:
    assert reason(page(paragraphs(banner))) == "consent-wall"
    assert len(read(page(f"<div class='cookie-banner'><p>{banner}</p></div>{paragraphs()}")).body) >= 3


@pytest.mark.parametrize(
    "text",
    [
        "अदालत ने कहा कि कंपनी को ग्राहकों की सहमति लेनी होगी और उनकी निजता का सम्मान करना होगा, वरना जुर्माना लगेगा।",
        "सरकार ने गोपनीयता कानून का मसौदा जारी किया और कंपनियां अब बिना अनुमति लोगों का डेटा नहीं ले सकेंगी।",
        "मंत्री ने सदन में कहा कि निजता के अधिकार पर समिति की सिफारिशें स्वीकार कर ली गई हैं, कानून जल्द आएगा।",
    ],
)
def test_a_report_about_privacy_asks_for_no_consent(text: str) -> None:
    assert read(page(paragraphs(text, SECOND))).kind == "report"
    assert read(page(paragraphs(text))).kind == "report"


def test_a_report_about_cookies_is_an_article() -> None:
    sentence = "यूरोप की अदालत ने कहा कि कंपनी बिना सहमति कुकीज़ का इस्तेमाल करती है और उसे जुर्माना देना होगा।"

    assert read(page(paragraphs(sentence, FIRST, SECOND, THIRD))).kind == "report"


@pytest.mark.parametrize(
    "player",
    [
        "<iframe src='https://www.youtube.com/embed/abc'></iframe>",
        "<div class='player'><video src='/v.mp4'></video></div>",
        "<figure><iframe src='https://khabar.example/ws/av-embeds/12'></iframe></figure>",
        "<amp-youtube data-videoid='abc'></amp-youtube>",
    ],
)
def test_a_player_before_a_few_short_paragraphs_makes_a_video(player: str) -> None:
    assert read(page(player + paragraphs(FIRST, SECOND), head=json_ld())).kind == "video"
    assert read(page(paragraphs(FIRST) + player + paragraphs(SECOND), head=json_ld())).kind == "report"
    assert (
        read(page(player + paragraphs(*(f"{number} {FIRST}" for number in range(9))), head=json_ld())).kind == "report"
    )


def test_a_frame_that_plays_nothing_makes_no_video() -> None:
    frame = "<iframe src='https://ads.khabar.example/slot'></iframe>"

    assert read(page(frame + paragraphs(FIRST, SECOND), head=json_ld())).kind == "report"


@pytest.mark.parametrize(
    ("head", "headline", "url"),
    [
        ('<script type="application/ld+json">{"@type": "Review", "name": "नदी के पार"}</script>', HEADLINE, URL),
        (json_ld(**{"@type": "ReviewNewsArticle"}), HEADLINE, URL),
        (json_ld(articleSection="फिल्म समीक्षा"), HEADLINE, URL),
        (json_ld(articleSection="फिल्\u200dम समीक्षा"), HEADLINE, URL),
        (json_ld(articleSection="Movie Reviews"), HEADLINE, URL),
        (json_ld(articleSection="रिव्यू"), HEADLINE, URL),
        ("", "नदी के पार रिव्यू: अभिनय अच्छा, कहानी कमजोर है", URL),
        ("", "Movie Review: नदी के पार की कहानी कमजोर है", URL),
        ("", "फिल्म समीक्षा: नदी के पार की कहानी कमजोर है", URL),
        ("", HEADLINE, "https://khabar.example/movie-review/nadi-ke-paar-4512"),
    ],
)
def test_a_review_is_a_review(head: str, headline: str, url: str) -> None:
    assert read(page(paragraphs(), head=head, headline=headline), url=url).kind == "review"


@pytest.mark.parametrize(
    ("head", "headline", "url"),
    [
        (json_ld(articleSection="विदेश"), "सुरक्षा समीक्षा: सीमा पर नए नियम लागू होंगे", URL),
        ("", "प्रधानमंत्री ने बाढ़ राहत की समीक्षा की, टीमें रवाना", URL),
        ("", "अदालत ने review petition खारिज की, फैसला बरकरार", URL),
        (json_ld(articleSection="समीक्षा बैठक"), HEADLINE, URL),
        ("", HEADLINE, "https://khabar.example/world/preview-of-summit-4512"),
    ],
)
def test_a_report_about_a_governments_review_is_a_report(head: str, headline: str, url: str) -> None:
    assert read(page(paragraphs(), head=head, headline=headline), url=url).kind == "report"


LONG = "".join(f"<p>{number} {FIRST} {SECOND}</p>" for number in range(8))
YOUTUBE = "<iframe {}='https://www.youtube.com/embed/abc'></iframe>"


def script(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(fields, ensure_ascii=False)}</script>'


@pytest.mark.parametrize(
    ("body", "head", "url", "kind"),
    [
        (YOUTUBE.format("data-src") + paragraphs(FIRST, SECOND), json_ld(), URL, "video"),
        ("<div class='jwplayer' id='p1'></div>" + paragraphs(FIRST, SECOND), json_ld(), URL, "video"),
        ("<div id='video-player'></div>" + paragraphs(FIRST, SECOND), json_ld(), URL, "video"),
        ("<div class='article-video_container'></div>" + paragraphs(FIRST, SECOND), json_ld(), URL, "video"),
        (paragraphs(FIRST), meta("og:type", "video.other") + json_ld(), URL, "video"),
        (paragraphs(FIRST, SECOND), script(**{"@type": "VideoObject", "name": HEADLINE}), URL, "video"),
        (paragraphs(FIRST), "", "https://khabar.example/watch/varunpur-4512", "video"),
        (YOUTUBE.format("src") + LONG, json_ld(), URL, "report"),
        ("<div class='jwplayer'></div>" + LONG, json_ld(), URL, "report"),
        (LONG, meta("og:type", "video.other") + json_ld(), URL, "report"),
        (LONG, script(**{"@type": "VideoObject", "name": "पश्चिमी तट की पुरानी तस्वीरें"}), URL, "report"),
        ("<iframe src='https://platform.twitter.com/embed/x'></iframe>" + paragraphs(FIRST), json_ld(), URL, "report"),
        (
            "<iframe src='https://www.google.com/maps/embed?pb=1'></iframe>" + paragraphs(FIRST),
            json_ld(),
            URL,
            "report",
        ),
        ("<iframe src='https://imasdk.example/video-ads'></iframe>" + paragraphs(FIRST), json_ld(), URL, "report"),
        ("<iframe src='https://open.spotify.com/embed/x'></iframe>" + paragraphs(FIRST), json_ld(), URL, "report"),
        ("<audio src='/a.mp3'></audio>" + paragraphs(FIRST, SECOND), json_ld(), URL, "report"),
        ("<div class='video-list-title'></div>" + paragraphs(FIRST), json_ld(), URL, "report"),
        (paragraphs(FIRST), json_ld(), "https://khabar.example/world/video-goes-viral-4512", "report"),
    ],
)
def test_a_video_is_a_player_with_little_text(body: str, head: str, url: str, kind: str) -> None:
    assert read(page(body, head=head), url=url).kind == kind


@pytest.mark.parametrize(
    ("head", "headline", "kind"),
    [
        (json_ld(articleSection="टेक रिव्यू"), HEADLINE, "review"),
        (json_ld(articleSection=["मनोरंजन", "फिल्म समीक्षा"]), HEADLINE, "review"),
        (
            json_ld() + script(**{"@type": "Review", "itemReviewed": {"@type": "Movie", "name": "नदी"}}),
            HEADLINE,
            "review",
        ),
        ("", "नदी के पार मूवी रिव्यू - अभिनय अच्छा, कहानी कमजोर", "review"),
        ("", "पुस्तक समीक्षा: नदी की कथा", "review"),
        (json_ld(articleSection=["देश", "संपादकीय"]), HEADLINE, "opinion"),
        (json_ld() + script(**{"@type": "Review", "reviewBody": "अच्छा"}), HEADLINE, "report"),
        (json_ld(review={"@type": "Review"}), HEADLINE, "report"),
        (json_ld(articleSection=["देश", "समीक्षा बैठक"]), HEADLINE, "report"),
        ("", "Review meeting: मंत्री ने ली बैठक, दिए निर्देश", "report"),
        ("", "मानवाधिकार समीक्षा: भारत ने दिया जवाब", "report"),
        ("", "नीति का रिव्यू करेगी सरकार, समिति बनी", "report"),
    ],
)
def test_a_review_is_of_a_work(head: str, headline: str, kind: str) -> None:
    assert read(page(paragraphs(), head=head, headline=headline)).kind == kind


@pytest.mark.parametrize(
    "headline", ["पॉडकास्ट: दुनिया की बात", "सुनिए: नदी की कहानी, लेखक की जुबानी", "नदी की कहानी | Podcast"]
)
def test_a_headline_of_podcasts_is_no_article(headline: str) -> None:
    assert reason(page(paragraphs(FIRST), headline=headline)) == "audio"
    assert read(page(paragraphs(FIRST), headline=headline, head=json_ld(headline=headline))).kind == "report"


@pytest.mark.parametrize("headline", ["सुनिए सरकार, किसान क्या कहते हैं", "पॉडकास्ट सुनने वालों की संख्या बढ़ी, कंपनी खुश"])
def test_a_report_about_podcasts_is_an_article(headline: str) -> None:
    assert read(page(paragraphs(FIRST, SECOND), headline=headline)).kind == "report"


CAPTIONS = (
    "वरुणपुर के घाट पर सुबह की आरती के लिए जुटे लोग, नदी का जल स्तर घटा।",
    "राहत शिविर में खुली पाठशाला में पढ़ाई करते बच्चे।",
    "बाढ़ के बाद खेतों में जमा रेत हटाते किसान और स्वयंसेवक।",
    "पुल की मरम्मत में लगे मजदूर, पीछे पुराना रेल पुल दिखता है।",
)
GALLERY = "https://khabar.example/photo-gallery/varunpur-4512"
FORMS = {
    "figures": "<figure><img src='/p{}.jpg'><figcaption>{}</figcaption></figure>",
    "items": "<li><img src='/p{}.jpg'><p class='caption'>{}</p></li>",
    "slides": "<div class='slide'><img src='/p{}.jpg'><div class='photo-caption'>{}</div></div>",
    "AMP": "<figure><amp-img src='/p{}.jpg'></amp-img><figcaption>{}</figcaption></figure>",
    "text": "<div><img src='/p{}.jpg'><p>{}</p></div>",
}


def pictures(form: str, captions: tuple[str, ...] = CAPTIONS) -> str:
    return "".join(FORMS[form].format(number, caption) for number, caption in enumerate(captions))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("head", ["", json_ld(), script(**{"@type": "ImageGallery", "name": HEADLINE})])
def test_a_gallery_keeps_its_captions(form: str, head: str) -> None:
    gallery = read(page(pictures(form), head=head), url=GALLERY)

    assert (gallery.kind, tuple(block.text for block in gallery.body)) == ("gallery", CAPTIONS)
    assert [image.url[-7:] for image in gallery.images] == ["/p0.jpg", "/p1.jpg", "/p2.jpg", "/p3.jpg"]


def test_captions_stand_where_their_pictures_do_and_without_the_credit_of_the_picture() -> None:
    captions = (*CAPTIONS[:3], f"{CAPTIONS[3][:-1]} (एपी)")
    gallery = read(page(paragraphs(FIRST) + pictures("figures", captions) + paragraphs(SECOND)), url=GALLERY)

    assert [block.text for block in gallery.body] == [FIRST, *CAPTIONS[:3], CAPTIONS[3][:-1], SECOND]
    assert gallery.images[3].credit == "एपी"


def test_a_page_of_captions_is_a_gallery_whatever_its_address() -> None:
    assert read(page(pictures("figures"), head=json_ld())).kind == "gallery"


@pytest.mark.parametrize(
    ("body", "url"),
    [
        (pictures("figures", CAPTIONS[:2]) + paragraphs(), GALLERY),
        (pictures("figures") + LONG, URL),
        (paragraphs(FIRST, SECOND, THIRD, f"{FIRST} {THIRD}") + pictures("figures"), URL),
    ],
)
def test_captions_of_a_report_are_no_text(body: str, url: str) -> None:
    texts = [block.text for block in read(page(body, head=json_ld()), url=url).body]

    assert not set(texts) & set(CAPTIONS)


def test_captions_of_pictures_that_lead_elsewhere_make_no_gallery() -> None:
    cards = "".join(
        f"<figure><a href='/world/story-{n}'><img src='/p{n}.jpg'><figcaption>{c}</figcaption></a></figure>"
        for n, c in enumerate(CAPTIONS)
    )

    assert reason(page(cards)) in ("listing", "no-body")


@pytest.mark.parametrize(("path", "section", "headline", "kind"), ROWS)
def test_a_kind_is_what_the_table_says(path: str, section: str, headline: str, kind: str) -> None:
    head = json_ld(headline=headline) if section == "-" else json_ld(headline=headline, articleSection=section)

    article = read(page(paragraphs(), head=head, headline=headline), url=f"https://khabar.example{path}")

    assert article.kind == kind
