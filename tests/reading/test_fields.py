"""Section, tags, access and provenance of an article."""

import json

import pytest

from tests.reading.markup import FIRST, HEADLINE, SECOND, THIRD, json_ld, meta, paragraphs, read


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
