"""What a run of words in a dateline's slot is: a place, an agency, a desk, a date, or a name not known."""

import re
from dataclasses import dataclass
from typing import Literal

from crawler.text.agencies import Agency, find_agency
from crawler.text.dates import DayMonth, is_weekday, read_day_month
from crawler.text.desks import is_desk
from crawler.text.fold import fold
from crawler.text.places import Named, look_up

ElementKind = Literal["place", "agency", "desk", "date", "unknown"]

_PARTS = re.compile(r"\s*[,/;]\s*|\s+(?:और|एवं|व|तथा|and)\s+")
_AND = re.compile(r"\s+(?:और|एवं|व|तथा)\s+")

# Words that a name never holds: a run with one of them is a sentence.
_SENTENCE_WORDS = frozenset(
    fold(
        "का की के को में से पर ने ही भी है हैं था थे थी कि जो यह ये वह वे इस उस इन उन तक लिए बाद पहले साथ द्वारा नहीं "
        "हो हुआ हुई हुए गया गई गए दिया रहा रही रहे कर करने किया बीच और या एक दो तो अब जब क्या क्यों कैसे कौन आज कल बनाम vs"
    ).split()
)
_JOINING_WORDS = frozenset(fold("और एक दो").split())
"""Sentence words that a slot may hold as well: लंदन और पेरिस, मुंबई एक मई."""
_LONGEST_NAME = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class DatelineElement:
    """One piece of a slot."""

    kind: ElementKind
    text: str
    """The piece as printed."""
    raw: str
    """The same with its bracket: `(रायटर/एएफपी)`."""
    before: str
    """What divides it from the piece before: `,`, `/`, `(`, `और`, or nothing."""
    named: Named | None = None
    agency: Agency | None = None
    day: DayMonth | None = None


def read_bracketed(bracket: str) -> list[DatelineElement]:
    content = bracket[1:-1].strip(" \u00a0-–—:")
    whole = _read_name(content, "(", bracket=bracket)
    if whole.kind != "unknown":
        return [whole]
    parts = [part.strip() for part in _PARTS.split(content) if part.strip()]
    return [_read_name(part, "(", bracket=bracket) for part in parts]


def read_elements(run: str, before: str, *, is_first: bool) -> list[DatelineElement]:
    """Return the pieces of a run of words without punctuation; nothing where it is part of a sentence."""
    words = run.split()
    if len(words) > 2 * _LONGEST_NAME:
        return []
    if len(words) > 2 and not _JOINING_WORDS.issuperset(_sentence_words(run)):
        place = look_up(run) if len(words) <= _LONGEST_NAME else None  # हो ची मिन्ह सिटी, वेस्ट पाम बीच
        exact = place is not None and place.is_exact
        return [DatelineElement(kind="place", text=run, raw=run, before=before, named=place)] if exact else []
    whole = _read_name(run, before)
    if whole.kind != "unknown":
        return [whole]
    several = _AND.split(run)
    if len(several) > 1:
        places = [_read_name(part, before if n == 0 else "और") for n, part in enumerate(several)]
        return places if all(place.kind == "place" for place in places) else []
    if len(words) > 1 and (two := _read_two(words, before, is_first=is_first)):
        return two
    return [whole] if is_name(run) else []


def _read_two(words: list[str], before: str, *, is_first: bool) -> list[DatelineElement]:
    """Return a place with what follows it (मुंबई एएनआई, दिल्ली 12 जून), or with who stands before it."""
    for cut in range(len(words) - 1, max(0, len(words) - _LONGEST_NAME), -1):
        first, second = " ".join(words[:cut]), " ".join(words[cut:])
        last = _read_sign(second, "")
        if last is not None and last.text != words[0]:
            head = _read_name(first, before)
            if head.kind == "place":
                return [head, last]
    if not is_first:
        return []
    agency = _read_sign(words[0], before)
    if agency is not None and agency.kind == "agency":
        place = _read_name(" ".join(words[1:]), "")
        return [agency, place] if place.kind == "place" and place.named and place.named.is_exact else []
    return _read_person(words, before)


def _read_person(words: list[str], before: str) -> list[DatelineElement]:
    """Return a person or desk, and the place that follows without a comma: नगर संवाददाता नई दिल्ली."""
    for cut in range(max(1, len(words) - _LONGEST_NAME), min(len(words), _LONGEST_NAME + 1)):
        who, name = " ".join(words[:cut]), " ".join(words[cut:])
        named = look_up(name) if is_name(who) else None
        if named is None or not named.is_exact or named.is_broad:
            continue
        kind: ElementKind = "desk" if is_desk(who) else "unknown"
        if kind == "desk" or (cut >= 2 and not named.is_word_too):
            place = DatelineElement(kind="place", text=name, raw=name, before="", named=named)
            return [DatelineElement(kind=kind, text=who, raw=who, before=before), place]
    return []


def _read_name(name: str, before: str, *, bracket: str = "") -> DatelineElement:
    known = _read_sign(name, before, bracket=bracket)
    if known is not None:
        return known
    named = look_up(name)
    kind: ElementKind = "place" if named else "unknown"
    return DatelineElement(kind=kind, text=name, raw=bracket or name, before=before, named=named)


def _read_sign(name: str, before: str, *, bracket: str = "") -> DatelineElement | None:
    """Return the date, agency or desk that a name is, or None."""
    raw = bracket or name
    day = read_day_month(name)
    if day is not None or is_weekday(name):
        return DatelineElement(kind="date", text=name, raw=raw, before=before, day=day)
    agency = find_agency(name)
    if agency is not None and agency.may_credit:
        return DatelineElement(kind="agency", text=name, raw=raw, before=before, agency=agency)
    if is_desk(name, bracketed=bool(bracket)):
        return DatelineElement(kind="desk", text=name, raw=raw, before=before)
    return None


def is_name(run: str) -> bool:
    """Say whether a run of words may be a name: few words, and none that only a sentence has."""
    return 0 < len(run.split()) <= _LONGEST_NAME and not _sentence_words(run)


def _sentence_words(run: str) -> list[str]:
    return [word for word in fold(run).split() if word in _SENTENCE_WORDS]
