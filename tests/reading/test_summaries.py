"""Summaries that a machine wrote are no part of a report."""

import pytest

from tests.reading.markup import BODY, between, paragraphs, read, texts


def test_a_summary_that_a_machine_wrote_is_left_out() -> None:
    box = "<h3>एआई सारांश</h3><ul><li>दो सौ खंभे गिरे</li><li>आधे शहर में अंधेरा</li></ul>"

    assert texts(read(between(box))) == BODY


SUMMARY = ("दो सौ खंभे गिरे।", "आधे शहर में अंधेरा रहा।")


@pytest.mark.parametrize(
    "label",
    [
        "एआई सारांश",
        "AI Summary",
        "AI से बना सारांश",
        "AI Quick Read",
        "Summary (AI-generated)",
        "एआई द्वारा तैयार सारांश",
        "खबर का सारांश",
        "AI Generated Summary. Newsroom Reviewed",
    ],
)
@pytest.mark.parametrize(
    "box",
    [
        "<h3>{0}</h3><ul><li>{1}</li><li>{2}</li></ul>",
        "<div><h3>{0}</h3><p>{1}</p><p>{2}</p></div>",
        "<div><div><p><b>{0}</b></p></div><div>{1}<br>{2}</div></div>",
        "<p>{0}</p><p>• {1}</p><p>• {2}</p>",
        "<p>{0}</p><p>{1}</p><p>{2}</p><p>Summary is AI-generated, newsroom-reviewed</p>",
    ],
    ids=["list", "box", "nested", "points", "note"],
)
def test_a_summary_that_a_machine_wrote_is_left_out_in_any_markup(label: str, box: str) -> None:
    printed = box.format(label, *SUMMARY)

    assert texts(read(printed + paragraphs())) == BODY
    assert texts(read(between(printed))) == BODY


@pytest.mark.parametrize(
    "line",
    [
        "<h3>एआई और सारांश का खतरा</h3>",
        "<h3>AI से बनी रिपोर्ट पर विवाद</h3>",
        "<p>एआई से तैयार रिपोर्ट पर सरकार ने सवाल उठाए हैं और जांच के आदेश दिए हैं।</p>",
        "<p>पॉडकास्ट में मंत्री ने कहा कि बिजली दो दिन में लौट आएगी।</p>",
    ],
)
def test_a_line_about_machines_or_podcasts_opens_no_box(line: str) -> None:
    assert len(texts(read(between(line)))) == 4
