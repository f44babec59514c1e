"""A presentation of the author under a report is no text."""

import pytest

from tests.reading.markup import BODY, between, paragraphs, read, texts


@pytest.mark.parametrize(
    "presented",
    [
        "सीता राव पिछले आठ वर्षों से पत्रकारिता कर रही हैं और पर्यावरण पर लिखती हैं।",
        "सीता राव तटीय जिलों की वरिष्ठ संवाददाता हैं।",
    ],
)
def test_who_the_author_is_is_no_text(presented: str) -> None:
    author = '<meta name="author" content="सीता राव">'

    assert texts(read(paragraphs() + f"<p>{presented}</p>", head=author)) == BODY


@pytest.mark.parametrize(
    "line",
    ["सीता राव ने कहा कि वे रात भर पुल पर रहीं।", "राम राव पिछले आठ वर्षों से पत्रकारिता कर रहे हैं और उनका घर भी उजड़ गया।"],
)
def test_a_sentence_about_somebody_stays(line: str) -> None:
    author = '<meta name="author" content="सीता राव">'

    assert line in texts(read(between(f"<p>{line}</p>"), head=author))


@pytest.mark.parametrize(
    "box",
    [
        "<div><h4>लेखक के बारे में</h4><p>आठ साल से सक्रिय, वर्तमान में खबर डिजिटल में कार्यरत।</p></div>",
        "<div><p>लेखक परिचय</p><p>सीता राव ने हिंदी में एमए किया है।</p></div>",
        "<div><h4>About the Author</h4><p>सीता राव</p><p>तटीय जिलों की खबरों में रुचि।</p></div>",
    ],
)
def test_a_box_about_the_author_is_left_out(box: str) -> None:
    assert texts(read(paragraphs() + box)) == BODY


@pytest.mark.parametrize("tag", ["h3", "p"])
def test_the_paragraph_under_such_a_label_is_left_out_without_a_box_too(tag: str) -> None:
    about = "सीता राव विदेशी मामलों की वरिष्ठ पत्रकार हैं और पंद्रह साल से इस पेशे में हैं।"

    assert texts(read(f"{paragraphs()}<{tag}>लेखक के बारे में</{tag}><p>{about}</p>")) == BODY


def test_a_paragraph_of_the_report_under_such_a_label_stays() -> None:
    line = "उनकी किताब में तटीय नगरों का इतिहास है और उसका अनुवाद छह भाषाओं में हुआ।"

    assert line in texts(read(f"{paragraphs()}<h3>लेखक के बारे में</h3><p>{line}</p>"))


def test_a_sentence_that_begins_as_the_label_of_such_a_box_stays() -> None:
    line = "लेखक के बारे में कम लोग जानते हैं और उनका घर भी उजड़ गया।"

    assert line in texts(read(f"{paragraphs()}<p>{line}</p>"))


@pytest.mark.parametrize(
    "box",
    [
        "<div><h4>सीता राव</h4><p>सीता राव बारह साल से पत्रकारिता में हैं।</p></div>",
        "<div><img src='/s.jpg'><h3>सीता राव</h3><p>सीता तटीय जिलों की खबरें लिखती हैं।</p><a href='/a'>और लेख पढ़ें</a></div>",
        "<h5>सीता राव</h5><div>सीता राव खबर संसार में वरिष्ठ संवाददाता हैं।</div>",
    ],
)
def test_a_box_under_the_name_of_an_author_that_the_page_states_nowhere_is_left_out(box: str) -> None:
    assert texts(read(paragraphs() + box)) == BODY


@pytest.mark.parametrize(
    "markup",
    [
        between("<h4>सीता राव</h4><p>सीता राव बारह साल से पत्रकारिता में हैं और उनका घर भी उजड़ गया।</p>"),
        f"{paragraphs()}<h4>सीता राव</h4><p>सीता राव ने कहा कि पत्रकारिता की पढ़ाई में उन्हें देर लगी।</p>",
        f"{paragraphs()}<h4>घायल पत्रकार</h4><p>राम राव बारह साल से पत्रकारिता में हैं और उन्हें चोट आई।</p>",
    ],
)
def test_a_person_whom_the_report_tells_of_stays(markup: str) -> None:
    assert any("राव" in text and len(text) > 20 for text in texts(read(markup)))
