"""Tables and old frames: the caption of a picture and a table of figures are no paragraphs."""

import pytest

from tests.reading.markup import BODY, between, paragraphs, read, texts


@pytest.mark.parametrize(
    "frame",
    [
        "<center><img src='/storm.jpg' width='600'><br><small>वरुणपुर में गिरा खंभा (AP Photo)</small></center>",
        "<table><tr><td><img src='/storm.jpg'></td></tr><tr><td>वरुणपुर में गिरा खंभा</td></tr></table>",
    ],
)
def test_a_caption_in_an_old_frame_is_no_paragraph(frame: str) -> None:
    article = read(frame + paragraphs())

    assert texts(article) == BODY
    assert article.images[0].caption is not None
    assert article.images[0].caption.startswith("वरुणपुर में गिरा खंभा")


def test_a_table_of_figures_is_no_text() -> None:
    table = "<table><tr><th>जिला</th><th>खंभे</th></tr><tr><td>वरुणपुर</td><td>120</td></tr></table>"

    assert texts(read(between(table))) == BODY
