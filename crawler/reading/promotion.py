"""Remove promotional sentences from a paragraph, and keep its other sentences."""

import re
from collections.abc import Iterator
from functools import lru_cache

from crawler.reading.junk import fold_phrase, junk
from crawler.text.any_of import any_of

HINTS = (
    "क्लिक", "ॉलो", "डाउनलोड", "ब्सक्राइब", "लाइक", "र पढ", "ले पढ", "पढ\u093cना जारी", "चैनल", "ोटिफिकेशन", "ताज", "ऐड ब",
    "शायद", "ऐप से", "सोर्स", "स्रोत", "ource", "oogle", "उजाला एप", "गूगल न्यूज",
    "पसंद आ", "कैसी लग", "कैसा लग", "कमेंट", "कॉमेंट", "न्यूज\u093cल", "न्यूजल", "र प्राथमिक",
    "ुड\u093cे रह", "बने रह", "ढ\u093cते रह", "अपडेट", "र खबर से",
    "र ख\u093cबर से", "ead ", "ollow", "lick", "ownload", "atest", "ATEST", "indi news", "in hindi",
    "in Hindi", "omments", "acebook", "हमसे जुड", "साथ जुड", "ुप से जुड", "oin", "OIN",
)  # fmt: skip
"""Every promotion contains one of these; searching for them takes a tenth of the time to fold a paragraph."""
_HINT = any_of(HINTS)
_CALL_TO_PREFER = re.compile(
    r"""
      ^(?:add|prefer|make|set|choose|follow)\s.{1,60}\son\sgoogle$
    | ^(?:add|make|set|choose)\s.{0,60}(?:trusted|preferred)\ssource
    | (?:पसंदीदा|प्राथमिक|प्रेफर्ड|ट्रस्टेड|trusted|preferred)\s(?:\S{1,12}\s)?(?:स्रोत|सोर्स|source)
        \s.{0,40}(?:जोडें|जोडिए|बनाएं|बनाइए|चुनें|चुनिए|करें)$  # an imperative; a report says that a feature was launched
    """,
    re.VERBOSE,
)
"""Folded sentences that ask readers to prefer the outlet in a search engine."""
_PIECE = r"(?:खबर|न्यूज|लेख|आर्टिकल|स्टोरी|रिपोर्ट|पोस्ट|वीडियो|जानकारी|प्रस्तुति|कहानी)"
_CALL = re.compile(
    rf"""
      (?:^|\s)हमें\s.{{0,80}}(?:फॉलो|फोलो|लाइक|सब्सक्राइब)\s(?:भी\s)?(?:करें|करिए|कीजिए|कर\sसकते\sहैं)(?:\s[a-z@].{{0,40}})?$
    | ^(?:नोट\s)?(?:(?:यह|ये|इस)\s)?(?:खबर|न्यूज|स्टोरी|पेज)\s(?:(?:को|में|लगातार)\s){{0,2}}अपडेट\s
        (?:हो\sर|जारी|की\sजा\sर|किया\sजा\sर|किए\sजा\sर)\S{{0,3}}(?:\sहै[ं]?)?$                        # more is to come
    | ^.{{0,40}}(?:google|गूगल)\s(?:news|न्यूज)\sपर\s(?:हमें\s|(?:\S{{1,20}}\s){{1,3}}को\s)?(?:फॉलो|फोलो)\s(?:करें|करिए|कीजिए)
    | ^(?:join|follow)\s(?:us\s|our\s){{0,2}}(?:on\s)?(?:whatsapp|telegram|google\snews)
        (?:\s(?:group|channel))?(?:\snow)?$
    | ^(?:whatsapp|telegram)\s(?:group|channel)\s(?:join|follow)(?:\snow)?$
    | ^(?:हमारे\s|हमारा\s)?(?:whatsapp|telegram|youtube|व्हाट्स[एऐ]प|वॉट्स[एऐ]प|टेलीग्राम|यूट्यूब)
        \s(?:ग्रुप|चैनल|group|channel)\s(?:(?:से|को|पर|में)\s)?(?:अभी\s)?(?:जुडें|जुडिए|(?:फॉलो|जॉइन|ज्वाइन|join|follow)\s(?:करें|कीजिए))$
    | ^.{{1,40}}\sको\s(?:google|गूगल)\s(?:(?:search|सर्च|news|न्यूज)\s)?(?:पर|में)\sप्राथमिकता\s(?:दें|दीजिए)$
    | ^.{{0,80}}(?:खबर|न्यूज|news|समाचार|अपडेट|जानकारी).{{0,40}}\sके\sलिए\s                  # ताजा खबरों के लिए
        (?:हमसे\s|.{{1,40}}\s(?:के\s)?(?:साथ|से|पर)\s)?(?:जुडे|बने|पढते|देखते)\sरह(?:ें|िए)(?:\s.{{1,40}})?$   # हमारे साथ बने रहें
    | ^(?:और\s)?(?:(?:अगर|यदि)\sआपको\s|आपको\s|क्या\sआपको\s)?(?:यह|ये|हमारी|हमारा)\s(?:यह\s|ये\s)?{_PIECE}
        \s(?:कैसी|कैसा|पसंद\sआ|अच्छी\sलगी|अच्छा\sलगा)(?![^।]{{0,60}}\sनहीं)                 # your opinion
    | ^.{{0,60}}(?:कमेंट|कॉमेंट)\s(?:(?:में|बॉक्स|सेक्शन|कर|करके)\s){{0,3}}(?:हमें\s)?(?:जरूर\s)?(?:बताएं|बताइए|लिखें)$
    | (?:हमारे|हमारा)\s.{{0,20}}न्यूजलेटर\s(?:को\s|के\sलिए\s)?(?:सब्सक्राइब|साइन\sअप)\s(?:करें|कीजिए)$
    | ^(?:सब्सक्राइब|साइन\sअप)\sकरें\s(?:हमारे|हमारा)\s
    | ^.{{1,60}}\sपर\s(?:भी\s)?(?:हमसे|हमारे\sसाथ)\s(?:भी\s)?जुड(?:ें|िए)$                      # टेलीग्राम पर हमसे जुड़ें
    | ^(?:अभी\s)?डाउनलोड\sकरें\s.{{1,30}}\s(?:ऐप|एप|app)(?:\s.{{1,60}})?$
    """,
    re.VERBOSE,
)
"""Folded sentences that ask readers to follow the outlet, to come back, or what they think of the article."""
_REPORTED = re.compile(
    r"""
      (?:\s|(?:^|\s)(?:उन्हों|इन्हों|जिन्हों|उस|इस|जिस|मैं|सब|दोनों|किसी))ने\s    # the minister, or he, said: follow us
        (?:.{0,60}\s)?(?:कहा|बताया|लिखा|अपील|आग्रह|अनुरोध|सलाह)(?:\s|$)
    | (?:कहा|बताया|लिखा|अपील\sकी|सलाह\sदी|आग्रह\sकिया)\s(?:है\s|था\s)?कि\s
    | (?:अपील|सलाह|निर्देश|आदेश|चेतावनी)\s(?:है|थी|दी|की|दिया|जारी)\s(?:\S{1,8}\s){0,3}कि\s
    """,
    re.VERBOSE,
)
"""Folded sentences in which a person of the report says something, to whomever."""
_TELLS = re.compile(
    r"""
    (?: ^|\s )
    (?: था|थी|थे|हुआ|हुई|हुए|गया|गई|गए|दिया|दी|दिए|किया|की|किए
      | (?: हुआ|हुई|हुए|गया|गई|गए|दिया|दी|दिए|किया|की|किए|रहा|रही|रहे|चुका|चुकी|चुके|बढा|बढी|बढे
          | \S{1,12}त[ाीे] ) \s (?:है|हैं|था|थी|थे) )                                  # पड़ता है, सुनते थे
    $
    """,
    re.VERBOSE,
)
"""A folded sentence that ends in a verb of the past or of a habit: it calls nobody."""
_CAN = ("सकते हैं", "सकती हैं", "सकते है", "सकता है")
"""What ends an offer to readers: `आप ऐप डाउनलोड कर सकते हैं`."""
_TO_READERS = re.compile(r"(?:^|\s)(?:हम|हमारे|हमारी|हमारा|हमें|हमसे|आप|आपको|आपके|आपकी|आपका|आपने)(?:\s|$)")
_SENTENCE_END = re.compile(
    r"""
    (?: [।!?…]+ | (?<!\.)\.++(?=\s|$) )     # a full stop needs a space after it: 3.5, डॉ.शर्मा
    ['"’”)\]]* \s*                          # closing quotes and brackets belong to the sentence
    """,
    re.VERBOSE,
)
_LAST_BRACKET = re.compile(r"[(\[][^()\[\]]{1,200}[)\]]\W{0,9}$")
_LONGEST = 250
_LONGEST_LINKED = 400
"""Characters of the longest sentence that may be a promotion, without and with a link in it."""
_LONGEST_LABEL = 60
_MOST_OF_JUNK = 2
"""Sentences of a promotional line at most: turn off your ad blocker; then reload the page."""


