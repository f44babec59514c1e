"""Podcasts and programmes are no articles; reports with an audio version, or about podcasts, are."""

import pytest

from tests.reading.markup import FIRST, SECOND, json_ld, page, paragraphs, read, reason


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


@pytest.mark.parametrize(
    "headline", ["पॉडकास्ट: दुनिया की बात", "सुनिए: नदी की कहानी, लेखक की जुबानी", "नदी की कहानी | Podcast"]
)
def test_a_headline_of_podcasts_is_no_article(headline: str) -> None:
    assert reason(page(paragraphs(FIRST), headline=headline)) == "audio"
    assert read(page(paragraphs(FIRST), headline=headline, head=json_ld(headline=headline))).kind == "report"


@pytest.mark.parametrize("headline", ["सुनिए सरकार, किसान क्या कहते हैं", "पॉडकास्ट सुनने वालों की संख्या बढ़ी, कंपनी खुश"])
def test_a_report_about_podcasts_is_an_article(headline: str) -> None:
    assert read(page(paragraphs(FIRST, SECOND), headline=headline)).kind == "report"
