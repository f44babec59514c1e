"""Boxes that pages set into a report or behind it are no part of it; what only looks like one stays."""

import pytest

from tests.reading.markup import FIRST, SECOND, THIRD, paragraphs, read, texts

BODY = [FIRST, SECOND, THIRD]
READER = "यह बहुत अच्छी खबर है और मुझे लगता है कि सरकार को ऐसे काम और तेजी से करने चाहिए।"
THREAD = "".join(f"<li>{READER} {number}</li>" for number in range(6))


def between(box: str) -> str:
    return f"<p>{FIRST}</p>{box}{paragraphs(SECOND, THIRD)}"


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
    "thread",
    [
        f"<details class='CommentBox'><summary>टिप्पणियां</summary><ul>{THREAD}</ul></details>",
        f"<h3>पाठकों की राय</h3><ul>{THREAD}</ul>",
        f"<h4>टिप्पणियां (12)</h4><ul>{THREAD}</ul>",
        f"<div id='comments'>{paragraphs(*[READER] * 8)}</div>",
        f"<h3>Leave a Reply</h3><p>{READER}</p>",
        f"<h2>4 Comments</h2><p><b>पाठक</b></p><p>{READER}</p>",
        f"<h3>4 टिप्पणियां</h3><ul>{THREAD}</ul>",
        f"<h3>4 thoughts on “वरुणपुर में आंधी”</h3><p>{READER}</p>",
        f"<h3>Join the conversation</h3><p>{READER}</p>",
        f"<div><p>प्रतिक्रियाएं (4)</p><div>{READER}</div></div>",
        f"<div><div itemprop='comment'><p>{READER}</p></div><div itemprop='comment'><p>{READER}</p></div></div>",
        f"<div><div itemscope itemtype='https://schema.org/Comment'><p>{READER * 4}</p></div></div>",
        f"<section aria-label='Comments'><p>{READER * 2}</p></section>",
    ],
)
def test_what_readers_wrote_is_no_report(thread: str) -> None:
    assert texts(read(paragraphs() + thread)) == BODY


def test_a_subhead_about_comments_is_no_thread() -> None:
    article = read(f"<p>{FIRST}</p><h3>मंत्री की टिप्पणी पर विवाद</h3>{paragraphs(SECOND, THIRD)}")

    assert texts(article) == [FIRST, "मंत्री की टिप्पणी पर विवाद", SECOND, THIRD]


def test_a_class_that_mentions_comments_around_the_whole_report_loses_nothing() -> None:
    assert texts(read(f"<div class='post has-comments'>{paragraphs()}</div>")) == BODY


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


@pytest.mark.parametrize("row", ["पढ़ने का समय: 8 मिनट", "पढ़ने का समय 12 minutes", "Reading time: 4 min"])
def test_the_time_that_reading_takes_is_no_text(row: str) -> None:
    assert texts(read(f"<p>{row}</p>{paragraphs()}")) == BODY


def test_a_sentence_about_reading_stays() -> None:
    line = "पढ़ने का समय घटने से बच्चों की भाषा कमजोर हो रही है।"

    assert line in texts(read(between(f"<p>{line}</p>")))


OTHER = "पहाड़ी जिले में नई सुरंग से रेल सेवा शुरू"
TUNNEL = paragraphs(
    "सुरंग की लंबाई नौ किलोमीटर है और इसे बनाने में छह साल लगे।", "पहली गाड़ी में चार सौ यात्री बैठे और उन्होंने मिठाई बांटी।"
)


@pytest.mark.parametrize(
    "appended",
    [
        f"<hr><h2>{OTHER}</h2>{TUNNEL}",
        f"<h1>{OTHER}</h1>{TUNNEL}",
        f"<div class='story'><div><h1>{OTHER}</h1></div><div>{TUNNEL * 2}</div></div>",
        f"<article><h2>{OTHER}</h2>{TUNNEL}</article>",
        f"<div itemscope itemtype='https://schema.org/NewsArticle'><h2>{OTHER}</h2>{TUNNEL}</div>",
        f"<p>Next Story</p><h2>{OTHER}</h2>{TUNNEL}",
        f"<div>अगली खबर</div><h2>{OTHER}</h2>{TUNNEL}",
    ],
)
def test_the_next_article_is_no_part_of_the_report(appended: str) -> None:
    assert texts(read(paragraphs() + appended)) == BODY


@pytest.mark.parametrize(
    "subhead",
    [
        "<hr><h2>आगे क्या होगा</h2>",
        "<h2>पहाड़ी जिले में नई सुरंग से रेल सेवा शुरू</h2>",
        "<h1>वरुणपुर में आंधी के बाद बिजली के खंभे कब लगेंगे</h1>",
        "<hr><h2>अस्पतालों को जनरेटर से बिजली मिली और मरम्मत चलती रही</h2>",
    ],
)
def test_a_subhead_of_the_report_ends_nothing(subhead: str) -> None:
    assert texts(read(paragraphs(FIRST, SECOND) + subhead + paragraphs(THIRD)))[-1] == THIRD


def test_articles_in_a_row_are_items_of_the_report() -> None:
    items = "".join(f"<article><h2>{number}. {OTHER}</h2>{TUNNEL}</article>" for number in (1, 2))

    assert len(texts(read(paragraphs() + items))) > 6


def test_a_label_of_the_next_article_without_a_heading_ends_nothing() -> None:
    assert texts(read(between("<p>अगली खबर</p>"))) == BODY


