"""What the sentence behind a slot says of the name in it: that it is a place, a village, or which of its namesakes."""

from difflib import SequenceMatcher

from crawler.text.fold import fold
from crawler.text.gazetteer import KnownPlace
from crawler.text.places import Named, look_up

_REACH = 120
_MOST_WORDS = 14
_FIRST_WORDS = 5
"""A sentence that settles which place is meant names its country or state at once: मध्य प्रदेश के सागर जिले में."""
_SHORTEST, _NEAREST = 5, 0.85
_LOCATIVES = frozenset(fold("में से स्थित शहर जिला जिले प्रांत राज्य नगर कस्बे कस्बा गांव द्वीप क्षेत्र इलाके तहसील थाना थाने").split())
_NEAR = frozenset(fold("पास निकट नजदीक करीब बाहर आसपास समीप उत्तर दक्षिण पूर्व पश्चिम एक").split())
"""Words behind `के` that only a place has before it: मादीरा के पास."""
_DIVISIONS = (_LOCATIVES - frozenset(fold("में से स्थित").split())) | {"राजधानी", "सूबे"}
_SETTLEMENTS = frozenset(
    fold("गांव ग्राम कस्बे कस्बा नगर शहर जिले जिला जनपद तहसील प्रखंड विकासखंड ब्लॉक थाना नगरपालिका अंचल").split()
)


def first_words(rest: str) -> list[str]:
    """Return the folded words that a sentence begins with."""
    return [word.strip(",।:;'\"‘’“”().") for word in fold(rest[:_REACH]).split()[:_MOST_WORDS]]


def says_where(name: str, rest: str) -> bool:
    """Say whether a sentence has a name again as a place has it: मिंडोरवा। मिंडोरवा शहर में …"""
    return told_name(name, rest) is not None


def says_again(name: str, rest: str) -> bool:
    """Say whether a sentence has a name again: गाजा: गाजा पर …; enough for a name that is no ordinary word."""
    again, words = fold(name).split(), first_words(rest)
    return any(words[at : at + len(again)] == again for at in range(len(words)))


def told_name(name: str, rest: str) -> str | None:
    """Return the spelling of a name under which a sentence has it again as a place, or None: बीजपुर। … के बीजापुर में."""
    words, length = first_words(rest), len(name.split())
    at = _locative(fold(name).split(), words)
    return None if at is None else " ".join(words[at : at + length])


def says_village(rest: str) -> bool:
    """Say whether a sentence begins with what the name before it is: अरघाटोली। गांव के लोगों ने …"""
    return first_words(rest)[:1] != [] and first_words(rest)[0] in _SETTLEMENTS


def region_told(name: str, named: Named, rest: str) -> str | None:
    """Return the country or state by which a sentence says which place of a name is meant, or None.

    `हैदराबाद: पाकिस्तान के सिंध प्रांत में …` is said so; `लंदन: कनाडा के प्रधानमंत्री ने …` is not.
    """
    words = first_words(rest)
    again = _locative(fold(name).split(), words)
    for start in range(min(_FIRST_WORDS, len(words))):
        for length in (2, 1):
            region = " ".join(words[start : start + length])
            known = look_up(region)
            if known is None or not known.is_exact or not known.is_broad:
                continue
            inside = [place for place in named.places if any(place.lies_in(around) for around in known.places)]
            leads_on = inside and _leads_on(words[start + length : start + length + 6], named, inside[0])
            if inside and (again is not None or leads_on):
                return region
    return None


def _leads_on(words: list[str], named: Named, inside: KnownPlace) -> bool:
    """Say whether a sentence goes from a region into it, where a place lies that is no village beside its namesake."""
    is_peer = inside.population * 10 >= named.places[0].population
    return is_peer and words[:1] in (["के"], ["की"]) and not _DIVISIONS.isdisjoint(words)


def _locative(name: list[str], words: list[str]) -> int | None:
    """Return where a name stands among words with a word behind it that only places have, or None."""
    for at in range(len(words) - len(name)):
        after = words[at + len(name) : at + len(name) + 2]
        is_there = after[0] in _LOCATIVES or (after[0] == "के" and after[1:] and after[1] in _NEAR)
        if is_there and _is_same(name, words[at : at + len(name)]):
            return at
    return None


def _is_same(name: list[str], words: list[str]) -> bool:
    """Say whether words are a name, or the one word that it is with a slip of typing: बीजपुर and बीजापुर."""
    if name == words or len(name) > 1 or len(name[0]) < _SHORTEST:
        return name == words
    return name[0][0] == words[0][0] and SequenceMatcher(None, name[0], words[0], autojunk=False).ratio() >= _NEAREST
