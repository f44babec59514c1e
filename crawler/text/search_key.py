"""The key by which a search compares words, equal for the spellings of one word (`crawler/data/search_key.toml`).

Short words keep the signs that tell them apart (कि, की); longer ones are folded more (ईरान, इरान). All steps are tables
and patterns, which `search_tables` returns for another language to mirror.
"""

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib import resources
from typing import Any

_ACCENTS = "[\u0300-\u036f]"
_WORD = "[\\w\u0300-\u036f\u0900-\u0963\u0971-\u0dff]+"
"""A word of any script: letters, digits and vowel signs; not the danda, which lies among the signs of Devanagari."""
_HINDI = "[\u0900-\u0963\u0971-\u097f]+"
"""The part of a word that is in Devanagari."""
_LETTER = "[\u0906-\u0939]"
"""A consonant, or a vowel that stands alone; अ is seldom misspelt, and does not count."""
_LONG = 3
"""Least letters of a word in which the signs of the table `long` are folded."""
_LONGER = 4
"""Least letters of a word whose halants are dropped, from its third sign on: स्वर्ण (gold) is not सवर्ण (upper caste)."""
_NAMED = 4
"""Least signs of the beginning of a name that other spellings of it are sought for: many words begin with three."""

_PATTERNS = (
    ("[ङञणनम]\u094d(?=[क-घच-झट-ढत-धप-भशस])", "ं"),  # a half nasal: मुम्बई, मुंबई
    ("(?<=[^\u094d])य\u0947(?=ं?(?:ग[\u093e\u0940\u0947])?$)", "ए"),  # a glide at the end: गये, गए; जायेगा, जाएगा
    ("(?<=[^\u094d])य\u0940(?=ं?$)", "ई"),  # नयी, नई
    ("ः(?=[क-ह])", ""),  # visarga within a word: दुःख, दुख
    ("\u094d$", ""),  # a halant at the end: पश्चात्, पश्चात
)
"""What is replaced in each part of a word that is in Devanagari, in this order."""
_COMPILED = [(re.compile(pattern), same) for pattern, same in _PATTERNS]


def search_key(text: str) -> str:
    """Return the words of a text, each as its key, with one space between them.

    Fold what is searched and what is searched for with this function. The key is not for display.

    >>> search_key("इस्राइल और ईरान") == search_key("इज़रायल और इरान"), search_key("कि") == search_key("की")
    (True, False)
    """
    return " ".join(filter(None, map(_fold_token, text.split())))


def prefix_keys(beginning: str) -> list[str]:
    """Return the keys with which a word may begin that a person has begun to type; the first is its own.

    The word may become a longer one, which is folded more, or another spelling of a name.

    >>> prefix_keys("ईरा"), prefix_keys("इसरा")
    (['ईरा', 'इरा'], ['इसरा', 'इजराइल'])
    """
    long = re.sub(_HINDI, lambda part: _loosen(part[0], letters=_LONGER), " ".join(_words(beginning)))
    names = [name for spelling, name in _names().items() if len(long) >= _NAMED and spelling.startswith(long)]
    return list(dict.fromkeys([search_key(beginning), long, *names]))


def search_tables() -> dict[str, Any]:
    """Return the tables and patterns of `search_key` as values of JSON, in the order of its steps.

    A text is put into NFKD and small letters, and loses `accents`; of the keys of `everywhere`, the longest is replaced
    first. In `word`, `\\w` means letters and digits of any script, which is `\\p{L}\\p{N}_` in JavaScript.
    """
    return {
        "accents": _ACCENTS,
        "everywhere": _data()["everywhere"],
        "word": _WORD,
        "hindi": _HINDI,
        "patterns": [list(each) for each in _PATTERNS],
        "letter": _LETTER,
        "long_from": _LONG,
        "long": _data()["long"],
        "halants_from": _LONGER,
        "names": _names(),
        "named_from": _NAMED,
    }


def _fold_token(token: str) -> str:
    return _fold_usual(token) if len(token) <= _USUAL else _fold(token)


def _fold(token: str) -> str:
    return " ".join(filter(None, (re.sub(_HINDI, _fold_part, word) for word in _words(token))))


_USUAL = 40
_fold_usual = lru_cache(maxsize=65_536)(_fold)
"""A cache of the words of a language; longer tokens are hostile, and would fill the RAM."""


def _words(text: str) -> list[str]:
    """Return the words of a text in small letters, with the signs folded that count in no word."""
    same = _data()["everywhere"]
    plain = re.sub(_ACCENTS, "", unicodedata.normalize("NFKD", text).lower())
    return re.findall(_WORD, _signs().sub(lambda sign: same[sign[0]], plain))


def _fold_part(part: re.Match[str]) -> str:
    key = _loosen(part[0])
    found = _named().match(key)
    return _names()[found[0]] + key[found.end() :] if found else key


def _loosen(word: str, *, letters: int = 0) -> str:
    """Return a word in Devanagari as one of its number of letters is folded, or of `letters` if that is more."""
    for pattern, same in _COMPILED:
        word = pattern.sub(same, word)
    letters = max(letters, len(re.findall(_LETTER, word)))
    if letters >= _LONG:
        word = word.translate(_long())
    return word[:2] + word[2:].replace("\u094d", "") if letters >= _LONGER else word


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files("crawler.data").joinpath("search_key.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _long() -> dict[int, str]:
    return str.maketrans(_data()["long"])


@lru_cache(maxsize=1)
def _signs() -> re.Pattern[str]:
    return re.compile(_either(_data()["everywhere"]))


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Return the key of the usual spelling by the key of each spelling of a name, the usual one's included."""
    return {
        _loosen(*_words(spelling)): _loosen(*_words(usual))
        for usual, others in _data()["names"].items()
        for spelling in (usual, *others)
    }


@lru_cache(maxsize=1)
def _named() -> re.Pattern[str]:
    return re.compile(_either(_names()))


def _either(texts: dict[str, str]) -> str:
    """Return the pattern of any of these texts, the longest first."""
    return "|".join(map(re.escape, sorted(texts, key=lambda text: (-len(text), text))))
