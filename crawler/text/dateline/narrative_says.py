"""Look in the sentence after a slot for signs that the slot's name is a place, and for the region it lies in."""

from difflib import SequenceMatcher

from crawler.text.fold import fold
from crawler.text.gazetteer import KnownPlace
from crawler.text.places import Named, look_up

_REACH = 120  # characters of the sentence
_MOST_WORDS = 14
_FIRST_WORDS = 5
"""The country or state that decides between places of one name is among these: मध्य प्रदेश के सागर जिले में."""
_SHORTEST, _NEAREST = 5, 0.85
"""Characters of the shortest name that may have a typing error, and the least ratio of difflib that allows for one."""
_LOCATIVES = frozenset(fold("में से स्थित शहर जिला जिले प्रांत राज्य नगर कस्बे कस्बा गांव द्वीप क्षेत्र इलाके तहसील थाना थाने").split())
_NEAR = frozenset(fold("पास निकट नजदीक करीब बाहर आसपास समीप उत्तर दक्षिण पूर्व पश्चिम एक").split())
"""Words after `के` that follow places only: मादीरा के पास."""
_DIVISIONS = (_LOCATIVES - frozenset(fold("में से स्थित").split())) | {"राजधानी", "सूबे"}
_SETTLEMENTS = frozenset(
    fold("गांव ग्राम कस्बे कस्बा नगर शहर जिले जिला जनपद तहसील प्रखंड विकासखंड ब्लॉक थाना नगरपालिका अंचल").split()
)


def first_words(rest: str) -> list[str]:
    """Return the first words of a sentence, 14 at most, folded and without punctuation."""
    return [word.strip(",।:;'\"‘’“”().") for word in fold(rest[:_REACH]).split()[:_MOST_WORDS]]


def says_where(name: str, rest: str) -> bool:
    """Return whether a sentence uses a name as a place: मिंडोरवा। मिंडोरवा शहर में …"""
    return name_in_sentence(name, rest) is not None


def says_again(name: str, rest: str) -> bool:
    """Return whether a sentence repeats a name: गाजा: गाजा पर …; enough for a name that is not an ordinary word."""
    again, words = fold(name).split(), first_words(rest)
    return any(words[at : at + len(again)] == again for at in range(len(words)))


def name_in_sentence(name: str, rest: str) -> str | None:
    """Return the spelling under which a sentence uses a name as a place, folded, or None: बीजपुर। … के बीजापुर में."""
    words, length = first_words(rest), len(name.split())
    at = _locative(fold(name).split(), words)
    return None if at is None else " ".join(words[at : at + length])


def says_village(rest: str) -> bool:
    """Return whether a sentence begins with a word for a settlement: अरघाटोली। गांव के लोगों ने …"""
    return first_words(rest)[:1] != [] and first_words(rest)[0] in _SETTLEMENTS


def region_in_sentence(name: str, named: Named, rest: str) -> str | None:
    """Return the country or state in a sentence that decides between places of one name, folded, or None.

    `हैदराबाद: पाकिस्तान के सिंध प्रांत में …` → पाकिस्तान; `लंदन: कनाडा के प्रधानमंत्री ने …` → None, for the sentence does
    not place London there. `named` holds the places of the name.
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
    """Return whether the words after a region name a division of it: पाकिस्तान के सिंध प्रांत में.

    `inside` is the place in that region; it must have a tenth of the people of its largest namesake.
    """
    is_peer = inside.population * 10 >= named.places[0].population
    return is_peer and words[:1] in (["के"], ["की"]) and not _DIVISIONS.isdisjoint(words)


def _locative(name: list[str], words: list[str]) -> int | None:
    """Return the index of a name among words if a word follows that follows places only, or None."""
    for at in range(len(words) - len(name)):
        after = words[at + len(name) : at + len(name) + 2]
        is_there = after[0] in _LOCATIVES or (after[0] == "के" and after[1:] and after[1] in _NEAR)
        if is_there and _is_same(name, words[at : at + len(name)]):
            return at
    return None


def _is_same(name: list[str], words: list[str]) -> bool:
    """Return whether words are a name; one word may have a typing error: बीजपुर and बीजापुर."""
    if name == words or len(name) > 1 or len(name[0]) < _SHORTEST:
        return name == words
    return (
        words[0].startswith(name[0][0]) and SequenceMatcher(None, name[0], words[0], autojunk=False).ratio() >= _NEAREST
    )
