"""Lines that point to other articles, यह भी पढ़ें and the like, are related articles and no text."""

import pytest

from crawler.items import Related
from tests.reading.markup import BODY, FIRST, SECOND, THIRD, between, paragraphs, read, texts

MARKERS = ["यह भी पढ़ें", "ये भी पढ़ें", "इसे भी पढ़ें", "सम्बंधित ख़बरें", "Also Read", "यह भी पढ़ें :", "► ये भी देखें -"]
OTHER = "पश्चिमी तट पर भी तेज हवा चली"
LINK = f"<a href='/world/west-9'>{OTHER}</a>"
POINTED = [Related(title=OTHER, url="https://khabar.example/world/west-9")]


@pytest.mark.parametrize("marker", MARKERS)
def test_links_under_also_read_are_related(marker: str) -> None:
    article = read(f"<p>{FIRST}</p><p>{SECOND}</p><h4>{marker}</h4><ul><li>{LINK}</li></ul><p>{THIRD}</p>")

    assert texts(article) == BODY
    assert article.related == POINTED


@pytest.mark.parametrize(
    "line",
    [
        f"<p>यह भी पढ़ें: {LINK}</p>",
        f"<p><strong>यह भी पढ़ें- {LINK}</strong></p>",
        f"<p><a href='/world/west-9'>ये भी पढ़ें: {OTHER}</a></p>",
        f"<div class='relativeNews'><figure><a href='/world/west-9'>"
        f"<img src='/b.jpg'></a></figure><div>{LINK}</div><a>यह भी पढ़ें</a></div>",
        f"<p>{LINK}</p>",
    ],
)
def test_a_pointer_between_paragraphs_is_related(line: str) -> None:
    article = read(f"<p>{FIRST}</p><p>{SECOND}</p>{line}<p>{THIRD}</p>")

    assert texts(article) == BODY
    assert article.related == POINTED


@pytest.mark.parametrize(
    "pointer", [f" इसे भी पढ़ें: {LINK}", f" <a href='/world/west-9'>यह भी पढ़ें : {OTHER}</a>", f" (ये भी पढ़ें: {LINK}"]
)
def test_a_pointer_at_the_end_of_a_paragraph_is_cut_off(pointer: str) -> None:
    article = read(f"<p>{FIRST}</p><p>{SECOND}{pointer}</p><p>{THIRD}</p>")

    assert texts(article) == BODY
    assert article.related == POINTED


def test_titles_without_links_under_also_read_are_related() -> None:
    body = f"{paragraphs()}<p>यह भी पढ़ें</p><p>पहाड़ी गांवों में बर्फ गिरी, तीन रास्ते बंद</p><p>नए पुल का काम अगले महीने से</p>"

    article = read(body)

    assert texts(article) == BODY
    assert [link.title for link in article.related] == ["पहाड़ी गांवों में बर्फ गिरी, तीन रास्ते बंद", "नए पुल का काम अगले महीने से"]
    assert [link.url for link in article.related] == [None, None]


def test_the_report_goes_on_after_also_read() -> None:
    body = f"<p>{FIRST}</p><h4>यह भी पढ़ें</h4><p>{LINK}</p><h3>मरम्मत में कितने दिन</h3><p>{SECOND}</p><p>{THIRD}</p>"

    assert texts(read(body)) == [FIRST, "मरम्मत में कितने दिन", SECOND, THIRD]


@pytest.mark.parametrize(
    "sentence",
    [
        "यह भी पढ़ें-लिखें, बच्चों से शिक्षक ने कहा।",
        "ये भी देखें कि पिछले साल क्या हुआ था।",
        "इसे भी पढ़ें लोग, ऐसी इच्छा लेखक ने जताई।",
        "इसे भी देखें तो तस्वीर साफ हो जाती है।",
        "यह भी देखें कि किसने क्या कहा था, आयोग ने निर्देश दिया।",
        "यह भी पढ़ें वह किताब, उन्होंने छात्रों से कहा।",
        "इन्हें भी पढ़ें तो पता चलता है कि युद्ध क्यों हुआ।",
    ],
)
def test_a_sentence_that_begins_as_a_pointer_does_stays(sentence: str) -> None:
    assert texts(read(between(f"<p>{sentence}</p>"))) == [FIRST, sentence, SECOND, THIRD]


