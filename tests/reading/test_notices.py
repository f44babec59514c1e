"""Notices around a report, on rights, reading time, the outlet's app, are no text; sentences on such things stay."""

import pytest

from tests.reading.markup import BODY, FIRST, HEADLINE, SECOND, THIRD, between, paragraphs, read, texts


@pytest.mark.parametrize("line", ["Copyright @ 2024 खबर। सभी अधिकार सुरक्षित।", "कॉपीराइट © 2024 खबर मीडिया"])
def test_a_copyright_line_is_no_text(line: str) -> None:
    assert texts(read(f"{paragraphs()}<p>{line}</p>")) == BODY


@pytest.mark.parametrize(
    "line",
    [
        "कॉपीराइट: खबर मीडिया लिमिटेड, 2024",
        "सर्वाधिकार © खबर समूह",
        "(c) 2024 Khabar Media",
        "© 2019 खबर। सर्वाधिकार सुरक्षित",
        "This website follows the DNPA Code of Ethics.",
    ],
)
def test_whose_rights_they_are_is_no_text(line: str) -> None:
    assert texts(read(f"{paragraphs()}<p>{line}</p>")) == BODY


@pytest.mark.parametrize(
    "line",
    [
        "Google पर हमें पसंदीदा स्रोत के रूप में जोड़ें",
        "Add Khabar as a Preferred Source on Google",
        "Google News पर हमें पसंदीदा समाचार स्रोत चुनें",
        "Prefer Khabar on Google",
        "हमें Google पर प्रेफर्ड सोर्स बनाएं",
        "Set Khabar as your Trusted Source on Google",
        "Add Khabar on Google",
    ],
)
def test_a_call_to_prefer_the_outlet_is_no_text(line: str) -> None:
    assert texts(read(between(f"<p>{line}</p>"))) == BODY


@pytest.mark.parametrize(
    "line",
    [
        "गूगल ने भारत में पसंदीदा स्रोत नाम की सुविधा शुरू की और पाठक अब साइटें चुन सकेंगे।",
        "सरकार ने तेल का प्राथमिक स्रोत बदलने का फैसला किया।",
        "लेखकों ने कहा कि कॉपीराइट कानून में बदलाव से उन्हें नुकसान होगा।",
        "किसानों के सभी अधिकार सुरक्षित रखे जाएंगे, मंत्री ने कहा।",
        "Copyright कानून पर बहस जारी है और अदालत ने सुनवाई टाल दी।",
        "तीन मिनट में पूरा शहर अंधेरे में डूब गया।",
        "3 मिनट में पढ़ें तो यह किताब छोटी लगती है, आलोचक ने कहा।",
    ],
)
def test_a_sentence_on_sources_rights_or_minutes_stays(line: str) -> None:
    assert line in texts(read(between(f"<p>{line}</p>")))


@pytest.mark.parametrize("row", ["पढ़ने का समय: 8 मिनट", "पढ़ने का समय 12 minutes", "Reading time: 4 min"])
def test_the_time_that_reading_takes_is_no_text(row: str) -> None:
    assert texts(read(f"<p>{row}</p>{paragraphs()}")) == BODY


def test_a_sentence_about_reading_stays() -> None:
    line = "पढ़ने का समय घटने से बच्चों की भाषा कमजोर हो रही है।"

    assert line in texts(read(between(f"<p>{line}</p>")))


@pytest.mark.parametrize(
    "row",
    [
        "3 मिनट में पढ़ें",
        "2 mins read",
        "५ मिनट पढ़ें",
        "पठन समय: 4 मिनट",
        "पढ़ने में लगने वाला समय: 3 मिनट",
        "3 मिनट का पाठ",
        "Estimated read time: 3 min",
        "~3 मिनट पढ़ने का समय",
        "Time to read 4 mins",
    ],
)
def test_the_time_that_reading_takes_ends_no_report(row: str) -> None:
    assert texts(read(f"<p>{row}</p>{paragraphs()}")) == BODY
    assert texts(read(between(f"<p>{row}</p>"))) == BODY


@pytest.mark.parametrize(
    "line",
    [
        "छोड़िए X पोस्ट, 2",
        "पोस्ट X समाप्त, 2",
        "छोड़कर वीडियो आगे बढ़ें",
        "इस लेख में Instagram से मिली सामग्री शामिल है. कुछ भी लोड होने से पहले हम आपकी इजाज़त मांगते हैं.",
        "सबसे अधिक पढ़ी गईं",
        "चेतावनी: तीसरे पक्ष की सामग्री में विज्ञापन हो सकते हैं.",
        "Google पर हमें अपना पसंदीदा सोर्स बनाएं",
    ],
)
def test_words_around_a_box_are_no_text(line: str) -> None:
    assert texts(read(between(f"<p>{line}</p>"))) == BODY


