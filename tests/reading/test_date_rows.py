"""The row of date, author and share bar before a report is no text; a dateline or a day as a subhead is."""

import pytest

from tests.reading.markup import BODY, FIRST, SECOND, THIRD, paragraphs, read, texts


def test_a_share_bar_and_a_date_row_before_the_body_are_left_out() -> None:
    row = "<h4><a href='/author/ramesh'>रमेश वर्मा</a></h4><ul><li>वरुणपुर,</li><li>12 जून 2024,</li><li>फेसबुक</li></ul>"

    article = read(row + paragraphs())

    assert texts(article) == BODY
    assert article.byline == ["रमेश वर्मा"]


def test_a_relative_time_before_the_body_is_no_paragraph() -> None:
    assert texts(read(f"<div>मीरा जोशी | 5 घंटे पहले</div>{paragraphs(*BODY)}")) == BODY


def test_a_dateline_on_its_own_line_above_the_date_row_stays() -> None:
    body = f"<p>वरुणपुर, 12 जून (एजेंसी)।</p><p>Updated: 12 जून 2024</p>{paragraphs()}"

    assert texts(read(body)) == ["वरुणपुर, 12 जून (एजेंसी)।", *BODY]


@pytest.mark.parametrize("day", ["<h3>12 जून 2024</h3>", "<h4>12 जून 2024, शाम</h4>"])
def test_a_day_as_a_subhead_is_no_date_row(day: str) -> None:
    assert len(texts(read(f"<p>{FIRST}</p>{day}{paragraphs(SECOND, THIRD)}"))) == 4
