"""Parse the sign-off at the end of one line, such as `… चाहता है। (एपी)`, in all the forms that newsrooms print."""

import re

from crawler.text.agencies import Agency, find_agency, is_trap
from crawler.text.credit.disclaimer import read_disclaimer
from crawler.text.credit.input import read_input
from crawler.text.credit.named import DASHES, PARTS, REACH, SignOff, agencies_of, closing_bracket
from crawler.text.credit.signature import read_desk, read_editors, read_people
from crawler.text.desks import is_desk
from crawler.text.fold import fold
from crawler.text.places import look_up_exactly

_DESK_LINE = re.compile(
    r"""
    \s* [\u0900-\u0963]{1,6} \.?          # initials of a sub-editor, written out in Hindi: एसबी
    (?:/[\u0900-\u0963]{1,6} \.?){1,3}    # those of the others: एसबी/आरके, as DW signs
    """,
    re.VERBOSE,
)
_SENTENCE_ENDS = "।?!|.…\"”’'»):*–—-"
_LAST_WORDS = frozenset(fold("है हैं था थे थी गया गई गए हो की दी दिया किया रहा रहे रही सके गी गे गा होगा").split())
"""Words that end a sentence, also if its danda is missing."""
_FUTURE = tuple(fold("ेगा ेगी ेंगे ोगा ोगी ोंगे ाएगा ाएगी ाएंगे").split())
"""Endings of a verb in the future tense, which ends a sentence too: होगी, आएंगे."""
_LONGEST_WORD = 40  # characters
_SENTENCE_MARKS = '।?!|"”’…»'
_FULL_STOP = re.compile(
    r"""
    \.                                   # first, as a search for one sign is quick
    (?<!डॉ\.) (?<!प्रो\.) (?<!श्री\.)       # not that of a title: डॉ. शर्मा
    (?=\s | [\u0900-\u0963]{3})          # a space may be missing after it, but not inside initials: एस.के.
    """,
    re.VERBOSE,
)
_LONGEST_FRAGMENT = 8  # words
_BEFORE_BRACKET = " \u00a0-–—"
_PICTURE = re.compile(r"फोटो|फ़ोटो|तस्वीर|चित्र|इमेज|वीडियो|photo|image|picture|video|getty|गेटी", re.IGNORECASE)


def read_sign_off(line: str) -> SignOff | None:
    """Return the sign-off at the end of a line, or None; the first of `_FORMS` that matches wins."""
    return next((found for form in _FORMS if (found := form(line)) is not None), None)


def is_about_picture(words: str) -> bool:
    """Return whether words mention a picture or a video; a credit beside them is the picture's, not the report's."""
    return bool(_PICTURE.search(words))


def read_bracket(line: str) -> SignOff | None:
    """Return the agencies in the brackets that end a line, after a complete sentence: `… चाहता है। (एपी)`."""
    if line.rstrip(" ।.|")[-1:] not in (")", "]", "}"):
        return None
    found = closing_bracket(line)
    if found is None or _PICTURE.search(found[1]):
        return None
    before = line[: found.start()].rstrip()
    agencies = agencies_of(found[1]) or _beside(found[1])
    if agencies and _DESK_LINE.fullmatch(before):
        return SignOff(agencies=agencies, raw=line.strip(), start=0, rule="in brackets after the desk's initials")
    is_ended = not before or before[-1] in _SENTENCE_ENDS
    if not agencies or not (is_ended or _closes(before)):
        return None
    return SignOff(
        agencies=agencies,
        raw=found[0].strip(" \n।|"),
        start=len(before.rstrip(_BEFORE_BRACKET)),
        rule="in brackets after the last sentence",
        is_sure=is_ended or "।" not in found[0] or not _are_words_too(found[1]),
    )


def _beside(words: str) -> tuple[Agency, ...]:
    """Return the agencies in brackets that hold a desk or a city too: `(एजेंसी/हप्र)`, `(शिन्हुआ, पेइचिंग)`."""
    parts = [part.strip(DASHES) for part in PARTS.split(words)]
    agencies = [part for part in parts if not is_desk(part, bracketed=True) and not _is_city(part)]
    is_topic = any(map(is_trap, agencies)) and any(map(_is_city, parts))  # (वार्ता, जिनेवा) may be talks in Geneva
    return agencies_of("/".join(agencies)) if 0 < len(agencies) < len(parts) and not is_topic else ()


def _is_city(name: str) -> bool:
    named = look_up_exactly(name)
    return named is not None and not named.is_broad and find_agency(name) is None


def _closes(before: str) -> bool:
    last = fold(before[-_LONGEST_WORD:]).split()[-1:]
    return bool(last) and (last[0] in _LAST_WORDS or last[0].endswith(_FUTURE))


def _are_words_too(names: str) -> bool:
    """Return whether each name is also an ordinary word or a name of something else, as भाषा (language) is."""
    return all(is_trap(part.strip(DASHES)) for part in PARTS.split(names))


def _read_fragment(line: str) -> SignOff | None:
    """Return agencies after the last sentence or on a line of their own: `--आईएएनएस`, `। एएफपी शरद मनोहरमनोहर`."""
    ended = line.rstrip(" ।.|\u00a0")
    begin = max(len(ended) - REACH, max(map(ended.rfind, _SENTENCE_MARKS)) + 1)
    last = ended[begin:]
    stops = [stop.end() for stop in _FULL_STOP.finditer(last) if last[stop.end() :].strip(DASHES)]
    start = begin + (stops[-1] if stops and not find_agency(last.strip(DASHES)) else 0)
    fragment = ended[start:]
    words = fragment.strip(f"{DASHES}()[]")
    if not words or len(words.split()) > _LONGEST_FRAGMENT or _PICTURE.search(words):
        return None
    start += len(fragment) - len(fragment.lstrip())
    raw = line[start:].strip()
    has_danda = "।" in line[len(ended) :]
    if agencies := agencies_of(words):
        is_sure = start == 0 or not has_danda or not _are_words_too(words)
        return SignOff(agencies=agencies, raw=raw, start=start, rule="alone after the last sentence", is_sure=is_sure)
    desk = None if has_danda else read_desk(fragment.strip(" .\u00a0"), behind_sentence=start > 0)
    if desk is None:
        return None
    signing, is_sure = desk
    return SignOff(agencies=signing, raw=raw, start=start, rule="agency and its desk's names", is_sure=is_sure)


_FORMS = (read_disclaimer, read_bracket, read_editors, read_people, read_input, _read_fragment)
"""The readers of each form of sign-off, the least ambiguous first."""
