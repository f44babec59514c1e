"""Promotional sentences are removed; the paragraph around them stays."""

import pytest

from crawler.reading.junk import fold_phrase, junk
from crawler.reading.promotion import HINTS, without_promotion
from tests.reading.markup import FIRST, SECOND, paragraphs, read, texts

FOLDED = [fold_phrase(hint) for hint in HINTS]
REPORT = "पुल खुल गया है। लोग नावों से उतरकर पैदल चले। बच्चों ने गीत गाए।"


@pytest.mark.parametrize(
    "promotion",
    [
        "पूरी खबर पढ़ने के लिए यहां क्लिक करें...",
        "पूरी खबर पढ़ने के लिए यहां क्लिक करें।",
        "(पूरी खबर पढ़ें)",
        "हमारे व्हाट्सऐप चैनल से जुड़ें।",
        "ताजा खबरों और अपडेट के लिए हमारा ऐप डाउनलोड करें!",
        "हमें Facebook और Twitter पर फॉलो करें।",
        "हमारे टेलीग्राम चैनल ज्वाइन करें।",
        "यूट्यूब चैनल को सब्सक्राइब करना न भूलें।",
        "देश और दुनिया की ताजा खबरें सबसे पहले पढ़ें।",
        "Follow us on Google News.",
    ],
)
def test_a_sentence_that_promotes_is_cut_and_the_paragraph_stays(promotion: str) -> None:
    assert without_promotion(f"{REPORT} {promotion}") == REPORT
    assert without_promotion(f"{REPORT * 8} {promotion}") == REPORT * 8


def test_each_promotion_contains_a_hint() -> None:
    assert [phrase for phrase in junk().promo if not any(hint in phrase for hint in FOLDED)] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "संगठन ने अपने टेलीग्राम चैनल पर बयान जारी किया।",
        "मंत्री ने कहा कि 2.5 करोड़ लोगों ने फॉर्म भरा।",
        "उन्होंने ऐप पर टिकट बेचे (एक टिकट दस रुपये का)।",
        "कंपनी ने नया ऐप बनाया है।",
        "छात्रों ने पुस्तकालय में खबरें पढ़ीं।",
        "नदी दो गांवों को जोड़ती है।",
        "यह चैनल समुद्र को झील से जोड़ता है।",
        "ताजा आंकड़े सोमवार को आए।",
        "उनकी मूर्ति शहर की पहचान है (तस्वीर पुरानी)।",
        "डॉ. राव ने कहा कि क्लिनिक खुला है।",
    ],
)
def test_a_sentence_that_reports_is_kept(sentence: str) -> None:
    text = f"{REPORT} {sentence}"

    assert without_promotion(text) == text


@pytest.mark.parametrize(
    ("first", "kept"),
    [
        (f"पूरी खबर पढ़ें। {REPORT}", REPORT),
        ("शायद आप ऐड ब्लॉकर का इस्तेमाल कर रहे हैं। उसे बंद करें।", None),
        (f"Disclaimer: {REPORT}", None),
        ("Written By: सीमा जोशी", None),
    ],
)
def test_only_the_known_sentences_of_a_junk_line_are_cut(first: str, kept: str | None) -> None:
    assert texts(read(paragraphs(FIRST, SECOND, first))) == [FIRST, SECOND, *([kept] if kept else [])]


@pytest.mark.parametrize(
    "line",
    [
        "Tags : नॉर्वे, पुल",
        "टैग: पुल",
        "0 Comments",
        "12 टिप्पणियां",
        "Exit mobile version",
        "©2025 तटवर्ती समाचार, All Rights Reserved",
        "© 2019 तटवर्ती समाचार। सर्वाधिकार सुरक्षित",
        "Web Title: Norway floating bridge",
        "comments powered by Disqus",
        "No comments found. Be a first comment here!",
        "Leave a Reply",
        "तटवर्ती समाचार | Latest Hindi News Portal",
    ],
)
def test_what_pages_print_behind_a_report_is_no_part_of_it(line: str) -> None:
    assert texts(read(paragraphs(FIRST, SECOND, line))) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "line",
    [
        "कॉपीराइट कानून में बदलाव के लिए संसद ने समिति बनाई है।",
        "टैग लगाने वाली मशीनों से मछलियों की गिनती आसान हुई है।",
        "तीन टिप्पणियां जोड़ी गईं और फिर रिपोर्ट सदन में रखी गई।",
        "12 comments in the old book were written by the king himself.",
        "नोट: दौड़ अगले साल भी इसी झील पर होगी।",
        "Web Title नाम की दुकान तट पर खुली है।",
    ],
)
def test_a_sentence_with_such_a_word_is_kept(line: str) -> None:
    assert texts(read(paragraphs(FIRST, SECOND, line)))[-1] == line


def test_words_under_a_label_are_tags_and_no_credits() -> None:
    article = read(paragraphs(FIRST, SECOND, "Tags", "वार्ता", "शांति", "(एपी)"))

    assert texts(article) == [FIRST, SECOND, "(एपी)"]


def test_a_disclaimer_that_names_an_agency_stays_with_the_report() -> None:
    note = "Disclaimer: यह खबर यूएनआई की फीड से ली गई है, हमारे डेस्क ने केवल शीर्षक बदला है।"

    assert texts(read(paragraphs(FIRST, SECOND) + f"<p class='copyright'>{note}</p>")) == [FIRST, SECOND, note]
