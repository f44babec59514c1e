"""Find the large city that an unlisted spelling means, by its consonants: नुसीरत is नुसेरात."""

import re
from difflib import SequenceMatcher
from functools import lru_cache

from crawler.text.fold import fold_place
from crawler.text.gazetteer import KnownPlace, NameIndex, gazetteer

_FOREIGN = 100_000  # least population of a foreign city
_INDIAN = 1_000_000  # the same in South Asia, where names of small towns differ in one vowel: रामपुर, रामपुरा
_NEIGHBOURS = ("BD", "IN", "NP", "PK")
_FEWEST = 4  # consonants; many words share fewer
_NEAREST = 0.84
"""Least ratio of difflib's SequenceMatcher between two spellings."""

_UNHEARD = re.compile("[\u093e-\u094c\u0900-\u0903\u0904-\u0914यa-z]|ह$")
"""Signs that spellings of foreign names print or omit: vowels, nasals, य, and ह at the end of an Arabic name."""
_HEARD = str.maketrans("खघछझथधभवश", "कगचजतदबबस")
_DOUBLED = re.compile(r"(.)\1+")


def find_alike(name: str) -> KnownPlace | None:
    """Return the large city whose spelling is most like a name, or None.

    Call it only for a name that its context shows to be a place: ordinary words resemble cities too.

    >>> find_alike("वाशिगटन").english
    'Washington'
    """
    letters = fold_place(name)
    skeleton = _skeleton(letters)
    if len(skeleton) < _FEWEST or gazetteer().is_word(name):
        return None
    best, nearest = None, _NEAREST
    for number in dict.fromkeys(_by_consonants().rows_of(skeleton)):
        place, names = gazetteer().row(number)
        for spelled in (each for each in map(fold_place, names) if _skeleton(each) == skeleton):
            likeness = SequenceMatcher(None, letters, spelled, autojunk=False).ratio()
            ends_alike = spelled[-1] == letters[-1] or place.country not in _NEIGHBOURS
            if ends_alike and likeness >= nearest:
                best, nearest = place, likeness
    return best


@lru_cache(maxsize=1)
def _by_consonants() -> NameIndex:
    """Index the large cities by the consonants of each spelling."""
    numbers, lines = [], []
    for number in gazetteer().large(_FOREIGN):
        place, names = gazetteer().row(number)
        if place.is_city and (place.country not in _NEIGHBOURS or place.population >= _INDIAN):
            numbers.append(number)
            lines.append("|".join(_skeleton(fold_place(spelled)) for spelled in names))
    return NameIndex(lines, numbers)


def _skeleton(loosened: str) -> str:
    return _DOUBLED.sub(r"\1", _UNHEARD.sub("", loosened).translate(_HEARD))
