"""Boxes that pages set into a report: with a skip link, or with a label."""

import pytest

from tests.reading.markup import BODY, FIRST, OTHER, SECOND, THIRD, between, paragraphs, read, texts


@pytest.mark.parametrize(
    "box",
    [
        "<div><a href='#end-of-podcasts'>छोड़कर आगे बढ़ें</a><strong>पॉडकास्ट</strong>"
        "<p>हर दिन की बड़ी खबरें सुनिए हमारे साथ।</p><p>एपिसोड</p><p id='end-of-podcasts'>समाप्त</p></div>",
        "<section><a href='#end-of-rec-1'>आगे बढ़ें</a><ul><li><p>पहाड़ों में बर्फ गिरने से तीन सड़कें बंद रहीं।</p></li></ul>"
        "</section><p id='end-of-rec-1'>समाप्त</p>",
        "<a href='#video-end'>वीडियो छोड़ें</a><div><p>चेतावनी: दूसरी साइटों की सामग्री में विज्ञापन हो सकते हैं।</p></div>"
        "<span id='video-end'></span>",
    ],
)
def test_a_box_that_can_be_skipped_is_left_out(box: str) -> None:
    assert texts(read(between(box))) == BODY


def test_a_skip_link_without_its_target_skips_nothing() -> None:
    assert texts(read(between("<p><a href='#end-of-podcasts'>आगे बढ़ें</a></p>"))) == BODY


def test_pictures_of_a_box_that_can_be_skipped_are_not_the_articles() -> None:
    box = "<div><a href='#end-of-rec'>आगे</a><img src='/other.jpg'><p id='end-of-rec'>समाप्त</p></div>"

    assert [image.url for image in read(f"<img src='/storm.jpg'>{between(box)}").images] == [
        "https://khabar.example/storm.jpg"
    ]


@pytest.mark.parametrize(
    "box",
    [
        f"<div><h3>आपको यह भी पसंद आ सकता है</h3><ul><li><a href='/9'>{OTHER}</a></li></ul></div>",
        f"<div><h4>Top Stories</h4><ul><li><a href='/9'>{OTHER}</a><span>2 घंटे पहले</span></li></ul></div>",
        f"<div><h4>सिफारिशें</h4><div><a href='/9'><img src='/o.jpg'><span>{OTHER}</span></a></div></div>",
        "<div><h3>पॉडकास्ट</h3><p>हर दिन की बड़ी खबरें सुनिए हमारे साथ।</p><a href='/p'>सुनें</a></div>",
        "<section aria-label='पॉडकास्ट'><strong>दिन भर की बात</strong><p>दुनिया की बड़ी खबरें, हर शाम।</p></section>",
    ],
)
def test_a_box_with_a_label_is_left_out(box: str) -> None:
    assert texts(read(between(box))) == BODY
    assert texts(read(paragraphs() + box)) == BODY


def test_a_label_beside_the_paragraphs_takes_none_of_them() -> None:
    assert texts(read(between("<h3>पॉडकास्ट</h3>"))) == BODY
    longer = f"<div><h3>AI Summary</h3>{paragraphs(SECOND * 3, THIRD * 3)}</div>"
    assert texts(read(f"<div>{paragraphs(FIRST)}{longer}</div>")) == [FIRST, SECOND * 3, THIRD * 3]


TEASER = "सुरंग की लंबाई नौ किलोमीटर है और इसे बनाने में छह साल लगे।"
VIDEOS = "<h4>ट्रेंडिंग वीडियो</h4>"
POPULAR = f"<h3>लोकप्रिय खबरें</h3><ul><li><a href='/9'>{OTHER}</a></li></ul>"