def without_promotion(text: str, *, is_linked: bool = False) -> str:
    """Return a paragraph without the sentences that promote the outlet; `is_linked`: it contains a link.

    >>> without_promotion("पुल खुल गया है। पूरी खबर पढ़ने के लिए यहां क्लिक करें...")
    'पुल खुल गया है।'
    """
    if not _HINT.search(text):
        return text
    longest = _LONGEST_LINKED if is_linked else _LONGEST
    pieces = list(_sentences(text))
    kept = [
        piece
        for piece, is_quoted in zip(pieces, _in_quotes(pieces), strict=True)
        if is_quoted or len(piece) > longest or not _promotes(piece)
    ]
    return text if len(kept) == len(pieces) else "".join(kept).strip()


def _in_quotes(pieces: list[str]) -> Iterator[bool]:
    """Yield whether each sentence begins within the quotation of an earlier one."""
    is_open = 0
    for piece in pieces:
        yield is_open > 0
        is_open = max(0, is_open + piece.count("“") - piece.count("”"))


def has_sentences_behind(text: str) -> bool:
    """Return whether a line has more than two sentences and no label before them, so that it is not junk."""
    pieces = list(_sentences(text))
    return len(pieces) > _MOST_OF_JUNK and not any(mark in pieces[0][:_LONGEST_LABEL] for mark in ":：–—")


