"""Recognise notices about the article itself: whose rights it is under, where it was printed before."""

import re

from crawler.text.credit.disclaimer import read_disclaimer

_HINT = re.compile(
    r"""
      © | opyright | OPYRIGHT | ights | IGHTS | c\) | C\) | ॉपीराइट | धिकार\s                # rights; not अधिकारी
    | अनुमति | eproduc | ermission | rohibited
    | ड[िी]केट | yndicat | ublished | ppeared | शित | छप | भ(?<=साभ)ार | ommons | ॉमन्स   # earlier print
    """,
    re.VERBOSE,
)
"""Each notice holds one of these parts of words, which begin with letters that are rare: a search stops at few."""
_RIGHTS = re.compile(
    r"""
      ^\W*[©]                                                      # © 2024 खबर
    | ^\W*(?:copyrights?|कॉपीराइट)\s*(?:[©@:]|\(c\)|(?:19|20)\d\d)   # Copyright@2024; not: Copyright कानून पर …
    | ^\W*\(c\)\s*(?:19|20)\d\d                                      # (c) 2024
    | ^\W*(?:सर्वाधिकार|सभी\s+अधिकार)\s+(?:©|सुरक्षित(?!\s+(?:रख|रह|कर|हो|नहीं)))  # first; not: रखे जाएंगे
    | (?<!\sके\s)(?<!\sकी\s)(?:सर्वाधिकार|सभी\s+अधिकार)\s+सुरक्षित(?:\s+है[ं]?)?\W*$   # at its end; not: उनके सभी …
    | all\s+rights\s+reserved
    | ^\W*(?:इस|हमारी)\s(?:सामग्री|लेख|खबर|वेबसाइट|साइट|पोर्टल)\s[^।]{0,60}
        (?:सर्वाधिकार|सभी\s+अधिकार)\s[^।]{0,60}(?:सुरक्षित|के\s+पास)(?:\s+है[ं]?)?\W*$
    | ^\W*(?:बिना\s+(?:(?:लिखित|पूर्व)\s+){0,2}अनुमति|(?:(?:लिखित|पूर्व)\s+){0,2}अनुमति\s+के\s+बिना)\s+(?:के\s+)?
        (?:(?:इस|किसी\s+भी)\s+(?:सामग्री|लेख|खबर|आलेख|कंटेंट)\s[^।]{0,80}|पुनर्प्रकाशन\s)
        (?:वर्जित|प्रतिबंधित|निषिद्ध|मना|दंडनीय|गैरकानूनी|जा\s+सकता)(?:\s+है)?\W*$      # no reprint without permission
    | ^\W*un-?authori[sz]ed\s(?:re)?(?:production|publication|printing)\s.{0,80}prohibited
    | ^\W*(?:no\s+part\s+of\s+this|reproduction|republication)\s.{0,80}(?:prohibited|without\s.{0,30}permission)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PIECE = r"(?:लेख|आलेख|आर्टिकल|स्टोरी|खबर|विश्लेषण|article|story|piece|essay)"  # रिपोर्ट may be that of a ministry
_NAME = r"[^\s।,\d]+(?:\s[^\s।,\d]+){0,4}"  # no year: यह लेख पहली बार 1962 में छपा था
_PRINTED = r"(?:प्रकाशित|छपा|छपी)(?:\s(?:हुआ|हुई|किया\sगया|की\sगई|हो\sचुका|हो\sचुकी))?(?:\s(?:था|थी|है))?"
_EARLIER_PRINT = re.compile(
    rf"""
      ^\W*(?:यह|ये|इस)\s(?:पूरा\s|पूरी\s)?{_PIECE}\s
      (?:
          [^।]{{0,80}}(?:सिंड[िी]केट|पुनर्प्रकाशित|क्रिएटिव\sकॉमन्स|से\sसाभार)
        | (?:मूल\sरूप\sसे|मूलत[:ः]|सबसे\sपहले|पहली\sबार|पहले)\s(?!(?:\S+\s)?अखबार){_NAME}\s(?:पर|में)\s{_PRINTED}\W*$
      )
    | ^\W*this\s{_PIECE}\s(?:is|was|has\sbeen|first|originally)\s.{{0,60}}?
        (?:republished|syndicated|creative\scommons|(?:first|originally)\s(?:published|appeared))
    | ^\W*मूल\s{_PIECE}\s(?:(?:अंग्रेजी\sमें|यहां)\s){{0,2}}पढ\u093c?(?:ें|िए)\W*$
    | ^\W*this\s{_PIECE}\s(?:first|originally)\s(?:published|appeared)
    | ^[(\[]\s*{_NAME}\sसिंड[िी]केट(?:ेड)?\s*[)\]]$                    # (प्रोजेक्ट सिंडिकेट)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BLOCKER = re.compile(
    r"""
    (?:ऐड|एड|विज्ञापन|\bad)[\s-]?(?:ब्लॉकर|blocker)
    .{0,60}(?:
        (?:बंद|ऑफ|निष्क्रिय)\s+कर(?:ें|िए|के|\s+(?:दें|दीजिए))(?![\u0900-\u0963])      # turn it off
      | हटा(?:एं|इए|\s+दें)(?![\u0900-\u0963])
    )
    |(?:disable|turn\ off|pause|whitelist).{0,60}\bad[\s-]?blocker
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LAST_BRACKET = re.compile(r"[(\[][^()\[\]]{20,250}[)\]]$")
_CLOSING = " )]'\"’”"
_LONGEST = 250


def may_be_notice(text: str) -> bool:
    """Return whether a text holds a word of a notice, as few do; this takes a tenth of the time of the patterns."""
    return _HINT.search(text) is not None


def is_notice(text: str) -> bool:
    """Return whether a line only says whose rights the article is under, or where it was printed before.

    One that names an agency is a credit and no notice.

    >>> is_notice("यह लेख मूल रूप से सागर टाइम्स में प्रकाशित हुआ था।")
    True
    """
    if len(text) > _LONGEST or not may_be_notice(text):
        return False
    sentences = [each for each in text.split("।") if each.strip(_CLOSING)]
    return all(_RIGHTS.search(each) or _EARLIER_PRINT.search(each) for each in sentences) and not read_disclaimer(text)


def states_rights(text: str) -> bool:
    """Return whether a line says whose rights the text around it is under: `© 2024 खबर`."""
    return may_be_notice(text) and _RIGHTS.search(text[:_LONGEST]) is not None


def asks_for_advertisements(text: str) -> bool:
    """Return whether a line asks its reader to turn off an ad blocker."""
    return len(text) <= _LONGEST and ("ब्लॉकर" in text or "locker" in text) and _BLOCKER.search(text) is not None


def without_notice(text: str) -> str:
    """Return a paragraph without the notice in brackets at its end."""
    if not text.endswith((")", "]")):
        return text
    bracket = _LAST_BRACKET.search(text, max(0, len(text) - _LONGEST))
    return text[: bracket.start()].rstrip() if bracket and is_notice(bracket.group()) else text
