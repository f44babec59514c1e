"""Recognise the words of a page, a banner or a box that asks for consent to cookies."""

import re

_TITLE = re.compile(
    r"""
    before\ you\ continue|we\ value\ your\ privacy
    |cookie\s+(?:consent|settings|preferences)|manage\s+consent|accept\s+(?:all\s+)?cookies
    |कुकीज?\s+(?:की\ सहमति|सेटिंग|नीति)
    |आपकी\ (?:निजता|गोपनीयता)                           # a report writes of others' privacy
    |कुकीज?\ का\ (?:इस्तेमाल|उपयोग)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WALL = re.compile(
    r"""
    ^(?:
        before\ you\ continue(?:\ to\ \S+)?|we\ (?:value\ your\ privacy|use\ cookies)
        |your\ privacy\ (?:choices|matters)(?:\ to\ us)?(?::\ (?:manage|choose|accept)\ .{1,30})?
        |(?:your\ )?(?:cookies?|privacy)\s+(?:consent|settings|preferences)|cookies?\s+policy
        |manage\s+(?:consent|cookies)|accept\s+(?:all\s+)?cookies
        |कुकी(?:ज\u093c?)?\s(?:की\ सहमति|सेटिंग\S?|नीति)
        |(?:हम\ )?आपकी\ (?:निजता|गोपनीयता)
            (?:\ सेटिंग\S?|,\ आपका\ \S+
                |\ (?:का\ सम्मान|की\ (?:परवाह|कद्र))(?:\ कर(?:ते|ती|ता)\ हैं?)?|\ को\ महत्व(?:\ दे(?:ते|ती|ता)\ हैं?)?
                |(?:\ हमारे\ लिए)?(?:\ (?:बहुत|बेहद))?\ (?:अहम|महत्वपूर्ण|जरूरी|मायने\ रखती)(?:\ है)?
                |\ हमारी\ (?:प्राथमिकता|जिम्मेदारी|चिंता)(?:\ है)?)?
        |(?:(?:हम|हमारी|यह|ये)\ (?:\S{1,12}\ ){0,3})?कुकी(?:ज\u093c?)?\ का\ (?:इस्तेमाल|उपयोग|प्रयोग)
            (?:\ कर(?:ते|ती|ता)\ हैं?)?
    )
    [\s.!।]{0,3}(?:\s?[|–—-]\s.{1,40})?$                   # the outlet's name may follow
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""A whole title; a report has more words: `कुकी नीति पर कंपनी को नोटिस`."""
_COOKIES = re.compile(
    r"""
    cookies?(?![a-z])
    |कुकी(?:ज\u093c?)?(?![\u0900-\u0963])       # कुकी, कुकीज, कुकीज़: not कुकीघाट
    |consent
    |गोपनीयता|निजता                             # privacy
    """,
    re.VERBOSE | re.IGNORECASE,
)
_COOKIE_WORDS = ("cookie", "कुकी", "consent", "गोपनीयता", "निजता")
"""Each match of `_COOKIES` contains one of these; searching for them takes a tenth of its time."""
_ADDRESSES = re.compile(
    r"""
    (?<![\u0900-\u0963])(?:हम|हमारी|हमारे|आप|आपका|आपकी|आपके|आपको|वेबसाइट)(?![\u0900-\u0963])
    |(?<![a-z])(?:we|our|you|your|site|website)(?![a-z])
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Who speaks and to whom: a report about consent to cookies writes of others."""
_AGREE = re.compile(
    r"""
    accept|agree|consent|continu|preferences|settings|we\ use|our\ use
    |सहमत|स्वीकार|अनुमति|सेटिंग
    |(?:इस्तेमाल|उपयोग|प्रयोग)\ कर(?:ते|ती|ता)             # the site uses cookies
    """,
    re.VERBOSE | re.IGNORECASE,
)


def is_consent_title(title: str) -> bool:
    """Return whether a title is that of a wall of consent: `आपकी निजता हमारे लिए अहम है`."""
    return _WALL.search(title) is not None


def mentions_consent(text: str) -> bool:
    """Return whether the text of a small page holds words of a wall of consent."""
    return _TITLE.search(text) is not None


def names_cookies(text: str) -> bool:
    """Return whether a text names cookies, consent or privacy."""
    small = text.lower() if "c" in text or "C" in text else text  # without the letter there is no English word of them
    return any(map(small.__contains__, _COOKIE_WORDS)) and _COOKIES.search(text) is not None


def asks_for_consent(text: str) -> bool:
    """Return whether a paragraph asks its reader for consent to cookies."""
    return names_cookies(text) and all(pattern.search(text) for pattern in (_AGREE, _ADDRESSES))
