"""Classify the words of a dateline's slot: a place, an agency, a desk, a date, or an unknown name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from crawler.text.agencies import Agency, find_agency
from crawler.text.calendar import month_number
from crawler.text.dateline.day import DayMonth, is_weekday, read_day_month
from crawler.text.desks import is_desk
from crawler.text.fold import fold
from crawler.text.places import Named, look_up, look_up_exactly

ElementKind = Literal["place", "agency", "desk", "date", "unknown"]

_PARTS = re.compile(
    r"""
    (?: (?<!\s)\s+ )? [,/;] \s*                     # spaces match from the first only: linear on a run of them
    | (?<!\s)\s+ (?:और|एवं|व|तथा|and) \s+
    """,
    re.VERBOSE,
)
"""The separators inside a bracket: (एपी/एएफपी)."""
_AND = re.compile(r"(?<!\s)\s+(?:और|एवं|व|तथा)\s+")

# Words that no name contains: a run of words with one of them is part of a sentence.
_SENTENCE_WORDS = frozenset(
    fold(
        "का की के को में से पर ने ही भी है हैं था थे थी कि जो यह ये वह वे इस उस इन उन तक लिए बाद पहले साथ द्वारा नहीं "
        "हो हुआ हुई हुए गया गई गए दिया रहा रही रहे कर करने किया बीच और या एक दो तो अब जब क्या क्यों कैसे कौन आज कल बनाम vs "
        "in on at of for from to with by is are was were after over amid as an this that how why what who when"
    ).split()
)
_JOINING_WORDS = frozenset(fold("और एक दो").split())
"""The sentence words that may stand in a slot: लंदन और पेरिस, मुंबई एक मई."""
_LONGEST_NAME = 4  # words
_INITIALS = re.compile(r"(?:[^\s.]{1,4}\.\s?){2,}[^\s.]{0,4}")
"""Two or more initials with full stops; the last may lack its own: यू.ए.ई."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatelineElement:
    """One element of a slot: a place, an agency, a desk, a date or an unknown name."""

    kind: ElementKind
    text: str
    """The element as printed."""
    raw: str
    """The same with its brackets: `(रायटर/एएफपी)`."""
    before: str
    """The separator before it: `,`, `/`, `(`, `और`, or "" if there is none."""
    named: Named | None = None
    """The places of this name, if the kind is place; `agency` and `day` are set if the kind is agency or date."""
    agency: Agency | None = None
    day: DayMonth | None = None


def read_bracketed(bracket: str) -> list[DatelineElement]:
    """Return the elements in brackets; an empty pair of brackets gives one element with the text ""."""
    content = bracket[1:-1].strip(" \u00a0-–—:")
    whole = _read_name(content, "(", bracket=bracket)
    if whole.kind != "unknown" or not content:
        return [whole]
    parts = [part.strip() for part in _PARTS.split(content) if part.strip()]
    read = [_read_name(part, "(", bracket=bracket) for part in parts]
    return read if all(part.kind != "unknown" or is_name(part.text) for part in read) else [whole]


def read_elements(run: str, before: str, *, is_first: bool) -> list[DatelineElement]:
    """Return the elements of a run of words without punctuation; [] if it is part of a sentence.

    `before` is the separator before the run. `is_first`: the run begins the slot.
    """
    words = run.split()
    if len(words) > 2 * _LONGEST_NAME:
        return []
    if len(words) > 2 and not _JOINING_WORDS.issuperset(_sentence_words(run)):
        place = look_up_exactly(run) if len(words) <= _LONGEST_NAME else None  # हो ची मिन्ह सिटी, वेस्ट पाम बीच
        return [DatelineElement(kind="place", text=run, raw=run, before=before, named=place)] if place else []
    whole = _read_name(run, before)
    if whole.kind == "desk" and (pieces := _known_elements(words, before)):  # लखनऊ ब्यूरो
        return pieces
    if whole.kind == "agency" and is_first and (city := _capital(run)):
        return [DatelineElement(kind="place", text=run, raw=run, before=before, named=city)]
    if whole.kind != "unknown":
        return [whole]
    several = _AND.split(run)
    if len(several) > 1:
        places = [_read_name(part, before if n == 0 else "और") for n, part in enumerate(several)]
        return places if all(place.kind == "place" for place in places) else []
    words = run.replace("-", " ").split()  # जिनेवा-Geneva, काबुल-एजेंसी
    if len(words) > 1:
        pieces = _known_elements(words, before) or (_read_person(words, before) if is_first else [])
        if pieces:
            return pieces
    return [whole] if is_name(run) else []


def _capital(name: str) -> Named | None:
    """Return the capital with an agency's name, or None: at the start of a slot सना is Yemen's capital, not SANA."""
    named = look_up_exactly(name)
    return named if named and named.places[0].kind == "capital" else None


