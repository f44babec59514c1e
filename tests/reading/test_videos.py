"""A page with a player and little text is a video."""

import pytest

from tests.reading.markup import FIRST, HEADLINE, LONG, SECOND, URL, json_ld, meta, page, paragraphs, read, script


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


YOUTUBE = "<iframe {}='https://www.youtube.com/embed/abc'></iframe>"


@pytest.mark.parametrize(
    ("body", "head", "url", "kind"),
    [
        (YOUTUBE.format("data-src") + paragraphs(FIRST, SECOND), json_ld(), URL, "video"),
        ("<div class='jwplayer' id='p1'></div>" + paragraphs(FIRST, SECOND), json_ld(), URL, "video"),
        ("<div id='video-player'></div>" + paragraphs(FIRST, SECOND), json_ld(), URL, "video"),
        ("<div class='article-video_container'></div>" + paragraphs(FIRST, SECOND), json_ld(), URL, "video"),
        (paragraphs(FIRST), meta("og:type", "video.other") + json_ld(), URL, "video"),
        (paragraphs(FIRST, SECOND), script({"@type": "VideoObject", "name": HEADLINE}), URL, "video"),
        (paragraphs(FIRST), "", "https://khabar.example/watch/varunpur-4512", "video"),
        (YOUTUBE.format("src") + LONG, json_ld(), URL, "report"),
        ("<div class='jwplayer'></div>" + LONG, json_ld(), URL, "report"),
        (LONG, meta("og:type", "video.other") + json_ld(), URL, "report"),
        (LONG, script({"@type": "VideoObject", "name": "पश्चिमी तट की पुरानी तस्वीरें"}), URL, "report"),
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