def begins_no_label(text: str) -> bool:
    """Return whether no mark divides the first words of a line from the others, as in `डिस्क्लेमर: …`."""
    return not any(mark in text[:_LONGEST_LABEL] for mark in ":：–—-,|")


@lru_cache(maxsize=1)
def _phrase() -> re.Pattern[str]:
    return any_of(junk().promo)


def _promotes(text: str) -> bool:
    plain = fold_phrase(text)
    phrases = junk()
    if plain.startswith(phrases.start):
        return not (begins_no_label(text) and tells(plain))
    if _CALL_TO_PREFER.search(plain):
        return True
    if _REPORTED.search(plain):
        return False
    return _CALL.search(plain) is not None or (_phrase().search(plain) is not None and not tells(plain))


def tells(plain: str) -> bool:
    """Return whether a folded sentence tells what happened: `यूक्रेन ने एक टेलीग्राम चैनल को ब्लॉक कर दिया`."""
    return _TELLS.search(plain) is not None and not plain.endswith(_CAN) and _TO_READERS.search(plain) is None


def _sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a paragraph, each with the spaces after it; brackets at its end are a sentence too."""
    bracket = _LAST_BRACKET.search(text, max(0, len(text) - _LONGEST))
    last = bracket.start() if bracket else len(text)
    begin = 0
    for end in _SENTENCE_END.finditer(text, 0, last):
        yield text[begin : end.end()]
        begin = end.end()
    if begin < last:
        yield text[begin:last]
    if last < len(text):
        yield text[last:]