@pytest.mark.parametrize(
    "line",
    [
        "पोस्ट हटाने के बाद विवाद समाप्त हो गया।",
        "छोड़कर जाने वालों की संख्या बढ़ी और लोग आगे बढ़ते रहे।",
        "इस राहत में विदेश से मिली सामग्री शामिल है।",
    ],
)
def test_sentences_with_such_words_stay(line: str) -> None:
    assert line in texts(read(between(f"<p>{line}</p>")))


@pytest.mark.parametrize(
    "line",
    [
        "<p>पहले प्रकाशित: 12 जून 2024</p>",
        "<p>Last Updated on: 12 Jun 2024</p>",
        "<p>#आंधी #बिजली</p>",
        "<p><a href='/a'>होम</a> | <a href='/b'>विदेश</a></p>",
        "<p>डिस्क्लेमर: यह खबर सामान्य जानकारी के लिए है।</p>",
        "<p>Subscribe to our newsletter</p>",
        "<p>संबंधित विषय</p>",
        "<p>अगली खबर पढ़ें</p>",
        "<p>Location : वरुणपुर</p>",
    ],
)
def test_what_stands_under_a_report_is_no_text(line: str) -> None:
    assert texts(read(paragraphs() + line)) == BODY


@pytest.mark.parametrize(
    "line",
    [
        "12 जून 2024 को राहत शुरू हुई थी",
        "प्रकाशित रिपोर्ट में 12 गांवों के नाम हैं।",
        "अपडेट: 12 गांवों में बिजली लौटी",
        "#आंधी से सौ खंभे गिरे।",
        "<a href='/a'>राहत दल</a> और <a href='/b'>सेना</a> रात भर लगे रहे।",
    ],
)
def test_a_line_that_only_begins_like_one_stays(line: str) -> None:
    assert len(texts(read(f"{paragraphs()}<p>{line}</p>"))) == 4


READER = "यह बहुत अच्छी खबर है और मुझे लगता है कि सरकार को ऐसे काम और तेजी से करने चाहिए।"


@pytest.mark.parametrize("size", [1, 3, 4])
@pytest.mark.parametrize(
    "opening",
    ["सीता राव दस साल से पत्रकारिता कर रही हैं और तटीय जिलों पर लिखती हैं।", "Disclaimer: यह सामग्री पाठकों के लिए जुटाई गई है।"],
)
def test_junk_is_known_by_its_beginning_at_any_length(opening: str, size: int) -> None:
    line = f"<p>{opening[:-1]}, {READER * size}</p>"

    assert texts(read(between(line), head='<meta name="author" content="सीता राव">')) == BODY


@pytest.mark.parametrize(
    "line",
    [
        "यह लेख द कन्वर्सेशन से सिंडिकेट किया गया है।",
        "(यह लेख मूल रूप से सागर टाइम्स पर प्रकाशित हुआ था।)",
        "यह आलेख पहले सागर टाइम्स में छपा था।",
        "यह लेख क्रिएटिव कॉमन्स लाइसेंस के तहत सागर टाइम्स से पुनर्प्रकाशित है। मूल लेख पढ़ें।",
        "यह विश्लेषण हमारे सहयोगी प्रकाशन सागर टाइम्स से साभार लिया गया है।",
        "(सागर टाइम्स से सिंडिकेटेड)",
        "(वरुणपुर सिंडिकेट)",
        "This article is republished from Sagar Times under a Creative Commons license.",
        "This story was first published in Sagar Times.",
        "इस सामग्री के सर्वाधिकार खबर मीडिया के पास सुरक्षित हैं। बिना अनुमति पुनर्प्रकाशन वर्जित है।",
        "बिना पूर्व अनुमति के इस सामग्री का पुनर्प्रकाशन प्रतिबंधित है।",
        "Unauthorised reproduction of this article is prohibited.",
    ],
)
def test_whose_article_it_was_before_is_no_text(line: str) -> None:
    assert texts(read(f"{paragraphs()}<p>{line}</p>")) == BODY


@pytest.mark.parametrize(
    "line",
    [
        "यह लेख लिखने वाले पत्रकार को जेल भेज दिया गया और उनकी पत्नी ने अपील की है।",
        "यह लेख पहले किसी अखबार ने नहीं छापा, मंत्री ने कहा।",
        "यह लेख पहली बार 1962 में प्रकाशित हुआ था।",
        "यह रिपोर्ट पहली बार वरुणपुर में प्रकाशित हुई थी।",
        "नशे का सिंडिकेट चलाने वाले तीन लोग पकड़े गए।",
        "बैंकों के सिंडिकेट ने दो अरब डॉलर का कर्ज दिया।",
        "यह खबर प्रकाशित होते ही बाजार बंद हो गया।",
        "बिना अनुमति सड़क का इस्तेमाल प्रतिबंधित है।",
        "सामग्री के पुनर्प्रकाशन पर प्रतिबंध से प्रकाशक नाराज हैं।",
        "इस लेख के सभी अधिकार बेटे के पास हैं, वकील ने कहा।",
        "यह लेख पहले सागर टाइम्स में छपा था। इसके बाद शहर में हंगामा हुआ।",
        "उन्होंने पुराना लेख फिर छापा (यह लेख अब किताबों में है)",
    ],
)
def test_a_sentence_on_articles_and_permissions_stays(line: str) -> None:
    assert line in texts(read(between(f"<p>{line}</p>")))


