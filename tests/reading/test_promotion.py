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


@pytest.mark.parametrize(
    "call",
    [
        "हमें X पर फॉलो करें।",
        "आप हमें फेसबुक और इंस्टाग्राम पर फॉलो कर सकते हैं।",
        "हमें गूगल न्यूज़ पर फ़ॉलो करें",
        "Google News पर फॉलो करें",
        "तटवर्ती समाचार को गूगल पर प्राथमिकता दें",
        "ताज़ा खबरों के लिए हमारे साथ जुड़े रहें।",
        "हर अपडेट के लिए बने रहिए हमारे साथ।",
        "लेटेस्ट हिंदी न्यूज़ के लिए पढ़ते रहें तटवर्ती समाचार",
        "रहें हर ख़बर से अपडेट, डाउनलोड करें हमारा ऐप",
        "अगर आपको यह खबर पसंद आई तो इसे दोस्तों तक पहुंचाएं।",
        "आपको यह लेख कैसा लगा?",
        "अपनी राय कमेंट में जरूर बताएं।",
        "टेलीग्राम पर हमसे जुड़ें",
        "WhatsApp Group Join Now",
        "JOIN OUR TELEGRAM CHANNEL",
        "हमारे WhatsApp ग्रुप से जुड़ें",
        "टेलीग्राम चैनल जॉइन करें",
        "Google News पर तटवर्ती समाचार को फॉलो करें",
        "ताजा खबरों के लिए हमसे जुड़े रहें",
        "फेसबुक पर भी हमारे साथ जुड़िए।",
        "डाउनलोड करें तटवर्ती ऐप और पाएं हर अपडेट सबसे पहले",
        "आप हमारा ऐप डाउनलोड कर सकते हैं।",
        "ताजा खबरों के लिए तटवर्ती के फेसबुक पेज को लाइक करें।",
        "यह खबर लगातार अपडेट की जा रही है।",
        "(खबर अपडेट हो रही है)",
        "हमारा न्यूज़लेटर सब्सक्राइब करें।",
        "सब्सक्राइब करें हमारा न्यूजलेटर",
    ],
)
def test_a_call_to_follow_or_to_judge_the_outlet_is_cut(call: str) -> None:
    assert without_promotion(f"{REPORT} {call}") == REPORT


@pytest.mark.parametrize(
    "sentence",
    [
        "मंत्री ने लोगों से कहा, ‘हमें सोशल मीडिया पर फॉलो करें।’",
        "उन्होंने कहा कि छात्र विभाग के यूट्यूब चैनल को सब्सक्राइब करें ताकि सूचना समय पर मिले।",
        "उन्होंने अपील की कि लोग सही जानकारी के लिए रेडियो से जुड़े रहें।",
        "हमें पड़ोसी देशों के नियम लागू करने होंगे।",
        "नए नियम लोगों को पसंद आए और वे दफ्तर के बाहर जुटे रहे।",
        "दुनिया की नजरें इस खबर पर बनी रहीं।",
        "सरकार ने तेल के बजाय गैस को प्राथमिकता दी।",
        "गूगल न्यूज पर रोक का मामला अदालत में है।",
        "राहत के लिए लोग रात भर सड़क पर बैठे रहे।",
        "यह रिपोर्ट अच्छी है, पर समिति ने इसे लौटा दिया।",
        "आपको यह नियम कैसा लगा, आयोग ने किसानों से पूछा।",
        "यह खबर अपडेट होने में देर लगी और लोग घाट पर जुटे रहे।",
        "यूक्रेन ने एक टेलीग्राम चैनल को ब्लॉक कर दिया।",
        "दस लाख लोग यह ऐप डाउनलोड कर चुके हैं।",
        "पुलिस के अनुसार ठगों ने उनसे एक ऐप डाउनलोड करवाया था।",
        "लोग तेजी से उनके यूट्यूब चैनल को सब्सक्राइब कर रहे हैं।",
        "सरकार ने यात्रियों के लिए यह ऐप डाउनलोड करना अनिवार्य किया है।",
        "जांच में पता चला कि वह हैकरों के टेलीग्राम चैनल से जुड़ा था।",
        "हमलावर एक टेलीग्राम चैनल पर जुड़े थे।",
        "उन्होंने कहा, “ऐप डाउनलोड करें और शिकायत दर्ज कराएं।”",
        "मंत्री ने कहा, “डरिए मत। ऐप डाउनलोड करें और शिकायत दर्ज कराएं।”",
        "उसने लिखा, 'मेरे चैनल को सब्सक्राइब करें।'",
        "सरकार की अपील है कि लोग यह ऐप डाउनलोड करें।",
        "ईरान ने सरकारी टेलीग्राम चैनल को बंद करने का आदेश दिया।",
        "रूस में टेलीग्राम चैनल को विदेशी एजेंट घोषित किया गया।",
        "अदालत ने टेलीग्राम चैनल को हटाने का निर्देश दिया है।",
        "संदिग्ध ने फेसबुक पेज को अपने नाम से चलाया था।",
        "उनके इंस्टाग्राम पर फॉलो करने वालों की संख्या दस लाख पार कर गई।",
        "ऐड ब्लॉकर का इस्तेमाल यूरोप में तेजी से बढ़ा है।",
        "हैकरों ने कर्मचारियों को ईमेल भेजकर कहा कि पासवर्ड बदलने के लिए यहां क्लिक करें।",
        "ईमेल में लिखा था कि इनाम पाने के लिए यहां क्लिक करें।",
        "गांव के लोग रेडियो पर देश-दुनिया की ताजा खबर सुनते थे।",
        "उपयोगकर्ताओं को नोटिफिकेशन पाने के लिए अलग से शुल्क देना पड़ता है।",
        "मंत्रालय ने ट्विटर पर फॉलो करने वालों की सूची जारी नहीं की।",
        "प्रदर्शनकारी एक टेलीग्राम चैनल से जुड़े हुए थे और वहीं से निर्देश पाते थे।",
        "सेना ने लोगों से कहा है कि वे अफवाह फैलाने वाले टेलीग्राम चैनल को न देखें।",
        "फोन का सॉफ्टवेयर लगातार अपडेट हो रहा है।",
        "कंपनी का न्यूजलेटर हर महीने छपता है।",
        "वे हर खबर से बेखबर अपने काम में लगे रहे।",
        "मंत्रालय के बयान पर कोई कमेंट नहीं आया।",
        "चरमपंथी एक टेलीग्राम ग्रुप से जुड़े थे।",
        "ग्रुप सी के दो मैच बारिश से रुके।",
    ],
)
def test_a_sentence_of_a_report_that_sounds_like_a_call_is_kept(sentence: str) -> None:
    text = f"{REPORT} {sentence}"

    assert without_promotion(text) == text


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
        "Table of Contents",
        "खबर सुनें",
        "पदनाम, संवाददाता",
        "डिस्क्लेमर: यह सामग्री पाठक ने भेजी थी।",
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
        "योगदानकर्ताओं ने इस कोष में दस लाख रुपये दिए।",
        "डिस्क्लेमर छापने का आदेश अदालत ने दो दिन पहले दिया था।",
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
