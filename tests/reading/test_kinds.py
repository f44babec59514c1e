"""The kind of an article."""

from pathlib import Path

import pytest

from tests.reading.markup import URL, json_ld, meta, page, paragraphs, read

TABLE = Path(__file__).with_name("kind.tsv")
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line[0] != "#"]


@pytest.mark.parametrize(("path", "section", "headline", "kind"), ROWS)
def test_a_kind_is_what_the_table_says(path: str, section: str, headline: str, kind: str) -> None:
    head = json_ld(headline=headline) if section == "-" else json_ld(headline=headline, articleSection=section)

    article = read(page(paragraphs(), head=head, headline=headline), url=f"https://khabar.example{path}")

    assert article.kind == kind


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
