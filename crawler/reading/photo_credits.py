"""Find the credit or the mark of a photo at the end of a caption or a paragraph."""

import re
from functools import lru_cache

from crawler.text.any_of import any_of
from crawler.text.people import holds_ordinary_word, holds_person

_LONGEST_CAPTION = 250  # characters
_SOURCE_AND_CAPTION = re.compile(
    r"""
    (?:इमेज|तस्वीर)\ स्रोत,\ (?P<credit>.{1,80}?)\s+
    (?:इमेज|तस्वीर)\ कैप्शन,\ (?P<caption>.+)
    """,
    re.VERBOSE,
)
"""The credit and caption of BBC Hindi, which labels both for screen readers."""
_SOURCE = ("इमेज स्रोत", "तस्वीर स्रोत")
_PHOTO_WORD = r"photos?|images?|pics?|picture|फ\u093c?ोटो|तस्वीर|इमेज|चित्र"
_PHOTO_KIND = r"file|फ\u093c?ाइल|सांकेतिक|प्रतीकात्मक|काल्पनिक|representative"
_COURTESY = r"credits?|courtesy|source|क्रेडिट|सौजन्य(?:\sसे)?|साभार|स्रोत|सोर्स"
_PHOTO_CREDIT = re.compile(
    rf"""
      [(\[](?P<whole>[A-Z]{{2,12}}\s(?:file\s)?(?:photo|image)s?\s?/\s?[^()\[\]]{{2,40}})[)\]][\s.।]*$  # (AP Photo/Rao)
    | [\s(\[|:/-]?(?:(?:{_PHOTO_KIND})\s?)?(?:{_PHOTO_WORD}|photo\s?by)(?:\s?(?:{_COURTESY})){{0,2}}
      \s?[:：/–—-]{{1,5}}\s?(?P<credit>[^()\[\]:]{{2,60}}?)\s?[)\]]?[\s.।]{{0,3}}$                        # फोटो: एपी
    | [(\[]\s?(?:(?:(?:{_PHOTO_KIND})\s?)?(?:photo|फ\u093c?ोटो|तस्वीर|चित्र)|फ\u093c?ाइल)\s?[)\]][\s.।]*$    # (फाइल फोटो)
    | (?:^|[\s|/-])(?:तस्वीर|फोटो|इमेज)\s?(?:साभार|स्रोत|सौजन्य)\s?[,:：-]?\s?(?P<source>.{{2,60}})$
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A credit of a picture at the end of a line, whose white space is single spaces."""
_PHOTO_MARK = re.compile(
    rf"""
    \s?[(\[]\s?
    (?: (?:(?:{_PHOTO_KIND})\s?)?(?:{_PHOTO_WORD})(?:\s?(?:{_COURTESY}))?(?:\s?[:：/–—-]\s?[^()\[\]]{{2,60}})?
      | फ\u093c?ाइल )
    \s?[)\]][\s.।]*$
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""The mark of a photo at the end of a paragraph that was a caption before: `(फाइल फोटो)`, `(फोटो: एपी)`."""
_CLAUSE = re.compile(
    r"""
    (?<=\S\s)                                          # not a name that opens the credit: गया प्रसाद
    (?: (?:ने|में|को|है|हैं|नहीं|था|थी|थे|हुआ|हुई|हुए|रहा|रही|रहे|होगा|होगी|होंगे|गया|गई|गए|किया|किए|\S{1,12}(?:ेगा|ेगी|ेंगे|ेंगी))
          (?=[\s।!?]|$)
      | (?:की|दी|ली|लिया|दिया|दिए|दिखा|दिखी|दिखे|मिला|मिली|मिले|जला|जली|जले|गिरा|गिरी|गिरे|मरे|बचे|लौटे)[\s।!?]*$ )
    """,
    re.VERBOSE,
)
"""A verb or a noun with its case behind the word for a photo: the line goes on, and names nobody."""
_OF = (" की", " का")
"""Before the word for a photo, these make it a figure of speech: `देश की तस्वीर: आधे घर कच्चे`."""
_LONGEST_NAME = 2
"""Words in the longest name of an outlet that may hold an ordinary word."""
_LONGEST_MARK = 90
_HINT = any_of(("photo", "image", "pic", "ोटो", "तस्वीर", "इमेज", "चित्र", "ाइल"))
_ENGLISH_HINT = re.compile("[pPgG]")
"""Letters of which each English word among these has one; few Hindi lines have any, and need small letters."""


@lru_cache(maxsize=256)  # a caption is read as a line, as the caption of its picture and as a gallery's
def photo_credit(text: str) -> tuple[str, str | None] | None:
    """Return a caption without its photo credit, and the credit; return None if the caption has no photo credit.

    The credit is None if it names nobody: `(फाइल फोटो)`.

    >>> photo_credit("काठमांडू में राहत का काम (Photo: AP)")
    ('काठमांडू में राहत का काम', 'AP')
    """
    if text.startswith(_SOURCE) and (labelled := _SOURCE_AND_CAPTION.match(text)):
        return labelled["caption"], labelled["credit"]
    if len(text) >= _LONGEST_CAPTION or not _mentions_photo(text):
        return None
    found = _PHOTO_CREDIT.search(text)
    if found is None:
        return None
    credit = found["whole"] or found["credit"] or found["source"]
    caption = text[: found.start()]
    if credit and (_CLAUSE.search(credit) or (caption.endswith(_OF) and _is_phrase(credit))):
        return None
    return caption.strip(" (-–—|:/[©"), credit.strip() if credit else None


def _is_phrase(credit: str) -> bool:
    """Return whether words are no name of a person, an agency or an outlet: `आधे घर कच्चे`, not `सोशल मीडिया`."""
    return len(credit.split()) > _LONGEST_NAME and holds_ordinary_word(credit) and not holds_person(credit)


def without_photo_mark(text: str) -> str:
    """Return a paragraph without the mark of a photo at its end.

    >>> without_photo_mark("पुल रात भर बंद रहा। (फाइल फोटो)")
    'पुल रात भर बंद रहा।'
    """
    start = max(0, len(text) - _LONGEST_MARK)
    if not (")" in text[-3:] or "]" in text[-3:]) or not _mentions_photo(text):
        return text
    found = _PHOTO_MARK.search(text, start)
    return text[: found.start()] if found else text


def _mentions_photo(text: str) -> bool:
    """Return whether the end of a line holds a word for a photo; this takes a tenth of the time of the patterns."""
    end = text[-_LONGEST_MARK:]
    return _HINT.search(end.lower() if _ENGLISH_HINT.search(end) else end) is not None
