"""The key by which readers find texts: what they type and what was printed fold into the same words."""

import re
import unicodedata
from functools import lru_cache

from crawler.text.fold import fold, loosen

_WORD = re.compile("[\\w\u0300-\u036f\u0900-\u0963\u0971-\u0dff]+")
"""Letters, digits and the vowel signs of Indian scripts; not the danda, which lies among them."""

_REPEATED = re.compile("([क-ह])\\1+")
"""अंतरराष्ट्रीय and अंतर्राष्ट्रीय, without halants."""

_CLOSING_GLIDE = re.compile("(?<=[\u093e-\u094c])य(?![\u093e-\u094c])")
"""A य behind a vowel and before none, which others print as इ: इजरायल, इजराइल."""


def search_key(text: str) -> str:
    """Return the words of a text in a form that is equal for most spellings of each, with one space between them.

    It is as loose as the key of a place (`fold_place`): vowel length, nuktas, half nasals, dental or retroflex, doubled
    letters and glides make no difference. A text is found if each word that is typed begins one of its words.

    >>> search_key("ईरान की फ़ौज") == search_key("इरान कि फौज।")
    True
    """
    return " ".join(map(_key, _WORD.findall(fold(unicodedata.normalize("NFC", text)))))


@lru_cache(maxsize=1 << 14)
def _key(word: str) -> str:
    return _CLOSING_GLIDE.sub("ि", _REPEATED.sub("\\1", loosen(word)))