@pytest.mark.parametrize(
    "card",
    [
        f"<div><img src='/tunnel.jpg'><h3><a href='/9'>{OTHER}</a></h3><p>सुरंग की लंबाई नौ किलोमीटर है।</p></div>",
        f"<section><h4><a href='/9'>{OTHER}</a></h4><p>सुरंग नौ किलोमीटर लंबी है।</p><span>2 घंटे पहले</span></section>",
        f"<div><a href='/9'><h3>{OTHER}</h3></a><p>सुरंग नौ किलोमीटर लंबी है।</p></div>",
        f"<div><div><h4><a href='/9'>{OTHER}</a></h4></div><div><p>सुरंग नौ किलोमीटर लंबी है।</p></div></div>",
        f"<div><a href='/9'><img src='/o.jpg'></a><div><h5><a href='/9'><span>{OTHER}</span></a></h5></div></div>",
    ],
)
def test_a_card_of_another_article_is_related(card: str) -> None:
    article = read(between(card))

    assert texts(article) == BODY
    assert [link.title for link in article.related] == [OTHER]
    assert article.images == []


@pytest.mark.parametrize(
    "body",
    [
        "<div><h3><a href='/topic/relief'>राहत</a> का काम तेज हुआ</h3><p>{0}</p></div><p>{1}</p>",
        "<div><div><h3><a href='/9'>{2}</a></h3></div><p>{0}</p><p>{1}</p></div>",
        "<section><p>{0}</p><div><h3><a href='/9'>{2}</a></h3></div></section><p>{1}</p>",
    ],
)
def test_paragraphs_beside_a_linked_heading_stay(body: str) -> None:
    article = read(f"<p>{FIRST}</p>{body.format(SECOND, THIRD, OTHER)}")

    assert [text for text in texts(article) if text in BODY] == BODY


def test_a_subhead_with_a_link_to_its_own_place_stays() -> None:
    body = f"<p>{FIRST}</p><div><h3><a href='#relief'>राहत का काम</a></h3><p>{SECOND}</p></div><p>{THIRD}</p>"

    assert SECOND in texts(read(body))


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


def test_a_summary_that_a_machine_wrote_is_left_out() -> None:
    box = "<h3>एआई सारांश</h3><ul><li>दो सौ खंभे गिरे</li><li>आधे शहर में अंधेरा</li></ul>"

    assert texts(read(between(box))) == BODY


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


def test_comments_are_known_by_their_links_to_reply() -> None:
    thread = "".join(
        f"<div class='resp'><b>पाठक {number}</b><span>3 घंटे पहले</span><p>{READER}</p><a href='#'>जवाब दें</a></div>"
        for number in range(3)
    )

    assert texts(read(f"{paragraphs()}<div class='responses'>{thread}</div>")) == BODY


def test_a_reply_that_is_no_link_marks_comments_too() -> None:
    thread = "".join(f"<div><b>पाठक {n}</b><p>{READER}</p><span>Like</span><span>Reply</span></div>" for n in range(3))

    assert texts(read(f"{paragraphs()}<div>{thread}</div>")) == BODY


@pytest.mark.parametrize("subhead", ["प्रतिक्रियाएं क्या रहीं", "टिप्पणी से मचा बवाल", "4 लोगों की राय"])
def test_a_subhead_about_opinions_ends_no_report(subhead: str) -> None:
    assert texts(read(f"<p>{FIRST}</p><h3>{subhead}</h3>{paragraphs(SECOND, THIRD)}")) == [
        FIRST,
        subhead,
        SECOND,
        THIRD,
    ]


def test_one_link_to_reply_costs_no_report() -> None:
    assert texts(read(f"<div>{paragraphs()}<a href='#'>जवाब दें</a></div>"))[:3] == BODY


@pytest.mark.parametrize("line", ["Copyright @ 2024 खबर। सभी अधिकार सुरक्षित।", "कॉपीराइट © 2024 खबर मीडिया"])
def test_a_copyright_line_is_no_text(line: str) -> None:
    assert texts(read(f"{paragraphs()}<p>{line}</p>")) == BODY


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


def test_a_label_beside_the_paragraphs_takes_none_of_them() -> None:
    assert texts(read(between("<h3>पॉडकास्ट</h3>"))) == BODY
    longer = f"<div><h3>AI Summary</h3>{paragraphs(SECOND * 3, THIRD * 3)}</div>"
    assert texts(read(f"<div>{paragraphs(FIRST)}{longer}</div>")) == [FIRST, SECOND * 3, THIRD * 3]


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


def test_a_sentence_that_begins_as_the_label_of_such_a_box_stays() -> None:
    line = "लेखक के बारे में कम लोग जानते हैं और उनका घर भी उजड़ गया।"

    assert line in texts(read(f"{paragraphs()}<p>{line}</p>"))


@pytest.mark.parametrize("size", [1, 3, 4])
@pytest.mark.parametrize(
    "opening",
    ["सीता राव दस साल से पत्रकारिता कर रही हैं और तटीय जिलों पर लिखती हैं।", "Disclaimer: यह सामग्री पाठकों के लिए जुटाई गई है।"],
)
def test_junk_is_known_by_its_beginning_at_any_length(opening: str, size: int) -> None:
    line = f"<p>{opening[:-1]}, {READER * size}</p>"

    assert texts(read(between(line), head='<meta name="author" content="सीता राव">')) == BODY