def test_a_notice_in_brackets_at_the_end_of_a_paragraph_is_cut_and_the_paragraph_stays() -> None:
    notice, sentence = "(यह लेख मूल रूप से सागर टाइम्स पर प्रकाशित हुआ था।)", "(यह लेख अब सागर संग्रहालय में रखा है।)"

    assert texts(read(f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD} {notice}</p>")) == BODY
    assert texts(read(f"<p>{FIRST}</p><p>{SECOND} {sentence}</p>")) == [FIRST, f"{SECOND} {sentence}"]


IMPRINT = "खबर संसार हिंदी का तेजी से बढ़ता पोर्टल है और देश-दुनिया की खबरें देता है।"


@pytest.mark.parametrize(
    "imprint",
    [
        f"<div class='ftr'><p>{IMPRINT}</p><p>© 2024 खबर मीडिया। सर्वाधिकार सुरक्षित।</p></div>",
        f"<div><div>{IMPRINT}</div><div>Copyright © 2024 Khabar</div><div>संपर्क करें</div></div>",
        f"<section>{IMPRINT}<br>कॉपीराइट: खबर मीडिया</section>",
        f"<table><tr><td>{IMPRINT}</td></tr><tr><td>© खबर</td></tr></table>",
    ],
)
def test_what_the_outlet_says_of_itself_beside_its_rights_is_no_text(imprint: str) -> None:
    head = f"<html><head><title>{HEADLINE}</title></head>"
    around = f"{head}<body><div class='m'><h1>{HEADLINE}</h1>{{}}</div>{{}}</body></html>"

    assert texts(read(around.format(paragraphs(), imprint))) == BODY
    assert texts(read(around.format(f"<div>{FIRST}</div><div>{SECOND}</div><div>{THIRD}</div>", imprint))) == BODY


@pytest.mark.parametrize(
    "markup",
    [
        f"{paragraphs()}<p>© 2024 खबर</p>",
        f"<div class='row'>{paragraphs(FIRST, SECOND)}</div><div class='row'><p>{THIRD}</p><p>© 2024 खबर</p></div>",
        f"<div>{paragraphs(FIRST)}</div><div>{paragraphs(SECOND, THIRD)}<p>© 2024 खबर</p></div>",
        f"<div>{paragraphs(FIRST, SECOND)}</div><p>{THIRD}</p><div>© 2024 खबर</div>",
    ],
)
def test_the_paragraphs_above_a_notice_of_rights_stay(markup: str) -> None:
    assert texts(read(markup)) == BODY


@pytest.mark.parametrize(
    "line",
    [
        "यूट्यूब ने विज्ञापन ब्लॉकर को बंद कर दिया है।",
        "गूगल अपने ब्राउजर में एड ब्लॉकर बंद करेगा, कंपनी ने कहा।",
        "कंपनी ने ऐड ब्लॉकर को अपने स्टोर से हटाकर नया नियम बनाया।",
        "आयोग ने कहा कि अल्पसंख्यकों के सभी अधिकार सुरक्षित हैं।",
        "यह खबर सबसे पहले स्थानीय अखबार में छपी थी।",
        "यह खबर पहली बार एक अखबार में छपी थी।",
    ],
)
def test_a_report_on_blockers_rights_or_newspapers_stays(line: str) -> None:
    assert line in texts(read(between(f"<p>{line}</p>")))


@pytest.mark.parametrize(
    "line",
    [
        "कृपया अपना ऐड ब्लॉकर बंद करें",
        "विज्ञापन ब्लॉकर को बंद कर दें और पेज फिर खोलें",
        "एड ब्लॉकर हटाएं",
        "यह लेख सबसे पहले सागर टाइम्स में प्रकाशित हुआ था।",
    ],
)
def test_a_call_against_blockers_and_an_earlier_print_are_no_text(line: str) -> None:
    assert texts(read(between(f"<p>{line}</p>"))) == BODY


@pytest.mark.parametrize(
    "picture",
    [
        "<figure><img src=/a.jpg><figcaption><span>राहत शिविर</span><p>© Getty Images</p></figcaption></figure>",
        "<div class=photo><p>राहत शिविर</p><p>© AP</p></div>",
        "<ul><li>a) 2022 में चुनाव हुए</li><li>c) 2024 में चुनाव हुए</li></ul>",
    ],
)
def test_the_rights_of_a_picture_end_no_report(picture: str) -> None:
    before, after = BODY[0], BODY[1:]
    read_texts = texts(read(f"<p>{before}</p>{picture}" + "".join(f"<p>{each}</p>" for each in after)))

    assert [text for text in read_texts if text in BODY] == BODY
