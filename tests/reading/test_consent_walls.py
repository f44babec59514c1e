"""A page that only asks for consent holds no article; a banner beside a report refuses nothing."""

import pytest

from tests.reading.markup import (
    BODY,
    FIRST,
    HEADLINE,
    SECOND,
    THIRD,
    WEB_PAGE,
    between,
    json_ld,
    page,
    paragraphs,
    read,
    reason,
    texts,
)

COOKIES = (
    "हम और हमारे सहयोगी आपके अनुभव को बेहतर बनाने के लिए कुकीज़ का इस्तेमाल करते हैं। आगे बढ़कर  आप हमारी गोपनीयता नीति से सहमत होते हैं।",
    "We use cookies to improve your experience. By continuing to browse you "
    "agree to our use of cookies and privacy policy.",
)


def test_one_line_without_an_article_in_json_ld_is_none() -> None:
    line = "बारिश के बाद शहर की तस्वीरें और वीडियो यहां देखें, अपनी राय भेजें।"

    assert reason(page(paragraphs(line), head=WEB_PAGE)) == "no-body"
    assert read(page(paragraphs(line), head=json_ld())).headline == HEADLINE


@pytest.mark.parametrize("head", ["", json_ld()])
@pytest.mark.parametrize("text", COOKIES)
def test_a_cookie_banner_is_no_body(text: str, head: str) -> None:
    assert reason(page(paragraphs(text, text.replace("अनुभव", "पाठन")), head=head)) == "consent-wall"


BANNERS = (
    *COOKIES,
    "इस वेबसाइट पर हम और हमारे 312 साझेदार जानकारी संग्रहित करते हैं। आप अपनी कुकी सेटिंग कभी भी बदल सकते हैं।",
    "We and our partners store information on a device, such as cookies, and process it with your consent.",
    "आपकी निजता हमारे लिए महत्वपूर्ण है। जारी रखने के लिए हमारी गोपनीयता नीति को स्वीकार करें।",
)


@pytest.mark.parametrize("banner", BANNERS)
def test_a_banner_beside_a_report_refuses_nothing(banner: str) -> None:
    assert reason(page(paragraphs(banner))) == "consent-wall"
    assert texts(read(page(f"<div class='cookie-banner'><p>{banner}</p></div>{paragraphs()}"))) == BODY
    assert texts(read(page(between(f"<div id='cookieConsent'><p>{banner}</p></div>")))) == BODY
    assert reason(page(f"<div class='cookie-banner'><p>{banner}</p></div>")) == "consent-wall"


def test_a_report_under_a_class_that_speaks_of_cookies_stays() -> None:
    assert texts(read(page(f"<div class='cookies-off story cookie-policy-seen'>{paragraphs()}</div>"))) == BODY


@pytest.mark.parametrize(
    "text",
    [
        "अदालत ने कहा कि कंपनी को ग्राहकों की सहमति लेनी होगी और उनकी निजता का सम्मान करना होगा, वरना जुर्माना लगेगा।",
        "सरकार ने गोपनीयता कानून का मसौदा जारी किया और कंपनियां अब बिना अनुमति लोगों का डेटा नहीं ले सकेंगी।",
        "मंत्री ने सदन में कहा कि निजता के अधिकार पर समिति की सिफारिशें स्वीकार कर ली गई हैं, कानून जल्द आएगा।",
    ],
)
def test_a_report_about_privacy_asks_for_no_consent(text: str) -> None:
    assert read(page(paragraphs(text, SECOND))).kind == "report"
    assert read(page(paragraphs(text))).kind == "report"


def test_a_report_about_cookies_is_an_article() -> None:
    sentence = "यूरोप की अदालत ने कहा कि कंपनी बिना सहमति कुकीज़ का इस्तेमाल करती है और उसे जुर्माना देना होगा।"

    assert read(page(paragraphs(sentence, FIRST, SECOND, THIRD))).kind == "report"
