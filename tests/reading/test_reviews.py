"""A review is of a work; a report about a review is a report."""

import pytest

from tests.reading.markup import HEADLINE, URL, json_ld, page, paragraphs, read, script


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


@pytest.mark.parametrize(
    ("head", "headline", "kind"),
    [
        (json_ld(articleSection="टेक रिव्यू"), HEADLINE, "review"),
        (json_ld(articleSection=["मनोरंजन", "फिल्म समीक्षा"]), HEADLINE, "review"),
        (
            json_ld() + script({"@type": "Review", "itemReviewed": {"@type": "Movie", "name": "नदी"}}),
            HEADLINE,
            "review",
        ),
        ("", "नदी के पार मूवी रिव्यू - अभिनय अच्छा, कहानी कमजोर", "review"),
        ("", "पुस्तक समीक्षा: नदी की कथा", "review"),
        (json_ld(articleSection=["देश", "संपादकीय"]), HEADLINE, "opinion"),
        (json_ld() + script({"@type": "Review", "reviewBody": "अच्छा"}), HEADLINE, "report"),
        (json_ld(review={"@type": "Review"}), HEADLINE, "report"),
        (json_ld(articleSection=["देश", "समीक्षा बैठक"]), HEADLINE, "report"),
        ("", "Review meeting: मंत्री ने ली बैठक, दिए निर्देश", "report"),
        ("", "मानवाधिकार समीक्षा: भारत ने दिया जवाब", "report"),
        ("", "नीति का रिव्यू करेगी सरकार, समिति बनी", "report"),
    ],
)
def test_a_review_is_of_a_work(head: str, headline: str, kind: str) -> None:
    assert read(page(paragraphs(), head=head, headline=headline)).kind == kind