@pytest.mark.parametrize("mark", [": ", "- ", " – ", "-", "... "])
def test_a_sentence_behind_the_mark_of_a_pointer_is_another_articles(mark: str) -> None:
    assert texts(read(between(f"<p>यह भी पढ़ें{mark}{OTHER}।</p>"))) == BODY


def test_a_linked_word_in_a_sentence_stays() -> None:
    linked = FIRST.replace("वरुणपुर", "<a href='/topic/varunpur'>वरुणपुर</a>")

    assert texts(read(paragraphs(linked, SECOND, THIRD))) == BODY


@pytest.mark.parametrize("label", ["VIDEO:", "पढ़ें पूरी खबर:", "ये भी पढ़े-", "देखें |", "बड़ी खबर –", "Explainer:"])
def test_a_label_and_one_link_point_elsewhere(label: str) -> None:
    article = read(between(f"<p>{label} <a href='/9'>पहाड़ी जिले में नई सुरंग खुली</a></p>"))

    assert texts(article) == BODY
    assert [link.title for link in article.related] == ["पहाड़ी जिले में नई सुरंग खुली"]


@pytest.mark.parametrize(
    "line",
    [
        "वरुणपुर: <a href='/9'>तट पर आंधी के बाद राहत का काम शुरू हुआ।</a>",
        "मंत्री ने कहा: <a href='/9'>हम रात भर काम करेंगे</a> और सुबह लौटेंगे।",
        "उन्होंने <a href='/9'>दो नए शिविर भी</a> खोले।",
    ],
)
def test_a_linked_sentence_behind_a_colon_stays(line: str) -> None:
    assert len(texts(read(between(f"<p>{line}</p>")))) == 4


TEASER = "पहाड़ी जिले की नई सुरंग में पहली रेलगाड़ी चली, जिसमें चार सौ यात्री थे।"
BELOW = "<p><strong>ये खबर भी पढ़ें...</strong></p><p><strong>{}</strong></p><p>{} <a href='/9'>{}</a></p>"


@pytest.mark.parametrize("link", ["पढ़ें पूरी खबर...", "पूरी खबर पढ़ें", "यहां पढ़ें पूरी खबर"])
def test_a_title_and_its_teaser_below_a_marker_are_one_related_article(link: str) -> None:
    article = read(paragraphs() + BELOW.format(OTHER, TEASER, link))

    assert texts(article) == BODY
    assert [(each.title, each.url) for each in article.related] == [(OTHER, "https://khabar.example/9")]


@pytest.mark.parametrize(
    "markup",
    [
        BELOW.format("आगे क्या होगा", TEASER, "रेल मंत्रालय").replace("</a></p>", "</a> ने यह बताया।</p>"),
        f"<p><strong>{OTHER}</strong></p><p>{TEASER} <a href='/9'>रेल मंत्रालय</a> ने यह बताया।</p>",
        f"<p><strong>ये खबर भी पढ़ें: <a href='/9'>{OTHER}</a></strong></p><p>{TEASER}</p>",
    ],
)
def test_a_paragraph_that_is_not_continued_elsewhere_stays(markup: str) -> None:
    assert any(text.startswith(TEASER) for text in texts(read(paragraphs() + markup)))


@pytest.mark.parametrize("letter", ["\u0959", "ख", "ख\u093c"])
def test_a_marker_may_begin_with_a_letter_and_its_nukta_in_one_sign(letter: str) -> None:
    article = read(between(f"<p>{letter}बरें और भी हैं: {OTHER}</p>"))

    assert texts(article) == BODY
    assert [each.title for each in article.related] == [OTHER]