def read_sign(name: str, before: str, *, bracket: str = "") -> DatelineElement | None:
    """Return the element of a name that is a date, an agency or a desk, or None; `bracket` is the name in brackets."""
    raw = bracket or name
    day = read_day_month(name)
    if day is not None or is_weekday(name):
        return DatelineElement(kind="date", text=name, raw=raw, before=before, day=day)
    agency = find_agency(name) or (find_agency(_without_dots(name)) if "." in name else None)
    if agency is not None and agency.may_credit:
        return DatelineElement(kind="agency", text=name, raw=raw, before=before, agency=agency)
    if is_desk(name, bracketed=bool(bracket)):
        return DatelineElement(kind="desk", text=name, raw=raw, before=before)
    return None


def _known_elements(words: Sequence[str], before: str) -> list[DatelineElement]:
    """Return the elements of a run that consists of known names only and has one place; else [].

    मुंबई एएनआई; दिल्ली 12 जून एजेंसी; Paris पेरिस.
    """
    pieces: list[DatelineElement] = []
    while words and (pieces or _may_hold_signs(words)):
        found = _longest(words, before if not pieces else "", last=pieces[-1] if pieces else None)
        if found is None:
            return []
        piece, length = found
        words = words[length:]
        if pieces and piece.kind == "place" and pieces[-1].kind == "place":
            pieces[-1] = replace(pieces[-1], text=piece.text) if piece.text > pieces[-1].text else pieces[-1]
        else:
            pieces.append(piece)
    places = [piece for piece in pieces if piece.kind == "place"]
    return pieces if len(places) == 1 else []


def _may_hold_signs(words: Sequence[str]) -> bool:
    """Return whether the first and last word of a run allow more than a name in it: a cheap test for each headline."""
    first, last = words[0], words[-1]
    scripts = {word[0].isascii() for word in (first, last) if not word[0].isdigit()}
    has_date = first[0].isdigit() or last[0].isdigit() or month_number(last) is not None
    return (
        len(scripts) > 1
        or has_date
        or bool(find_agency(first) or find_agency(last))
        or is_desk(last)
        or is_weekday(last)
    )


def _longest(words: Sequence[str], before: str, *, last: DatelineElement | None) -> tuple[DatelineElement, int] | None:
    """Return the longest known element that the words begin with and its number of words, or None."""
    for length in range(min(len(words), _LONGEST_NAME), 0, -1):
        name = " ".join(words[:length])
        sign = read_sign(name, before)
        if sign is not None and (last is not None or sign.kind == "agency" or sign.day is not None):
            return sign, length
        named = look_up(name)
        if named is None or (last is not None and not _may_stand_behind(named, name, last)):
            continue
        return DatelineElement(kind="place", text=name, raw=name, before=before, named=named), length
    return None


def _may_stand_behind(named: Named, name: str, last: DatelineElement) -> bool:
    """Return whether a place may follow without a separator: after an agency, a date, or itself in another script."""
    if last.kind == "agency" or last.day is not None:
        return named.is_exact
    return last.kind == "place" and last.named is not None and is_same_place(named, name, last.named, last.text)


def is_same_place(one: Named, name: str, other: Named, again: str) -> bool:
    """Return whether two names are one place in two scripts: पेरिस and Paris.

    `one` and `other` are the places that the gazetteer has for `name` and `again`.
    """
    return name.isascii() != again.isascii() and one.places[0] == other.places[0]


def _read_person(words: list[str], before: str) -> list[DatelineElement]:
    """Return a person or desk, and the place that follows without a comma: नगर संवाददाता नई दिल्ली."""
    for cut in range(max(1, len(words) - _LONGEST_NAME), min(len(words), _LONGEST_NAME + 1)):
        who, name = " ".join(words[:cut]), " ".join(words[cut:])
        named = look_up_exactly(name) if is_name(who) else None
        if named is None or named.is_broad:
            continue
        kind: ElementKind = "desk" if is_desk(who) else "unknown"
        if kind == "desk" or (cut >= 2 and not named.is_word_too):
            place = DatelineElement(kind="place", text=name, raw=name, before="", named=named)
            return [DatelineElement(kind=kind, text=who, raw=who, before=before), place]
    return []


def _read_name(name: str, before: str, *, bracket: str = "") -> DatelineElement:
    known = read_sign(name, before, bracket=bracket)
    if known is not None:
        return known
    named = look_up(name) or (look_up(_without_dots(name)) if "." in name else None)
    kind: ElementKind = "place" if named else "unknown"
    return DatelineElement(kind=kind, text=name, raw=bracket or name, before=before, named=named)


def _without_dots(name: str) -> str:
    """Return initials without their dots: यू.ए.ई. is यूएई."""
    return re.sub(r"\.\s?", "", name) if _INITIALS.fullmatch(name) else name


def is_name(run: str) -> bool:
    """Return whether a run of words may be a name: one to four words, none of which occurs in sentences only."""
    return 0 < len(run.split()) <= _LONGEST_NAME and not _sentence_words(run)


def _sentence_words(run: str) -> list[str]:
    return [word for word in fold(run).split() if word in _SENTENCE_WORDS]