@pytest.mark.parametrize(
    "body",
    [
        f"<div><p>{{0}}</p><div>{VIDEOS}</div></div>{{1}}<br>{{2}}",
        f"<div><p>{{0}}</p><div>{VIDEOS}</div></div><div></div>{{1}}<br>&nbsp;<br><center>विज्ञापन</center>{{2}}",
        f"{{0}}<br><div>{VIDEOS}<div id='player'></div></div>{{1}}<br>{{2}}",
        f"<p>{{0}}</p><div>{VIDEOS}</div><p>{{1}}</p><p>{{2}}</p>",
        f"<p>{{0}}</p><p>{{1}}</p><div><div>{VIDEOS}</div></div><p>{{2}}</p>",
        f"<p>{{0}}</p><section>{POPULAR}</section><p>{{1}}</p><p>{{2}}</p>",
        f"<p>{{0}}</p><div><p>सबसे ज्यादा पढ़ी गई</p><p>{OTHER}</p></div><p>{{1}}</p><p>{{2}}</p>",
        f"<div class='w'><p>{{0}}</p></div><div class='x'>{POPULAR}</div><div class='w'><p>{{1}}</p><p>{{2}}</p></div>",
    ],
)
def test_the_report_goes_on_behind_a_box_of_other_articles(body: str) -> None:
    assert texts(read(f"<div class='desc'>{body.format(*BODY)}</div>")) == BODY


@pytest.mark.parametrize(
    "tail",
    [
        f"<div>{POPULAR}</div>",
        f"{VIDEOS}<p>{TEASER}</p>",
        f"<h3>लेटेस्ट न्यूज</h3><p>{OTHER}</p><p>{TEASER}</p>",
        f"<div>{VIDEOS}<p>{TEASER}</p></div>",
        f"<div class='more'>{POPULAR}</div><div class='more'><p>{TEASER}</p></div>",
        f"<div>{VIDEOS}</div><p><a href='/9'>{OTHER} और यात्रियों ने मिठाई बांटी।</a></p>",
        f"<div><h3>ताजा वीडियो</h3></div><div class='related'><p>{TEASER}</p></div>",
        f"<div><div>{POPULAR}</div><p>{TEASER}</p></div>",
    ],
)
def test_the_report_is_over_at_a_list_of_other_articles(tail: str) -> None:
    assert texts(read(f"<div class='story'>{paragraphs()}</div>{tail}")) == BODY


FORM = "<form><input type='email'><button>सदस्य बनें</button></form>"


@pytest.mark.parametrize(
    "box",
    [
        f"<div class='nl'><h4>हर सुबह की बड़ी खबरें ईमेल पर</h4>{FORM}</div>",
        f"<div><p>दुनिया की बड़ी खबरें हर शाम अपने इनबॉक्स में पाएं।</p>{FORM}</div>",
        f"<section><strong>डाक से खबरें</strong><div>{FORM}</div></section>",
        f"<div><span>मुफ्त सदस्यता</span>{FORM}<small>आप कभी भी मना कर सकते हैं।</small></div>",
    ],
)
def test_a_box_with_a_form_for_an_address_is_left_out(box: str) -> None:
    assert texts(read(between(box))) == BODY


@pytest.mark.parametrize(
    "markup",
    [
        between("<form><input type='search'></form>"),
        f"<form><input type='email'>{paragraphs()}</form>",
        f"<div>{paragraphs()}{FORM}</div>",
        between(FORM),
    ],
)
def test_a_report_beside_a_form_is_read(markup: str) -> None:
    assert texts(read(markup)) == BODY


@pytest.mark.parametrize(
    "box",
    [
        "<div><h3>पूरा लेख पढ़ने के लिए सदस्य बनें</h3><p>महीने में सिर्फ 99 रुपये।</p><button>सदस्य बनें</button></div>",
        "<section><p><b>आगे पढ़ने के लिए लॉग इन करें</b></p><p>पहले से सदस्य हैं तो ईमेल लिखें।</p></section>",
        "<div><h4>Subscribe to continue reading</h4><p>Only 99 rupees a month.</p></div>",
        "<div><strong>This story is for subscribers only</strong><div>पहला महीना मुफ्त है।</div></div>",
    ],
)
def test_a_call_to_pay_is_left_out(box: str) -> None:
    assert texts(read(paragraphs() + box)) == BODY


@pytest.mark.parametrize(
    "line",
    ["पूरा पाठ्यक्रम पढ़ने के लिए छात्र विदेश गए", "सदस्य बनें या न बनें, देश बंटा", "यह संविधान पढ़ने के लिए सब आएं"],
)
def test_a_subhead_on_reading_or_members_is_no_call_to_pay(line: str) -> None:
    assert texts(read(between(f"<h3>{line}</h3>"))) == [FIRST, line, SECOND, THIRD]
