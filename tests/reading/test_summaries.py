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
        "खबर का सार",
        "Quick Read",
        "30 सेकंड में पढ़ें",
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
        "<h3>{0}</h3><p>{1} {2}</p>",
        "<h3>{0}</h3><p>{1}</p><p>{2}</p><h3>विस्तार से</h3>",
        "<div><span>{0}</span><p>दो सौ खंभे गिरे</p><p>{2}</p></div>",
        "<div><button>{0}</button><div><p>{1}</p><p>{2}</p></div></div>",
        "<details><summary>{0}</summary><p>{1}</p></details>",
    ],
    ids=["list", "box", "nested", "points", "note", "paragraph", "until the report", "span", "button", "details"],
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


@pytest.mark.parametrize("label", ["मुख्य बातें", "Key Highlights", "सारांश", "खबर की बड़ी बातें", "Summary"])
def test_an_editors_summary_is_left_out_above_the_report_and_stays_among_its_paragraphs(label: str) -> None:
    box = f"<div><h3>{label}</h3><p>{SUMMARY[0]}</p><p>{SUMMARY[1]}</p></div>"
    points = f"<h3>{label}</h3><ul><li>दो सौ खंभे गिरे</li><li>आधे शहर में अंधेरा</li></ul>"

    for above in (box, points):
        assert texts(read(above + paragraphs())) == BODY
    assert texts(read(between(box))) == [BODY[0], label, *SUMMARY, *BODY[1:]]
    assert texts(read(between(points))) == [BODY[0], label, "दो सौ खंभे गिरे", "आधे शहर में अंधेरा", *BODY[1:]]


def test_an_editors_summary_above_the_report_is_its_deck() -> None:
    deck = "दो सौ खंभे गिरने से आधे शहर में अंधेरा रहा और मरम्मत चल रही है।"

    assert read(f"<div><h3>सारांश</h3><p>{deck}</p></div>{paragraphs()}").deck == deck


@pytest.mark.parametrize(
    "markup",
    [
        f"<h3>मुख्य बातें</h3>{paragraphs()}",
        f"<div><h3>Key Points</h3>{paragraphs()}</div>",
        f"<button>AI Summary</button>{paragraphs()}",
        f"<h3>विस्तार से</h3>{paragraphs()}",
    ],
)
def test_a_report_below_the_label_of_a_summary_is_read(markup: str) -> None:
    assert texts(read(markup))[-3:] == BODY
